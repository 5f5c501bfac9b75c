import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkConnector } from '../../src/validation/check.ts';
import type { ConnectorSource } from '../../src/validation/engine/connector-source.ts';
import { readExample } from '../../src/validation/engine/example.ts';
import { fixConnector } from '../../src/validation/engine/fix.ts';
import { rules } from '../../src/validation/rules.ts';

const everything = { certification: true, info: true } as const;

function sourceOf(definition: string | Uint8Array): ConnectorSource {
  const bytes = typeof definition === 'string' ? new TextEncoder().encode(definition) : definition;
  return { definition: { name: 'apiDefinition.swagger.json', bytes } };
}

/** The definition after fixing what the rules find. */
function fixed(definition: string, ...ruleIds: readonly string[]): string {
  const { source } = fixConnector(sourceOf(definition), (given) =>
    checkConnector(given, everything).filter(({ rule }) => ruleIds.length === 0 || ruleIds.includes(rule)),
  );
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(source.definition?.bytes);
}

describe('text that is no JSON', () => {
  test.each([
    ['a trailing comma', '{ "x-a": [1, 2,], }', '{ "x-a": [1, 2] }'],
    [
      'a comment behind something',
      '{\r\n  "x-a": 1, // one\r\n  "x-b": 2 /* two */\r\n}',
      '{\r\n  "x-a": 1,\r\n  "x-b": 2\r\n}',
    ],
    ['comments on lines of their own', '// 1\n/* 2\n 3 */\n{\n\t// 4\n\t"x-a": 1\n}\n', '{\n\t"x-a": 1\n}\n'],
    ['a comment between', '{ "x-a": /* one */ 1 }', '{ "x-a":  1 }'],
    ['a comment at the end', '{ "x-a": 1 } // end', '{ "x-a": 1 }'],
    ['a comma before a comment', '{ "x-a": 1, /* no more */ }', '{ "x-a": 1  }'],
    ['a byte order mark, which stays', '\uFEFF{ "x-a": 1 }\r\n', '\uFEFF{ "x-a": 1 }\r\n'],
    ['a fault behind a byte order mark', '\uFEFF{ "x-a": 1, }', '\uFEFF{ "x-a": 1 }'],
    ['what looks like one in a text', '{ "x-a": "// no, ] /* no */" }', '{ "x-a": "// no, ] /* no */" }'],
  ])('%s', (_what, text, expected) => {
    expect(fixed(text, 'json-trailing-comma', 'json-comment')).toBe(expected);
  });
});

test.each([
  ['{"info":{"desc":"Orders."}}', '{"info":{"description":"Orders."}}'],
  ['{"responses":{"Done":{"exampels":{}}}}', '{"responses":{"Done":{"examples":{}}}}'],
  // A schema has one, which is written otherwise.
  ['{"responses":{"Done":{"example":{}}}}', '{"responses":{"Done":{"example":{}}}}'],
  ['{"responses":{"Done":{"exampels":[]}}}', '{"responses":{"Done":{"exampels":[]}}}'],
  ['{"definitions":{"Pet":{"propertis":{}}}}', '{"definitions":{"Pet":{"properties":{}}}}'],
  ['{"definitions":{"Pet":{"propertis":[]}}}', '{"definitions":{"Pet":{"propertis":[]}}}'],
  // What a rule of its own says of a member.
  ['{"definitions":{"Pet":{"require":["a"]}}}', '{"definitions":{"Pet":{"required":["a"]}}}'],
  ['{"definitions":{"Pet":{"require":true}}}', '{"definitions":{"Pet":{"require":true}}}'],
  ['{"parameters":{"id":{"require":true}}}', '{"parameters":{"id":{"required":true}}}'],
  ['{"definitions":{"Pet":{"item":{}}}}', '{"definitions":{"Pet":{"items":{}}}}'],
  ['{"definitions":{"Pet":{"item":"string"}}}', '{"definitions":{"Pet":{"item":"string"}}}'],
  ['{"definitions":{"Pet":{"Type":"string"}}}', '{"definitions":{"Pet":{"type":"string"}}}'],
  ['{"definitions":{"Pet":{"Type":["string"]}}}', '{"definitions":{"Pet":{"Type":["string"]}}}'],
  ['{"definitions":{"Pet":{"maxmum":1}}}', '{"definitions":{"Pet":{"maximum":1}}}'],
  ['{"definitions":{"Pet":{"maxmum":"1"}}}', '{"definitions":{"Pet":{"maxmum":"1"}}}'],
  ['{"definitions":{"Pet":{"additionalPropertis":false}}}', '{"definitions":{"Pet":{"additionalProperties":false}}}'],
  ['{"definitions":{"Pet":{"additionalPropertis":"no"}}}', '{"definitions":{"Pet":{"additionalPropertis":"no"}}}'],
])('an unknown name is replaced where that is right: %s', (text, expected) => {
  expect(fixed(text, 'unknown-property', 'unknown-property-misspelled')).toBe(expected);
});

test.each([
  ['{"properties":{"iconBrandColour":"#da3b01"}}', '{"properties":{"iconBrandColor":"#da3b01"}}'],
  ['{"properties":{"iconBrandColour":5}}', '{"properties":{"iconBrandColour":5}}'],
  [
    '{"properties":{"connectionParameters":{"key":{"uiDefinitions":{}}}}}',
    '{"properties":{"connectionParameters":{"key":{"uiDefinition":{}}}}}',
  ],
  [
    '{"properties":{"connectionParameters":{"key":{"uiDefinitions":"Key"}}}}',
    '{"properties":{"connectionParameters":{"key":{"uiDefinitions":"Key"}}}}',
  ],
])('an unknown name in the API properties is replaced where that is right: %s', (before, after) => {
  const source = { properties: { name: 'apiProperties.json', bytes: new TextEncoder().encode(before) } };
  const { source: fixedSource } = fixConnector(source, (one) =>
    checkConnector(one, everything).filter(
      ({ rule }) => rule.endsWith('-unknown-property') || rule.endsWith('-unknown'),
    ),
  );
  expect(new TextDecoder().decode(fixedSource.properties?.bytes)).toBe(after);
});

describe('members', () => {
  const path = (parameter: string): string => `{"paths":{"/a/{id}":{"get":{"parameters":[${parameter}]}}}}`;

  test.each([
    ['minified', '{"name":"id","in":"path"}', '{"name":"id","in":"path","required":true}'],
    ['on a line', '{ "name": "id", "in": "path" }', '{ "name": "id", "in": "path", "required": true }'],
    [
      'on lines of their own',
      '{\r\n\t"name": "id",\r\n\t"in": "path"\r\n}',
      '{\r\n\t"name": "id",\r\n\t"in": "path",\r\n\t"required": true\r\n}',
    ],
    [
      'that are there',
      '{ "name": "id", "in": "path", "required": false }',
      '{ "name": "id", "in": "path", "required": true }',
    ],
  ])('are added as those beside them are written: %s', (_what, parameter, expected) => {
    expect(fixed(path(parameter), 'path-parameter-required')).toBe(path(expected));
  });

  test('two that are missing in one object are both added', () => {
    expect(fixed(path('{"name":"id","in":"path"}'), 'path-parameter-required', 'path-parameter-encoding')).toBe(
      path('{"name":"id","in":"path","required":true,"x-ms-url-encoding":"single"}'),
    );
  });

  test.each([
    ['{ "required": [], "type": "object" }', '{ "type": "object" }'],
    ['{ "type": "object", "required": [] }', '{ "type": "object" }'],
    ['{ "required": [] }', '{}'],
    ['{\n  "type": "object",\n  "required": []\n}', '{\n  "type": "object"\n}'],
  ])('that say nothing go: %s', (schema, expected) => {
    const within = (text: string): string => `{ "definitions": { "A": ${text} } }`;
    expect(fixed(within(schema), 'required-empty')).toBe(within(expected));
  });

  test('two misspelled alike do not become one', () => {
    const text = '{ "info": { "x-ms-summry": "a", "x-ms-sumary": "b" } }';
    const after = fixed(text, 'extension-misspelled');
    expect(Object.keys(JSON.parse(after).info)).toHaveLength(2);
  });
});

test('nothing is changed where nothing can be fixed, not even the bytes of the file', () => {
  const source = sourceOf(Uint8Array.from([0xef, 0xbb, 0xbf, 0xff, 0x7b]));
  const { changes, source: after } = fixConnector(sourceOf('{ "swagger": "2.0" }'), checkConnector);
  expect(changes).toEqual([]);
  expect(after.definition?.bytes).toEqual(sourceOf('{ "swagger": "2.0" }').definition?.bytes);
  expect(() => fixConnector(source, checkConnector)).not.toThrow();
});

const fixable = rules
  .flatMap(({ id, bad }) => bad.map((example) => [id, readExample(example).source] as const))
  .filter(([, source]) => checkConnector(source, everything).some(({ fix }) => fix));

test.each(fixable)('%s: its example is fixed, once and for all', (id, source) => {
  const check = (given: ConnectorSource) =>
    checkConnector(given, everything).filter((finding) => finding.rule === id && finding.fix);
  const first = fixConnector(source, check);
  expect(check(first.source)).toEqual([]);
  expect(fixConnector(first.source, check).changes).toEqual([]);
});

/** JSON of any form, with faults in the text that leave no doubt. */
const faultyJson = fc
  .tuple(
    fc.jsonValue({ maxDepth: 4 }),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom('// c\n', '/* , */', ' ', '\r\n', '\t'))),
  )
  .map(([value, insertions]) => {
    const clean = JSON.stringify({ 'x-value': value }, undefined, insertions.length % 3);
    const tokens = clean.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[\w.+-]+|\s+/gu) ?? [];
    for (const [at, text] of insertions) tokens.splice(at % (tokens.length + 1), 0, text);
    const trailing = tokens.map((token, index) =>
      /^[}\]]$/u.test(token) &&
      !/^[{[,]$/u.test(tokens.slice(0, index).findLast((one) => !/^(?:\s|\/)/u.test(one)) ?? '[')
        ? `,${token}`
        : token,
    );
    return { clean, faulty: trailing.join('') };
  });

test('comments and commas are removed, and the value stays', () => {
  fc.assert(
    fc.property(faultyJson, ({ clean, faulty }) => {
      const after = fixed(faulty, 'json-comment', 'json-trailing-comma');
      expect(JSON.parse(after)).toEqual(JSON.parse(clean));
      expect(fixed(after, 'json-comment', 'json-trailing-comma')).toBe(after);
    }),
    { numRuns: 500 },
  );
});

test('fixing any definition ends, keeps it parseable, and keeps all other content', () => {
  const names = [
    'type',
    'required',
    'properties',
    'items',
    'x-ms-sumary',
    'x-ms-visibility',
    'maxLength',
    'enum',
    'default',
    'format',
  ];
  const schema = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('string', 'Advanced', '', 'true', 3, '3', true, false, null),
      fc.constant([]),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 5 }),
    ),
  })).value;
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('A', 'B'), schema),
      fc.constantFrom(0, 2, '\t'),
      (definitions, indent) => {
        const text = JSON.stringify({ 'x-kept': ['// a', 1e30, null], definitions }, undefined, indent);
        const after = fixed(text);
        expect(JSON.parse(after)['x-kept']).toEqual(['// a', 1e30, null]);
        expect(fixed(after)).toBe(after);
      },
    ),
    { numRuns: 500 },
  );
});

test.each([
  ['2', true],
  ['2.0', true],
  ['"2"', true],
  ['" 2.0.0 "', true],
  ['"3.0.0"', false],
  ['"3.1"', false],
  ['"1.2"', false],
  ['"v2"', false],
  ['3', false],
])('the version %s is written right only if it is the same: %s', (version, isSame) => {
  const { source } = fixConnector(sourceOf(`{ "swagger": ${version} }`), checkConnector);
  const text = new TextDecoder().decode(source.definition?.bytes);
  expect(text.includes('"swagger": "2.0"')).toBe(isSame);
});

test.each([
  ['{ "a": 1\n  , "policyTemplateInstances": []\n}', '{ "a": 1\n}'],
  ['{ "a": 1,\n  "policyTemplateInstances": []\n}', '{ "a": 1\n}'],
])('a removed member takes the comma before it along: %j', (before, after) => {
  const bytes = (members: string): Uint8Array => new TextEncoder().encode(`{ "properties": ${members} }`);
  const source = { properties: { name: 'apiProperties.json', bytes: bytes(before) } };
  const { changes } = fixConnector(source, (one) => checkConnector(one, { certification: true }));
  expect(changes.map((change) => change.after)).toEqual([`{ "properties": ${after} }`]);
});
