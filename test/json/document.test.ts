import type { JsonPath } from '../../src/json/pointer.ts';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { FileError } from '../../src/errors.ts';
import { indented, JsonDocument, toJson, toJsonObject } from '../../src/json/document.ts';
import { type WildMember, wildJson, wildMembers } from './wild-json.ts';

function documentOf(text: string): JsonDocument {
  return JsonDocument.parse(text, z.unknown(), 'a.json');
}

function withMembers(text: string, path: JsonPath, members: Readonly<Record<string, string>>): string {
  const raw = Object.entries(members).map(([name, value]) => [name, { text: value }] as const);
  return documentOf(text).withMembers(path, Object.fromEntries(raw)).text;
}

/** Documents that hold an object somewhere inside, and the way to it. */
const surroundings = fc.constantFrom<readonly [before: string, after: string, path: JsonPath]>(
  ['', '', []],
  [' \r\n', '\n', []],
  ['{"x": 1.0, "p": ', ' , "y": 1e3}', ['p']],
  ['{"p": 1, "\\u0070": [9007199254740993, {"q": [[], ', ' ]}]}', ['p', 1, 'q', 1]],
);

const names = fc.constantFrom('a', 'b', '10', '__proto__', '', 'new');

function objectText(members: readonly WildMember[]): string {
  return `{${members.map(({ text }) => text).join(',')}}`;
}

function own(value: unknown, name: string | number): unknown {
  return value instanceof Object ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
}

/** The object at the path, as JSON.parse sees it. */
function objectAt(text: string, path: JsonPath): unknown {
  return path.reduce((value: unknown, step) => own(value, step), JSON.parse(text));
}

describe('setting members', () => {
  test.each([
    ['into an empty object', '{}', { a: '1' }, '{"a": 1}'],
    ['into an empty object with white space', '{ \n }', { a: '1' }, '{"a": 1 \n }'],
    ['behind the others, in order', '{"x": 1}', { b: '2', a: '[3]' }, '{"x": 1, "b": 2, "a": [3]}'],
    ['in the place of the old value', '{"a" : 1 ,\n"b": 2}', { a: '"new"' }, '{"a" : "new" ,\n"b": 2}'],
    ['partly old, partly new', '{"a": 1, "b": 2}', { c: '3', b: '4' }, '{"a": 1, "b": 4, "c": 3}'],
    ['over the last of two of the same name', '{"a": 1, "a": 2}', { a: '3' }, '{"a": 1, "a": 3}'],
    ['over a name that is written with escapes', '{"\\u0061": 1}', { a: '3' }, '{"\\u0061": 3}'],
    ['with a name that needs escapes', '{}', { 'a"\n': '1' }, '{"a\\"\\n": 1}'],
  ])('%s', (_what, text, members, expected) => {
    expect(withMembers(text, [], members)).toBe(expected);
  });

  test('without changes keeps the text', () => {
    expect(withMembers('{ "a" :1.0 }', [], {})).toBe('{ "a" :1.0 }');
  });

  test('makes them readable', () => {
    const schema = z.looseObject({ a: z.number() });
    const changed = JsonDocument.parse('{"a": 1}', schema, 'a.json').withMembers([], { a: toJson(2), b: toJson('x') });
    expect(changed.value).toEqual({ a: 2, b: 'x' });
    expect(changed.withMembers([], { a: toJson(3) }).value).toEqual({ a: 3, b: 'x' });
  });

  test('leave the original document unchanged', () => {
    const before = documentOf('{"a": 1}');
    before.withMembers([], { a: toJson(2) });
    expect([before.text, before.value]).toEqual(['{"a": 1}', { a: 1 }]);
  });

  test.each([
    ['a list', '[]', []],
    ['a text', '{"a": "x"}', ['a']],
    ['nothing', '{"a": {}}', ['b']],
    ['a list, by name', '{"a": [{}]}', ['a', '0']],
    ['an object, by number', '{"0": {}}', [0]],
    ['beyond the end of a list', '[{}]', [1]],
  ])('where there is no object but %s are a mistake of ours', (_what, text, path) => {
    expect(() => documentOf(text).withMembers(path, { a: toJson(1) })).toThrow(TypeError);
  });

  test('change only their values and no other character, in any document', () => {
    const added = fc.uniqueArray(fc.tuple(names, wildJson), { selector: ([name]) => name, maxLength: 4 });
    fc.assert(
      fc.property(surroundings, wildMembers, added, ([before, after, path], members, set) => {
        const given = Object.fromEntries(set.map(([name, { text }]) => [name, text]));
        const result = withMembers(before + objectText(members) + after, path, given);

        const order = Object.keys(given);
        const there = members.map(({ name, text, value }, index) => {
          const isEffective = members.findLastIndex((other) => other.name === name) === index;
          if (!isEffective || !order.includes(name)) return text;
          // The value is the last that stands in the text of a member, save for white space.
          const start = text.lastIndexOf(value.text);
          return text.slice(0, start) + given[name] + text.slice(start + value.text.length);
        });
        const missing = order.filter((name) => members.every((member) => member.name !== name));
        const appended = missing.map((name) => `${JSON.stringify(name)}: ${given[name]}`).join(', ');
        // What is added stands right behind the last value.
        const tail = /\s*$/u.exec(there.at(-1) ?? '')?.[0] ?? '';
        const kept = there.join(',');
        const inside = kept.slice(0, kept.length - tail.length) + (kept && appended ? ', ' : '') + appended + tail;
        expect(result).toBe(`${before}{${inside}}${after}`);

        const changed = objectAt(result, path);
        for (const name of order) expect(own(changed, name)).toEqual(JSON.parse(given[name] ?? ''));
        const original = objectAt(before + objectText(members) + after, path);
        const others = members.filter(({ name }) => !order.includes(name));
        for (const { name } of others) expect(own(changed, name)).toEqual(own(original, name));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('a member that is taken out', () => {
  test.each([
    ['alone', '{ "a": 1 }', ['a'], '{  }'],
    ['at the beginning', '{"a": 1, "b": 2.0}', ['a'], '{"b": 2.0}'],
    ['at the end', '{"b": 2.0,\n  "a": 1\n}', ['a'], '{"b": 2.0\n}'],
    ['in the middle', '{"b": 1e3, "a": 1, "c": [ ]}', ['a'], '{"b": 1e3, "c": [ ]}'],
    ['twice', '{"a": 1, "b": 2, "\\u0061": 3}', ['a'], '{"b": 2}'],
    ['deep inside', '[{"x": {"a": 1, "b": 2}}]', [0, 'x', 'a'], '[{"x": {"b": 2}}]'],
  ])('%s', (_what, text, path, expected) => {
    expect(documentOf(text).without(path).text).toBe(expected);
  });

  test.each([
    ['no such member', '{"b": 1}', ['a']],
    ['no object', '[1]', ['a']],
    ['no way there', '{"b": 1}', ['x', 'a']],
    ['an empty object', '{}', ['a']],
    ['a member of that name further inside', '{"b": {"a": 1}}', ['a']],
  ])('is the same document where there is %s', (_what, text, path) => {
    const document = documentOf(text);
    expect(document.without(path)).toBe(document);
  });

  test('is gone however often it was there, and the others are there to the letter, in any document', () => {
    fc.assert(
      fc.property(surroundings, wildMembers, names, ([before, after, path], members, name) => {
        const text = before + objectText(members) + after;
        const result = documentOf(text).without([...path, name]).text;

        const kept = members.filter((member) => member.name !== name);
        const start = /^\s*/u.exec(members[0]?.text ?? '')?.[0] ?? '';
        const end = /\s*$/u.exec(members.at(-1)?.text ?? '')?.[0] ?? '';
        const inside = start + kept.map((member) => member.text.trim()).join(', ') + end;
        expect(result).toBe(kept.length === members.length ? text : `${before}{${inside}}${after}`);

        const [changed, original] = [objectAt(result, path), objectAt(text, path)];
        expect(own(changed, name)).toBeUndefined();
        for (const member of kept) expect(own(changed, member.name)).toEqual(own(original, member.name));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the text of a value', () => {
  test.each([
    ['of a member', '{"a": 1.0 }', ['a'], '1.0'],
    ['of an element', '[0, [ 1e3 ]]', [1], '[ 1e3 ]'],
    ['of the last of two members of the same name', '{"a": 1, "a": {"b": 2}}', ['a', 'b'], '2'],
    ['of the whole document', ' {"a": 1}\n', [], '{"a": 1}'],
    ['of a name that JavaScript knows too', '{"__proto__": 1, "b": 2}', ['__proto__'], '1'],
    ['of a name written with escapes', '{"\\u0061": 64}', ['a'], '64'],
  ])('%s', (_what, text, path, expected) => {
    expect(documentOf(text).at(path)?.text).toBe(expected);
  });

  test.each([
    ["a name that doesn't exist", '{"a": 1}', ['b']],
    ['a name that only JavaScript knows', '{"a": 1}', ['toString']],
    ['a name in a list', '[1]', ['length']],
    ['a number in an object', '{"0": 1}', [0]],
    ['a way through a number', '{"a": 1}', ['a', 'b']],
    ['a number beyond the end', '[1]', [1]],
  ])('is undefined for %s', (_what, text, path) => {
    expect(documentOf(text).at(path)).toBeUndefined();
  });
});

describe('a document is read', () => {
  test('by a schema, whose error names the file', () => {
    const schema = z.object({ a: z.object({ b: z.number() }) });
    expect(() => JsonDocument.parse('{"a": {"b": "x"}}', schema, 'my file.json')).toThrow(
      new FileError("my file.json: 'a.b' must be a number, not a string."),
    );
  });

  test('with its text to the letter', () => {
    const text = ' {"b": 9007199254740993, "10": 1.0,\r\n"9": "\\u00e9" }\r\n';
    expect(documentOf(text).text).toBe(text);
  });
});

describe('a document that is indented', () => {
  test.each([
    ['an empty object', '{ \n }', '{}'],
    ['an empty list', '[ ]', '[]'],
    ['empty ones inside', '{"a":{},"b":[[],{}]}', '{\n  "a": {},\n  "b": [\n    [],\n    {}\n  ]\n}'],
    ['a lone number', ' 1.0 ', '1.0'],
    [
      'numbers as they are written',
      '[1.0,1E+3,-0,9007199254740993]',
      '[\n  1.0,\n  1E+3,\n  -0,\n  9007199254740993\n]',
    ],
    ['integer-like names in their order', '{"10":1,"9":2}', '{\n  "10": 1,\n  "9": 2\n}'],
    ['a name that is there twice', '{"a":1,"a":2}', '{\n  "a": 1,\n  "a": 2\n}'],
    ['escapes that are not needed', String.raw`["\u00e9\/\u65e5\ud83d\ude00"]`, '[\n  "é/日😀"\n]'],
    [
      'escapes that are needed',
      String.raw`["\u0022\u005c\u000a\u0001\ud800"]`,
      String.raw`["\"\\\n\u0001\ud800"]`.replace('[', '[\n  ').replace(']', '\n]'),
    ],
    ['brackets and commas in texts', '["[,]","{:}"]', '[\n  "[,]",\n  "{:}"\n]'],
  ])('has %s', (_what, text, expected) => {
    expect(indented({ text })).toBe(expected);
  });

  test('is what JSON.stringify makes of its value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = JSON.stringify(value);
        expect(indented({ text })).toBe(JSON.stringify(value, null, 2));
      }),
      { numRuns: 1000 },
    );
  });

  test('keeps its values, and stays the same when it is indented again', () => {
    fc.assert(
      fc.property(wildJson, (json) => {
        const text = indented(json);
        expect(text).toBe(json.indented(0));
        expect(JSON.parse(text)).toEqual(JSON.parse(json.text));
        expect(indented({ text })).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });
});

test('an object is made of texts in order, also when names look like integers', () => {
  const members = [
    ['10', { text: '1.0' }],
    ['9', { text: '[ ]' }],
    ['a"', { text: '"x"' }],
  ] as const;
  expect(toJsonObject(members).text).toBe('{"10":1.0,"9":[ ],"a\\"":"x"}');
  expect(toJsonObject([]).text).toBe('{}');
});

test('changing several members at once equals changing them one by one', () => {
  const memberList = fc.array(wildMembers, { maxLength: 3 }).map((lists) => lists.flat());
  const values = fc.uniqueArray(fc.tuple(names, fc.constantFrom('1', '[{}]', undefined)), {
    selector: ([name]) => name,
  });
  fc.assert(
    fc.property(surroundings, memberList, values, ([before, after, path], members, changed) => {
      const document = documentOf(`${before}${objectText(members)}${after}`);
      const changes = changed.map(([name, text]) => ({
        path: [...path, name],
        value: text === undefined ? undefined : { text },
      }));
      const oneByOne = changes.reduce(
        (left, { path: at, value }) =>
          value ? left.withMembers(path, Object.fromEntries([[String(at.at(-1)), value]])) : left.without(at),
        document,
      );
      expect(JSON.parse(document.withEach(changes).text)).toEqual(JSON.parse(oneByOne.text));
    }),
    { numRuns: 1000 },
  );
});

test("changing a member of a value that isn't an object changes nothing", () => {
  const document = documentOf('{"a": [1]}');
  expect(document.withEach([{ path: ['a', 'b'], value: toJson(1) }]).text).toBe('{"a": [1]}');
});
