import { clientSecretRanges, type SecretRange } from './client-secret-text.ts';
import { isEnvironmentExpression } from './expression.ts';
import { type SecretLanguage, type TextPiece, piecesOf } from './text-pieces.ts';
import { namesSecret, secretWord, unescapedUnits } from './secret-word.ts';

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

function isHarmless(word: string): boolean {
  return harmless.has(word.toLowerCase()) || /^x-ms-(?!.*value$)/iu.test(word);
}

/**
 * Where a text that is shown to people may have secrets. It finds more than there are: that a harmless word is hidden costs little,
 * that a secret is shown costs much. Whatever stands beside a word for a secret counts: its value where JSON is as it should be, the
 * rest of a comment, and the rest of the line where something is missing.
 */
export function secretStretches(text: string, language: SecretLanguage): readonly SecretRange[] {
  if (!secretWord.test(text) && !/\\u|authorization/iu.test(text)) return [];
  const found = language === 'json' ? new JsonReading(text).stretches : inCode(text);
  return merged([...found, ...clientSecretRanges(text)]);
}

/** The text with stars for each of them, as many as it has characters, in as many lines. */
export function withoutSecretStretches(text: string, language: SecretLanguage): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of secretStretches(text, language)) {
    parts.push(text.slice(from, start), text.slice(start, end).replaceAll(/[^\r\n]/gu, starsFor));
    from = end;
  }
  return [...parts, text.slice(from)].join('');
}

/** Behind the name of one, as many characters may be of it, whatever they look like. */
const nearName = 100;

/** A test of a JSON text with errors: whether a stretch of it is a secret, or may be one. */
export function secretTest(text: string): (stretch: SecretRange) => boolean {
  const secrets = secretStretches(text, 'json');
  return ({ start, end }) =>
    secrets.some((secret) => secret.start < end && start < secret.end) ||
    secretWord.test(text.slice(Math.max(0, start - nearName), start));
}

/** Of a text: what may be a secret in a stretch of it, or around it. */
export function secretsBeside(text: string, language: SecretLanguage): (stretch: SecretRange) => readonly string[] {
  const secrets = secretStretches(text, language);
  return ({ start, end }) => {
    let low = 0;
    for (let high = secrets.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((secrets[middle]?.end ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    const found: string[] = [];
    for (let secret = secrets[low]; secret && secret.start < end; secret = secrets[(low += 1)])
      found.push(text.slice(secret.start, secret.end));
    return found;
  };
}

/** The JSON text of a value at a place of a document, with stars for what may be a secret there. */
export function shownJson(json: string, steps: readonly string[]): string {
  const name = isSecretPlace(steps) ? '"secret":' : '';
  return withoutSecretStretches(name + json, 'json').slice(name.length);
}

/** Whether a value at a place of a document is a secret: below the name of one, all is one that does not describe it. */
export function isSecretPlace(steps: readonly string[]): boolean {
  return steps.reduce(
    (isSecret, step) => (namesSecret(step) && !step.startsWith('/')) || (isSecret && !isHarmless(step)),
    false,
  );
}

function starsFor(character: string): string {
  return '*'.repeat(character.length);
}

function merged(ranges: readonly SecretRange[]): readonly SecretRange[] {
  const sorted = ranges.filter(({ start, end }) => start < end).toSorted((a, b) => a.start - b.start);
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of sorted) {
    const last = result.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

/** Where the first word for a secret ends in a range, whatever of it is an escape; undefined without one. */
function behindSecretWord(text: string, { start, end }: SecretRange): number | undefined {
  const slice = text.slice(start, end);
  if (!slice.includes('\\u')) {
    const match = secretWord.exec(slice);
    return match ? start + match.index + match[0].length : undefined;
  }
  const { units, ends } = unescapedUnits(slice);
  const match = secretWord.exec(units);
  return match ? start + (ends[match.index + match[0].length - 1] ?? slice.length) : undefined;
}

/** What of a range says something: runs without spaces that are no mere punctuation. */
function sayings(text: string, { start, end }: SecretRange): readonly SecretRange[] {
  const stretches: SecretRange[] = [];
  for (const { 0: run, index } of text.slice(start, end).matchAll(/[^\s]+/gu)) {
    const lead = /^[:=>"'`(]*/u.exec(run)?.[0].length ?? 0;
    if (/[\p{L}\p{N}]/u.test(run) || run.length > 3)
      stretches.push({ start: start + index + lead, end: start + index + run.length });
  }
  return stretches;
}

/** Sentences in values speak of passwords without telling one: what is behind a sign, or has a digit, may be one. */
const tellingSign = /[:=]|->|(?<=^|\s)[^\s]*?\d/u;

function inSentence(text: string, { start, end }: SecretRange): readonly SecretRange[] {
  const sign = tellingSign.exec(text.slice(start, end));
  return sign ? sayings(text, { start: start + sign.index, end }) : [];
}

/** In C#: the literals and comments of a line behind the word, and of the next line where the line ends with the word or a sign. */
function inCode(text: string): readonly SecretRange[] {
  const stretches: SecretRange[] = [];
  let lineEnd = -1;
  let isHanging = false;
  for (const piece of piecesOf(text, 'csharp')) {
    const { kind, start, inner } = piece;
    if (kind === 'mark') continue;
    const isBeside = start < lineEnd || isHanging;
    if (isBeside && kind !== 'words') {
      stretches.push(...(kind === 'string' ? [inner] : sayings(text, inner)));
      isHanging = false;
      continue;
    }
    const behind = behindSecretWord(text, inner);
    if (behind === undefined) {
      isHanging = false;
      continue;
    }
    if (start >= lineEnd && kind !== 'comment') lineEnd = endOfLine(text, start);
    if (kind === 'words') isHanging = text.slice(behind, inner.end).trimEnd().endsWith('=');
    else stretches.push(...(kind === 'string' ? inSentence : sayings)(text, { start: behind, end: inner.end }));
  }
  return stretches;
}

function endOfLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
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

/** One way through a text that should be JSON. */
class JsonReading {
  readonly stretches: SecretRange[] = [];
  readonly #text: string;
  readonly #pieces: readonly TextPiece[];
  readonly #root: Container = { isList: false, isSecret: false, namesSecret: false, values: [] };
  readonly #open: Container[] = [];
  #member: Member | undefined;
  /** Whether the last word for a secret has nothing beside it yet. */
  #isHanging = false;
  /** Comments up to here stand beside a secret. */
  #besideUntil = -1;
  #lineEnd = -1;

  constructor(text: string) {
    this.#text = text;
    this.#pieces = piecesOf(text, 'json');
    for (let at = 0; at < this.#pieces.length;) at = this.#read(at);
  }

  /** Reads a piece, or as many as belong to a secret; the index of the next one. */
  #read(at: number): number {
    const piece = this.#pieces[at];
    if (!piece) return at + 1;
    if (piece.kind === 'comment') this.#readComment(piece);
    else if (piece.kind === 'mark') this.#readMark(this.#text.slice(piece.start, piece.end));
    else return this.#readValue(piece, at);
    return at + 1;
  }

  #readComment({ start, inner }: TextPiece): void {
    const isBeside = this.#isHanging || start < this.#besideUntil;
    const behind = isBeside ? inner.start : behindSecretWord(this.#text, inner);
    if (behind === undefined) return;
    const found = sayings(this.#text, { start: behind, end: inner.end });
    const wasHanging = this.#isHanging || !isBeside;
    this.#hide(found);
    // What a comment in a line speaks of can be behind it.
    this.#isHanging = wasHanging && (found.length === 0 || this.#text.startsWith('/*', inner.start));
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
    if (piece.kind === 'string' && sign === ':' && !this.#member) {
      this.#readName(piece, behind);
      return at + 1;
    }
    const ends = !next || this.#text.slice(piece.end, next.start).includes('\n') || /^[,}\]]$/u.test(sign ?? '');
    const isWhole = ends && (piece.kind === 'string' || isLiteral(this.#text.slice(piece.start, piece.end)));
    const isSecret = this.#isHanging || (this.#member?.isSecret ?? this.#container.isSecret);
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
    const lineEnd = this.#endOfLine(from);
    const before = this.stretches.length;
    let at = first;
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
    if (ranges.length > 0) this.#isHanging = false;
    for (const range of ranges) this.stretches.push(range);
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
