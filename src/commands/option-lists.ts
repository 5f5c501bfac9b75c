import type { OptionName } from './options.ts';

/** Options of every command. */
export const globalOptions = [
  'output',
  'query',
  'jsonVersion',
  'quiet',
  'verbose',
  'debug',
] as const satisfies OptionName[];

/** The connector that a command works on, and where. */
export const targetOptions = [
  'environment',
  'connectorId',
  'settingsFile',
  'powerAppsUrl',
  'powerAppsApiVersion',
] as const satisfies OptionName[];

/** The same with the files of the connector. */
export const settingOptions = [
  'environment',
  'connectorId',
  'apiProperties',
  'apiDefinition',
  'icon',
  'script',
  'powerAppsUrl',
  'powerAppsApiVersion',
  'settingsFile',
] as const satisfies OptionName[];

/** What the Python tool does not have in commands that reach the service. */
export const serviceOptions = ['cloud', 'account'] as const satisfies OptionName[];

/** What it does not have in those that replace a connector. */
export const publishOptions = [
  ...serviceOptions,
  'relativeTo',
  'only',
  'dryRun',
  'failOnBreaking',
  'web',
  'force',
  'withoutBackup',
  'rename',
  'removeScript',
  'skipValidation',
  'yes',
  'concurrency',
] as const satisfies OptionName[];

/** `--solution-connector` of commands that work on one connector. */
export const onlyOne = {
  name: 'only',
  description: 'Connector to use if a solution has several: its title, or its name such as new_orders.',
} as const;

/** `--dry-run` of commands that change files alone. */
export const dryRunOfFiles = {
  name: 'dryRun',
  description: 'Show what would change without changing anything.',
} as const;
