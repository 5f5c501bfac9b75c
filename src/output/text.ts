import { oneLine } from '../one-line.ts';
import { shortenedToColumns, widthOf } from '../io/terminal/width.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import type { StyledPiece } from '../io/terminal/styled-text.ts';
import { isObject } from '../json/value.ts';
import type { Finding, Fix } from '../validation/engine/finding.ts';
import { serviceAnswerRule } from '../validation/engine/service-findings.ts';
import { brokenIntoLines } from './broken-into-lines.ts';
import { excerptOf } from './excerpt.ts';
import { type CheckedConnector, type Summary, summaryWords } from './report.ts';

export interface FindingsLayout {
  /** Where they are shown: in a pipe lines have no end. */
  readonly terminal: Pick<Terminal, 'columns' | 'hasLineEnd'>;
  /** The command that fixes what can be fixed; undefined where there's none. */
  readonly fix: string | undefined;
}

/** Findings for people: by file, each with its line. */
export function findingsText(
  connectors: readonly CheckedConnector[],
  summary: Summary,
  { terminal, fix }: FindingsLayout,
): readonly StyledPiece[] {
  const columns = terminal.hasLineEnd ? terminal.columns : undefined;
  const files = connectors.flatMap((connector) => groupByFile(connector));
  const pieces = files.flatMap(([file, findings, connector]) => {
    const layout = { connector, columns, ...columnsOf(findings, columns) };
    return [
      { text: file, style: 'strong' } as const,
      { text: '\n' },
      ...findings.flatMap((finding) => findingText(finding, layout)),
      { text: '\n' },
    ];
  });
  const level = summary.errors > 0 ? 'error' : summary.warnings > 0 ? 'warning' : 'info';
  return [...pieces, { text: summaryWords(summary, files.length, fix, columns), style: level }];
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

/** The widths of columns, so that what the findings of a file say starts in the same ones. */
interface Columns {
  readonly line: number;
  readonly place: number;
  readonly level: number;
  /** Undefined in a pipe, where messages are as long as they are. */
  readonly message: number | undefined;
  /** Undefined where a rule isn't behind the message. */
  readonly rule: number | undefined;
}

interface Layout extends Columns {
  readonly connector: CheckedConnector;
  readonly columns: number | undefined;
}

/** A rule is shown so far at least, and a message beside it is no narrower. */
const [leastRule, leastMessage] = [17, 30];

function columnsOf(findings: readonly Finding[], columns: number | undefined): Columns {
  const positioned = findings.filter(({ rule }) => rule !== serviceAnswerRule);
  const widest = (textOf: (finding: Finding) => string): number =>
    Math.max(0, ...positioned.map((finding) => widthOf(textOf(finding))));
  const line = widest(({ line: number }) => String(number));
  const place = line + 1 + widest(({ column }) => String(column));
  const level = widest((finding) => finding.level);
  const widths = { line, place, level };
  if (columns === undefined) return { ...widths, message: undefined, rule: undefined };
  const [message, rule] = [widest((finding) => oneLine(finding.message)), widest(ruleWords)];
  const room = Math.max(columns - place - level - 6, 16);
  const left = Math.max(room - message - 2, Math.min(leastRule, rule));
  const beside = Math.min(message, room - left - 2);
  return beside < Math.min(leastMessage, message)
    ? { ...widths, message: room, rule: undefined }
    : { ...widths, message: beside, rule: Math.min(rule, left) };
}

function ruleWords({ rule, policy }: Finding): string {
  return policy === undefined ? rule : `${rule}  ${policy}`;
}

function findingText(finding: Finding, layout: Layout): readonly StyledPiece[] {
  const { connector, columns } = layout;
  const { line, level, message, rule, related = [], hint = fixWords(finding.fix?.change) } = finding;
  // As it came.
  if (rule === serviceAnswerRule) return [{ text: '  the service reports: ', style: level }, { text: `${message}\n` }];
  const number = String(line).padStart(layout.line);
  const gutter = ' '.repeat(number.length);
  const file = connector.texts.get(finding.file);
  const excerpt = file && excerptOf(finding, file, (columns ?? pipeColumns) - number.length - 7);
  const indentation = excerpt ? `    ${gutter}   ` : '    ';
  const below = (text: string, indent: string): string =>
    linesOf(text, columns && columns - indent.length)
      .map((part) => `${indent}${part}\n`)
      .join('');
  return [
    ...headOf(finding, layout),
    ...(excerpt
      ? [
          { text: `    ${number} | `, style: 'faint' } as const,
          { text: `${excerpt.line}\n` },
          { text: `    ${gutter} | `, style: 'faint' } as const,
          { text: excerpt.indent },
          { text: `${excerpt.marks}\n`, style: level },
        ]
      : []),
    ...related.map((one) => ({ text: below(`see ${one.file}:${one.line}:${one.column}: ${one.message}`, '    ') })),
    ...(hint === undefined ? [] : [{ text: below(oneLine(hint), indentation) }]),
  ];
}

/** How wide what is shown of a line is in a pipe. */
const pipeColumns = 120;

/** Place, level, message and rule: in a terminal in columns, each line no longer than it is wide. */
function headOf(finding: Finding, layout: Layout): readonly StyledPiece[] {
  const { line, column, level, message } = finding;
  const place = `${String(line).padStart(layout.line)}:${column}`.padEnd(layout.place);
  const start = `  ${place}  `;
  const [first = '', ...more] = linesOf(oneLine(message), layout.message);
  const behind = ' '.repeat(start.length + layout.level + 2);
  const rule = ruleWords(finding);
  const isBehind = layout.rule !== undefined || layout.message === undefined;
  const padding = layout.rule === undefined ? 0 : (layout.message ?? 0) - widthOf(first);
  return [
    { text: start },
    { text: level, style: level },
    { text: `${' '.repeat(layout.level - level.length)}  ${first}` },
    ...(isBehind ? [{ text: `  ${' '.repeat(padding)}${cut(rule, layout.rule)}`, style: 'faint' } as const] : []),
    { text: ['', ...more.map((part) => `${behind}${part}`)].join('\n') },
    ...(isBehind ? [] : [{ text: `\n${behind}${cut(rule, layout.message)}`, style: 'faint' } as const]),
    { text: '\n' },
  ];
}

function linesOf(text: string, width: number | undefined): readonly string[] {
  return width === undefined ? [text] : brokenIntoLines(text, width);
}

function cut(text: string, width: number | undefined): string {
  return width === undefined || widthOf(text) <= width ? text : shortenedToColumns(text, width);
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
