import type { StyledPiece, Text } from '../io/terminal/styled-text.ts';
import { severityOf } from '../validation/check.ts';
import { type Mark, readExample } from '../validation/engine/example.ts';
import type { Example, Rule } from '../validation/engine/rule.ts';
import { policiesOf } from '../validation/knowledge/policies.ts';
import { ruleGroups, rulesById } from '../validation/rules.ts';
import { sources } from '../validation/knowledge/sources.ts';
import { fileRoles, type NamedFile } from '../validation/engine/connector-source.ts';
import type { RuleData } from '../results/findings.ts';
import { type Layout, layOutJson } from './json-layout.ts';
import { shortenedToColumns } from '../io/terminal/width.ts';
import type { Result, Table } from './result.ts';

/** All about a rule, for people. What the service says has no rule of ours. */
export function explanation(id: string, columns: number): readonly StyledPiece[] {
  const rule = rulesById.get(id);
  if (!rule) return [{ text: `${id}: a problem that the service reported for the API definition, in its own words.` }];
  const width = Math.min(columns, 100) - 6;
  return [
    { text: rule.id, style: 'strong' },
    { text: `  ${[levelWords(rule), ...policiesOf(id)].join('  ')}\n\n  ` },
    { text: templateWords(rule.message) },
    ...(rule.hint === undefined ? [] : [{ text: `\n  ${templateWords(rule.hint)}` }]),
    { text: `\n\n${rule.reason}\n` },
    ...exampleText('Wrong', 'error', rule.bad[0], width),
    ...exampleText('Right', 'good', rule.good[0], width),
    { text: '\nSources\n', style: 'strong' },
    { text: rule.sources.map((key) => `  ${sources[key].title}: ${sources[key].url}`).join('\n') },
    {
      text: `\n\nTo ignore it: --ignore ${rule.id}, or "paconn": { "ignore": { "${rule.id}": ["*"] } } in settings.json.`,
    },
  ];
}

function levelWords(rule: Rule): string {
  return rule.certified === undefined
    ? plainLevel(rule)
    : `${plainLevel(rule)}, ${rule.certified} with --certification`;
}

function plainLevel(rule: Rule): string {
  switch (rule.level) {
    case 'error':
    case 'warning':
      return rule.level;
    case 'certification':
      return `${severityOf(rule, { certification: true }) ?? 'error'} with --certification`;
    case 'info':
      return 'note with --info';
  }
}

/** The placeholders of a message look like what they stand for. */
function templateWords(template: string): string {
  return template.replaceAll('{suggestion}', '').replaceAll(/\{(\w+)\}/gu, '<$1>');
}

function exampleText(title: string, style: 'error' | 'good', example: Example, width: number): readonly StyledPiece[] {
  const { source, marks } = readExample(example);
  const { definition, properties } = source.published ?? {};
  const published = [definition, properties].filter((file) => file !== undefined);
  const files = [...published, ...fileRoles.flatMap((role) => source[role] ?? [])];
  const pieces = files.flatMap((file) => fileText(file, marks, width));
  const others = example.others ? [{ text: `  beside: ${example.others.join(', ') || 'nothing'}\n` }] : [];
  return [{ text: `\n${title}\n`, style: 'strong' }, ...pieces, ...others].map((piece) =>
    piece.text.startsWith('^') ? { text: piece.text, style } : piece,
  );
}

function fileText({ name, bytes }: NamedFile, allMarks: readonly Mark[], width: number): readonly StyledPiece[] {
  if (!bytes) return [{ text: `  ${name} doesn't exist\n` }];
  if (/\.(?:png|jpe?g|gif|svg)$/iu.test(name)) return [{ text: `  ${name}, a picture of ${bytes.length} bytes\n` }];
  const marks = allMarks.filter(({ file }) => file === name);
  const content = new TextDecoder().decode(bytes);
  const { text, moved } = /\.json$/iu.test(name) ? layOutJson(content, width) : asItIs(content);
  const pieces: StyledPiece[] = [{ text: `  ${name}\n`, style: 'faint' }];
  let lineStart = 0;
  for (const line of text.split('\n').slice(0, mostLines)) {
    pieces.push(
      { text: `    ${shortenedToColumns(line.replaceAll('\t', ' '), width)}\n` },
      ...marksOf(line, lineStart, marks, moved, width),
    );
    lineStart += line.length + 1;
  }
  return pieces;
}

function asItIs(text: string): Layout {
  return { text, moved: (offset) => offset };
}

const mostLines = 40;

/** The line below a line, under what a finding marks. */
function marksOf(
  line: string,
  lineStart: number,
  marks: readonly Mark[],
  moved: (offset: number) => number,
  width: number,
): readonly StyledPiece[] {
  const pieces: StyledPiece[] = [];
  let column = 0;
  for (const { start, end } of marks) {
    const from = moved(start) - lineStart;
    if (from < column || from > line.length) continue;
    const to = Math.min(end > start ? moved(end - 1) + 1 - lineStart : from + 1, line.length, width);
    pieces.push(
      { text: ' '.repeat(from - column + (pieces.length === 0 ? 4 : 0)) },
      { text: '^'.repeat(Math.max(to - from, 1)) },
    );
    column = Math.max(to, from + 1);
  }
  return pieces.length === 0 ? [] : [...pieces, { text: '\n' }];
}

/** All rules. */
export function ruleReference(format: 'text' | 'markdown'): Text {
  if (format === 'markdown') return rulesMarkdown();
  return ruleGroups
    .flatMap(({ title, rules }) => [
      { text: `${title}\n`, style: 'strong' } as const,
      ...rules.flatMap(({ id }) => listedRule(id)),
      { text: '\n' },
    ])
    .concat([{ text: 'For details about a rule:\n  paconn validate --explain <rule>' }]);
}

/** A rule in the list of many. */
export function listedRule(id: string): readonly StyledPiece[] {
  const rule = rulesById.get(id);
  if (!rule) return [];
  return [
    { text: `  ${rule.id}` },
    { text: `  ${levelWords(rule)}\n`, style: 'faint' },
    { text: `    ${templateWords(rule.message)}\n` },
  ];
}

/** All rules for programs. */
export function rulesResult(): Pick<Result, 'data' | 'table'> {
  const rules = ruleGroups.flatMap(({ title, rules: members }) => members.map((rule) => plain(rule, title)));
  const rows = rules.map(({ rule, group, level, message }) => [rule, level, group, message]);
  const table: Table = {
    columns: ['Rule', 'Level', 'Group', 'Message'],
    kinds: ['word', 'word', 'text', 'text'],
    rows,
  };
  return { data: { rules } satisfies { readonly rules: readonly RuleData[] }, table };
}

/** A rule for programs; what the service says has an ID alone. */
export function ruleData(id: string): RuleData | { readonly rule: string } {
  const group = ruleGroups.find(({ rules }) => rules.some((rule) => rule.id === id));
  const rule = rulesById.get(id);
  return rule && group ? plain(rule, group.title) : { rule: id };
}

function plain(rule: Rule, group: string): RuleData {
  return {
    rule: rule.id,
    group,
    level: rule.level,
    severity: severityOf(rule, { certification: true, info: true }) ?? null,
    message: rule.message,
    hint: rule.hint ?? null,
    reason: rule.reason,
    sources: rule.sources.map((key) => sources[key]),
    policies: policiesOf(rule.id),
  };
}

function rulesMarkdown(): string {
  const count = ruleGroups.reduce((sum, { rules }) => sum + rules.length, 0);
  const groups = ruleGroups.map(({ title, rules }) => {
    const rows = rules.map((rule) =>
      [
        `\`${rule.id}\``,
        levelWords(rule),
        templateWords(rule.message),
        rule.reason,
        sourceLinks(rule),
        policiesOf(rule.id).join(', '),
      ]
        .map(inCell)
        .join(' | '),
    );
    const head = '| Rule | Level | Message | Why | Source | Policy |\n| --- | --- | --- | --- | --- | --- |';
    return `## ${title}\n\n${head}\n${rows.map((row) => `| ${row} |`).join('\n')}`;
  });
  const words = `The ${count} rules of \`paconn validate\`. \`paconn validate --explain <rule>\` shows examples.`;
  return `# Rules\n\n${words}\n\n${groups.join('\n\n')}`;
}

function sourceLinks(rule: Rule): string {
  return rule.sources.map((key) => `[${sources[key].title}](${sources[key].url})`).join(', ');
}

/** What would end a cell of a table, or begin something else in it. */
function inCell(text: string): string {
  return text.replaceAll(/(?<!\s)\s*\n\s*/gu, ' ').replaceAll(/[|<]/gu, String.raw`\$&`);
}
