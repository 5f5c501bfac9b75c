import { UsageError } from '../../errors.ts';
import { pathWord } from '../../io/terminal/command-word.ts';

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

export function isSource(path: string): path is StateSource {
  return sources.has(path);
}
