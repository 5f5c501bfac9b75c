import { isJsonWithComments } from '../json/syntax.ts';
import type { SecretRange } from './client-secret-text.ts';
import { isEnvironmentExpression } from './expression.ts';
import { behindSecretWord, endOfLine, inSentence, sayings } from './secret-sayings.ts';
import { namesSecret } from './secret-word.ts';
import { piecesOf, type TextPiece } from './text-pieces.ts';

/**
 * Names of members that only describe what they belong to, and words that say nothing: in what may be a secret they are shown, so
 * that a line is still found.
 */
const harmless = new Set(
  `$ref additionalproperties allof allowsharing array authorizationurl basic boolean capability clientid cleartext connectionparameters
  connectionparametersets constraints customparameters delete description displayname enum false flow format formdata get head header
  hidden identityprovider in integer items maximum maxlength minimum minlength name null number oauth2 oauthsetting oauthsettings object
  operationid options parameters patch path pattern post properties put query readonly redirectmode redirecturl required responses
  schema scopes securestring security securitydefinitions sourcetype string summary tabindex tags title tokenurl tooltip true type
  uidefinition`.split(/\s+/u),
);

/** Whether a word is one of them. */
export function isHarmless(word: string): boolean {
  return harmless.has(word.toLowerCase()) || /^x-ms-(?!.*value$)/iu.test(word);
}

/** Where it isn't JSON, the structure doesn't tell what belongs to what: then all of a line counts, too. */
export function inJson(text: string): readonly SecretRange[] {
  const { stretches } = new JsonReading(text, { hidesLines: false });
  return isJsonWithComments(text)
    ? stretches
    : [...stretches, ...new JsonReading(text, { hidesLines: true }).stretches];
}

/** An object or list that is open. */
interface Container {
  readonly isList: boolean;
  /** Whether it belongs to a word for a secret. */
  readonly isSecret: boolean;
  /** Whether one of its members names a secret, as in `{ "key": "password", "value": … }`. */
  namesSecret: boolean;
  /** Its values, in case a later member does. */
  readonly values: SecretRange[];
}

/** A name that waits for its value. */
interface Member {
  readonly isSecret: boolean;
  /** Such as `value` and `default`. */
  readonly isValue: boolean;
  /** Such as `name` and `key`. */
  readonly isName: boolean;
}

const secretMember: Member = { isSecret: true, isValue: false, isName: false };

/** One way through a text that should be JSON. */
class JsonReading {
  readonly stretches: SecretRange[] = [];
  readonly #text: string;
  /** Whether all that stands behind a word for a secret in its line may be one. */
  readonly #hidesLines: boolean;
  readonly #pieces: readonly TextPiece[];
  readonly #root: Container = { isList: false, isSecret: false, namesSecret: false, values: [] };
  readonly #open: Container[] = [];
  #member: Member | undefined;
  /** Whether the last word for a secret has nothing beside it yet. */
  #isHanging = false;
  /** Comments up to here stand beside a secret. */
  #besideUntil = -1;
  #lineEnd = -1;

  constructor(text: string, { hidesLines }: { readonly hidesLines: boolean }) {
    this.#text = text;
    this.#hidesLines = hidesLines;
    this.#pieces = piecesOf(text, 'json');
    for (let at = 0; at < this.#pieces.length;) at = this.#read(at);
  }

  /** Reads a piece, or as many as belong to a secret; the index of the next one. */
  #read(at: number): number {
    const piece = this.#pieces[at];
    if (!piece) return at + 1;
    if (piece.kind === 'comment') return this.#readComment(piece, at);
    if (piece.kind === 'mark') this.#readMark(this.#text.slice(piece.start, piece.end));
    else return this.#readValue(piece, at);
    return at + 1;
  }

  #readComment({ start, inner }: TextPiece, at: number): number {
    const isBeside = this.#isHanging || start < this.#besideUntil;
    const behind = isBeside ? inner.start : behindSecretWord(this.#text, inner);
    if (behind === undefined) return at + 1;
    if (this.#hidesLines) return this.#hideLine(behind, at);
    const found = sayings(this.#text, { start: behind, end: inner.end });
    const wasHanging = this.#isHanging || !isBeside;
    this.#hide(found);
    // What a comment in a line speaks of can be behind it.
    this.#isHanging = wasHanging && (found.length === 0 || this.#text.startsWith('/*', inner.start));
    return at + 1;
  }

  #readMark(mark: string): void {
    const parent = this.#container;
    if (mark === '{' || mark === '[') {
      const isSecret = this.#isHanging || (this.#member?.isSecret ?? parent.isSecret);
      this.#open.push({ isList: mark === '[', isSecret, namesSecret: false, values: [] });
      this.#isHanging = false;
      this.#member = undefined;
    } else if (mark === '}' || mark === ']') {
      this.#open.pop();
      this.#isHanging = false;
      this.#member = undefined;
    } else if (mark === ',') this.#member = undefined;
  }

  #readValue(piece: TextPiece, at: number): number {
    const next = this.#significant(at + 1);
    const sign = next && this.#text.slice(next.start, next.end);
    const behind = behindSecretWord(this.#text, piece.inner);
    const isSecret = this.#isHanging || (this.#member?.isSecret ?? this.#container.isSecret);
    if (behind !== undefined && this.#hidesLines) return this.#hideLine(this.#isHanging ? piece.start : behind, at);
    if (piece.kind === 'string' && sign === ':' && !this.#member) {
      this.#readName(piece, behind);
      return at + 1;
    }
    const ends = !next || this.#text.slice(piece.end, next.start).includes('\n') || /^[,}\]]$/u.test(sign ?? '');
    const isWhole = ends && (piece.kind === 'string' || isLiteral(this.#text.slice(piece.start, piece.end)));
    if (isSecret && isWhole) this.#readSecret(piece);
    else if (isSecret) return this.#hideLine(piece.start, at);
    else if (behind !== undefined && !(isWhole && (this.#member || this.#container.isList)))
      return this.#hideLine(behind, at);
    else this.#readPlain(piece, behind);
    this.#member = undefined;
    return at + 1;
  }

  #readName({ inner, end }: TextPiece, behind: number | undefined): void {
    const name = this.#text.slice(inner.start, inner.end);
    const isSecret = behind !== undefined || this.#isHanging || (this.#container.isSecret && !isHarmless(name));
    // The path of an operation is the name of an object with much else in it.
    this.#member = {
      isSecret: isSecret && !(name.startsWith('/') && this.#opensObject(end)),
      isValue: /(?:value|default|example)$/iu.test(name),
      isName: /(?:name|key|id)$/iu.test(name),
    };
    if (behind !== undefined) this.#besideUntil = this.#endOfLine(end);
    this.#isHanging = false;
  }

  #opensObject(offset: number): boolean {
    return /^\s*:\s*\{/u.test(this.#text.slice(offset, offset + 100));
  }

  #readSecret({ kind, inner, end }: TextPiece): void {
    const text = this.#text.slice(inner.start, inner.end);
    if (kind === 'words' && /^(?:null|true|false)\s*$/u.test(text)) return;
    if (!isReference(text)) this.#hide([inner]);
    this.#besideUntil = this.#endOfLine(end);
  }

  /** A value of another name: a sentence about a secret, the name of one, or what may turn out to be its value. */
  #readPlain({ inner }: TextPiece, behind: number | undefined): void {
    if (behind !== undefined) this.#hide(inSentence(this.#text, { start: behind, end: inner.end }));
    const container = this.#container;
    if (!this.#member) return;
    const { isName, isValue } = this.#member;
    const isNamed = behind === undefined || behind === inner.end;
    if (isName && isNamed && namesSecret(this.#text.slice(inner.start, inner.end))) {
      container.namesSecret = true;
      this.#hide(container.values.splice(0));
    } else if (isValue && !isReference(this.#text.slice(inner.start, inner.end)))
      (container.namesSecret ? this.stretches : container.values).push(inner);
  }

  /** Hides what a line says from an offset on, in the piece at an index and behind it; the index of the first piece of the next line. */
  #hideLine(from: number, first: number): number {
    const lineEnd = this.#endOfLine(Math.max(from, this.#pieces[first]?.end ?? 0));
    const before = this.stretches.length;
    let at = first;
    this.#member = secretMember;
    for (let piece = this.#pieces[at]; piece && piece.start < lineEnd; piece = this.#pieces[at]) {
      const { kind, inner } = piece;
      const range = { start: Math.max(from, inner.start), end: inner.end };
      const isPlain = isHarmless(this.#text.slice(inner.start, inner.end).trim());
      if (kind === 'mark') this.#readMark(this.#text.slice(piece.start, piece.end));
      else if (range.start < range.end && !isPlain)
        this.#hide(kind === 'string' ? [range] : sayings(this.#text, range));
      at += 1;
    }
    this.#member = undefined;
    this.#isHanging = this.stretches.length === before;
    return at;
  }

  /** Each line is looked through once: a file can be a single one. */
  #endOfLine(offset: number): number {
    if (offset > this.#lineEnd) this.#lineEnd = endOfLine(this.#text, offset);
    return this.#lineEnd;
  }

  #hide(ranges: readonly SecretRange[]): void {
    const found = ranges.filter(({ start, end }) => start < end);
    if (found.length > 0) this.#isHanging = false;
    for (const range of found) this.stretches.push(range);
  }

  get #container(): Container {
    return this.#open.at(-1) ?? this.#root;
  }

  /** The next piece that is no comment. */
  #significant(from: number): TextPiece | undefined {
    let at = from;
    while (this.#pieces[at]?.kind === 'comment') at += 1;
    return this.#pieces[at];
  }
}

/** Whether the text of a string only says where the value is. */
function isReference(text: string): boolean {
  return (
    isEnvironmentExpression(text.replaceAll('\\"', '"')) || /^@connectionParameters\('[^',]*'(?:,'')?\)$/u.test(text)
  );
}

function isLiteral(text: string): boolean {
  return /^(?:null|true|false|[-+]?[\d.][\d.e+-]*)\s*$/iu.test(text);
}
