import type { StyledPiece } from '../io/terminal/styled-text.ts';
import { asciiControls } from './ascii-controls.ts';

/** Characters that are written at once: of fewer, each would cost a call of the system. */
const enough = 65_536;

/**
 * JSON as `JSON.stringify` indents it by two spaces, made while it's read: neither the text nor the items are ever in memory as a
 * whole. The items go into the last list of what is around them, which is empty.
 */
export function jsonInPieces(around: object, items: () => Iterable<object>): Iterable<StyledPiece> {
  return {
    *[Symbol.iterator]() {
      let piece = '';
      for (const part of parts(around, items())) {
        piece += part;
        if (piece.length < enough) continue;
        yield { text: asciiControls(piece) };
        piece = '';
      }
      yield { text: asciiControls(piece) };
    },
  };
}

function* parts(around: object, items: Iterable<object>): Iterable<string> {
  const text = JSON.stringify(around, undefined, 2);
  const place = text.lastIndexOf('[]') + 1;
  const [margin = ''] = /^ */u.exec(text.slice(text.lastIndexOf('\n', place) + 1)) ?? [];
  yield text.slice(0, place);
  let before = '\n';
  for (const item of items) {
    yield `${before}${JSON.stringify(item, undefined, 2)}`.replaceAll('\n', `\n${margin}  `);
    before = ',\n';
  }
  yield `${before === '\n' ? '' : `\n${margin}`}${text.slice(place)}`;
}
