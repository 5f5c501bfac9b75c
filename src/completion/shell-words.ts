/** The shells that completion is for. */
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

export type Shell = (typeof shells)[number];

export interface JoinedWords {
  readonly before: readonly string[];
  /** The part of the current word that stays as it is. */
  readonly kept: string;
  /** The part, or all of it, that completion replaces. */
  readonly word: string;
}

/** The words as they are written, the current one last. Bash takes them apart at `=` and `:`. */
export function joinedWords(words: readonly string[], shell: Shell): JoinedWords {
  if (shell !== 'bash') return { before: words.slice(0, -1), kept: '', word: words.at(-1) ?? '' };
  const joined: string[] = [];
  for (const [index, word] of words.entries()) {
    const goesOn = joined.length > 0 && (isBreak(word) || isBreak(words[index - 1]));
    joined.push(goesOn ? `${joined.pop() ?? ''}${word}` : word);
  }
  const current = joined.pop() ?? '';
  const last = words.at(-1) ?? '';
  const word = isBreak(last) ? '' : last;
  return { before: joined, kept: current.slice(0, current.length - word.length), word };
}

function isBreak(word = ''): boolean {
  return /^[=:]+$/u.test(word);
}

/** A word as it is written on a command line, which may end within a quotation, as the text it stands for. */
export function unquoted(word: string, shell: Shell): string {
  if (shell === 'powershell') return word.replaceAll(/['"]/gu, '');
  const quotations = /'(?<literal>[^']*)'?|"(?<text>(?:[^"\\]|\\.)*)"?|\\(?<character>.)?/gsu;
  return word.replaceAll(
    quotations,
    (_all, literal?: string, text?: string, character?: string) =>
      literal ?? text?.replaceAll(/\\(["$`\\])/gu, '$1') ?? character ?? '',
  );
}

/**
 * A text in the way it has to be put in place of a word, for the shells that leave this to us; undefined where bash has no safe way.
 *
 * @param typed The word so far.
 */
export function quoted(text: string, shell: Shell, typed: string): string | undefined {
  // PowerShell takes typographic quotation marks for plain ones.
  if (shell === 'powershell')
    return /^[\w./:\\=-]*$/u.test(text) ? text : `'${text.replaceAll(/['\u2018-\u201b]/gu, '$&$&')}'`;
  if (shell !== 'bash') return text;
  const mark = openMark(typed);
  // The whole quotation: bash replaces what was typed of it, with the quotes at both ends.
  if (mark === "'") return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  // An exclamation mark is the history even there, and keeps the backslash that stops it: it leaves the quotation for a moment.
  if (mark === '"') return `"${text.replaceAll(/["$`\\]/gu, String.raw`\$&`).replaceAll(/!+/gu, `"'$&'"`)}"`;
  return mark === undefined ? undefined : text.replaceAll(/[^\w@%+./,\u0080-\u{10ffff}-]/gu, String.raw`\$&`);
}

/**
 * The mark of the quotation that a word is, which isn't closed yet; empty for a word without quotations. Undefined for any other: bash
 * replaces what follows the last mark, and what is before it changes what that means.
 */
function openMark(typed: string): "'" | '"' | '' | undefined {
  if (/^'[^']*$/u.test(typed)) return "'";
  if (/^"(?:[^"\\]|\\.)*\\?$/su.test(typed)) return '"';
  return /^(?:[^'"\\]|\\.)*\\?$/su.test(typed) ? '' : undefined;
}
