/**
 * A text as a word of a command line that somebody is to type. Names come from others: whatever they say, it is one word,
 * and no shell runs a part of it.
 */
export function commandWord(text: string): string {
  if (/^[\w@+./:\\=,-]+$/u.test(text)) return text;
  // What no shell looks into. The shell of Windows knows no other quotation marks, PowerShell takes typographic ones, too.
  if (!/["$`!%\u201c-\u201e]|\\$/u.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
