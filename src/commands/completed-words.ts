import type { Candidate, ListingQuery } from '../completion/listed-names.ts';
import { shells } from '../completion/shell-words.ts';
import type { CommandDefinition } from './command-definition.ts';
import type { CommandOption } from './command-options.ts';

/** Names that are looked up: in the last lists, among the backups of this computer, in the table of rules. */
export type Lookup = ListingQuery | { readonly kind: 'backups' } | { readonly kind: 'rules' };

/** What a word of a command line can become. */
export interface Wanted {
  readonly words?: readonly Candidate[];
  readonly lookup?: Lookup;
  /** For the shell to find, in addition to the words. */
  readonly paths?: 'files' | 'folders';
}

/** By the placeholder in help, such as `file` or `[folders...]`. */
const byPlaceholder: Readonly<Record<string, Wanted>> = {
  file: { paths: 'files' },
  files: { paths: 'files' },
  path: { paths: 'files' },
  paths: { paths: 'files' },
  source: { paths: 'files' },
  folder: { paths: 'folders' },
  folders: { paths: 'folders' },
  sides: { ...oneOf(['local', 'base', 'environment']), paths: 'folders' },
  published: { ...oneOf(['environment']), paths: 'folders' },
  backup: { ...oneOf(['latest']), lookup: { kind: 'backups' }, paths: 'folders' },
  environment: { lookup: { kind: 'environments' } },
  connector: { lookup: { kind: 'connectors', environment: undefined } },
  rule: { lookup: { kind: 'rules' } },
  rules: { lookup: { kind: 'rules' } },
  shell: oneOf(shells),
};

/**
 * What the value of an option can be.
 *
 * @param environment The one that the command line names.
 */
export function valueWanted({ name, value, takes = '' }: CommandOption, environment: string | undefined): Wanted {
  if (value?.words) return oneOf(value.words);
  if (name === 'connectorId') return { lookup: { kind: 'connectors', environment } };
  if (name === 'fromBackup') return { lookup: { kind: 'backups' } };
  return wantedFor(takes);
}

/**
 * What an argument can be that is no option.
 *
 * @param before Those before it.
 */
export function argumentWanted({ paths, morePaths, wordsAfter }: CommandDefinition, before: readonly string[]): Wanted {
  const words = wordsAfter?.(before);
  if (words === 'environments') return { lookup: { kind: words } };
  if (words) return oneOf(words);
  const [placeholder = ''] = (before.length === 0 ? paths : (morePaths ?? paths)) ?? [];
  const isThere = before.length === 0 || placeholder.includes('...') || (morePaths && before.length === 1);
  return isThere ? wantedFor(placeholder) : {};
}

function wantedFor(placeholder: string): Wanted {
  const [word = ''] = /\w+/u.exec(placeholder) ?? [];
  return byPlaceholder[word] ?? {};
}

function oneOf(words: readonly string[]): Wanted {
  return { words: words.map((text) => ({ text, meaning: '' })) };
}
