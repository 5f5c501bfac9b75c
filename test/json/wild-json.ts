import * as fc from 'fast-check';

/** JSON as people and tools write it: odd white space, numbers, escapes and names, and names that are there twice. */
export interface WildJson {
  readonly text: string;
  /** What Python's `json.dumps(…, indent=2, ensure_ascii=False)` would write at this depth if it kept numbers. */
  readonly indented: (depth: number) => string;
}

/** A member of an object, with the white space around it. */
export interface WildMember {
  readonly name: string;
  readonly text: string;
  readonly value: WildJson;
  readonly indented: (depth: number) => string;
}

const space = fc.constantFrom('', '', ' ', '\n', '\r\n  ', '\t');

const numbers = ['0', '-0', '1.0', '1e3', '1E+3', '-0.10', '9007199254740993', '18446744073709551615', '1e400'];

const words = fc.constantFrom(...numbers, 'true', 'false', 'null');

const word: fc.Arbitrary<WildJson> = words.map((text) => ({ text, indented: () => text }));

const characters = fc.constantFrom(...Array.from('ab {}[],:/é日😀"\\\u2028\u007f\n\r\t\b\f\u0000\u001f'), '\ud800');

/** A text with its JSON literal, in which each character can be escaped. */
const literal = fc.array(fc.tuple(characters, fc.boolean()), { maxLength: 6 }).map((parts) => {
  const value = parts.map(([character]) => character).join('');
  const inside = parts.map(([character, escaped]) => {
    if (!escaped) return JSON.stringify(character).slice(1, -1);
    if (character === '/') return '\\/';
    return Array.from({ length: character.length }, (_unused, index) => hexEscape(character.charCodeAt(index))).join(
      '',
    );
  });
  return { value, text: `"${inside.join('')}"` };
});

function hexEscape(code: number): string {
  return `\\u${code.toString(16).padStart(4, '0').toUpperCase()}`;
}

const text: fc.Arbitrary<WildJson> = literal.map(({ value, text: written }) => ({
  text: written,
  indented: () => JSON.stringify(value),
}));

const names = fc.oneof(
  fc.constantFrom('a', 'b', '10', '9', '__proto__', '').map((value) => ({ value, text: JSON.stringify(value) })),
  fc.constantFrom('a', 'b').map((value) => ({ value, text: `"${hexEscape(value.charCodeAt(0))}"` })),
  // V8 can take any escaped name for one that is a lone backslash: https://github.com/nodejs/node/issues/63785
  literal.filter(({ value }) => !value.includes('\\')),
);

function memberOf(value: fc.Arbitrary<WildJson>): fc.Arbitrary<WildMember> {
  return fc.tuple(space, names, space, space, value, space).map(([before, name, left, right, inside, after]) => ({
    name: name.value,
    text: `${before}${name.text}${left}:${right}${inside.text}${after}`,
    value: inside,
    indented: (depth) => `${JSON.stringify(name.value)}: ${inside.indented(depth)}`,
  }));
}

function enclosed(open: string, close: string, parts: readonly WildJson[], inside: string): WildJson {
  const spread = (depth: number): string => {
    const indent = '\n'.padEnd(2 * depth + 3);
    return `${open}${parts.map((part) => indent + part.indented(depth + 1)).join(',')}${'\n'.padEnd(2 * depth + 1)}${close}`;
  };
  return {
    text: `${open}${parts.length === 0 ? inside : parts.map((part) => part.text).join(',')}${close}`,
    indented: (depth) => (parts.length === 0 ? open + close : spread(depth)),
  };
}

const { value } = fc.letrec<{ value: WildJson; spaced: WildJson }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    word,
    text,
    fc
      .tuple(fc.array(tie('spaced'), { maxLength: 4 }), space)
      .map(([items, inside]) => enclosed('[', ']', items, inside)),
    fc
      .tuple(fc.array(memberOf(tie('value')), { maxLength: 4 }), space)
      .map(([members, inside]) => enclosed('{', '}', members, inside)),
  ),
  spaced: fc
    .tuple(space, tie('value'), space)
    .map(([before, inside, after]) => ({ text: before + inside.text + after, indented: inside.indented })),
}));

export const wildJson = value;

/** The members of an object. */
export const wildMembers = fc.array(memberOf(value), { maxLength: 5 });
