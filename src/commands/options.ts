import { InvalidArgumentError, Option } from 'commander';
import { booleanOf } from './booleans.ts';

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
  skipValidation: ['--skip-validation [boolean]', 'Send the files even if the check beforehand finds errors.'],
  offline: ['--offline [boolean]', 'Check the files alone, without asking the service.'],
  certification: ['--certification [boolean]', 'Check what certification asks for, too.'],
  info: ['--info [boolean]', 'Give advice, too.'],
  publisher: ['--publisher <kind>', 'Who certifies the connector: verified or independent.'],
  maxWarnings: ['--max-warnings <number>', 'Fail if there are more warnings than this.'],
  ignore: ['--ignore <rules>', 'Rules to leave out, separated by commas; may be given several times.'],
  format: ['--format <format>', 'How findings are printed: text, json, sarif or github; with --rules also markdown.'],
  outputFile: ['--output-file <file>', 'Write the findings into a file, not to stdout.'],
  fix: ['--fix [boolean]', 'Mend in the files what has one right answer.'],
  dryRun: ['--dry-run [boolean]', 'Show as a diff what --fix would change; nothing is written.'],
  explain: ['--explain <rule>', 'Explain a rule: reason, examples, sources.'],
  rules: ['--rules [boolean]', 'List all rules.'],
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
const findingFormats = ['text', 'json', 'sarif', 'github', 'markdown'];
const publisherKinds = ['verified', 'independent'];

/** Keeps its value under our name for it, whatever the option is called. */
class NamedOption extends Option {
  readonly #name: OptionName;
  readonly added: boolean;

  constructor(name: OptionName, added: boolean) {
    const [flags, description] = rows[name];
    super(flags, description);
    this.#name = name;
    this.added = added;
    if (this.optional) this.argParser(parseBoolean);
    if (name === 'clientSecret' || name === 'ignore') this.argParser(collect);
    if (name === 'output') this.argParser(oneOf(outputFormats));
    if (name === 'format') this.argParser(oneOf(findingFormats));
    if (name === 'publisher') this.argParser(oneOf(publisherKinds));
    if (name === 'maxWarnings') this.argParser(parseCount);
  }

  override attributeName(): string {
    return this.#name;
  }
}

/** A new option: commands do not share state. */
export function makeOption(name: OptionName): Option {
  return new NamedOption(name, false);
}

/** One that paconn does not have in the command. */
export function makeAddedOption(name: OptionName): Option {
  return new NamedOption(name, true);
}

function parseBoolean(value: string): boolean {
  const meaning = booleanOf(value);
  if (meaning === undefined) throw new InvalidArgumentError('Use true or false.');
  return meaning;
}

/** The values of an option that may be given several times. */
function collect(value: string, before: unknown): string[] {
  return [...(Array.isArray(before) ? before.map(String) : []), value];
}

/** Without regard to the case of letters. */
function oneOf(values: readonly string[]): (value: string) => string {
  return (value) => {
    const lowerCase = value.toLowerCase();
    if (!values.includes(lowerCase)) throw new InvalidArgumentError(`Use one of ${values.join(', ')}.`);
    return lowerCase;
  };
}

function parseCount(value: string): number {
  if (!/^\d{1,9}$/u.test(value)) throw new InvalidArgumentError('Use a number, such as 0.');
  return Number(value);
}
