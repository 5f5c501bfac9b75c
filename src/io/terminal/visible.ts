import { withoutInvisible } from '../../one-line.ts';

/**
 * The sequences of ECMA-48: what controls with parameters, strings for the terminal, and the rest. Node's own
 * `stripVTControlCharacters` would make every start load `node:util`. None goes on in the next line: what stands in one must
 * not take away what stands in another.
 */
const sequences =
  /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|(?:\u001b[\]PX^_]|[\u0090\u0098\u009d-\u009f])[^\u0007\n\u001b\u009c]*(?:\u0007|\u001b\\|\u009c)|\u001b[ -/]*[0-~]/gu;

/**
 * The text without what would steer a terminal, or seem to say something else: escape sequences, control characters, signs without width
 * such as marks of direction, line ends of Unicode.
 */
export function visible(text: string): string {
  if (isPlain(text)) return text;
  const plain = withoutInvisible(text.replaceAll(sequences, '').replaceAll('\r\n', '\n'));
  const controlled = plain.replaceAll(/\p{Cc}/gu, (control) => (control === '\n' || control === '\t' ? control : ''));
  return controlled.replaceAll(/[\u2028\u2029]/gu, ' ');
}

/** Most texts are printable ASCII; patterns for all of Unicode cost every start their compilation. */
function isPlain(text: string): boolean {
  return !/[^\n\x20-\x7e]/u.test(text);
}
