import { isAbsolute, join } from 'node:path';
import { commandWord, pathArgument } from '../io/terminal/command-word.ts';
import { fileKeys, type NamedFiles } from '../settings/files-root.ts';
import type { GivenFlags } from '../settings/settings-file.ts';

export interface GivenConnector {
  /** As the user typed it. */
  readonly settingsFile: string | undefined;
  /** Where its files are, from where the user is; empty for the same place. */
  readonly folder: string;
  /** The other options that count. */
  readonly flags?: GivenFlags;
}

const fileOptions = {
  apiProperties: '--api-properties',
  apiDefinition: '--api-definition',
  icon: '--icon',
  script: '--script',
} as const;

/**
 * What follows a command that is to work on the same connector: ` -s settings.json`, ` pets`, or nothing for the one here, and
 * the options that name environment, connector, files and account.
 */
export function sameConnector(given: GivenConnector): string {
  return asTyped([...connectorWords(given), ...otherWords(given)]);
}

/** The options that count in a command of the Python tool, where a settings file that is named replaces all but the account. */
export function countingFlags(flags: GivenFlags): GivenFlags {
  return flags.settingsFile ? { account: flags.account } : flags;
}

/** What a pull takes to merge the same connector; undefined for one that has no files of its own to merge into. */
export function pullArguments(given: GivenConnector): readonly string[] | undefined {
  const words = connectorWords(given);
  return words.length === 0 ? undefined : [...words, ...otherWords(given)];
}

/**
 * What follows a command that is to work with the same files, whatever connector their settings name, in an environment where it
 * has to be said: undefined where the settings say it.
 */
export function sameFiles({ flags, ...given }: GivenConnector, environment: string | undefined): string {
  const files = sameConnector({ ...given, flags: { ...flags, environment: undefined, connectorId: undefined } });
  return `${files}${asTyped(option('--environment', environment))}`;
}

function connectorWords({ settingsFile, folder }: GivenConnector): readonly string[] {
  if (folder !== '') return [pathArgument(folder)];
  return settingsFile === undefined ? [] : ['-s', pathArgument(settingsFile)];
}

function otherWords({ folder, flags = {} }: GivenConnector): readonly string[] {
  const { environment, connectorId, account, cloud } = flags;
  return [
    ...option('--environment', environment),
    ...option('--connector', connectorId),
    ...fileWords(flags, folder),
    ...option('--cloud', cloud),
    ...option('--account', account),
  ];
}

function fileWords(files: NamedFiles, folder: string): readonly string[] {
  return fileKeys.flatMap((key) => {
    const path = files[key];
    return option(fileOptions[key], path === undefined || isAbsolute(path) ? path : pathArgument(join(folder, path)));
  });
}

function option(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [name, value];
}

function asTyped(words: readonly string[]): string {
  return words.map((word) => ` ${commandWord(word)}`).join('');
}
