/** The files of a connector in a solution, by the elements that name them: the ends of their names. */
export const memberFiles = {
  openapidefinition: '_openapidefinition.json',
  connectionparameters: '_connectionparameters.json',
  connectionparametersets: '_connectionparametersets.json',
  policytemplateinstances: '_policytemplateinstances.json',
  customcodeblobcontent: '_customcodeblobcontent.csx',
  iconblob: '_iconblob.Png',
} as const;

export type SolutionMember = keyof typeof memberFiles;

export const solutionMembers = [
  'openapidefinition',
  'connectionparameters',
  'connectionparametersets',
  'policytemplateinstances',
  'customcodeblobcontent',
  'iconblob',
] as const satisfies SolutionMember[];

/** How the name of an API definition in a solution ends. */
export const definitionEnd = /_openapidefinition\.json$/iu;

/**
 * Whether the names of files in a folder, or in its folder `Other`, are those of a solution; or of the folder with its
 * connectors.
 */
export function isSolution(files: readonly string[], otherFiles: readonly string[] = []): boolean {
  return isWhole(files) || isWhole(otherFiles) || files.some((name) => definitionEnd.test(name));
}

function isWhole(files: readonly string[]): boolean {
  const names = new Set(files.map((name) => name.toLowerCase()));
  return names.has('solution.xml') && names.has('customizations.xml');
}
