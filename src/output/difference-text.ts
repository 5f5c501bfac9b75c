import { type Area, type Change, changeWords } from '../comparison/change.ts';
import type { Style, StyledPiece } from '../io/terminal/styled-text.ts';
import { counted } from './report.ts';
import { fittedIntoLines } from './broken-into-lines.ts';
import { shortenedToColumns, widthOf } from '../io/terminal/width.ts';

/** The lines about other parts name them. */
const partTitles: { readonly [Part in Change['part']]?: string } = {
  apiDefinition: 'API definition',
  apiProperties: 'API properties',
};

const signs: Readonly<Record<Change['kind'], readonly [sign: string, style: Style]>> = {
  added: ['+', 'good'],
  removed: ['-', 'error'],
  changed: ['~', 'warning'],
  renamed: ['~', 'warning'],
};

/** The words about a change of these name it. */
const unnamed: ReadonlySet<Area> = new Set(['title', 'property', 'icon', 'script']);

/** The changes, and how many there are. */
export function differenceText(changes: readonly Change[], columns: number): readonly StyledPiece[] {
  return [...changesText(changes, columns), { text: '\n' }, ...summaryWords(changes)];
}

/** Lines are broken to fit into so many columns. Changes come by part, then by their subject; those that break flows are marked. */
export function changesText(changes: readonly Change[], columns: number): readonly StyledPiece[] {
  // The subjects in an API definition speak for themselves.
  const showsParts = changes.some(({ part }) => part === 'apiProperties');
  const pieces: StyledPiece[] = [];
  let part: Change['part'] | undefined;
  for (const subject of subjectsOf(changes)) {
    if (showsParts && subject.part !== part) {
      const title = partTitles[subject.part];
      const space = part === undefined ? '' : '\n';
      pieces.push({ text: title === undefined ? space : `${space}${title}\n`, style: 'strong' });
    }
    part = subject.part;
    pieces.push(...subjectLines(subject, columns));
  }
  return pieces;
}

/** Changes of one thing, in a row. */
interface Subject extends Pick<Change, 'part' | 'usedBy'> {
  /** None for a change of the thing as a whole. */
  readonly heading: string | undefined;
  readonly changes: Change[];
}

function subjectsOf(changes: readonly Change[]): readonly Subject[] {
  const subjects: Subject[] = [];
  for (const change of changes) {
    const { part, usedBy } = change;
    const heading = headingOf(change);
    const last = subjects.at(-1);
    if (last && heading !== undefined && heading === last.heading && part === last.part) last.changes.push(change);
    else subjects.push({ part, usedBy, heading, changes: [change] });
  }
  return subjects;
}

function headingOf({ area, subject, detail }: Change): string | undefined {
  if (detail === undefined || unnamed.has(area)) return undefined;
  return subject === undefined ? area : `${area} ${subject}`;
}

/** A single change is in one line with its subject, unless that line has to say who uses it. */
function subjectLines({ heading, changes, usedBy }: Subject, columns: number): readonly StyledPiece[] {
  const isSingle = changes.length === 1 && usedBy.length === 0;
  if (heading === undefined || isSingle) {
    const about = heading === undefined ? '' : `${capitalized(heading)}: `;
    return changes.flatMap((change) => {
      // The thing in the line is neither new nor gone.
      const shown = heading === undefined ? change : { ...change, kind: 'changed' as const };
      const words = heading === undefined ? wordsOf(change) : wordsInside(change);
      return changeLines(shown, `${about}${words}`, { indent: 2, columns });
    });
  }
  const name = fittedIntoLines(capitalized(heading), columns - 4);
  const room = columns - 4 - widthOf(name.at(-1) ?? '');
  const used = usedBy.length > 0 ? `used by ${usedBy.join(', ')}` : '';
  const below = `\n    ${shortenedToColumns(used, columns - 4)}`;
  const users = used === '' ? '' : widthOf(used) + 2 <= room ? `  ${used}` : below;
  return [
    { text: `  ${name.join(`\n${' '.repeat(4)}`)}` },
    { text: `${users}\n`, style: 'faint' },
    ...changes.flatMap((change) => changeLines(change, wordsOf(change), { indent: 4, columns })),
  ];
}

/** In a wider terminal a mark at its edge would be far from what it marks. */
const widestMarked = 80;

const mark = 'breaking';

function changeLines(
  { kind, breaking }: Change,
  words: string,
  { indent, columns }: { readonly indent: number; readonly columns: number },
): readonly StyledPiece[] {
  const [sign, style] = signs[kind];
  const width = columns - indent - 2;
  if (breaking === undefined) {
    return [{ text: ' '.repeat(indent) }, { text: `${sign} `, style }, ...linesOf(words, indent + 4, width - 2)];
  }
  const room = width - mark.length - 2;
  const [first = '', ...others] = fittedIntoLines(words, room);
  const gap = Math.max(2, Math.min(columns, widestMarked) - indent - 2 - widthOf(first) - mark.length);
  return [
    { text: '!', style: 'error' },
    { text: ' '.repeat(indent - 1) },
    { text: `${sign} `, style },
    { text: `${first}${' '.repeat(gap)}` },
    { text: `${mark}\n`, style: 'error' },
    ...others.map((line) => ({ text: `${' '.repeat(indent + 4)}${line}\n` })),
    { text: ' '.repeat(indent + 4) },
    ...linesOf(`${capitalized(breaking)}.`, indent + 4, width - 2),
  ];
}

/** A text that starts in a line and goes on below it, indented. */
function linesOf(text: string, indent: number, width: number): readonly StyledPiece[] {
  const lines = fittedIntoLines(text, width);
  return [{ text: `${lines.join(`\n${' '.repeat(indent)}`)}\n` }];
}

function capitalized(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

/** The sign says what was added or removed. */
function wordsOf({ area, subject, detail, kind, before, after }: Change): string {
  const thing = detail ?? capitalized([area, subject].filter((word) => word !== undefined).join(' '));
  if (kind === 'changed' || kind === 'renamed') return `${thing} ${changeWords({ kind, before, after })}`;
  const value = kind === 'added' ? after : before;
  // What objects hold is not for a line, and items of a list are called by their value.
  if (value === undefined || value.startsWith('{') || thing.endsWith(` ${value}`)) return thing;
  return detail === undefined ? `${thing} (${value})` : `${thing} ${value}`;
}

/** The same behind the name of the thing that has changed: no sign says what was added or removed. */
function wordsInside(change: Change): string {
  const { kind } = change;
  const words = wordsOf(change);
  if (kind !== 'added' && kind !== 'removed') return words;
  const thing = change.detail ?? '';
  const value = words.slice(thing.length).trim();
  return value === '' ? `${thing} ${kind}` : `${thing} ${kind}: ${value}`;
}

function summaryWords(changes: readonly Change[]): readonly StyledPiece[] {
  const breaking = changes.filter((change) => change.breaking !== undefined).length;
  return [
    { text: counted(changes.length, 'difference') },
    ...(breaking > 0 ? [{ text: ', ' }, { text: `${breaking} breaking`, style: 'error' } as const] : []),
    { text: '.' },
  ];
}
