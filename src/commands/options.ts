import { concurrency, count, oneOfWords, several, type Value } from './option-values.ts';

/** How an option is written and described, and what its value may be. */
export type OptionRow = readonly [flags: string, description: string, value?: Value];

/**
 * Every option, declared once, under the name that settings and services know it by. Short ones mean different things in
 * different commands on purpose: they are those of the Python tool.
 */
export const optionRows = {
  settingsFile: ['-s, --settings <file>', 'Settings file. (default: settings.json in the folder)'],
  relativeTo: [
    '--relative-to <folder>',
    'Folder for relative paths in the settings file: settings or current.',
    oneOfWords('settings', 'current'),
  ],
  environment: ['-e, --environment <environment>', 'Environment: name, ID, maker portal URL, or default.'],
  connectorId: ['-c, --connector <connector>', 'Connector: name, ID, or maker portal URL.'],
  apiProperties: ['-p, --api-properties <file>', 'API properties (JSON).'],
  apiDefinition: ['-d, --api-definition <file>', 'API definition (OpenAPI 2.0, JSON).'],
  icon: ['-i, --icon <file>', 'Icon file.'],
  script: ['-x, --script <file>', 'Script file (.csx).'],
  powerAppsUrl: ['-u, --power-apps-url <url>', 'Power Platform URL.'],
  powerAppsApiVersion: ['-v, --power-apps-api-version <version>', 'Power Platform API version.'],
  only: [
    '--solution-connector <name>',
    'Connector of a solution to use: its title, or its name such as new_orders. (default: all)',
  ],
  clientSecret: [
    '-r, --client-secret <secret>',
    'OAuth 2.0 client secret. Use - to read it from stdin, or <set>=<secret> for one parameter set.',
    several,
  ],
  set: [
    '--set <pointer=value>',
    'Value instead of the one in the local files, such as /host=api.contoso.com. Repeatable.',
    several,
  ],
  cloud: [
    '--cloud <cloud>',
    'Cloud: public, gcc, gcch, dod, or china. (default: the cloud of your sign-in)',
    oneOfWords('public', 'gcc', 'gcch', 'dod', 'china'),
  ],
  account: ['--account <name>', 'Account to use: user name (or part of it), client ID, or tenant.'],
  allAccounts: ['--all [boolean]', 'Sign out of all accounts.'],
  clientId: ['-i, --client-id <id>', 'Client ID (application ID) to sign in as.'],
  tenant: ['-t, --tenant <tenant>', 'Tenant ID or domain.'],
  authorityUrl: ['-a, --authority-url <url>', 'Authority URL for sign-in.'],
  resource: ['-r, --resource <url>', 'Resource URL that the token is for.'],
  browser: ['--browser [boolean]', 'Sign in with the browser of this computer.'],
  servicePrincipal: [
    '--service-principal [boolean]',
    'Sign in as a service principal. The client secret is read from PACONN_SP_SECRET, stdin, or a prompt.',
  ],
  applicationSecret: [
    '--client-secret <source>',
    'With --service-principal: use - to read its client secret from stdin.',
  ],
  certificateFile: [
    '--certificate <file>',
    'Sign in as a service principal with a certificate: a PEM file with its private key.',
  ],
  federatedTokenFile: [
    '--federated-token-file <file>',
    'Sign in as a service principal with a token from another identity provider.',
  ],
  managedIdentity: [
    '--managed-identity [boolean]',
    'Sign in with the managed identity of this computer. --client-id selects a user-assigned identity.',
  ],
  azureCli: ['--azure-cli [boolean]', 'Sign in with the account of the Azure CLI.'],
  destination: ['-d, --output-dir <folder>', "Folder to write to. Created if it doesn't exist."],
  overwrite: ['-w, --overwrite [boolean]', 'Overwrite existing connector and settings files.'],
  overwriteSettings: ['-w, --overwrite-settings [boolean]', 'Overwrite an existing settings.json without a prompt.'],
  all: ['--all [boolean]', 'Download all custom connectors in the environment, each in its own folder.'],
  allEnvironments: ['--all-environments [boolean]', 'Include all environments.'],
  concurrency: ['--concurrency <number>', 'Number of connectors to process in parallel. (default: 8)', concurrency],
  list: ['--list [boolean]', 'List backups.'],
  dryRun: [
    '-n, --dry-run [boolean]',
    'Show what would change without changing anything. With --verbose or -o json, also show the requests.',
  ],
  force: ['--force [boolean]', 'Overwrite changes that others made in the environment.'],
  failOnBreaking: ['--fail-on-breaking [boolean]', 'Stop with exit code 4 if the update has breaking changes.'],
  withoutBackup: ['--without-backup [boolean]', "Continue even if a part that would be lost can't be backed up."],
  fromBackup: ['--from-backup <id>', 'Create the connector from a backup. See paconn restore --list.'],
  admin: ['--admin [boolean]', 'List the connectors of all makers, with host and sign-in. For administrators.'],
  user: ['--user <user>', 'User: object ID, email, or name. Repeatable.', several],
  group: ['--group <group>', 'Group: object ID or name. Repeatable.', several],
  canEdit: ['--can-edit [boolean]', 'Allow editing. (default: use only)'],
  share: [
    '--share <principal>',
    'Share the connector with user:<user> or group:<group>, also :can-edit after it. Repeatable.',
    several,
  ],
  web: ['--web [boolean]', 'Open the page in the maker portal.'],
  rename: ['--rename [boolean]', 'Rename the connector to the title in the API definition.'],
  yes: ['-y, --yes [boolean]', 'Answer yes to all confirmations.'],
  local: ['--local [boolean]', 'Read and write "paconn" in the settings.json of the current folder.'],
  removeScript: ['--remove-script [boolean]', "Remove the connector's script."],
  skipValidation: ['--skip-validation [boolean]', 'Upload even if validation finds errors.'],
  offline: ['--offline [boolean]', "Check the local files only. Don't contact the service."],
  online: ['--online [boolean]', 'Fail unless the service also checks the files. Requires a sign-in.'],
  certification: ['--certification [boolean]', 'Also check the requirements of certification.'],
  against: [
    '--against <published>',
    'Also report breaking changes since publication: a folder with the published connector, or "environment".',
  ],
  skipCertification: [
    '--skip-certification [boolean]',
    "Skip the service's certification rules, as create and update do.",
  ],
  info: ['--info [boolean]', 'Also show suggestions.'],
  publisher: ['--publisher <kind>', 'Publisher type: verified or independent.', oneOfWords('verified', 'independent')],
  maxWarnings: ['--max-warnings <number>', 'Fail if there are more warnings than this number.', count],
  ignore: ['--ignore <rules>', 'Rules or certification policies to ignore, separated by commas. Repeatable.', several],
  format: [
    '--format <format>',
    'Format of the problems: text, json, sarif, or github. With --rules also markdown.',
    oneOfWords('text', 'json', 'sarif', 'github', 'markdown'),
  ],
  outputFile: ['--output-file <file>', 'Write the problems to a file instead of stdout.'],
  fix: ['--fix [boolean]', 'Fix problems automatically where possible.'],
  mark: ['--mark [boolean]', 'Write conflict markers into the files.'],
  text: ['--text [boolean]', 'Show the changes as a text diff.'],
  differenceFormat: [
    '--format <format>',
    'Format of the differences: text, json, or github.',
    oneOfWords('text', 'json', 'github'),
  ],
  exitCode: ['--exit-code [boolean]', 'End with exit code 1 if there are differences.'],
  fromEnvironment: [
    '--from-environment <environment>',
    'Environment to deploy the connector from, instead of the local files.',
  ],
  toEnvironment: ['--to-environment <environment>', 'Environment to compare with.'],
  toConnectorId: ['--to-connector <connector>', 'Connector to compare with. (default: the same connector)'],
  ours: ['--ours [boolean]', 'Resolve conflicts with the local values.'],
  theirs: ['--theirs [boolean]', "Resolve conflicts with the environment's values."],
  explain: ['--explain <rule>', 'Explain a rule, or the rules of a certification policy: reason, examples, sources.'],
  rules: ['--rules [boolean]', 'List all rules.'],
  from: [
    '--from <file>',
    'API description to start from: a file, a URL that starts with https://, or - for stdin; or a solution.',
  ],
  mcp: ['--mcp <url>', 'URL of the MCP server (Streamable HTTP) to connect agents to.'],
  authKind: [
    '--auth <kind>',
    'Authentication of the API: none, api-key, basic, oauth2, or entra-id.',
    oneOfWords('none', 'api-key', 'basic', 'oauth2', 'entra-id'),
  ],
  title: ['--title <title>', 'Name of the connector.'],
  summary: ['--description <text>', 'Description of the connector.'],
  host: ['--host <host>', 'Host of the API, or its URL.'],
  apiKeyHeader: ['--api-key-header <name>', 'With api-key: header for the key. (default: X-API-Key)'],
  oAuthClientId: ['--client-id <id>', 'With oauth2 and entra-id: client ID of the application registered there.'],
  authorizationUrl: ['--authorization-url <url>', 'With oauth2: URL where users sign in.'],
  tokenUrl: ['--token-url <url>', 'With oauth2: URL that issues tokens.'],
  scopes: ['--scopes <scopes>', 'With oauth2 and entra-id: scopes to request, separated by spaces or commas.'],
  resourceUri: ['--resource-uri <uri>', 'With entra-id: the application ID URI of the API.'],
  withScript: ['--with-script [boolean]', 'Also create a script to start from.'],
  layout: [
    '--to <layout>',
    'Layout to convert to: solution (a Dataverse solution with the connector) or files.',
    oneOfWords('solution', 'files'),
  ],
  out: ['--out <path>', 'File or folder to write.'],
  solution: [
    '--solution <solution>',
    'Solution to create the connector in: name, ID, maker portal URL, or default. Not verified with the service.',
  ],
  solutionName: ['--solution-name <name>', 'Unique name of the solution. (default: from the title)'],
  solutionVersion: ['--solution-version <version>', 'Version of the solution. (default: 1.0.0.0)'],
  publisherPrefix: ['--prefix <prefix>', "Prefix of the solution's publisher, such as contoso."],
  publisherName: ['--publisher-name <name>', "Unique name of the solution's publisher."],
  dataverseId: ['--connector-id <guid>', "GUID of the connector's row in Dataverse. (default: from its name)"],
  flowSolution: ['--flow <file>', 'Unmanaged solution with a flow that uses the connector (ZIP).'],
  connectorSolution: [
    '--connector-solution <file>',
    'Unmanaged solution with the connector (ZIP). (default: from the files)',
  ],
  pluginSolution: ['--plugin <file>', 'Unmanaged solution with the AI plugin of the connector (ZIP).'],
  introFile: ['--intro <file>', 'Introduction for certification. (default: intro.md or readme.md)'],
  customProperties: ['--custom-properties <file>', 'File customProperties.json, for several ways to sign in.'],
  checkPackage: ['--check [boolean]', 'Only check an existing package.'],
  independent: ['--independent [boolean]', 'Check and copy the files that an independent publisher submits.'],
  openapi: ['--openapi <file>', 'API description. The same as [source].'],
  operations: [
    '--operations <patterns>',
    "Operations to convert, separated by commas: list*, /pets/*, 'GET /pets', or !delete* to exclude. Repeatable.",
    several,
  ],
  tag: ['--tag <tags>', 'Convert operations with one of these tags, separated by commas. Repeatable.', several],
  server: ['--server <choice>', 'Server to use: its number, its URL, or a part of its URL or description.'],
  serverVariables: [
    '--server-variables <handling>',
    'Variables in the server URL: defaults, or connection to prompt users. (default: defaults)',
    oneOfWords('defaults', 'connection'),
  ],
  security: ['--security <schemes>', 'Security schemes to sign in with, separated by commas, or none.'],
  root: ['--root <folder>', "Folder that references can reach. (default: the source's folder)"],
  refHosts: [
    '--ref-hosts <hosts>',
    'Hosts that references can be fetched from with https, separated by commas. Repeatable.',
    several,
  ],
  reportFormat: [
    '--format <format>',
    'Format of the report: text, json, sarif, or github. (default: text)',
    oneOfWords('text', 'json', 'sarif', 'github'),
  ],
  strict: [
    '--strict [boolean]',
    'End with exit code 1 if anything was narrowed, dropped, or not converted, or is invalid.',
  ],
  verbose: ['--verbose [boolean]', 'Show each request.'],
  debug: ['--debug [boolean]', 'Show debug logs. Tokens and secrets are redacted.'],
  quiet: ['-q, --quiet [boolean]', 'Show only errors and results.'],
  output: [
    '-o, --output <format>',
    'Output format: json, jsonc, yaml, yamlc, table, tsv, or none.',
    oneOfWords('json', 'jsonc', 'yaml', 'yamlc', 'table', 'tsv', 'none'),
  ],
  query: ['--query <jmespath>', 'JMESPath query to filter the result.'],
  jsonVersion: ['--json-version <number>', 'Version of the JSON to print: 2 (default) or 1.', oneOfWords('1', '2')],
} as const satisfies Record<string, OptionRow>;

export type OptionName = keyof typeof optionRows;

/** What the Python tool calls those that have a longer name with us. All commands understand both. */
export const pythonNames: Partial<Record<OptionName, string>> = {
  environment: '--env',
  connectorId: '--cid',
  apiProperties: '--api-prop',
  apiDefinition: '--api-def',
  powerAppsUrl: '--pau',
  powerAppsApiVersion: '--pav',
  clientSecret: '--secret',
  clientId: '--clid',
  authorityUrl: '--authority_url',
  destination: '--dest',
  quiet: '--only-show-errors',
};

/** Shorter names of options that the Python tool does not have. */
export const shorterNames: Partial<Record<OptionName, string>> = {
  toEnvironment: '--to-env',
  toConnectorId: '--to-cid',
};

/** Options that no beginning of their name stands for: `--json` is what other tools call something else. */
export const neverShortened: ReadonlySet<OptionName> = new Set(['jsonVersion']);
