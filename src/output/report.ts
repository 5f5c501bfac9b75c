import { widthOf } from '../io/terminal/width.ts';
import { brokenIntoLines } from './broken-into-lines.ts';
import type { Finding, Severity } from '../validation/engine/finding.ts';
import type { FixedConnector } from '../validation/engine/fix.ts';
import type { SourceFile } from '../validation/engine/source-file.ts';

/** What was found in one connector. */
export interface CheckedConnector {
  /** Its name in messages. */
  readonly shown: string;
  /** How many files of it there are. */
  readonly files: number;
  /** What was read, also of a connector that it's compared with. */
  readonly inputs: readonly string[];
  readonly findings: readonly Finding[];
  /** How many findings its settings suppress. */
  readonly ignored: number;
  /** The files with findings, by name. */
  readonly texts: ReadonlyMap<string, SourceFile>;
  /** What was fixed, or would be. */
  readonly fixed?: FixedConnector | undefined;
}

export interface Summary {
  readonly connectors: number;
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** How many the settings file suppresses. */
  readonly ignored: number;
  /** What `--fix` could fix. */
  readonly fixable: number;
}

export function summaryOf(connectors: readonly CheckedConnector[]): Summary {
  const findings = connectors.flatMap((connector) => connector.findings);
  const count = (level: Severity): number => findings.filter((finding) => finding.level === level).length;
  const total = (number: (connector: CheckedConnector) => number): number =>
    connectors.reduce((sum, connector) => sum + number(connector), 0);
  return {
    connectors: connectors.length,
    files: total(({ files }) => files),
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    ignored: total(({ ignored }) => ignored),
    fixable: total(fixableIn),
  };
}

/** Fixes that failed in this run would fail again, and files in another encoding aren't changed. */
function fixableIn({ findings, fixed }: CheckedConnector): number {
  if (fixed) return 0;
  const unreadable = new Set(findings.filter(({ rule }) => rule === 'json-encoding').map(({ file }) => file));
  return findings.filter(({ fix, file }) => fix && !unreadable.has(file)).length;
}

/** `3 errors`, `1 error`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}

/**
 * `2 problems (1 error, 1 warning) in 1 file (1 ignored). Fix 1 with: paconn validate --fix`.
 *
 * @param fix The command that fixes them; undefined where there's none.
 * @param columns The width of the terminal: a command that doesn't fit has a line of its own.
 */
export function summaryWords(
  { errors, warnings, infos, ignored, fixable }: Summary,
  files: number,
  fix: string | undefined,
  columns = Infinity,
): string {
  const parts = [
    ...(errors > 0 ? [counted(errors, 'error')] : []),
    ...(warnings > 0 ? [counted(warnings, 'warning')] : []),
    ...(infos > 0 ? [counted(infos, 'info', 'info')] : []),
  ];
  const problems = parts.length > 1 ? `${errors + warnings + infos} problems (${parts.join(', ')})` : parts.join('');
  const found = parts.length > 0 ? `${problems} in ${counted(files, 'file')}` : 'nothing found';
  const suppressed = ignored > 0 ? ` (${ignored} ignored)` : '';
  const words = `${found}${suppressed}.`;
  if (fixable === 0 || fix === undefined) return words;
  const intro = `${words} Fix ${fixable} with:`;
  if (widthOf(`${intro} ${fix}`) <= columns) return `${intro} ${fix}`;
  return [...brokenIntoLines(intro, columns), `  ${fix}`].join('\n');
}
