import { Composer, type Document, Lexer, type LineCounter, Parser } from 'yaml';
import type { ValueLimit } from './value-limit.ts';

/** What a text or a collection begins with, names among them: U+001F is the lexer's mark for a text without quotation marks. */
const beginning = /^[\u001F{["'*]/u;

/**
 * The documents of a text. The values are counted while it's read, because a value takes a hundred times as much memory as room in a
 * file: at least half of them are known then. Raises `FileError` for too many.
 */
export function documentsIn(text: string, lines: LineCounter, limit: ValueLimit): readonly Document.Parsed[] {
  const parser = new Parser(lines.addNewLine);
  const composer = new Composer({
    version: '1.2',
    schema: 'core',
    keepSourceTokens: false,
    merge: true,
    // The parser compares each name with each other one; whoever reads the documents has them in a map.
    uniqueKeys: false,
    logLevel: 'silent',
  });
  const documents: Document.Parsed[] = [];
  /** Values with a mark before them, with a comma behind them, and without either. */
  let [marked, separated, written] = [0, 0, 0];
  lines.addNewLine(0);
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme === ':' || lexeme === '-') marked += 1;
    else if (lexeme === ',') separated += 1;
    else if (beginning.test(lexeme)) written += 1;
    limit.requireFewer(Math.max(marked, separated, written - marked), 'YAML', lines.lineStarts.length);
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end());
  return documents;
}
