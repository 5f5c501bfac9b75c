import type { Style, StyledPiece } from '../io/terminal/styled-text.ts';

const jsonToken = /(?<text>"(?:[^"\\]|\\.)*")(?<name>\s*:)?|(?<word>\b(?:true|false|null)\b|-?\d[\d.eE+-]*)/gu;
const yamlToken = /^(?<name>[ -]*(?:"(?:[^"\\]|\\.)*"|[^\s":-][^":\n]*):)/gmu;

/** JSON in which names, texts and other values can be told apart by colour. */
export function colouredJson(json: string): readonly StyledPiece[] {
  return coloured(json, jsonToken);
}

/** YAML in which names stand out. */
export function colouredYaml(yaml: string): readonly StyledPiece[] {
  return coloured(yaml, yamlToken);
}

function coloured(text: string, token: RegExp): readonly StyledPiece[] {
  const pieces: StyledPiece[] = [];
  let end = 0;
  for (const { index, 0: all, groups } of text.matchAll(token)) {
    const style: Style = groups?.['name'] ? 'info' : groups?.['word'] ? 'warning' : 'good';
    pieces.push({ text: text.slice(end, index) }, { text: all, style });
    end = index + all.length;
  }
  return [...pieces, { text: text.slice(end) }];
}
