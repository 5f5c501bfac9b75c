import { globalOptions, settingOptions } from './option-lists.ts';
import { pathText, type Value, yesOrNo } from './option-values.ts';
import { neverShortened, type OptionName, type OptionRow, optionRows, pythonNames, shorterNames } from './options.ts';

/** The placeholders of options whose value is a path. */
const pathNames = new Set(['file', 'folder']);

/** Options that stand for keys of a settings file, and the one for the file itself: help lists them apart. */
const settingNames: ReadonlySet<OptionName> = new Set([
  ...settingOptions,
  'clientId',
  'tenant',
  'authorityUrl',
  'resource',
  'relativeTo',
]);

/** Options that few people need: help lists them last. */
const advancedNames: ReadonlySet<OptionName> = new Set(['cloud', 'powerAppsUrl', 'powerAppsApiVersion']);

/** An option by its name, and how it is written and described in a command where it is something else than in others. */
export type OptionEntry =
  OptionName | { readonly name: OptionName; readonly flags?: string; readonly description: string };

/** The options of a command. */
export interface OptionLists {
  readonly options: readonly OptionEntry[];
  /** Those that the Python tool does not have: a prefix that fits one of that tool's means that one. */
  readonly addedOptions?: readonly OptionEntry[];
}

/** How an option is written and whether a value goes with it. */
export interface OptionSpelling {
  /** As help shows it, and as commander reads it. */
  readonly long: string;
  /** The long name that the Python tool has for it; undefined where that tool has no such option in this command. */
  readonly python?: string | undefined;
  /** Another long name that is understood. */
  readonly also?: string | undefined;
  readonly short?: string | undefined;
  /** It can't be abbreviated. */
  readonly isNeverShortened?: boolean;
  /** A value must follow. */
  readonly required: boolean;
  /** A value may follow. */
  readonly optional: boolean;
}

/** An option of a command, as it is read, shown and completed. */
export interface CommandOption extends OptionSpelling {
  /** Under which settings and services know it. */
  readonly name: OptionName;
  /** As commander reads it: with its short form and what follows it. */
  readonly flags: string;
  readonly description: string;
  /** The placeholder of its value, such as `file`. */
  readonly takes?: string | undefined;
  readonly value?: Value | undefined;
}

/** Options of a command that belong together, for help. */
export interface OptionGroup {
  readonly title: string;
  readonly options: readonly CommandOption[];
}

/** The options of a command in groups: its own, and those that stand for settings. */
export function ownOptions({ options, addedOptions = [] }: OptionLists): readonly OptionGroup[] {
  const all = [
    ...options.map((entry) => commandOption(entry)),
    ...addedOptions.map((entry) => commandOption(entry, { added: true })),
  ];
  const groups = [
    { title: 'Options', options: all.filter(({ name }) => !settingNames.has(name) && !advancedNames.has(name)) },
    { title: 'Settings', options: all.filter(({ name }) => settingNames.has(name) && !advancedNames.has(name)) },
    { title: 'Advanced', options: all.filter(({ name }) => advancedNames.has(name)) },
  ];
  return groups.filter((group) => group.options.length > 0);
}

/** All options of a command, with those of every command. */
export function commandOptions(lists: OptionLists): readonly CommandOption[] {
  return [...ownOptions(lists).flatMap(({ options }) => options), ...globalOptions.map((name) => commandOption(name))];
}

/** @param added Whether the Python tool does not have it in the command. */
export function commandOption(entry: OptionEntry, { added = false }: { readonly added?: boolean } = {}): CommandOption {
  const { name, ...own } = typeof entry === 'string' ? { name: entry } : entry;
  const [sharedFlags, sharedDescription, value]: OptionRow = optionRows[name];
  const { flags, description } = { flags: sharedFlags, description: sharedDescription, ...own };
  const [, short, long = '', bracket, takes] = /^(?:(-\w), )?(\S+)(?: ([<[])(.+)[>\]])?$/u.exec(flags) ?? [];
  const optional = bracket === '[';
  return {
    name,
    flags,
    short,
    long,
    required: bracket === '<',
    optional,
    takes,
    description,
    python: added ? undefined : (pythonNames[name] ?? long),
    also: pythonNames[name] ?? shorterNames[name],
    isNeverShortened: neverShortened.has(name),
    value: optional ? yesOrNo : (value ?? (pathNames.has(takes ?? '') ? pathText : undefined)),
  };
}
