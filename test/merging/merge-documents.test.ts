import { expect, test } from 'vitest';
import { mergeDocuments } from '../../src/merging/merge-documents.ts';

const raw = (text: string) => ({ text });

function merge(base: string, ours: string, theirs: string, side?: 'ours' | 'theirs') {
  const { text, conflicts } = mergeDocuments({ base: raw(base), ours: raw(ours), theirs: raw(theirs) }, side);
  return { text, conflicts: conflicts.map(({ pointer }) => pointer) };
}

test.each<readonly [what: string, base: string, ours: string, theirs: string, merged: string]>([
  ['members of both sides', '{"a":1}', '{"a":1,"b":2}', '{"a":1,"c":3}', '{"a":1,"c":3,"b":2}'],
  ['a member that goes', '{"a":1,"b":2}', '{ "a": 1, "b": 2 }', '{"b":2}', '{ "b": 2 }'],
  ['the last member that goes', '{"a":1,"b":2}', '{ "a": 1, "b": 2 }', '{"a":1}', '{ "a": 1 }'],
  ['all members that go', '{"a":{"b":1}}', '{"a": { "b": 1 }}', '{"a":{}}', '{"a": {}}'],
  ['a value in place', '{"a":1,"b":[1]}', '{\t"a" : 1.0 ,"b":[ 1 ]}', '{"a":2,"b":[1]}', '{\t"a" : 2 ,"b":[ 1 ]}'],
  ['numbers of another form', '{"a":1}', '{"a":1.0}', '{"a":1e0}', '{"a":1.0}'],
])('%s', (_what, base, ours, theirs, merged) => {
  expect(merge(base, ours, theirs)).toEqual({ text: merged, conflicts: [] });
});

const laidOut = `{
    "parameters": [
        { "name": "a", "in": "query" },
        {
            "name": "b", "in": "query"
        }
    ],
    "tags": ["x",  "y"],
    "none": {}
}
`;

test('added members have the format of their neighbors', () => {
  const theirs = JSON.stringify({
    parameters: [
      { name: 'new', in: 'path', schema: { type: 'string', enum: ['é'] } },
      { name: 'a', in: 'query', type: 'string' },
      { name: 'b', in: 'query' },
    ],
    tags: ['z', 'x', 'y'],
    none: { one: [] },
  });
  expect(merge(laidOut, laidOut, theirs)).toEqual({
    conflicts: [],
    text: `{
    "parameters": [
        {
            "name": "new",
            "in": "path",
            "schema": {
                "type": "string",
                "enum": [
                    "é"
                ]
            }
        },
        { "name": "a", "in": "query", "type": "string" },
        {
            "name": "b", "in": "query"
        }
    ],
    "tags": ["z",  "x",  "y"],
    "none": {
        "one": []
    }
}
`,
  });
});

const parameters = (...items: readonly string[]): string => `{"parameters":[${items.join(',')}]}`;
const one = '{"name":"one","in":"query"}';
const two = '{"name":"two","in":"query"}';

test.each<readonly [what: string, base: string, ours: string, theirs: string, merged: string]>([
  [
    'a parameter changed here and moved there',
    parameters(one, two),
    parameters('{"name":"one","in":"query","type":"string"}', two),
    parameters(two, one),
    parameters(two, '{"name":"one","in":"query","type":"string"}'),
  ],
  ['parameters added on both sides', parameters(), parameters(one), parameters(two), parameters(two, one)],
  [
    'sets',
    '{"required":["a","b"]}',
    '{"required":["b","c"]}',
    '{"required":["d","a","b"]}',
    '{"required":["d","b","c"]}',
  ],
  [
    'items without names',
    '{"x":[[1],[2],[3]]}',
    '{"x":[[1],[2],[4]]}',
    '{"x":[[0],[1],[2,2],[3]]}',
    '{"x":[[0],[1],[2,2],[4]]}',
  ],
  ['the same item added on both sides', '{"x":[1]}', '{"x":[1,2]}', '{"x":[1,2,3]}', '{"x":[1,2,3]}'],
])('%s', (_what, base, ours, theirs, merged) => {
  const { text, conflicts } = merge(base, ours, theirs);
  expect({ value: JSON.parse(text), conflicts }).toEqual({ value: JSON.parse(merged), conflicts: [] });
});

test.each<readonly [what: string, base: string, ours: string, theirs: string, pointers: readonly string[]]>([
  ['two values', '{"a":1,"b":1}', '{"a":2,"b":1}', '{"a":3,"b":1}', ['/a']],
  ['a value that goes', '{"a":{"b":1}}', '{}', '{"a":{"b":2}}', ['/a']],
  [
    'a value of an item',
    parameters(one),
    parameters(one.replace('}', ',"x":1}')),
    parameters(one.replace('}', ',"x":2}')),
    ['/parameters/0/x'],
  ],
  ['the order', '{"enum":[1,2,3]}', '{"enum":[2,1,3]}', '{"enum":[3,1,2]}', ['/enum']],
  [
    'a reference and what it referred to',
    '{"schema":{"type":"string"}}',
    '{"schema":{"$ref":"#/definitions/A"}}',
    '{"schema":{"type":"string","title":"x"}}',
    ['/schema'],
  ],
  ['the document', '1', '2', '3', ['']],
])('a conflict in %s', (_what, base, ours, theirs, pointers) => {
  const texts = [ours, theirs].map((text) => JSON.parse(text) as unknown);
  expect(merge(base, ours, theirs).conflicts).toEqual(pointers);
  expect(merge(base, theirs, ours).conflicts).toEqual(pointers);
  const decided = [merge(base, ours, theirs, 'ours'), merge(base, ours, theirs, 'theirs')];
  expect(decided.map(({ text }) => JSON.parse(text) as unknown)).toEqual(texts);
});

test('conflict markers enclose both values, each with its commas', () => {
  const base = '{\n  "a": 1,\n  "b": {"c": 1},\n  "d": 1\n}\n';
  const ours = base.replace('"a": 1', '"a": 2').replace('"d": 1', '"d": 2');
  const theirs = '{"a":3,"b":{"c":1}}';
  expect(merge(base, ours, theirs).text).toBe(`{
<<<<<<< local
  "a": 2,
=======
  "a": 3,
>>>>>>> environment
  "b": {"c": 1}
<<<<<<< local
  , "d": 2
=======
>>>>>>> environment
}
`);
});
