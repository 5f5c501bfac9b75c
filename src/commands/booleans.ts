const words = new Map([
  ...['true', 'yes', 'y', '1', 'on', 't'].map((word) => [word, true] as const),
  ...['false', 'no', 'n', '0', 'off', 'f'].map((word) => [word, false] as const),
]);

/** What a word after a boolean option means; undefined for other words. The Python tool takes any for true, even `false`. */
export function booleanOf(word: string): boolean | undefined {
  return words.get(word.toLowerCase());
}
