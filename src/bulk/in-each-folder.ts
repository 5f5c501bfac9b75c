import type { Context } from '../context.ts';
import { CanceledError, UsageError } from '../errors.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import type { Result } from '../output/result.ts';
import type { GivenSettings } from '../settings/settings.ts';
import { portable } from '../settings/settings-file.ts';
import { type Task, workThrough } from './work-through.ts';
import { inFolder } from './in-folder.ts';

export interface FolderWork {
  /** Those of connectors. */
  readonly folders: readonly string[];
  /** What is done after them in the same way, for connectors that aren't in folders. */
  readonly more?: readonly Task[];
  /** Whether there is no more to it than one connector: then nothing is said of many. */
  readonly isOne: boolean;
  /** Such as `Updating`, for the line of progress. */
  readonly doing: string;
  readonly concurrency: number;
  /** What is asked at a terminal before many are worked on, such as `Deploy` and `to`; nothing where it's agreed to. */
  readonly asks?: readonly [verb: string, preposition: string];
  /** The environments that they are for, by name, as far as they are known without a request. */
  readonly environments?: (names: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Is run in each folder of a connector, as if there were no other. */
  readonly work: (context: Context) => Promise<Result | void>;
}

/**
 * Does the same in each folder of a connector: in the only one as if it were the current one, else as {@link workThrough}.
 */
export async function inEachFolder(
  { folders, more = [], isOne, doing, concurrency, asks, environments, work }: FolderWork,
  context: Context,
): Promise<Result | void> {
  const tasks = [
    ...folders.map((folder) => ({
      name: folder,
      facts: { folder: portable(folder) },
      work: async (own: Context) => await work(inFolder(own, folder)),
    })),
    ...more,
  ];
  const [only] = tasks;
  if (isOne && only) return await only.work(context);
  const names = tasks.map(({ name }) => name);
  if (asks !== undefined && names.length > 1 && context.terminal.interactive) {
    await requireConsent(asks, names, (await environments?.(names)) ?? new Map(), context.terminal);
  }
  return await workThrough(tasks, { doing, concurrency }, context);
}

/** Raises {@link CanceledError} if the user declines. One environment is in the question, several are behind the names. */
async function requireConsent(
  [verb, preposition]: readonly [verb: string, preposition: string],
  names: readonly string[],
  environments: ReadonlyMap<string, string>,
  terminal: Terminal,
): Promise<void> {
  const places = names.map((name) => environments.get(name));
  const [only] = places;
  const isSame = places.every((place) => place === only);
  const lines = names.map((name, index) => {
    const place = isSame ? undefined : places[index];
    return place === undefined ? `  ${name}` : `  ${name} → ${place}`;
  });
  terminal.note(lines.join('\n'));
  const where = isSame && only !== undefined ? ` ${preposition} ${only}` : '';
  const message = `${verb} ${names.length} connectors${where}?`;
  if (await terminal.confirm({ message, insteadPass: '--yes', defaultAnswer: false })) return;
  throw new CanceledError({ isDeclined: true });
}

/** Raises {@link UsageError} for options that name one connector or its files, where there are several. */
export function requireNoneNamed(flags: Partial<GivenSettings>, count: number): void {
  const given = ownOptions.filter(([key]) => flags[key] !== undefined).map(([, option]) => option);
  if (given.length === 0 || count < 2) return;
  throw new UsageError(`${given.join(' and ')} can't be used with ${count} connectors.`, {
    hint: 'Each folder has its own settings.json. Name one folder to use the option.',
  });
}

const ownOptions = [
  ['connectorId', '--connector'],
  ['apiDefinition', '--api-definition'],
  ['apiProperties', '--api-properties'],
  ['icon', '--icon'],
  ['script', '--script'],
] as const;
