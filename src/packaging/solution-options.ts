/** Options for a solution that is created from files, by the names of their settings. */
export const solutionOptions = {
  solutionName: '--solution-name',
  solutionVersion: '--solution-version',
  publisherPrefix: '--prefix',
  publisherName: '--publisher-name',
  dataverseId: '--connector-id',
} as const;
