import { Directives } from './directives.ts';
import { afterCharacter, afterHole, afterRun, afterText, isLineEnd, openingAt, type StringStyle } from './strings.ts';

export type TokenKind =
  | 'space'
  | 'comment'
  /** A line that begins with `#`. */
  | 'directive'
  /** What `#if` leaves out. */
  | 'skipped'
  /** Keywords too. */
  | 'identifier'
  /** A text literal; of an interpolated one, each stretch of text with the braces of its holes. */
  | 'string'
  | 'character'
  | 'number'
  | 'punctuation';

/** A stretch of C#, in offsets. */
export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
}

/** Code in an interpolated text. */
interface Hole {
  readonly style: StringStyle;
  /** Brackets that are open in it. */
  depth: number;
}

// A line end of C# that is no space in JavaScript; Ctrl+Z may end a file.
const spacePattern = /(?:[\s\u0085]|\cZ$)+/y;
const identifierPattern = /@?[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}\p{Cf}]*/uy;
const numberPattern = /0[xb][\da-f_]+[ul]*|\d[\d_]*(?:\.\d[\d_]*)?(?:e[+-]?\d[\d_]*)?[fdmul]*/iy;
/** Tokens of one character, whatever follows. */
const bracketsAndSeparators = '{}()[];,.<>';

const operatorPattern = /[=!]=|=>|::|\?\.(?!\d)|\?\?|&&|\|\||./suy;

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

function afterMatch(pattern: RegExp, text: string, start: number): number | undefined {
  pattern.lastIndex = start;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

/**
 * The tokens of a C# text, which together are all of it. What is not C# has tokens too; a comment or text without end goes to
 * the end of the file, or of the line where C# wants it to end there.
 */
export function csharpTokens(text: string): readonly Token[] {
  return new Tokenizer(text).read();
}

class Tokenizer {
  readonly #text: string;
  readonly #tokens: Token[] = [];
  readonly #holes: Hole[] = [];
  readonly #directives = new Directives();
  #offset = 0;
  /** Nothing but space stands before on this line. */
  #isLineStart = true;

  constructor(text: string) {
    this.#text = text;
  }

  read(): readonly Token[] {
    while (this.#offset < this.#text.length) {
      if (this.#directives.areSkipping && this.#isLineStart) this.#skipLines();
      else this.#readToken();
    }
    return this.#tokens;
  }

  #push(kind: TokenKind, end: number): void {
    const start = this.#offset;
    this.#tokens.push({ kind, start, end });
    this.#offset = end;
    if (kind !== 'space') this.#isLineStart = false;
  }

  #readToken(): void {
    const text = this.#text;
    const start = this.#offset;
    const character = text.charAt(start);
    const hole = this.#holes.at(-1);
    if (hole?.depth === 0 && this.#endsHole(character)) return this.#leaveHole(hole);
    // Most of what is neither word nor space, known without a look at the patterns.
    if (bracketsAndSeparators.includes(character)) return this.#pushPunctuation(character, start + 1, hole);
    const space = afterMatch(spacePattern, text, start);
    if (space !== undefined) return this.#pushSpace(space);
    const word = afterMatch(identifierPattern, text, start) ?? afterMatch(numberPattern, text, start);
    if (word !== undefined) return this.#push(isDigit(character) ? 'number' : 'identifier', word);
    if (character === '#' && this.#isLineStart && !hole) return this.#readDirective();
    if (text.startsWith('//', start)) return this.#push('comment', this.#lineEnd());
    if (text.startsWith('/*', start)) {
      const end = text.indexOf('*/', start + 2);
      return this.#push('comment', end === -1 ? text.length : end + 2);
    }
    const literal = openingAt(text, start);
    if (literal) return this.#pushText(literal.style, afterText(text, literal.end, literal.style));
    // All of a row, or each would look for the quote after it.
    if (character === '$') return this.#push('punctuation', afterRun(text, start));
    if (character === "'") return this.#push('character', afterCharacter(text, start));
    return this.#pushPunctuation(character, afterMatch(operatorPattern, text, start) ?? start + 1, hole);
  }

  #pushSpace(end: number): void {
    if (!this.#isLineStart) {
      for (let offset = this.#offset; offset < end && !this.#isLineStart; offset += 1) {
        this.#isLineStart = isLineEnd(this.#text.charAt(offset));
      }
    }
    this.#push('space', end);
  }

  #pushText(style: StringStyle, { end, opensHole }: { readonly end: number; readonly opensHole: boolean }): void {
    if (opensHole) this.#holes.push({ style, depth: 0 });
    this.#push('string', end);
  }

  #endsHole(character: string): boolean {
    if (character === ':') return this.#text[this.#offset + 1] !== ':';
    return character === '}';
  }

  #leaveHole({ style }: Hole): void {
    this.#holes.pop();
    this.#pushText(style, afterHole(this.#text, this.#offset, style));
  }

  #pushPunctuation(character: string, end: number, hole: Hole | undefined): void {
    if (hole) {
      if ('([{'.includes(character)) hole.depth += 1;
      else if (')]}'.includes(character)) hole.depth = Math.max(0, hole.depth - 1);
      // No expression goes on after it: the hole was never closed, and should not take the rest of the file with it.
      else if (character === ';' && hole.depth === 0) this.#holes.pop();
    }
    this.#push('punctuation', end);
  }

  #readDirective(): void {
    const end = this.#lineEnd();
    this.#directives.read(this.#text.slice(this.#offset, end));
    this.#push('directive', end);
  }

  /** Steps over lines that are not compiled, to the next directive. */
  #skipLines(): void {
    const text = this.#text;
    let end = this.#offset;
    while (end < text.length) {
      const first = afterMatch(spacePattern, text, end) ?? end;
      if (text[first] === '#') break;
      end = lineEnd(text, first);
    }
    if (end > this.#offset) return this.#skipTo(end);
    const space = afterMatch(spacePattern, text, end);
    if (space !== undefined) this.#push('space', space);
    this.#readDirective();
  }

  /** The line end after it is space again. */
  #skipTo(end: number): void {
    this.#push('skipped', end);
    this.#isLineStart = true;
  }

  #lineEnd(): number {
    return lineEnd(this.#text, this.#offset);
  }
}

function lineEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !isLineEnd(text.charAt(end))) end += 1;
  return end;
}
