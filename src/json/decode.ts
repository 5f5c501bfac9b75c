import { FileError } from '../errors.ts';

/** The text of a file's bytes, and the first error of their encoding. */
export interface DecodedText {
  /** Without byte order mark; undefined when the encoding is one we do not read. */
  readonly text: string | undefined;
  readonly fault?: EncodingFault;
}

export interface EncodingFault {
  /** The first byte that is not UTF-8. */
  readonly byte: number;
  /** Where that is in the text. */
  readonly offset: number;
  /** The actual format of the file, if known. */
  readonly encoding?: 'UTF-16' | 'UTF-32';
}

/** Reads UTF-8, with or without byte order mark. Text in another encoding is read as far as it goes, for the other rules. */
export function decodeBytes(bytes: Uint8Array): DecodedText {
  const other = otherEncoding(bytes);
  if (other) {
    const fault = { byte: 0, offset: 0, encoding: other.encoding };
    return { text: other.label && new TextDecoder(other.label).decode(bytes), fault };
  }
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const text = new TextDecoder('utf-8').decode(bytes);
    const byte = firstInvalidByte(bytes);
    return { text, fault: { byte, offset: new TextDecoder('utf-8').decode(bytes.subarray(0, byte)).length } };
  }
}

/** JSON begins with two characters of ASCII, or one: where its zero bytes are gives the encoding away. */
function otherEncoding(
  bytes: Uint8Array,
): { readonly encoding: 'UTF-16' | 'UTF-32'; readonly label: string | undefined } | undefined {
  const [first, second, third, fourth] = bytes;
  if (first === 0xff && second === 0xfe && third === 0 && fourth === 0) return { encoding: 'UTF-32', label: undefined };
  if (first === 0 && second === 0 && third === 0xfe && fourth === 0xff) return { encoding: 'UTF-32', label: undefined };
  if (first === 0xff && second === 0xfe) return { encoding: 'UTF-16', label: 'utf-16le' };
  if (first === 0xfe && second === 0xff) return { encoding: 'UTF-16', label: 'utf-16be' };
  if (first === 0 && second === 0 && third === 0 && fourth) return { encoding: 'UTF-32', label: undefined };
  if (first && second === 0 && third === 0 && fourth === 0) return { encoding: 'UTF-32', label: undefined };
  if (first === 0 && second) return { encoding: 'UTF-16', label: 'utf-16be' };
  if (first && second === 0) return { encoding: 'UTF-16', label: 'utf-16le' };
  return undefined;
}

/** The decoder that fails does not say where, so halves are tried until one byte is left. */
function firstInvalidByte(bytes: Uint8Array): number {
  let valid = 0;
  let invalid = bytes.length;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (isBeginOfUtf8(bytes.subarray(0, middle))) valid = middle;
    else invalid = middle;
  }
  return startOfCharacter(bytes, valid);
}

/** Whether the bytes are UTF-8, but that the last character may be cut off. */
function isBeginOfUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Where the character begins that is cut off at `end`; `end` itself when none is. */
function startOfCharacter(bytes: Uint8Array, end: number): number {
  for (let back = 1; back <= 3 && back <= end; back += 1) {
    const byte = bytes[end - back] ?? 0;
    if (byte < 0x80) break;
    if (byte >= 0xc0) return back < characterLength(byte) ? end - back : end;
  }
  return end;
}

function characterLength(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}

/** UTF-8 bytes as text, without the byte order mark. Raises {@link FileError} for other bytes. */
export function decodeText(bytes: Uint8Array, shown: string): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // UTF-16 without a byte order mark passes for UTF-8 with these in between.
    if (!text.includes('\0')) return text;
  } catch (error) {
    throw notText(shown, error);
  }
  throw notText(shown);
}

/** The error for what should be text; `shown` is what the user calls it. */
export function notText(shown: string, cause?: unknown): FileError {
  return new FileError(`${shown} isn't UTF-8 text.`, { hint: 'Save it as UTF-8 and try again.', cause });
}
