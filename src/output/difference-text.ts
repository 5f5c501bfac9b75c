import { type Area, type Change, changeWords } from '../comparison/change.ts';
import type { Style, StyledPiece } from '../io/terminal/styled-text.ts';
import { counted } from './report.ts';
import { shortenedToColumns } from '../io/terminal/width.ts';

const partTitles: Readonly<Record<Change['part'], string>> = {
  title: 'Title',
  apiDefinition: 'API definition',
  apiProperties: 'API properties',
  icon: 'Icon',
  script: 'Script',
};

const signs: Readonly<Record<Change['kind'], readonly [sign: string, style: Style]>> = {
  added: ['+', 'good'],
  removed: ['-', 'error'],
  changed: ['~', 'warning'],
  renamed: ['~', 'warning'],
};

/** What is told about these says what it is. */
const unnamed: ReadonlySet<Area> = new Set(['title', 'property', 'icon', 'script']);

/** The changes, and how many there are. */
export function differenceText(changes: readonly Change[], columns: number): readonly StyledPiece[] {
  return [...changesText(changes, columns), { text: '\n' }, ...summaryWords(changes)];
}

/** Lines are cut to so many columns. Changes come by part, then by what they are about; those that break flows are marked. */
export function changesText(changes: readonly Change[], columns: number): readonly StyledPiece[] {
  const pieces: StyledPiece[] = [];
  let part: Change['part'] | undefined;
  let heading: string | undefined;
  for (const change of changes) {
    if (change.part !== part)
      pieces.push({ text: `${part === undefined ? '' : '\n'}${partTitles[change.part]}\n`, style: 'strong' });
    if (change.part !== part) heading = undefined;
    part = change.part;
    const own = headingOf(change);
    if (own !== heading && own !== undefined) pieces.push(...headingLine(own, change, columns));
    heading = own;
    pieces.push(...changeLines(change, own === undefined ? '  ' : '    ', columns));
  }
  return pieces;
}

/** What several changes are about; none for a change of the thing as a whole. */
function headingOf({ area, subject, detail }: Change): string | undefined {
  if (detail === undefined || unnamed.has(area)) return undefined;
  return subject === undefined ? area : `${area} ${subject}`;
}

function headingLine(heading: string, { usedBy }: Change, columns: number): readonly StyledPiece[] {
  const name = shortenedToColumns(heading, columns - 2);
  const room = columns - 2 - name.length;
  const users = usedBy.length > 0 ? shortenedToColumns(`  used by ${usedBy.join(', ')}`, Math.max(room, 20)) : '';
  return [{ text: `  ${name}` }, { text: `${users}\n`, style: 'faint' }];
}

function changeLines(change: Change, indentation: string, columns: number): readonly StyledPiece[] {
  const [sign, style] = signs[change.kind];
  const width = columns - indentation.length - 2;
  const line = [
    { text: indentation },
    { text: `${sign} `, style },
    { text: `${shortenedToColumns(wordsOf(change), width)}\n` },
  ];
  if (change.breaking === undefined) return line;
  return [
    ...line,
    { text: `${indentation}  ` },
    { text: '! breaking: ', style: 'error' },
    { text: `${shortenedToColumns(change.breaking, Math.max(width - 12, 20))}\n` },
  ];
}

/** The sign says what was added or removed. */
function wordsOf({ area, subject, detail, kind, before, after }: Change): string {
  const thing = detail ?? [area, subject].filter((word) => word !== undefined).join(' ');
  if (kind === 'changed' || kind === 'renamed') return `${thing} ${changeWords({ kind, before, after })}`;
  const value = kind === 'added' ? after : before;
  // What objects hold is not for a line, and items of a list are called by their value.
  return value === undefined || value.startsWith('{') || thing.endsWith(` ${value}`) ? thing : `${thing}  ${value}`;
}

function summaryWords(changes: readonly Change[]): readonly StyledPiece[] {
  const breaking = changes.filter((change) => change.breaking !== undefined).length;
  return [
    { text: counted(changes.length, 'difference') },
    ...(breaking > 0 ? [{ text: ', ' }, { text: `${breaking} breaking`, style: 'error' } as const] : []),
    { text: '.' },
  ];
}
