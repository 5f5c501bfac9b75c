import { describe, expect, test } from 'vitest';
import { apiDefinitionSchema } from '../../src/connector/api-definition.ts';
import { apiPropertiesSchema } from '../../src/connector/api-properties.ts';
import { connectorPayload, type PayloadSource } from '../../src/connector/payload.ts';
import { JsonDocument } from '../../src/json/document.ts';

const smallDefinition = '{"swagger": "2.0", "info": {"title": "Pets", "description": "Sells."}, "host": "h"}';

interface Texts extends Partial<Pick<PayloadSource, 'displayName' | 'iconUri' | 'scriptUri'>> {
  readonly definition?: string;
  readonly properties?: string;
}

/** The text of the body. */
function body({ definition = smallDefinition, properties = '{"properties": {}}', ...uploads }: Texts = {}): string {
  return connectorPayload({
    ...uploads,
    apiDefinition: JsonDocument.parse(definition, apiDefinitionSchema, 'definition'),
    apiProperties: JsonDocument.parse(properties, apiPropertiesSchema, 'properties'),
    environment: 'Default-1',
  }).text;
}

/** The members of `properties` in the body, in order. */
function members(text: string): [name: string, value: unknown][] {
  return Object.entries(apiPropertiesSchema.parse(JSON.parse(text)).properties);
}

describe('the body of a request', () => {
  test('adds its members in the order of paconn behind those of the file', () => {
    const text = body({
      properties: '{"properties": {"iconBrandColor": "#fff", "capabilities": []}}',
      displayName: 'Pets',
      iconUri: 'https://blobs/icon.png?sig=x',
      scriptUri: 'https://blobs/script.csx?sig=x',
    });
    expect(members(text)).toEqual([
      ['iconBrandColor', '#fff'],
      ['capabilities', []],
      ['openApiDefinition', JSON.parse(smallDefinition)],
      ['backendService', { serviceUrl: '//h' }],
      ['environment', { name: 'Default-1' }],
      ['displayName', 'Pets'],
      ['description', 'Sells.'],
      ['iconUri', 'https://blobs/icon.png?sig=x'],
      ['scriptDefinitionUrl', 'https://blobs/script.csx?sig=x'],
    ]);
  });

  test('has no name for an existing connector', () => {
    expect(members(body()).map(([name]) => name)).toEqual([
      'openApiDefinition',
      'backendService',
      'environment',
      'description',
      'scriptDefinitionUrl',
    ]);
  });

  test('replaces the value of an existing key in its place', () => {
    const text = body({
      properties: `{"properties": {
        "scriptDefinitionUrl": "old", "description": {"odd": 1}, "displayName": "old", "environment": {"name": "old", "id": 5},
        "publisher": "Contoso", "openApiDefinition": "old", "backendService": null
      }}`,
      displayName: 'Pets',
    });
    expect(members(text)).toEqual([
      ['scriptDefinitionUrl', ''],
      ['description', 'Sells.'],
      ['displayName', 'Pets'],
      ['environment', { name: 'Default-1' }],
      ['publisher', 'Contoso'],
      ['openApiDefinition', JSON.parse(smallDefinition)],
      ['backendService', { serviceUrl: '//h' }],
    ]);
  });

  test('keeps the name in the file if none is passed', () => {
    expect(body({ properties: '{"properties": {"displayName": "Own"}}' })).toContain('"displayName": "Own"');
  });

  test('keeps the icon URL of the file when no icon is given', () => {
    const properties = '{"properties": {"iconUri": "https://file/icon.png"}}';
    expect(body({ properties })).toContain('"iconUri": "https://file/icon.png"');
    expect(body({ properties, iconUri: 'https://new' })).toContain('"iconUri": "https://new"');
  });

  test.each([
    ['no description', '{"info": {"title": "Pets"}}'],
    ['null for a description', '{"info": {"description": null}}'],
    ['no info', '{}'],
    ['null for info', '{"info": null}'],
  ])('has an empty description for a definition with %s', (_what, definition) => {
    expect(members(body({ definition })).find(([name]) => name === 'description')).toEqual(['description', '']);
  });

  test('sends quotes, line ends, and all characters unchanged', () => {
    const description = 'Say "hi"\\\r\n\u2028\u0007 日本 😀 \u007f';
    const definition = JSON.stringify({ info: { description } });
    expect(members(body({ definition }))).toContainEqual(['description', description]);
  });
});

describe('the text of the files is sent unchanged:', () => {
  const oddities = [
    ['integer-like names in their order', '{"10": "ten", "9": "nine", "a": {"2": [], "1": {}}}'],
    [
      '64-bit integers',
      '[9007199254740993, -9223372036854775808, 18446744073709551615, 123456789012345678901234567890]',
    ],
    ['numbers with a fraction of zero, and exponents', '[1.0, 1e3, 1E+3, -0.0, 0.10, 1.0e-10, 1e400]'],
    ['escapes', String.raw`{"caf\u00e9": "\u0041\/\b\f\n\r\t\"\\ \ud83d\ude00 \ud800"}`],
    ['a name that is there twice', '{"twice": 1, "twice": 2}'],
    ['line ends of Windows', '{\r\n\t"a" :\t1 ,\r\n  "b":[ ]\r\n}'],
    ['names with a meaning to JavaScript', '{"__proto__": {"x": 1}, "constructor": 2, "toString": 3}'],
    ['letters beyond ASCII', '{"日本": "é e\u0301 😀 \u2028"}'],
  ] as const;

  test.each(oddities)('%s in the definition', (_what, text) => {
    const definition = `{ "info": {"title": "Pets"},\r\n "x-odd": ${text} } `;
    expect(body({ definition })).toContain(`"openApiDefinition": ${definition}`);
  });

  test.each(oddities)('%s in the properties', (_what, text) => {
    const start = `{ "$schema": ${text},\r\n "properties" : {"x-odd": ${text},\r\n\t"capabilities" : [ 1.0 ]`;
    const end = '\r\n}, "x-root": null }\r\n';
    const sent = body({ properties: start + end });
    expect(sent.slice(0, start.length)).toBe(start);
    expect(sent.slice(-end.length)).toBe(end);
  });

  test('members beside the properties stay', () => {
    const properties = '{"$schema": "https://contoso.example/schema.json", "properties": {}, "x-note": [1]}';
    const { properties: _properties, ...root } = apiPropertiesSchema.parse(JSON.parse(body({ properties })));
    expect(root).toEqual({ $schema: 'https://contoso.example/schema.json', 'x-note': [1] });
  });

  test('of members with the same name the last one counts', () => {
    const sent = body({
      properties: '{"properties": {"publisher": "lost"}, "properties": {"iconUri": 1, "iconUri": 2, "publisher": "p"}}',
      iconUri: 'new',
    });
    expect(new Map(members(sent))).toEqual(
      new Map(members(body({ properties: '{"properties": {"publisher": "p", "iconUri": "new"}}' }))),
    );
  });
});

describe('API properties', () => {
  test.each([
    ['null for connection parameters and sets', { connectionParameters: null, connectionParameterSets: null }],
    ['a set without parameters', { connectionParameterSets: { values: [{ name: 'open' }] } }],
    ['members nobody knows', { 'x-unknown': [1] }],
    ['nothing in them', {}],
  ])('with %s are read', (_what, properties) => {
    expect(apiPropertiesSchema.safeParse({ properties }).success).toBe(true);
  });

  test.each([
    ['without `properties`', {}],
    ['with null for it', { properties: null }],
    ['with a list for it', { properties: [] }],
    ['with a text for the connection parameters', { properties: { connectionParameters: 'token' } }],
    ['with sets that are no list', { properties: { connectionParameterSets: { values: {} } } }],
  ])('%s are refused', (_what, document) => {
    expect(apiPropertiesSchema.safeParse(document).success).toBe(false);
  });
});
