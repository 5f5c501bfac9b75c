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

/** The files that an exported solution has at its root. */
export const rootFiles = ['[Content_Types].xml', 'solution.xml', 'customizations.xml'] as const;

/** The usual names in a package for certification. */
export const packageNames = {
  outer: 'ConnectorPackage.zip',
  intro: 'intro.md',
  inner: 'package.zip',
  assets: 'PkgAssets',
  connector: 'ConnectorSolution.zip',
  flow: 'FlowSolution.zip',
  plugin: 'PluginSolution.zip',
  customProperties: 'customProperties.json',
} as const;

/** How the name of an API definition in a solution ends. */
export const definitionEnd = /_openapidefinition\.json$/iu;

/** Whether the names of files in a folder, or in its folder `Other`, are those of a whole solution. */
export function isSolution(files: readonly string[], otherFiles: readonly string[] = []): boolean {
  return isWhole(files) || isWhole(otherFiles);
}

/** Whether the names of files in a folder are those of an unpacked package for certification. */
export function isPackageFolder(files: readonly string[]): boolean {
  return files.some((name) => name.toLowerCase() === packageNames.inner);
}

function isWhole(files: readonly string[]): boolean {
  const names = new Set(files.map((name) => name.toLowerCase()));
  return names.has('solution.xml') && names.has('customizations.xml');
}
