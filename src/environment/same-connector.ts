import { commandWord } from '../io/terminal/command-word.ts';

export interface GivenConnector {
  /** As it was given. */
  readonly settingsFile: string | undefined;
  /** Where its files are, from where the user is; empty for the same place. */
  readonly folder: string;
}

/** What follows a command that is to work on the same connector: ` -s settings.json`, ` pets`, or nothing for the one here. */
export function sameConnector({ settingsFile, folder }: GivenConnector): string {
  if (folder !== '') return ` ${commandWord(folder)}`;
  return settingsFile === undefined ? '' : ` -s ${commandWord(settingsFile)}`;
}
