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

/**
 * Signs without width, as a regular expression for the flag `u`: marks of direction, soft hyphens, joiners and blanks that nobody sees.
 * What joins letters or pictures isn't among them, nor the tags that a flag has behind it.
 */
export const invisible = String.raw`(?!\u200c|\u200d|(?<=\u{1f3f4}[\u{e0020}-\u{e007f}]{0,8})[\u{e0020}-\u{e007f}])(?=\p{DI})\p{Cf}`;

/** The text as people see it. */
export function withoutInvisible(text: string): string {
  // Most texts are ASCII; patterns for all of Unicode cost every start their compilation.
  return /[^\0-\x7e]/u.test(text) ? text.replaceAll(new RegExp(invisible, 'gu'), '') : text;
}
