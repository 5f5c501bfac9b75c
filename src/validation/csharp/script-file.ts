import { decodeBytes, type EncodingFault } from '../../json/decode.ts';
import { csharpTokens, type Token, type TokenKind } from './tokens.ts';
import { TextRange, wholeFile } from '../engine/location.ts';
import { SourceFile } from '../engine/source-file.ts';

/** Larger scripts the service refuses, so nothing more is said about them. */
export const maximumScriptSize = 1_048_576;

/** A token that is compiled, with its text. */
export interface CodeToken extends Token {
  readonly text: string;
}

const silent: ReadonlySet<TokenKind> = new Set(['space', 'comment', 'directive', 'skipped']);

/** The custom code of a connector. */
export class ScriptFile extends SourceFile {
  readonly encodingFault: EncodingFault | undefined;
  #code: readonly CodeToken[] | undefined;

  constructor(name: string, bytes: Uint8Array) {
    const { text = '', fault } = decodeBytes(bytes);
    super(name, text, bytes.length);
    this.encodingFault = fault;
  }

  /** What is compiled of it: no space, no comments, no directives and nothing that they leave out. */
  get code(): readonly CodeToken[] {
    return (this.#code ??= this.size > maximumScriptSize ? [] : codeTokens(this.text));
  }
}

function codeTokens(text: string): readonly CodeToken[] {
  const code: CodeToken[] = [];
  for (const { kind, start, end } of csharpTokens(text)) {
    if (!silent.has(kind)) code.push({ kind, start, end, text: text.slice(start, end) });
  }
  return code;
}

/** The range of a token; where there is none, the file as a whole. */
export function tokenRange(file: ScriptFile, token: CodeToken | undefined): TextRange {
  return token ? new TextRange(file, token.start, token.end) : wholeFile(file);
}
