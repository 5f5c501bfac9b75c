/** Whether a runner of a pipeline reads what is written, and takes some lines of it for commands. */
export function readsLogCommands({ TF_BUILD, GITHUB_ACTIONS }: Readonly<Record<string, string | undefined>>): boolean {
  return Boolean(TF_BUILD || GITHUB_ACTIONS);
}

/**
 * The text without what the runners of Azure Pipelines and GitHub Actions take for commands. Names, paths and messages come
 * from others, who could set variables of a build or make it hide what follows. Azure finds `##vso[` anywhere in a line,
 * older runners of GitHub `##[`; `::name::` counts where a line starts with it.
 */
export function withoutLogCommands(text: string): string {
  return withoutInlineCommands(text).replaceAll(/^([^\S\n]*):(?=:)/gmu, '$1: ');
}

/** The same for a text whose lines are commands that are meant. */
export function withoutInlineCommands(text: string): string {
  return text.replaceAll(/##(?=(?:vso)?\[)/giu, '# #');
}
