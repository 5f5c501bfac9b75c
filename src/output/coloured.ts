import type { Style, StyledPiece } from '../io/terminal/styled-text.ts';
import { afterString } from '../json/scan.ts';

// Of a text in quotation marks only where it begins: a regular expression has no room for all of a long one.
const jsonToken = /"|\b(?:true|false|null)\b|-?\d[\d.eE+-]*/gu;
const yamlToken = /^[ -]*(?:"|[^\s":-][^":\n]*:)/gmu;

/** JSON in which names, texts and other values can be told apart by colour. */
export function colouredJson(json: string): readonly StyledPiece[] {
  return coloured(json, jsonToken, { text: 'good', other: 'warning' });
}

/** YAML in which names stand out. */
export function colouredYaml(yaml: string): readonly StyledPiece[] {
  return coloured(yaml, yamlToken, { text: undefined, other: 'info' });
}

function coloured(
  text: string,
  token: RegExp,
  styles: { readonly text: Style | undefined; readonly other: Style },
): readonly StyledPiece[] {
  const pieces: StyledPiece[] = [];
  let end = 0;
  for (const { index, 0: found } of text.matchAll(token)) {
    // What is in a text is none of its own.
    if (index < end) continue;
    const isText = found.endsWith('"');
    const after = isText ? afterString(text, index + found.length - 1) : index + found.length;
    const isName = isText && text[after] === ':';
    const style = isName ? 'info' : isText ? styles.text : styles.other;
    if (style === undefined) continue;
    const next = isName ? after + 1 : after;
    pieces.push({ text: text.slice(end, index) }, { text: text.slice(index, next), style });
    end = next;
  }
  return [...pieces, { text: text.slice(end) }];
}
