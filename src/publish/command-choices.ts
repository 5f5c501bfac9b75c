/** Commands to choose from, one per line, each with what it does: the hint of an error that has several solutions. */
export function commandChoices(choices: readonly (readonly [command: string, purpose: string])[]): readonly string[] {
  const width = Math.max(...choices.map(([command]) => command.length));
  return choices.map(([command, purpose]) => `  ${command.padEnd(width)}    ${purpose}`);
}
