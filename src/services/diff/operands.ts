import { UsageError } from '../../errors.ts';
import { commandWord, pathWord } from '../../io/terminal/command-word.ts';

/** Where a side of the comparison comes from: the local files, the last synced version, or an environment. */
export type StateSource = 'local' | 'base' | 'environment' | 'other environment';

/** One side of a comparison. */
export interface Operand {
  readonly source: StateSource;
  /** Of the files and settings that it is about. */
  readonly folder: string;
}

export interface Operands {
  readonly from: Operand;
  readonly to: Operand;
}

const sources: ReadonlySet<string> = new Set(['local', 'base', 'environment'] satisfies StateSource[]);

/**
 * The sides that were asked for: two words or folders, or one of them against its natural counterpart. Raises
 * {@link UsageError}.
 *
 * @param isOther Whether an environment was named to compare with.
 */
export function readOperands(paths: readonly string[], isOther: boolean): Operands {
  const [first, second, third] = paths;
  if (second !== undefined && third === undefined && isOther) {
    const folder = paths.find((path) => !isSource(path));
    const side = folder === undefined ? '' : ` ${pathWord(folder)}`;
    throw new UsageError('The environment to compare with is one of the two sides.', {
      hint: `Name one other side:\n  paconn diff${side} --to-environment <environment>`,
    });
  }
  if (third !== undefined) {
    throw new UsageError('paconn diff compares two sides, not more.', {
      hint: "Run 'paconn diff --help' for usage.",
    });
  }
  const around = paths.find((path) => !isSource(path)) ?? '.';
  // Beside a folder the local files are those that are here; the others are those of the folder.
  const operand = (path: string): Operand =>
    isSource(path) ? { source: path, folder: path === 'local' ? '.' : around } : { source: 'local', folder: path };
  if (isOther) return { from: operand(first ?? 'environment'), to: { source: 'other environment', folder: around } };
  if (first !== undefined && second !== undefined) return { from: operand(first), to: operand(second) };
  // One word is compared with the files, and files with the environment.
  const from = first === 'base' ? 'base' : 'environment';
  return { from: operand(from), to: operand(first === undefined || isSource(first) ? 'local' : first) };
}

/** The options for an environment. */
export interface GivenForEnvironment {
  readonly set: readonly string[];
  readonly environment?: string | undefined;
  readonly connectorId?: string | undefined;
}

/** Raises {@link UsageError} for options for an environment where local files are compared with others, and none is a side. */
export function requireEnvironmentForOptions({ from, to }: Operands, given: GivenForEnvironment): void {
  if (from.source !== 'local' || to.source !== 'local') return;
  const { set, environment, connectorId } = given;
  const named = [
    ['--set', set[0]],
    ['--environment', environment],
    ['--connector', connectorId],
  ].flatMap(([option, value]) => (option !== undefined && value !== undefined ? [{ option, value }] : []));
  const [first] = named;
  if (first === undefined) return;
  // A value of --set can be a secret.
  const shown = named.filter(({ option }) => option !== '--set');
  const same = shown.map(({ option, value }) => ` ${option} ${commandWord(value)}`).join('');
  throw new UsageError(`Two folders are compared without an environment, so ${first.option} can't be used.`, {
    hint: `To compare a folder with its environment, pass only that folder:\n  paconn diff ${pathWord(to.folder)}${same}`,
  });
}

export function isSource(path: string): path is StateSource {
  return sources.has(path);
}
