import { describe, expect, test } from 'vitest';
import { isScript, isWholeScript } from '../../src/validation/csharp/is-script.ts';
import { petScript } from '../support/pet-store.ts';

const script = 'public class Script : ScriptBase { string s = "}"; }';

const whole = (text: string): boolean => isWholeScript(Buffer.from(text));

test.each([
  script,
  `${script}\n`,
  `#if DEBUG\n#define X\n#else\n#if X\n#endif\n#endif\n[Obsolete("x")]\npublic sealed partial ${script.slice(7)}\n// the end\n`,
  `using System;\nnamespace A {\n  ${script}\n}\n/* the end */`,
  `namespace A;\nusing B = C;\n${script};\n#region x\npublic delegate void D();\n#endregion`,
  `class A { string s = $"{1}"; string t = """{"""; string u = @"{"; /* { */ // {\n}\nclass script : ScriptBase { }\r\n`,
])('is a whole script: %s', (text) => {
  expect(whole(text)).toBe(true);
});

test.each([
  'The class Script : ScriptBase {} could not be delivered.',
  'We have no class Script : ScriptBase { }',
  '{ "class Script : ScriptBase { }": 1 }',
  `${script}\npublic class Hel`,
  `${script}\n[Obsolete("x"`,
  `${script}\n[Obsolete("x")]`,
  `${script}\n#if DEBUG\nclass B { }\n`,
  `${script}\n#if DEBUG\nclass B { }\n#if X\n#endif`,
  `${script}\n/* a comment that is cut`,
  `${script}\n/*/`,
  `${script}\n// a comment that is cu`,
  `${script}\nclass B { string s = "a`,
  `${script}\nclass B { string s = """}`,
  `${script}\n}`,
])('is none, or not all of one: %s', (text) => {
  expect(whole(text)).toBe(false);
});

test.each([`<html><pre>${script}</pre></html>`, ` \n<!-- ${script} -->`, `\uFEFF<a>\n${script}`, `${script}\0\0`])(
  'is no script, as it would not be one when it is read back: %j',
  (text) => {
    expect(isScript(Buffer.from(text))).toBe(false);
  },
);

describe('a script', () => {
  const bytes = Buffer.from(petScript());
  test('is whole, and cut anywhere inside its code it is not', () => {
    expect([isScript(bytes), isWholeScript(bytes)]).toEqual([true, true]);
    const end = bytes.toString().trimEnd().length;
    for (let length = 0; length < end; length += 1) expect(isWholeScript(bytes.subarray(0, length))).toBe(false);
  });
});
