import { InvalidArgumentError, Option } from 'commander';

type Row = readonly [flags: string, description: string];

/**
 * Every option, declared once, under the name that settings and services know it by. Short ones mean different things in
 * different commands on purpose: they are those of paconn.
 */
const rows = {
  settingsFile: ['-s, --settings <file>', 'Settings file; it replaces the options that stand for settings.'],
  environment: ['-e, --env <id>', 'Power Platform environment ID.'],
  connectorId: ['-c, --cid <id>', 'Custom connector ID.'],
  apiProperties: ['-p, --api-prop <file>', 'API properties JSON document.'],
  apiDefinition: ['-d, --api-def <file>', 'OpenAPI definition JSON document.'],
  icon: ['-i, --icon <file>', 'Icon file.'],
  script: ['-x, --script <file>', 'Script file with custom code.'],
  powerAppsUrl: ['-u, --pau <url>', 'Power Platform URL.'],
  powerAppsApiVersion: ['-v, --pav <version>', 'Power Platform API version.'],
  clientSecret: [
    '-r, --secret <secret>',
    'OAuth2 client secret of the connector; - reads it from stdin, SET=SECRET is for one connection parameter set.',
  ],
  clientId: ['-i, --clid <id>', 'Client ID (application ID) to sign in as.'],
  tenant: ['-t, --tenant <tenant>', 'Tenant ID or domain.'],
  authorityUrl: ['-a, --authority_url <url>', 'Authority URL for sign-in.'],
  resource: ['-r, --resource <url>', 'Resource URL that the token is for.'],
  force: ['-f, --force [boolean]', 'Sign in again even if a valid sign-in exists.'],
  destination: ['-d, --dest <directory>', 'Directory to write to; missing ones are created.'],
  overwrite: ['-w, --overwrite [boolean]', 'Overwrite existing connector and settings files.'],
  overwriteSettings: ['-w, --overwrite-settings [boolean]', 'Overwrite an existing settings.json without asking.'],
  removeScript: ['--remove-script [boolean]', 'Remove the custom code that the connector has.'],
  verbose: ['--verbose [boolean]', 'Say which requests are made.'],
  debug: ['--debug [boolean]', 'Say all that helps to find a fault; never a token or a secret.'],
  onlyShowErrors: ['--only-show-errors [boolean]', 'Show errors and results only: no notes, no progress.'],
  output: ['-o, --output <format>', 'Output format, for scripts written for paconn.'],
  query: ['--query <jmespath>', 'Query over the output, for scripts written for paconn.'],
} as const satisfies Record<string, Row>;

export type OptionName = keyof typeof rows;

/** Options of every command. */
export const globalOptions = ['output', 'query', 'onlyShowErrors', 'verbose', 'debug'] as const satisfies OptionName[];

const outputFormats = ['json', 'jsonc', 'yaml', 'yamlc', 'table', 'tsv', 'none'];

/** Keeps its value under our name for it, whatever the option is called. */
class NamedOption extends Option {
  readonly #name: OptionName;

  constructor(name: OptionName) {
    const [flags, description] = rows[name];
    super(flags, description);
    this.#name = name;
    if (this.optional) this.argParser(parseBoolean);
    if (name === 'clientSecret') this.argParser(collect);
    if (name === 'output') this.argParser(parseOutputFormat);
  }

  override attributeName(): string {
    return this.#name;
  }
}

/** A new option: commands do not share state. */
export function makeOption(name: OptionName): Option {
  return new NamedOption(name);
}

const words = new Map([
  ...['true', 'yes', 'y', '1', 'on', 't'].map((word) => [word, true] as const),
  ...['false', 'no', 'n', '0', 'off', 'f'].map((word) => [word, false] as const),
]);

/** paconn takes any value for true, even `false`. */
function parseBoolean(value: string): boolean {
  const meaning = words.get(value.toLowerCase());
  if (meaning === undefined) throw new InvalidArgumentError('Use true or false.');
  return meaning;
}

/** The values of an option that may be given several times. */
function collect(value: string, before: unknown): string[] {
  return [...(Array.isArray(before) ? before.map(String) : []), value];
}

function parseOutputFormat(value: string): string {
  const format = value.toLowerCase();
  if (!outputFormats.includes(format)) throw new InvalidArgumentError(`Use one of ${outputFormats.join(', ')}.`);
  return format;
}
