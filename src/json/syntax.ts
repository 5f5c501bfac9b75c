import { type ParseError, type ParseOptions, printParseErrorCode, visit } from 'jsonc-parser';
import { FileError } from '../errors.ts';
import { parseJson } from './parse.ts';
import { maximumDepth, measure } from './scan.ts';

/** The value of a JSON text. Raises {@link FileError} with line and column; `shown` is what the user calls the text. */
export function parseStrictly(text: string, shown: string): unknown {
  // JSON.parse bears any depth, but what reads positions in a text calls itself for each level.
  if (isTooDeep(text)) throw new FileError(`${shown}${tooDeep}`);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new FileError(`${shown}${syntaxError(text)}`, { cause: error });
  }
}

/** Whether a text is JSON but for comments. */
export function isJsonWithComments(text: string): boolean {
  if (parseJson(text) !== undefined) return true;
  if (isTooDeep(text)) return false;
  try {
    return firstFault(text, {}) === undefined;
  } catch (error) {
    // As in `syntaxError`.
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const tooDeep = ` is nested too deeply: more than ${maximumDepth} objects and arrays inside each other.`;

/** Whether a text has more levels of objects and arrays inside each other than what works on them can bear. */
export function isTooDeep(text: string): boolean {
  return measure(text).depth > maximumDepth;
}

/** Thrown inside this file only, to read no further: each character of a file can be a fault. */
class Faulty extends Error {
  readonly fault: ParseError;

  constructor(fault: ParseError) {
    super();
    this.fault = fault;
  }
}

function stopAt(error: number, offset: number, length: number): never {
  throw new Faulty({ error, offset, length });
}

/** The first fault of a text that isn't JSON. Raises `RangeError` where brackets go too deep. */
function firstFault(text: string, options: ParseOptions): ParseError | undefined {
  try {
    visit(text, { onError: stopAt }, { allowTrailingComma: false, ...options });
    return undefined;
  } catch (error) {
    if (error instanceof Faulty) return error.fault;
    throw error;
  }
}

/** Where the first fault is and what it is, as the end of a sentence that begins with the name of the text. */
function syntaxError(text: string): string {
  if (text.trim() === '') return ' is empty. Expected JSON.';
  let fault: ParseError | undefined;
  try {
    fault = firstFault(text, { disallowComments: true });
  } catch (error) {
    // In what is no JSON, quotation marks in a comment can hide brackets from who counts them.
    if (error instanceof RangeError) return tooDeep;
    throw error;
  }
  if (!fault) return " isn't valid JSON.";
  const lines = text.slice(0, fault.offset).split(/\r\n|\n|\r/u);
  const column = (lines.at(-1)?.length ?? 0) + 1;
  return `:${lines.length}:${column}: invalid JSON: ${wordsFor(fault, text)}.`;
}

/** By the names that the parser has for faults. What stands there is not repeated: it may be a secret. */
const words: Readonly<Record<string, string>> = {
  InvalidSymbol: 'expected a value: JSON has strings in "double quotes", numbers, true, false, and null',
  PropertyNameExpected: 'expected a name in double quotes',
  ValueExpected: 'expected a value',
  ColonExpected: 'expected a colon',
  CommaExpected: 'expected a comma',
  CloseBraceExpected: 'a closing } is missing',
  CloseBracketExpected: 'a closing ] is missing',
  EndOfFileExpected: 'unexpected data after the end of the document',
  InvalidCommentToken: "JSON doesn't allow comments",
  UnexpectedEndOfString: "the closing quote of this string is missing, or a line break isn't written as \\n",
  UnexpectedEndOfNumber: "this number isn't complete",
  InvalidUnicode: 'this string has a \\u without four hexadecimal digits',
  InvalidEscapeCharacter: "this string has a \\ before a character that doesn't need it; write \\\\ for a \\",
  InvalidCharacter: 'this string has an unescaped control character',
};

function wordsFor({ error, offset }: ParseError, text: string): string {
  if (/^(?:<{7}|={7}|>{7})/u.test(text.slice(offset, offset + 7))) {
    return 'unresolved conflict markers; remove them and keep one of the two values';
  }
  const isClosed = ['}', ']'].includes(text[offset] ?? '');
  if (isClosed && text.slice(0, offset).trimEnd().endsWith(',')) return 'unexpected comma before this';
  const name = printParseErrorCode(error);
  return words[name] ?? name;
}
