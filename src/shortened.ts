/** The text, or as much of its beginning as leaves room for an ellipsis in so many characters. */
export function shortened(text: string, most: number): string {
  // A character has two units at most: a text of many megabytes is not taken apart.
  const characters = Array.from(text.slice(0, 2 * (most + 1)));
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
