import type { CodeToken } from './script-file.ts';

export type Code = readonly CodeToken[];

/** Tokens from one index up to another, exclusive. */
export interface CodeRange {
  readonly from: number;
  readonly to: number;
}

export function isIdentifier(code: Code, index: number): boolean {
  return code[index]?.kind === 'identifier';
}

/** Whether there is this keyword, name or operator. Text literals are none of them, whatever stands in them. */
export function isCode(code: Code, index: number, text: string): boolean {
  const token = code[index];
  return token !== undefined && token.text === text && token.kind !== 'string' && token.kind !== 'character';
}

export function isDot(code: Code, index: number): boolean {
  return isCode(code, index, '.') || isCode(code, index, '?.');
}

/** The end of a name such as `System.IO` or `global::System.IO` that begins here; `start` itself when none does. */
export function afterQualifiedName(code: Code, start: number): number {
  let end = start;
  while (isIdentifier(code, end)) {
    end += 1;
    if (!isCode(code, end, '.') && !isCode(code, end, '::')) return end;
    if (!isIdentifier(code, end + 1)) return end;
    end += 1;
  }
  return end;
}

/** Where the name such as `System.IO.File` begins whose last part is here. */
export function startOfQualifiedName(code: Code, last: number): number {
  let start = last;
  while ((isCode(code, start - 1, '.') || isCode(code, start - 1, '::')) && isIdentifier(code, start - 2)) start -= 2;
  return start;
}

/** The name in a range, without spaces and comments. */
export function qualifiedName(code: Code, { from, to }: CodeRange): string {
  return code
    .slice(from, to)
    .map(({ text }) => text)
    .join('')
    .replace(/^global::/u, '');
}

export interface BracePairs {
  /** The index of the closing brace of each opening one. */
  readonly closing: ReadonlyMap<number, number>;
  /** Braces that are never closed, and such as close none. */
  readonly unclosed: readonly number[];
  readonly unopened: readonly number[];
}

export function bracePairs(code: Code): BracePairs {
  const closing = new Map<number, number>();
  const unclosed: number[] = [];
  const unopened: number[] = [];
  for (const index of code.keys()) {
    if (isCode(code, index, '{')) unclosed.push(index);
    else if (isCode(code, index, '}')) {
      const open = unclosed.pop();
      if (open === undefined) unopened.push(index);
      else closing.set(open, index);
    }
  }
  return { closing, unclosed, unopened };
}
