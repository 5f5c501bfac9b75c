import headless, { type IBufferCell, type IBufferLine } from '@xterm/headless';

/** Widths and heights in pixels, at a font size of 14. */
const character = 8.43;
const line = 20;
const margin = 16;

/** The colors of the picture by the numbers that the terminal has for them. */
const colors = new Map([
  [1, '#ff7b72'],
  [2, '#7ee787'],
  [3, '#e3b341'],
  [6, '#79c0ff'],
]);
const faint = '#8b949e';

export interface Screen {
  readonly columns: number;
  readonly rows: number;
}

/** What a terminal of this size shows of the output of a command, as SVG. */
export async function terminalPicture(command: string, output: string, { columns, rows }: Screen): Promise<string> {
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  await new Promise<void>((resolve) => terminal.write(`\u001b[1m$ ${command}\u001b[22m\r\n${output}`, resolve));
  const { active } = terminal.buffer;
  const shown = Array.from({ length: active.length }, (_, at) => active.getLine(at)).filter((row) => row !== undefined);
  const lines = shown.map((row) => row.translateToString(true));
  const last = lines.findLastIndex((text) => text !== '');
  const width = Math.ceil(Math.max(...lines.map((text) => text.length)) * character) + 2 * margin;
  const height = (last + 1) * line + 2 * margin;
  const texts = shown
    .slice(0, last + 1)
    .map((row, index) => `<text x="${margin}" y="${margin + (index + 1) * line - 5}">${spans(row)}</text>`);
  terminal.dispose();
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" role="img" aria-label="${escaped(command)}">`,
    `<rect width="100%" height="100%" rx="8" fill="#0d1117"/>`,
    `<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14" fill="#e6edf3" xml:space="preserve">`,
    ...texts,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

/** A line of the terminal: neighbors with one style in one element. */
function spans(row: IBufferLine): string {
  const length = row.translateToString(true).length;
  const pieces: { text: string; readonly style: string }[] = [];
  for (let at = 0; at < length; at += 1) {
    const cell = row.getCell(at);
    if (!cell || cell.getWidth() === 0) continue;
    const text = cell.getChars() || ' ';
    const style = styleOf(cell);
    const last = pieces.at(-1);
    if (last?.style === style) last.text += text;
    else pieces.push({ text, style });
  }
  return pieces
    .map(({ text, style }) => (style === '' ? escaped(text) : `<tspan ${style}>${escaped(text)}</tspan>`))
    .join('');
}

function styleOf(cell: IBufferCell): string {
  const color = cell.isDim() ? faint : cell.isFgPalette() ? colors.get(cell.getFgColor()) : undefined;
  return [
    ...(cell.isBold() ? ['font-weight="bold"'] : []),
    ...(cell.isUnderline() ? ['text-decoration="underline"'] : []),
    ...(color === undefined ? [] : [`fill="${color}"`]),
  ].join(' ');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
