/**
 * What a validation answered, for people: as in paconn the quotes around it go, and escaped line ends become real ones.
 */
export function findingsText(answer: string): string {
  return answer
    .trim()
    .replace(/^"(?<inside>.*)"$/su, '$<inside>')
    .replaceAll('\\r\\n', '\n')
    .replaceAll('\r\n', '\n')
    .trim();
}

/** Whether there is more than warnings in it. A text that is not understood is taken for the worse. */
export function hasErrors(text: string): boolean {
  const levels = text
    .split('\n')
    .flatMap((line) => /^\s*(?:[-*]\s*)?(warning|error|critical)\b/iu.exec(line)?.[1] ?? []);
  return levels.length === 0 || levels.some((level) => level.toLowerCase() !== 'warning');
}
