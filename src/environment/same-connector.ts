import { commandWord } from '../io/terminal/command-word.ts';

export interface GivenConnector {
  /** As it was given. */
  readonly settingsFile: string | undefined;
  /** Where its files are, from where the user is; empty for the same place. */
  readonly folder: string;
}

/** What follows a command that is to work on the same connector: ` -s settings.json`, ` pets`, or nothing for the one here. */
export function sameConnector({ settingsFile, folder }: GivenConnector): string {
  return connectorArguments({ settingsFile, folder })
    .map((word) => ` ${commandWord(word)}`)
    .join('');
}

/** What a pull takes to merge the same connector; undefined for one that has no files of its own to merge into. */
export function pullArguments(given: GivenConnector, account: string | undefined): readonly string[] | undefined {
  const words = connectorArguments(given);
  if (words.length === 0) return undefined;
  return account === undefined ? words : [...words, '--account', account];
}

/** The same as words. */
function connectorArguments({ settingsFile, folder }: GivenConnector): readonly string[] {
  if (folder !== '') return [folder];
  return settingsFile === undefined ? [] : ['-s', settingsFile];
}
