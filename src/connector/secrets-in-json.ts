import type { SecretRange } from './client-secret-text.ts';
import { isEnvironmentExpression } from './expression.ts';
import { isHarmless } from './harmless-word.ts';
import { behindSecretWord, endOfLine, inSentence, looksSecret, sayings } from './secret-sayings.ts';
import { namesSecret } from './secret-word.ts';
import type { TextPiece } from './text-pieces.ts';

/** What may be a secret by the structure of a JSON text, as far as it goes: values under names, names below names, and comments. */
export function inStructure(text: string, pieces: readonly TextPiece[]): readonly SecretRange[] {
  return new JsonReading(text, pieces).stretches;
}

/** Whether what is in something is a secret: all of it, what looks like one, or nothing because of where it is. */
type Secrecy = 'all' | 'coded' | 'none';

/** An object or list that is open. */
interface Container {
  /** All of a list is that belongs to a word for a secret; what its objects have describes it, as a connection parameter does. */
  readonly secrecy: Secrecy;
  /** Whether one of its members names a secret, as in `{ "key": "password", "value": … }`. */
  namesSecret: boolean;
  /** What its `enum` lists, which is no secret. */
  listed: Set<string> | undefined;
  /** Of such a list: where its items go. */
  readonly listsIn: Set<string> | undefined;
  /** Its values, which are secrets if it is about one. */
  readonly values: SecretRange[];
}

/** A name that waits for its value. */
interface Member {
  readonly secrecy: Secrecy;
  /** Such as `value` and `default`. */
  readonly isValue: boolean;
  /** Such as `name` and `key`. */
  readonly isName: boolean;
  /** Of an `enum`: where its items go. */
  readonly lists: Set<string> | undefined;
}

class JsonReading {
  readonly stretches: SecretRange[] = [];
  readonly #text: string;
  readonly #pieces: readonly TextPiece[];
  readonly #open: Container[] = [];
  readonly #root = container('none');
  #member: Member | undefined;
  /** Whether a comment spoke of a secret that may come next. */
  #isAnnounced = false;
  /** Comments up to here stand beside a secret. */
  #besideUntil = -1;

  constructor(text: string, pieces: readonly TextPiece[]) {
    this.#text = text;
    this.#pieces = pieces.filter(({ kind }) => kind !== 'comment');
    let index = 0;
    for (const piece of pieces) {
      if (piece.kind === 'comment') this.#readComment(piece);
      else {
        if (piece.kind === 'mark') this.#readMark(this.#written(piece));
        else if (this.#isNameAt(index)) this.#readName(piece, index);
        else this.#readValue(piece);
        index += 1;
      }
    }
    for (const one of [this.#root, ...this.#open]) this.#close(one);
  }

  #readComment({ start, inner }: TextPiece): void {
    const isBeside = this.#isAnnounced || this.#member?.secrecy === 'all' || start < this.#besideUntil;
    const behind = isBeside ? inner.start : behindSecretWord(this.#text, inner);
    if (behind === undefined) return;
    const found = sayings(this.#text, { start: behind, end: inner.end });
    this.stretches.push(...found);
    // What a comment in a line speaks of can be behind it.
    const isShort = found.length === 0 || this.#text.startsWith('/*', inner.start);
    this.#isAnnounced = (this.#isAnnounced || !isBeside) && isShort;
  }

  #readMark(mark: string): void {
    if (mark === '{' || mark === '[') {
      this.#open.push(
        container(mark === '{' && this.#secrecy === 'all' ? 'coded' : this.#secrecy, this.#member?.lists),
      );
      this.#isAnnounced = false;
    } else if (mark === '}' || mark === ']') {
      this.#close(this.#open.pop());
      this.#isAnnounced = false;
    }
    if (mark !== ':') this.#member = undefined;
  }

  #close(closed: Container | undefined): void {
    if (!closed || !(closed.secrecy !== 'none' || closed.namesSecret)) return;
    const isListed = ({ start, end }: SecretRange): boolean =>
      closed.listed?.has(this.#text.slice(start, end)) === true;
    this.stretches.push(...closed.values.filter((value) => !isListed(value)));
  }

  #isNameAt(index: number): boolean {
    return !this.#member && this.#pieces[index]?.kind === 'string' && this.#written(this.#pieces[index + 1]) === ':';
  }

  #readName({ inner, end }: TextPiece, index: number): void {
    const name = this.#text.slice(inner.start, inner.end);
    const behind = behindSecretWord(this.#text, inner);
    // The path of an operation is the name of an object with much else in it.
    const isPath = name.startsWith('/') && this.#written(this.#pieces[index + 2]) === '{';
    const isNamed = (behind !== undefined || this.#isAnnounced) && !isPath;
    const isBelow = this.#container.secrecy !== 'none' && !isHarmless(name) && !isPath;
    if (isBelow && looksSecret(name)) this.stretches.push(inner);
    else if (behind !== undefined && !isPath)
      this.stretches.push(...inSentence(this.#text, { start: behind, end: inner.end }));
    this.#member = {
      secrecy: isNamed ? 'all' : isBelow ? 'coded' : 'none',
      isValue: !isNamed && /(?:value|default|example)$/iu.test(name),
      isName: /(?:name|key|id)$/iu.test(name),
      lists: name === 'enum' ? (this.#container.listed ??= new Set()) : undefined,
    };
    if (behind !== undefined) this.#standBeside(end);
    this.#isAnnounced = false;
  }

  #readValue({ kind, inner, end }: TextPiece): void {
    const text = this.#text.slice(inner.start, inner.end);
    this.#container.listsIn?.add(text);
    const isNothing = isReference(text) || (kind === 'words' && /^(?:null|true|false)\s*$/u.test(text));
    const isSecret = this.#secrecy === 'all' || (this.#secrecy === 'coded' && looksSecret(text));
    if (isSecret) this.#standBeside(end);
    else this.#readPlain(inner, text);
    if (this.#member?.isValue === true && !isNothing) this.#container.values.push(inner);
    else if (isSecret && !isNothing) this.stretches.push(inner);
    this.#isAnnounced = false;
    this.#member = undefined;
  }

  /** A value of another name: a sentence about a secret, or the name of one. */
  #readPlain(inner: SecretRange, text: string): void {
    const behind = behindSecretWord(this.#text, inner);
    if (behind !== undefined) this.stretches.push(...inSentence(this.#text, { start: behind, end: inner.end }));
    const isNamed = behind === undefined || behind === inner.end;
    if (this.#member?.isName === true && isNamed && namesSecret(text)) this.#container.namesSecret = true;
  }

  /** The rest of a line stands beside a secret in it. Each line is looked through once: a file can be a single one. */
  #standBeside(end: number): void {
    if (end > this.#besideUntil) this.#besideUntil = endOfLine(this.#text, end);
  }

  get #container(): Container {
    return this.#open.at(-1) ?? this.#root;
  }

  /** Whether the next value is a secret. */
  get #secrecy(): Secrecy {
    return this.#isAnnounced ? 'all' : (this.#member ?? this.#container).secrecy;
  }

  #written(piece: TextPiece | undefined): string {
    return piece ? this.#text.slice(piece.start, piece.end) : '';
  }
}

function container(secrecy: Secrecy, listsIn?: Set<string>): Container {
  return { secrecy, namesSecret: false, listed: undefined, listsIn, values: [] };
}

/** Whether the text of a string only says where the value is. */
function isReference(text: string): boolean {
  return isEnvironmentExpression(text.replaceAll('\\"', '"')) || parameters.test(text);
}

const parameters = /^(?:basic |bearer )?(?:@connectionParameters\('[^',]*'(?:,\s?'')?\)[;:&]?)+$/iu;
