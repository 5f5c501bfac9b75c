/** All that ends a line somewhere, with the space around it. */
const lineEnds = /(?<!\s)\s*[\n\v\f\r\u0085\u2028\u2029]\s*/gu;

/**
 * Words of a service or of a file as they stand in a sentence: in one line, whatever is in them. They could pass for a line of ours,
 * or for a command to the runner of a pipeline.
 */
export function oneLine(words: string): string {
  return words.replaceAll(lineEnds, ' ');
}

/**
 * A sentence with what it quotes in one line. Lines of its own are indented, such as those of a list or of a command to type; whatever
 * is quoted begins no other. It may end with an empty line.
 */
export function oneSentence(text: string): string {
  return text.replaceAll(/(?<!\s)\s*[\n\v\f\r\u0085\u2028\u2029](?! {2}|\s*$)\s*/gu, ' ');
}
