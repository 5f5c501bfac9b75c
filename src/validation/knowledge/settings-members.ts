/** Keys that no other file of a connector has. */
export const settingsFileKeys = ['connectorId', 'apiDefinition', 'apiProperties'] as const;

/** The keys of a settings file. Those with texts can also be null, which means "not given". */
export const settingsMemberTypes = {
  $schema: 'string',
  connectorId: 'string',
  environment: 'string',
  apiProperties: 'string',
  apiDefinition: 'string',
  icon: 'string',
  script: 'string',
  powerAppsUrl: 'string',
  powerAppsApiVersion: 'string',
  flowUrl: 'string',
  flowApiVersion: 'string',
  clientId: 'string',
  tenant: 'string',
  authorityUrl: 'string',
  resource: 'string',
  /** What this tool alone reads, such as rules to ignore. */
  paconn: 'object',
} as const;

/** The values that members of `paconn` can have. */
export const ownSettingsValues = {
  cloud: ['public', 'gcc', 'gcch', 'dod', 'china'],
  relativeTo: ['settings', 'current'],
} as const;

/** The members of `paconn` in a settings file. */
export const ownSettingsMemberTypes = {
  cloud: 'string',
  relativeTo: 'string',
  ignore: 'object',
  solution: 'object',
} as const;
