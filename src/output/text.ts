import { oneLine } from '../one-line.ts';
import type { StyledPiece } from '../io/terminal/styled-text.ts';
import { isObject } from '../json/value.ts';
import type { Finding, Fix, Severity } from '../validation/engine/finding.ts';
import { serviceAnswerRule } from '../validation/engine/service-findings.ts';
import { excerptOf } from './excerpt.ts';
import { type CheckedConnector, type Summary, summaryWords } from './report.ts';

const words: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' };

export interface FindingsLayout {
  /** The width of the terminal. */
  readonly columns: number;
  /** The command that fixes what can be fixed; undefined where there's none. */
  readonly fix: string | undefined;
}

/** Findings for people: by file, each with its line. */
export function findingsText(
  connectors: readonly CheckedConnector[],
  summary: Summary,
  { columns, fix }: FindingsLayout,
): readonly StyledPiece[] {
  const files = connectors.flatMap((connector) => groupByFile(connector));
  const pieces = files.flatMap(([file, findings, connector]) => [
    { text: file, style: 'strong' } as const,
    { text: '\n' },
    ...findings.flatMap((finding) => findingText(finding, { connector, columns, widths: widthsOf(findings) })),
    { text: '\n' },
  ]);
  const level = summary.errors > 0 ? 'error' : summary.warnings > 0 ? 'warning' : 'info';
  return [...pieces, { text: summaryWords(summary, files.length, fix), style: level }];
}

function groupByFile(
  connector: CheckedConnector,
): readonly (readonly [file: string, findings: readonly Finding[], connector: CheckedConnector])[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of connector.findings) {
    const group = groups.get(finding.file);
    if (group) group.push(finding);
    else groups.set(finding.file, [finding]);
  }
  return [...groups].map(([file, findings]) => [file, findings, connector] as const);
}

interface Layout {
  readonly connector: CheckedConnector;
  /** How wide the terminal is. */
  readonly columns: number;
  readonly widths: { readonly place: number; readonly level: number };
}

/** The widest place and level, so that the messages of a file start in one column. */
function widthsOf(findings: readonly Finding[]): Layout['widths'] {
  const positioned = findings.filter(({ rule }) => rule !== serviceAnswerRule);
  return {
    place: Math.max(...positioned.map((finding) => placeOf(finding).length)),
    level: Math.max(...positioned.map(({ level }) => words[level].length)),
  };
}

function placeOf({ line, column }: Finding): string {
  return `${line}:${column}`;
}

function findingText(finding: Finding, { connector, columns, widths }: Layout): readonly StyledPiece[] {
  const { line, level, message, rule, policy, related = [], hint = fixWords(finding.fix?.change) } = finding;
  // As it came.
  if (rule === serviceAnswerRule) return [{ text: '  the service reports: ', style: level }, { text: `${message}\n` }];
  const number = String(line);
  const gutter = ' '.repeat(number.length);
  const file = connector.texts.get(finding.file);
  const excerpt = file && excerptOf(finding, file, columns - number.length - 5);
  const indentation = excerpt ? `    ${gutter}   ` : '    ';
  return [
    { text: `  ${placeOf(finding).padEnd(widths.place)}  ` },
    { text: words[level], style: level },
    { text: `${' '.repeat(widths.level - words[level].length)}  ${oneLine(message)}  ` },
    { text: `${policy === undefined ? rule : `${rule}  ${policy}`}\n`, style: 'faint' },
    ...(excerpt
      ? [
          { text: `    ${number} | `, style: 'faint' } as const,
          { text: `${excerpt.line}\n` },
          { text: `    ${gutter} | `, style: 'faint' } as const,
          { text: excerpt.indent },
          { text: `${excerpt.marks}\n`, style: level },
        ]
      : []),
    ...related.map((one) => ({ text: `    see ${one.file}:${one.line}:${one.column}: ${one.message}\n` })),
    ...(hint === undefined ? [] : [{ text: `${indentation}${oneLine(hint)}\n` }]),
  ];
}

/** What a fix does, where a few words say it. */
function fixWords(fix: Fix | undefined): string | undefined {
  if (fix === undefined) return undefined;
  if ('rename' in fix) return `Rename it to ${JSON.stringify(fix.rename)}.`;
  if ('replace' in fix) return isShort(fix.replace) ? `Change it to ${JSON.stringify(fix.replace)}.` : undefined;
  if ('remove' in fix) return 'Remove it.';
  const { name, value } = fix.insert;
  return isShort(value) ? `Add ${JSON.stringify(name)}: ${JSON.stringify(value)}.` : undefined;
}

/** Objects and lists, and long texts, are for a diff. */
function isShort(value: unknown): boolean {
  return !isObject(value) && JSON.stringify(value).length <= longestValue;
}

const longestValue = 60;
