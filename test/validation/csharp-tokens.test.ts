import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csharpTokens } from '../../src/validation/csharp/tokens.ts';

/** Kinds by their first two letters, with the texts; space is left out. */
function shown(text: string): readonly string[] {
  return csharpTokens(text)
    .filter(({ kind }) => kind !== 'space')
    .map(({ kind, start, end }) => `${kind.slice(0, 2)} ${text.slice(start, end)}`);
}

describe('text literals', () => {
  test.each([
    ['"a\\"b{c}"', ['st "a\\"b{c}"']],
    ['"" ""', ['st ""', 'st ""']],
    ['@"a\\" b', ['st @"a\\"', 'id b']],
    ['@"a""b\n{c}" d', ['st @"a""b\n{c}"', 'id d']],
    ['$"a{b}c"', ['st $"a{', 'id b', 'st }c"']],
    ['$"a{{b}}c"', ['st $"a{{b}}c"']],
    ['$"{a:N2}b{c}"', ['st $"{', 'id a', 'st :N2}b{', 'id c', 'st }"']],
    ['$"{(a ? b : c)}"', ['st $"{', 'pu (', 'id a', 'pu ?', 'id b', 'pu :', 'id c', 'pu )', 'st }"']],
    ['$"{f("}")}"', ['st $"{', 'id f', 'pu (', 'st "}"', 'pu )', 'st }"']],
    ['$"{$"{a}"}"', ['st $"{', 'st $"{', 'id a', 'st }"', 'st }"']],
    ['$"{a switch { 1 => 2 }}"', ['st $"{', 'id a', 'id switch', 'pu {', 'nu 1', 'pu =>', 'nu 2', 'pu }', 'st }"']],
    ['$"{global::A.B}"', ['st $"{', 'id global', 'pu ::', 'id A', 'pu .', 'id B', 'st }"']],
    ['$@"\\{a}""{b}"', ['st $@"\\{', 'id a', 'st }""{', 'id b', 'st }"']],
    ['@$"{a}"', ['st @$"{', 'id a', 'st }"']],
    ['"""a "b" {c}""" d', ['st """a "b" {c}"""', 'id d']],
    ['"""\n "" {\n """;', ['st """\n "" {\n """', 'pu ;']],
    ['$$"""{a}{{b}}{{{c}}}"""', ['st $$"""{a}{{', 'id b', 'st }}{{{', 'id c', 'st }}}"""']],
    ["'{' '\\'' '\"'", ["ch '{'", "ch '\\''", "ch '\"'"]],
  ])('%s', (text, expected) => {
    expect(shown(text)).toEqual(expected);
  });
});

describe('what has no end', () => {
  test.each([
    ['a "b\nc', ['id a', 'st "b', 'id c']],
    ["a 'b\nc", ['id a', "ch 'b", 'id c']],
    ['a @"b\nc', ['id a', 'st @"b\nc']],
    ['a """b\nc', ['id a', 'st """b', 'id c']],
    ['a """\nc', ['id a', 'st """\nc']],
    ['a /* b\nc', ['id a', 'co /* b\nc']],
    ['$"{a; b }', ['st $"{', 'id a', 'pu ;', 'id b', 'pu }']],
    ['$"{a', ['st $"{', 'id a']],
    ['$"{a:b', ['st $"{', 'id a', 'st :b']],
  ])('%j ends with its line or the file', (text, expected) => {
    expect(shown(text)).toEqual(expected);
  });
});

describe('comments, names, numbers and directives', () => {
  test.each([
    ['a // "b\nc', ['id a', 'co // "b', 'id c']],
    ['/// <b>\n/* " */ c', ['co /// <b>', 'co /* " */', 'id c']],
    ['@class überßå _1', ['id @class', 'id überßå', 'id _1']],
    [
      '0x1F_u 1_000.5e-3m 1..2 1.ToString',
      ['nu 0x1F_u', 'nu 1_000.5e-3m', 'nu 1', 'pu .', 'pu .', 'nu 2', 'nu 1', 'pu .', 'id ToString'],
    ],
    ['a?.b ?? c == d', ['id a', 'pu ?.', 'id b', 'pu ??', 'id c', 'pu ==', 'id d']],
    ["#region Don't\na", ["di #region Don't", 'id a']],
    ['a # b', ['id a', 'pu #', 'id b']],
    [
      "#if DEBUG\nDon't {\n#else\na\n#endif\nb",
      ['di #if DEBUG', "sk Don't {", 'di #else', 'id a', 'di #endif', 'id b'],
    ],
    [
      '#define X\n#if X && !Y // Z\na\n#elif X\nb\n#endif\nc',
      ['di #define X', 'di #if X && !Y // Z', 'id a', 'di #elif X', 'sk b', 'di #endif', 'id c'],
    ],
    [
      '#if A\n #if true\n a\n #endif\n b\n#endif\nc',
      ['di #if A', 'di #if true', 'sk a', 'di #endif', 'sk b', 'di #endif', 'id c'],
    ],
    ['#if (A == false) || B\na\n#endif', ['di #if (A == false) || B', 'id a', 'di #endif']],
  ])('%j', (text, expected) => {
    expect(shown(text)).toEqual(expected);
  });
});

function expectCover(text: string): void {
  let end = 0;
  for (const token of csharpTokens(text)) {
    expect(token.start).toBe(end);
    expect(token.end).toBeGreaterThan(token.start);
    end = token.end;
  }
  expect(end).toBe(text.length);
}

const pieces = fc.array(
  fc.oneof(
    fc.constantFrom(
      '"',
      '"""',
      '@"',
      '$"',
      '$@"',
      '$$"""',
      '{',
      '}',
      '{{',
      '}}',
      ':',
      ';',
      '\\',
      "'",
      '//',
      '/*',
      '*/',
    ),
    fc.constantFrom('#if A', '#else', '#endif', '#define A', '\n', '\r\n', ' ', '\u0085', '(', ')', '$', '@', '#'),
    fc.string({ unit: 'binary', maxLength: 4 }),
  ),
  { maxLength: 40 },
);

test('tokens cover any text without overlap', () => {
  fc.assert(
    fc.property(pieces, (parts) => expectCover(parts.join(''))),
    { numRuns: 3000 },
  );
});

test.each(['$', '$"{', '"', '""" ', '@', '{', '#if A\n', '#if (', '/*', "'", 'a', 'a.', '$$$"{', '\\', '#else\n', '!'])(
  'a file of %j is read in the time of its length',
  (piece) => {
    const started = performance.now();
    expectCoverOfLong(piece.repeat(Math.floor(1_000_000 / piece.length)));
    expect(performance.now() - started).toBeLessThan(30_000);
  },
);

/** One expectation for each token would take longer than the tokens. */
function expectCoverOfLong(text: string): void {
  const tokens = csharpTokens(text);
  expect(tokens.reduce((sum, { start, end }) => sum + end - start, 0)).toBe(text.length);
}
