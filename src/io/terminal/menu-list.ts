import { choicePrompt, nameOf, narrow, type NumberedChoice, numbered, resembling } from './numbered-choices.ts';
import type { Choice, ChoiceQuestion } from './question.ts';
import type { StyledPiece, Text } from './styled-text.ts';
import { shortNames } from './short-names.ts';
import { shortenedToColumns, widthOf } from './width.ts';

/** More are not read at a glance. */
const mostRows = 10;
/** The question, what was typed, and the keys. */
const otherRows = 3;
const gap = 2;
/** Names give way to details down to here. */
const enoughForName = 24;
/** A shorter detail isn't useful. */
const enoughForDetail = 6;

export interface MenuView {
  readonly typed: string;
  /** The cursor position in the filter text. */
  readonly cursor: number;
  readonly columns: number;
  readonly rows: number;
}

/** The entries of a menu: which fit what was typed, which one is highlighted, and how they look. */
export class MenuList<T> {
  readonly #question: ChoiceQuestion;
  readonly #entries: readonly NumberedChoice<T>[];
  /** The names of all entries by the columns that they have. */
  readonly #names = new Map<number, readonly string[]>();
  #shown: readonly NumberedChoice<T>[];
  #typed = '';
  #index = 0;
  /** The first one in the window. */
  #top = 0;

  constructor(question: ChoiceQuestion, choices: readonly Choice<T>[]) {
    this.#question = question;
    this.#entries = numbered(choices);
    this.#shown = this.#entries;
  }

  /** The entry that Enter selects. */
  get highlighted(): Choice<T> | undefined {
    return this.#shown[this.#index]?.choice;
  }

  /** Shows the entries that fit; called for keys that type nothing, too. */
  narrow(text: string): void {
    if (text === this.#typed) return;
    this.#typed = text;
    const { shown, first } = narrow(this.#entries, text);
    this.#shown = shown.length > 0 ? shown : resembling(this.#entries, text);
    this.#index = first ? this.#shown.indexOf(first) : 0;
    this.#top = 0;
  }

  /** The movement of a key, if it has one. */
  move(key: string): void {
    const last = this.#shown.length - 1;
    const moved: Readonly<Record<string, number>> = {
      up: this.#index === 0 ? last : this.#index - 1,
      down: this.#index >= last ? 0 : this.#index + 1,
      pageup: this.#index - mostRows,
      pagedown: this.#index + mostRows,
      home: 0,
      end: last,
    };
    this.#index = Math.max(0, Math.min(moved[key] ?? this.#index, last));
  }

  lines({ typed, cursor, columns, rows }: MenuView): Text[] {
    const { message, isFixed } = this.#question;
    const width = columns - 1;
    const window = Math.max(1, Math.min(mostRows, (rows || mostRows + otherRows) - otherRows - 1));
    this.#top = Math.max(this.#index - window + 1, Math.min(this.#top, this.#index));
    const inSight = this.#shown.slice(this.#top, this.#top + window);
    const layout = this.#layout(width);
    const names = this.#shortNames(layout.name);
    return [
      shortenedToColumns(message, width),
      ...(isFixed && typed === '' ? [] : [typedLine(typed, cursor, columns)]),
      ...inSight.map((entry) => {
        const isHighlighted = entry === this.#shown[this.#index];
        return row(entry, names[entry.number - 1] ?? '', layout, isHighlighted);
      }),
      [{ text: this.#keys(typed, width), style: 'faint' }],
    ];
  }

  /** The key hints that fit into the line. */
  #keys(typed: string, width: number): string {
    if (this.#shown.length === 0) return shortenedToColumns('No match. Press Backspace or Esc.', width);
    const total = this.#entries.length;
    const isWhole = typed === '';
    const count = isWhole ? `${total} entries` : `${this.#shown.length} of ${total}`;
    const [move, filter, select] = ['↑↓ move', 'type to filter', 'Enter select'];
    const escape = isWhole ? 'Esc cancel' : 'Esc clear';
    const all = this.#question.isFixed && isWhole ? [move, select, escape] : [count, move, filter, select, escape];
    const lines = [all, all.filter((part) => part !== move && part !== select), [count, escape]];
    const fitting = lines.map((parts) => parts.join(' · ')).find((line) => widthOf(line) <= width);
    return fitting ?? shortenedToColumns(count, width);
  }

  #shortNames(width: number): readonly string[] {
    const known = this.#names.get(width);
    if (known) return known;
    const all = this.#entries.map(({ choice }) => oneLine(nameOf(choice)));
    const names = shortNames(all, width);
    this.#names.set(width, names);
    return names;
  }

  /** The columns of all entries, so that they stay where they are while the list is narrowed. */
  #layout(width: number): Layout {
    const choices = this.#entries.map(({ choice }) => choice);
    const number = this.#question.isFixed ? 0 : String(choices.length).length;
    const room = width - gap - (number === 0 ? 0 : number + gap);
    const longestName = widest(choices.map((choice) => oneLine(nameOf(choice))));
    const longestDetail = widest(choices.map(({ detail = '' }) => oneLine(detail)));
    const left = room - Math.min(longestName, enoughForName) - gap;
    const detail = left < Math.min(longestDetail, enoughForDetail) ? 0 : Math.min(longestDetail, left);
    return { number, name: Math.min(longestName, room - (detail === 0 ? 0 : detail + gap)), detail };
  }
}

function widest(texts: readonly string[]): number {
  return Math.max(...texts.map(widthOf));
}

/** The number of columns of each. */
interface Layout {
  readonly number: number;
  readonly name: number;
  readonly detail: number;
}

function row<T>(
  { choice, number }: NumberedChoice<T>,
  name: string,
  layout: Layout,
  isHighlighted: boolean,
): StyledPiece[] {
  const detail = shortenedToColumns(oneLine(choice.detail ?? ''), layout.detail);
  const count = layout.number === 0 ? '' : `${String(number).padStart(layout.number)}${' '.repeat(gap)}`;
  const style = isHighlighted ? 'info' : undefined;
  const pieces: StyledPiece[] = [{ text: `${isHighlighted ? '›' : ' '} ${count}${name}`, style }];
  if (detail === '') return pieces;
  const space = ' '.repeat(layout.name - widthOf(name) + gap);
  return [...pieces, { text: `${space}${detail}`, style: 'faint' }];
}

/** Whether the words that scripts wait for fit into a line. */
export function fitsPrompt(columns: number, typed = ''): boolean {
  return widthOf(`${choicePrompt()}${typed} `) < columns;
}

/** What was typed, with a block where the next character goes, since the cursor of the terminal is hidden. */
function typedLine(typed: string, cursor: number, columns: number): StyledPiece[] {
  const [at = ' ', ...after] = Array.from(typed.slice(cursor));
  const prompt = fitsPrompt(columns, typed) ? choicePrompt() : 'Filter: ';
  return [{ text: `${prompt}${typed.slice(0, cursor)}` }, { text: at, style: 'inverse' }, { text: after.join('') }];
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}
