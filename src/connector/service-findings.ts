/**
 * What a validation answered, for people: as in paconn the quotes around it go, and escaped line ends become real ones; so
 * does all else that the quotes had to have escaped.
 */
export function findingsText(answer: string): string {
  return unquoted(answer.trim()).replaceAll('\\r\\n', '\n').replaceAll('\r\n', '\n').trim();
}

function unquoted(text: string): string {
  if (!/^".*"$/su.test(text)) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    // A list in quotes that is no JSON string.
    return text.slice(1, -1);
  }
}

/** Whether there is more than warnings in it. A text that is not understood is taken for the worse. */
export function hasErrors(text: string): boolean {
  const levels = text
    .split('\n')
    .flatMap((line) => /^\s*(?:[-*]\s*)?(warning|error|critical)\b/iu.exec(line)?.[1] ?? []);
  return levels.length === 0 || levels.some((level) => level.toLowerCase() !== 'warning');
}
