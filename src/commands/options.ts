import { UsageError } from '../errors.ts';
import type { OptionSpelling } from './argv.ts';
import { booleanOf } from './booleans.ts';
import type { CommandDefinition } from './command-definition.ts';

/** What the text behind an option means, where it is not just a text. */
interface Value {
  /** All that it may be, if there are only so many. */
  readonly words?: readonly string[];
  /** @param before What an earlier one of the same option meant. */
  readonly read: (text: string, option: string, before: unknown) => unknown;
}

type Row = readonly [flags: string, description: string, value?: Value];

const yesOrNo: Value = { words: ['true', 'false'], read: readBoolean };
const count: Value = { read: readCount };
const concurrency: Value = { read: readConcurrency };
/** More at a time is no faster. */
const mostAtATime = 64;
/** The option may be given several times. */
const several: Value = { read: collect };

/**
 * Every option, declared once, under the name that settings and services know it by. Short ones mean different things in
 * different commands on purpose: they are those of paconn.
 */
const rows = {
  settingsFile: ['-s, --settings <file>', 'Settings file; it replaces the options that stand for settings.'],
  environment: [
    '-e, --env <environment>',
    'Environment: its ID, its name, an address of the maker portal, or ~default.',
  ],
  connectorId: ['-c, --cid <connector>', 'Custom connector: its ID, its name, or its address in the maker portal.'],
  apiProperties: ['-p, --api-prop <file>', 'API properties JSON document.'],
  apiDefinition: ['-d, --api-def <file>', 'OpenAPI definition JSON document.'],
  icon: ['-i, --icon <file>', 'Icon file.'],
  script: ['-x, --script <file>', 'Script file with custom code.'],
  powerAppsUrl: ['-u, --pau <url>', 'Power Platform URL.'],
  powerAppsApiVersion: ['-v, --pav <version>', 'Power Platform API version.'],
  clientSecret: [
    '-r, --secret <secret>',
    'OAuth2 client secret of the connector; - reads it from stdin, SET=SECRET is for one connection parameter set.',
    several,
  ],
  cloud: [
    '--cloud <cloud>',
    'Cloud to work in: public, gcc, gcch, dod or china; it sets the URLs that are not given.',
    oneOf('public', 'gcc', 'gcch', 'dod', 'china'),
  ],
  account: ['--account <name>', 'Account to use of several: its user name, a part of that, its client ID or tenant.'],
  allAccounts: ['--all [boolean]', 'All accounts, not just one.'],
  clientId: ['-i, --clid <id>', 'Client ID (application ID) to sign in as.'],
  tenant: ['-t, --tenant <tenant>', 'Tenant ID or domain.'],
  authorityUrl: ['-a, --authority_url <url>', 'Authority URL for sign-in.'],
  resource: ['-r, --resource <url>', 'Resource URL that the token is for.'],
  force: ['-f, --force [boolean]', 'Sign in again even if a valid sign-in exists.'],
  browser: ['--browser [boolean]', 'Sign in in the browser of this machine.'],
  servicePrincipal: [
    '--service-principal [boolean]',
    'Sign in as an application; its client secret is taken from PACONN_SP_SECRET, or asked for.',
  ],
  applicationSecret: ['--client-secret <source>', 'With --service-principal: - reads its client secret from stdin.'],
  certificateFile: ['--certificate <file>', 'Sign in as an application by a certificate: PEM with its private key.'],
  federatedTokenFile: ['--federated-token-file <file>', 'Sign in as an application by a token of another issuer.'],
  managedIdentity: [
    '--managed-identity [boolean]',
    'Sign in by the identity that Azure gives this machine; --clid names a user-assigned one.',
  ],
  azureCli: ['--azure-cli [boolean]', 'Sign in as who is signed in at the Azure CLI.'],
  destination: ['-d, --dest <directory>', 'Directory to write to; missing ones are created.'],
  overwrite: ['-w, --overwrite [boolean]', 'Overwrite existing connector and settings files.'],
  overwriteSettings: ['-w, --overwrite-settings [boolean]', 'Overwrite an existing settings.json without asking.'],
  all: ['--all [boolean]', 'All custom connectors of the environment, each in a folder of its own.'],
  allEnvironments: ['--all-environments [boolean]', 'Those of all environments.'],
  concurrency: ['--concurrency <number>', 'How many are worked on at a time; 8 unless told.', concurrency],
  list: ['--list [boolean]', 'List the states that are kept.'],
  sendNothing: [
    '--dry-run [boolean]',
    'Show the requests that would be made and what they would change; nothing is sent or written.',
  ],
  overwriteChanges: ['--force [boolean]', 'Overwrite what others have changed in the environment.'],
  rename: ['--rename [boolean]', 'Give the connector the title of the API definition as its name.'],
  yes: ['--yes [boolean]', 'Delete without asking.'],
  removeScript: ['--remove-script [boolean]', 'Remove the custom code that the connector has.'],
  skipValidation: ['--skip-validation [boolean]', 'Send the files even if the check beforehand finds errors.'],
  offline: ['--offline [boolean]', 'Check the files alone, without asking the service.'],
  certification: ['--certification [boolean]', 'Check what certification asks for, too.'],
  skipCertification: [
    '--skip-certification [boolean]',
    "Leave out the service's certification rules, as create and update do.",
  ],
  info: ['--info [boolean]', 'Give advice, too.'],
  publisher: [
    '--publisher <kind>',
    'Who certifies the connector: verified or independent.',
    oneOf('verified', 'independent'),
  ],
  maxWarnings: ['--max-warnings <number>', 'Fail if there are more warnings than this.', count],
  ignore: ['--ignore <rules>', 'Rules to leave out, separated by commas; may be given several times.', several],
  format: [
    '--format <format>',
    'How findings are printed: text, json, sarif or github; with --rules also markdown.',
    oneOf('text', 'json', 'sarif', 'github', 'markdown'),
  ],
  outputFile: ['--output-file <file>', 'Write the findings into a file, not to stdout.'],
  fix: ['--fix [boolean]', 'Mend in the files what has one right answer.'],
  dryRun: ['--dry-run [boolean]', 'Show what would change; nothing is written.'],
  mark: ['--mark [boolean]', 'Write conflicts into the files, both values with marks around them.'],
  text: ['--text [boolean]', 'Show the changes as a text diff.'],
  differenceFormat: ['--format <format>', 'How differences are printed: text or json.', oneOf('text', 'json')],
  exitCode: ['--exit-code [boolean]', 'End with 1 when there are differences.'],
  toEnvironment: ['--to-env <environment>', 'Environment to compare with.'],
  toConnectorId: ['--to-cid <connector>', 'Connector to compare with; the same one unless told.'],
  ours: ['--ours [boolean]', 'Decide conflicts for the files here.'],
  theirs: ['--theirs [boolean]', 'Decide conflicts for the environment.'],
  explain: ['--explain <rule>', 'Explain a rule: reason, examples, sources.'],
  rules: ['--rules [boolean]', 'List all rules.'],
  from: ['--from <file>', 'API definition to begin with: a file, or a URL with https.'],
  authKind: [
    '--auth <kind>',
    'How one signs in to the API: none, api-key, basic, oauth2 or entra-id.',
    oneOf('none', 'api-key', 'basic', 'oauth2', 'entra-id'),
  ],
  title: ['--title <title>', 'Name of the connector.'],
  summary: ['--description <text>', 'What the connector is for, in a sentence.'],
  host: ['--host <host>', 'Host of the API, or its URL.'],
  apiKeyHeader: ['--api-key-header <name>', 'With api-key: the header that it goes into; X-API-Key unless told.'],
  oAuthClientId: ['--client-id <id>', 'With oauth2 and entra-id: client ID of the application registered there.'],
  authorizationUrl: ['--authorization-url <url>', 'With oauth2: where users sign in.'],
  tokenUrl: ['--token-url <url>', 'With oauth2: where tokens come from.'],
  scopes: ['--scopes <scopes>', 'With oauth2 and entra-id: what to ask for, separated by spaces or commas.'],
  resourceUri: ['--resource-uri <uri>', 'With entra-id: the application ID URI of the API.'],
  withScript: ['--with-script [boolean]', 'With a script to begin custom code with.'],
  verbose: ['--verbose [boolean]', 'Say which requests are made.'],
  debug: [
    '--debug [boolean]',
    'Say all that helps to find a fault, headers of requests too; never a token or a secret.',
  ],
  onlyShowErrors: ['--only-show-errors [boolean]', 'Show errors and results only: no notes, no progress.'],
  quiet: ['--quiet [boolean]', 'The same as --only-show-errors.'],
  output: [
    '-o, --output <format>',
    'How the result is printed: json, jsonc, yaml, yamlc, table, tsv or none.',
    oneOf('json', 'jsonc', 'yaml', 'yamlc', 'table', 'tsv', 'none'),
  ],
  query: ['--query <jmespath>', 'What of the result is printed, as a JMESPath query.'],
} as const satisfies Record<string, Row>;

export type OptionName = keyof typeof rows;

/** Options of every command. */
export const globalOptions = [
  'output',
  'query',
  'onlyShowErrors',
  'quiet',
  'verbose',
  'debug',
] as const satisfies OptionName[];

/** Those of them that paconn does not have: `--qu` is its `--query`. */
const addedGlobalOptions: ReadonlySet<OptionName> = new Set(['quiet']);

/** What paconn does not have in commands that reach the service. */
export const serviceOptions = ['cloud', 'account'] as const satisfies OptionName[];

/** Options that stand for keys of a settings file, and the one for the file itself. */
const settingOptions: ReadonlySet<OptionName> = new Set([
  'settingsFile',
  'environment',
  'connectorId',
  'apiProperties',
  'apiDefinition',
  'icon',
  'script',
  'powerAppsUrl',
  'powerAppsApiVersion',
  'clientId',
  'tenant',
  'authorityUrl',
  'resource',
  'cloud',
]);

/** An option of a command, as it is read, shown and completed. */
export interface CommandOption extends OptionSpelling {
  /** Under which settings and services know it. */
  readonly name: OptionName;
  readonly long: string;
  /** As help shows it: with its short form and what follows it. */
  readonly flags: string;
  readonly description: string;
  /** What follows it, such as `file`. */
  readonly takes?: string | undefined;
  readonly value?: Value | undefined;
}

/** Options of a command that belong together, for help. */
export interface OptionGroup {
  readonly title: string;
  readonly options: readonly CommandOption[];
}

/** The options of a command in groups: its own, and those that stand for settings. */
export function ownOptions({ options, addedOptions = [] }: CommandDefinition): readonly OptionGroup[] {
  const all = [...options.map((name) => commandOption(name)), ...addedOptions.map((name) => commandOption(name, true))];
  const groups = [
    { title: 'Options', options: all.filter(({ name }) => !settingOptions.has(name)) },
    { title: 'Settings', options: all.filter(({ name }) => settingOptions.has(name)) },
  ];
  return groups.filter((group) => group.options.length > 0);
}

/** All options of a command, with those of every command. */
export function commandOptions(definition: CommandDefinition): readonly CommandOption[] {
  return [
    ...ownOptions(definition).flatMap(({ options }) => options),
    ...globalOptions.map((name) => commandOption(name)),
  ];
}

/** @param added Whether paconn does not have it in the command. */
export function commandOption(name: OptionName, added = addedGlobalOptions.has(name)): CommandOption {
  const [flags, description, value]: Row = rows[name];
  const [, short, long = '', bracket, takes] = /^(?:(-\w), )?(\S+)(?: ([<[])(.+)[>\]])?$/u.exec(flags) ?? [];
  const optional = bracket === '[';
  const required = bracket === '<';
  return { name, flags, short, long, required, optional, takes, description, added, value: optional ? yesOrNo : value };
}

function readBoolean(text: string, option: string): boolean {
  const meaning = booleanOf(text);
  if (meaning === undefined) throw new UsageError(`The option ${option} takes true or false, not '${text}'.`);
  return meaning;
}

function collect(text: string, _option: string, before: unknown): string[] {
  return [...(Array.isArray(before) ? before.map(String) : []), text];
}

/** Without regard to the case of letters. */
function oneOf(...words: readonly string[]): Value {
  const read = (text: string, option: string): string => {
    const lowerCase = text.toLowerCase();
    if (words.includes(lowerCase)) return lowerCase;
    throw new UsageError(`The option ${option} does not take '${text}'.`, { hint: `Use one of ${words.join(', ')}.` });
  };
  return { words, read };
}

function readConcurrency(text: string, option: string): number {
  if (/^\d{1,2}$/u.test(text) && Number(text) >= 1 && Number(text) <= mostAtATime) return Number(text);
  throw new UsageError(`The option ${option} takes a number from 1 to ${mostAtATime}, not '${text}'.`);
}

function readCount(text: string, option: string): number {
  if (/^\d{1,9}$/u.test(text)) return Number(text);
  throw new UsageError(`The option ${option} takes a number, not '${text}'.`, { hint: 'Use a number, such as 0.' });
}
