/** Widths and heights in pixels, at a font size of 14. */
const character = 8.43;
const line = 20;
const margin = 16;
const columns = 100;

/** By the number of the escape sequence. */
const styles: Readonly<Record<string, string>> = {
  '1': 'font-weight="bold"',
  '2': 'fill="#8b949e"',
  '31': 'fill="#ff7b72"',
  '32': 'fill="#7ee787"',
  '33': 'fill="#e3b341"',
  '36': 'fill="#79c0ff"',
};
/** What ends a style, by its number. */
const ends: Readonly<Record<string, readonly string[]>> = { '22': ['1', '2'], '39': ['31', '32', '33', '36'] };

/** A picture of a terminal in which a command has been run, as SVG. */
export function terminalPicture(command: string, output: string): string {
  const lines = [`\u001b[1m$ ${command}\u001b[22m`, ...output.trimEnd().split('\n').flatMap(wrapped)];
  const width = Math.ceil(Math.max(...lines.map(lengthOf)) * character) + 2 * margin;
  const height = lines.length * line + 2 * margin;
  const active = new Set<string>();
  const rows = lines.map((text, index) => {
    const y = margin + (index + 1) * line - 5;
    return `<text x="${margin}" y="${y}">${spans(text, active)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" role="img" aria-label="${escaped(command)}">`,
    `<rect width="100%" height="100%" rx="8" fill="#0d1117"/>`,
    `<g font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14" fill="#e6edf3" xml:space="preserve">`,
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}

function lengthOf(text: string): number {
  return text.replaceAll(/\u001b\[\d+m/gu, '').length;
}

/** A line in as many as a terminal needs for it, broken between words. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/(?<= )/u)) {
    const last = lines.at(-1);
    if (last !== undefined && lengthOf(last + word.trimEnd()) <= columns) lines.splice(-1, 1, last + word);
    else lines.push(word);
  }
  return lines;
}

/** @param active The styles so far, which go on in the next line. */
function spans(text: string, active: Set<string>): string {
  return text
    .split(/(?<sequence>\u001b\[\d+m)/u)
    .map((piece) => {
      const number = /^\u001b\[(?<number>\d+)m$/u.exec(piece)?.groups?.['number'];
      if (number === undefined) return styled(piece, active);
      for (const ended of ends[number] ?? []) active.delete(ended);
      if (styles[number] !== undefined) active.add(number);
      return '';
    })
    .join('');
}

function styled(text: string, active: ReadonlySet<string>): string {
  if (text === '' || active.size === 0) return escaped(text);
  return `<tspan ${[...active].map((number) => styles[number]).join(' ')}>${escaped(text)}</tspan>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
