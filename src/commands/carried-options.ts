import type { GivenOption, WrittenCommand } from '../output/given-options.ts';
import type { CommandOption } from './command-options.ts';
import type { OptionName } from './options.ts';

const ofAccount: readonly OptionName[] = ['account'];

/** Who asks which service: a command in a hint is for the same. */
const ofService: readonly OptionName[] = ['account', 'cloud', 'powerAppsUrl', 'powerAppsApiVersion'];

/** How a command does its work, and of what where that isn't in a folder: the same command in a hint does it so. */
const ofWork: readonly OptionName[] = [
  'failOnBreaking',
  'fromBackup',
  'fromEnvironment',
  'only',
  'overwrite',
  'removeScript',
  'rename',
  'share',
  'skipValidation',
  'solution',
  'toConnectorId',
  'toEnvironment',
  'withoutBackup',
];

/** What the local files are to a command, in those that read them so. */
const ofFiles: readonly OptionName[] = ['set'];

/** What a run that fails didn't send: the same command sends it, too. Another one leaves what is there as it is. */
const ofFailure: readonly OptionName[] = ['clientSecret'];

/** Where paths of a settings file start from. */
const ofSettingsFile: readonly OptionName[] = ['relativeTo'];

const ofTrial: readonly OptionName[] = ['dryRun'];

/** The commands that send a connector: in a run that sends nothing, none of them in a hint does. */
const sending: ReadonlySet<string> = new Set(['create', 'update', 'deploy', 'restore', 'delete']);

/** What another sign-in needs to be the same. */
const ofSignIn: readonly OptionName[] = [
  'settingsFile',
  'clientId',
  'tenant',
  'authorityUrl',
  'resource',
  'cloud',
  'account',
  'force',
];

const ofFile: readonly OptionName[] = ['settingsFile', 'account', 'force'];

/** Where a list is of. */
const ofPlace: readonly OptionName[] = ['environment'];

/** The run whose words have commands in them. */
export interface Run {
  readonly name: string;
  /** Whether a settings file replaces options. */
  readonly isOfPython: boolean;
  readonly flags: Readonly<Record<string, unknown>>;
  /** Whether the words say why the run failed. */
  readonly hasFailed?: boolean;
}

/** Whether a run has options that commands in its words may need. */
export function hasCarriedOptions({ flags }: Run): boolean {
  return [
    ...ofService,
    ...ofTrial,
    ...ofWork,
    ...ofFiles,
    ...ofFailure,
    ...ofSettingsFile,
    ...ofSignIn,
    ...ofPlace,
  ].some((name) => flags[name] !== undefined);
}

/** The options of a run that a command in its words needs. */
export function carriedOptions(
  run: Run,
  command: WrittenCommand,
  options: readonly CommandOption[],
): readonly GivenOption[] {
  return namesFor(command, run).flatMap((name) => {
    const option = options.find((one) => one.name === name);
    if (!option) return [];
    const all = [option.long, option.also, option.short].flatMap((spelling) => spelling ?? []);
    const spellings = name === 'settingsFile' ? all.toReversed() : all;
    // Some are repeatable.
    const values = [run.flags[name]].flat().filter((value) => value === true || typeof value === 'string');
    if (name === 'clientSecret') return values.map((value) => ({ spellings, ...shownSecret(value) }));
    return values.map((value) => ({ spellings, value: value === true ? undefined : value }));
  });
}

/** Only that it comes from stdin can be said of a secret. */
function shownSecret(value: unknown): Pick<GivenOption, 'value' | 'isPlaceholder'> {
  return value === '-' ? { value } : { value: '<secret>', isPlaceholder: true };
}

function namesFor({ name: command, words }: WrittenCommand, run: Run): readonly OptionName[] {
  const { name, isOfPython, flags, hasFailed = false } = run;
  const isReplaced = isOfPython && flags['settingsFile'] !== undefined;
  // An account signs in again where it did before.
  const isRenewal = words.includes('--account');
  if (command === 'login') return isRenewal ? [] : name !== 'login' ? ['cloud'] : isReplaced ? ofFile : ofSignIn;
  // What only shows is no trial of anything.
  const shows = words.includes('--list') || (command === 'validate' && !words.includes('--fix'));
  const sends = (command === name || sending.has(command)) && !shows;
  const names: readonly OptionName[] = [
    ...(isReplaced ? ofAccount : ofService),
    ...(sends ? ofTrial : []),
    ...ofFiles,
    ...(command === name ? ofWork : []),
    ...(command === name && hasFailed ? ofFailure : []),
    ...(command === name || words.includes('-s') ? ofSettingsFile : []),
    ...(command === 'list' && !words.includes('--all-environments') ? ofPlace : []),
  ];
  // What the settings file says of the service holds for lists of that, too.
  return ['environments', 'list'].includes(command) ? ['settingsFile', ...names] : names;
}
