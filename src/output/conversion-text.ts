import { oneLine } from '../one-line.ts';
import type { ReportEntry } from '../conversion/report.ts';
import type { LossClass } from '../conversion/loss-class.ts';
import type { Style, StyledPiece } from '../io/terminal/styled-text.ts';

export interface ConversionCounts {
  /** Of the source, and of the result. */
  readonly source: number;
  readonly target: number;
  readonly summary: Readonly<Record<LossClass, number>>;
}

const headings: Readonly<Record<LossClass, string>> = {
  refused: 'Not possible',
  invalid: 'Invalid',
  dropped: 'Dropped',
  narrowed: 'Narrowed',
  kept: 'Changed form',
  made: 'Added',
};

const styles: Readonly<Record<LossClass, Style>> = {
  refused: 'error',
  invalid: 'error',
  dropped: 'warning',
  narrowed: 'warning',
  kept: 'info',
  made: 'info',
};

/** Places of a rule that are shown before the rest is counted. */
const shownPlaces = 5;

/** What became of a source, for people: by class, then by rule, each with its first places. */
export function conversionText(
  entries: readonly ReportEntry[],
  counts: ConversionCounts,
  { info }: { readonly info: boolean },
): readonly StyledPiece[] {
  const classes: readonly LossClass[] = [
    'refused',
    'invalid',
    'dropped',
    'narrowed',
    ...(info ? (['kept', 'made'] as const) : []),
  ];
  return [...classes.flatMap((lossClass) => classText(lossClass, entries)), { text: conversionWords(counts) }];
}

function classText(lossClass: LossClass, entries: readonly ReportEntry[]): readonly StyledPiece[] {
  const own = entries.filter((entry) => entry.class === lossClass);
  if (own.length === 0) return [];
  const byRule = new Map<string, ReportEntry[]>();
  for (const entry of own) {
    const list = byRule.get(entry.rule);
    if (list) list.push(entry);
    else byRule.set(entry.rule, [entry]);
  }
  const rules = [...byRule].flatMap(([rule, list]) => ruleText(rule, list));
  return [
    { text: headings[lossClass], style: styles[lossClass] },
    { text: ` (${withCommas(own.length)})\n` },
    ...rules,
    { text: '\n' },
  ];
}

function ruleText(rule: string, entries: readonly ReportEntry[]): readonly StyledPiece[] {
  const shown = entries.slice(0, shownPlaces);
  const hints = new Set(shown.flatMap(({ hint }) => hint ?? []));
  const more = entries.length - shown.length;
  return [
    { text: `  ${rule}\n`, style: 'faint' },
    ...shown.map(({ file, line, column, message }) => ({
      text: `    ${file}:${line}:${column}  ${oneLine(message)}\n`,
    })),
    ...[...hints].map((hint) => ({ text: `    ${oneLine(hint)}\n` })),
    ...(more > 0 ? [{ text: `    and ${withCommas(more)} more (--format json lists all)\n` }] : []),
  ];
}

/** The last line, which is there even when nothing is lost. */
export function conversionWords({ source, target, summary }: ConversionCounts): string {
  const lost = (['refused', 'invalid', 'dropped', 'narrowed'] as const)
    .filter((one) => summary[one] > 0)
    .map((one, index) => {
      const count = summary[one];
      const things = index > 0 ? '' : count === 1 ? ' thing was' : ' things were';
      return `${withCommas(count)}${things} ${one}`;
    });
  const list =
    lost.length > 2 ? `${lost.slice(0, -1).join(', ')}, and ${lost.at(-1)}` : lost.join(' and ') || 'nothing was lost';
  return `${withCommas(target)} of ${withCommas(source)} operations converted; ${list}.`;
}

function withCommas(count: number): string {
  return count.toLocaleString('en-US');
}
