import type { Choice } from './question.ts';

/** A choice with the number that it is shown with. */
export interface NumberedChoice<T> {
  readonly choice: Choice<T>;
  readonly number: number;
}

export interface Narrowed<T> {
  /** The choices that fit what was typed. */
  readonly shown: readonly NumberedChoice<T>[];
  /** The entry that Enter selects. */
  readonly first: NumberedChoice<T> | undefined;
  /** Whether the text is the whole name of that one and of no other, or its number. */
  readonly exactBy: 'name' | 'number' | undefined;
}

/** The words of the Python tool, which scripts wait for. */
export function choicePrompt(defaultNumber = 1): string {
  return `Please enter a choice [Default choice(${defaultNumber})]: `;
}

export function numbered<T>(choices: readonly Choice<T>[]): readonly NumberedChoice<T>[] {
  return choices.map((choice, index) => ({ choice, number: index + 1 }));
}

/**
 * The choices whose name, or else whose label, contains the text, and the one of this number. A whole name comes before a number, and a number before
 * a part of a name.
 */
export function narrow<T>(entries: readonly NumberedChoice<T>[], text: string): Narrowed<T> {
  const typed = tidy(text);
  if (typed === '') return { shown: entries, first: entries[0], exactBy: undefined };
  const alike = entries.filter(({ choice }) => wholeNames(choice).map(tidy).includes(typed));
  // Names can differ in their capitals alone.
  const same = alike.filter(({ choice }) => wholeNames(choice).map(spaced).includes(spaced(text)));
  const named = same.length > 0 ? same : alike;
  const exact = named.length > 0 ? named : entries.filter(({ number }) => String(number) === typed);
  const exactBy = exact.length === 1 ? (named.length > 0 ? 'name' : 'number') : undefined;
  const partly = entries.filter((entry) => exact.includes(entry) || tidy(nameOf(entry.choice)).includes(typed));
  // Text next to a name also matches if no name contains it.
  const shown = partly.length > 0 ? partly : entries.filter(({ choice }) => tidy(choice.label).includes(typed));
  return { shown, first: exact[0] ?? shown[0], exactBy };
}

/** Fewer letters are an answer to another question, such as `y`. */
const leastOfAction = 3;

/** The same where the choices are actions: what isn't a whole name or a number must be the beginning of one. */
export function narrowActions<T>(entries: readonly NumberedChoice<T>[], text: string): Narrowed<T> {
  const typed = tidy(text);
  const narrowed = narrow(entries, text);
  if (narrowed.exactBy !== undefined) return narrowed;
  const isLong = typed.length >= leastOfAction;
  const shown = entries.filter(({ choice }) => isLong && tidy(nameOf(choice)).startsWith(typed));
  return { shown, first: shown[0], exactBy: undefined };
}

/** The choices whose name has the letters of the text in their order: for a list that is in sight while one types. */
export function resembling<T>(entries: readonly NumberedChoice<T>[], text: string): readonly NumberedChoice<T>[] {
  const letters = Array.from(tidy(text));
  return entries.filter(({ choice }) => {
    const name = tidy(nameOf(choice));
    let from = 0;
    return letters.every((letter) => (from = name.indexOf(letter, from) + 1) > 0);
  });
}

/** The label of a choice in a menu. */
export function nameOf<T>({ name, label }: Choice<T>): string {
  return name ?? label;
}

/** What the user may call a choice: its name, all that line mode shows, or the ID or word that it stands for. */
function wholeNames<T>(choice: Choice<T>): readonly string[] {
  const { label, value } = choice;
  return [nameOf(choice), label, ...(typeof value === 'string' ? [value] : [])];
}

function tidy(text: string): string {
  return spaced(text).toLowerCase();
}

function spaced(text: string): string {
  return text.normalize().replaceAll(/\s+/gu, ' ').trim();
}
