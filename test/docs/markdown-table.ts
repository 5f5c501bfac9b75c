import { format } from 'prettier';

/** Text between tables, and tables with rows of cells. */
export type Piece = string | Table;

export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/**
 * A page in Markdown. Prettier makes all rows of a table as wide as the longest, which can be thousands of characters, so it leaves
 * these as they are.
 */
export async function markdownPage(pieces: readonly Piece[]): Promise<string> {
  const text = pieces.map((piece) => (typeof piece === 'string' ? piece : table(piece))).join('\n\n');
  return await format(`${text}\n`, { parser: 'markdown', printWidth: 120 });
}

function table({ head, rows }: Table): string {
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return ['<!-- prettier-ignore -->', ...lines].join('\n');
}
