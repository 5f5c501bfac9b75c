import { describe, expect, test } from 'vitest';
import { colouredJson, colouredYaml } from '../../src/output/coloured.ts';

const styled = (pieces: ReturnType<typeof colouredJson>): readonly unknown[] =>
  pieces.flatMap(({ text, style }) => (style === undefined ? [] : [[style, text]]));

describe('JSON', () => {
  test('names, texts and other values differ', () => {
    const json = '{\n  "na\\"me": "a: \\"true\\", 1\\\\",\n  "b": [true, -2.5e3, null, ""]\n}';
    const pieces = colouredJson(json);
    expect(pieces.map(({ text }) => text).join('')).toBe(json);
    expect(styled(pieces)).toEqual([
      ['info', '"na\\"me":'],
      ['good', '"a: \\"true\\", 1\\\\"'],
      ['info', '"b":'],
      ['warning', 'true'],
      ['warning', '-2.5e3'],
      ['warning', 'null'],
      ['good', '""'],
    ]);
  });

  test('a text may have any length', () => {
    const text = JSON.stringify('x"'.repeat(8_000_000));
    expect(colouredJson(text).map((piece) => piece.text.length)).toEqual([0, text.length, 0]);
  });
});

describe('YAML', () => {
  test('names stand out', () => {
    const yaml = 'a: b\nc d:\n  - "e: \\"f": "g: h"\n  - "i: j"\n  - k: 1';
    const pieces = colouredYaml(yaml);
    expect(pieces.map(({ text }) => text).join('')).toBe(yaml);
    expect(styled(pieces)).toEqual([
      ['info', 'a:'],
      ['info', 'c d:'],
      ['info', '  - "e: \\"f":'],
      ['info', '  - k:'],
    ]);
  });

  test('a text may have any length', () => {
    const text = `- ${JSON.stringify('x'.repeat(16_000_000))}`;
    expect(colouredYaml(text).map((piece) => piece.text.length)).toEqual([text.length]);
  });
});
