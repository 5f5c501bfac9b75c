import { platform } from 'node:os';

/**
 * A text as a word of a command line that somebody is to paste. Names come from others: whatever they say, it is one word, and
 * no shell runs a part of it. On Windows that is so in PowerShell and in cmd alike, since neither says that it is there.
 */
export function commandWord(text: string, system: NodeJS.Platform = platform()): string {
  return system === 'win32' ? windowsWord(text) : posixWord(text);
}

/** The same of a path. */
export function pathWord(path: string): string {
  return commandWord(pathArgument(path));
}

/** A path that isn't read as an option when it begins with a hyphen. */
export function pathArgument(path: string): string {
  return path.startsWith('-') ? `./${path}` : path;
}

/** For bash, zsh, fish and other shells of Unix. */
function posixWord(text: string): string {
  // No name has a line end, and a shell would run each line that is pasted.
  if (/[\n\v\f\r\u0085\u2028\u2029]/u.test(text))
    return posixWord(text.replaceAll(/[\n\v\f\r\u0085\u2028\u2029]/gu, '?'));
  // Pasted into a shell a tab completes a name; this is one in all of them.
  if (text.includes('\t'))
    return text
      .split('\t')
      .map((part) => part && posixWord(part))
      .join(String.raw`"$(printf '\t')"`);
  // At the start of a word zsh looks for a program behind an equals sign.
  if (/^[\w+./:,-][\w@+./:=,-]*$/u.test(text)) return text;
  // Characters that no shell interprets.
  if (!/["$`!%\\\u201c-\u201e]/u.test(text)) return `"${text}"`;
  // Outside of quotation marks these two are the same in all shells, within them they are not.
  return `'${text.replaceAll(/['\\]/gu, String.raw`'\$&'`)}'`;
}

/**
 * Within double quotes cmd expands only `%`, and in PowerShell a backtick makes any such character a plain one. With such a
 * character cmd therefore reads a backtick that isn't part of the name, and finds nothing.
 */
function windowsWord(text: string): string {
  if (/^[\w.\\/:-][\w+.\\/:-]*$/u.test(text)) return text;
  // A double quotation mark ends the word in one of the two shells, whatever precedes it. So does a new line.
  const word = text.replaceAll(/["\r\n]/gu, '?').replaceAll(/[$`%!\u201c-\u201e]/gu, '`$&');
  // Before the closing mark each backslash counts once only if it is there twice.
  return `"${word.replace(/(?<!\\)\\+$/u, '$&$&')}"`;
}
