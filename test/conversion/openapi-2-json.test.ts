import { expect, test } from 'vitest';
import { writeOutput } from '../../src/conversion/write-output.ts';
import { converted } from '../support/converted.ts';
import { jsonText, sharedConnectors } from '../support/shared-connectors.ts';

const source = `
{"swagger": "2.0",  "info":{"title":"Pets", "version":"1","description":"d\\u0042"},
	"host":"api.pets.example","schemes":["https"], "paths":{
\t\t"/pets/{id}":{
\t\t\t"get":{"operationId":"A","summary":"A\\u0042","responses":{"200":{"description":"ok"}}},
\t\t\t"put":{
\t\t\t\t"tags": ["a",  "b", "a"],
\t\t\t\t"parameters": [
\t\t\t\t\t{"name":"sid","in":"cookie","type":"string"},
\t\t\t\t\t{"name":"id","in":"path","required":true,"type":"string","x-ms-summary":"ID"}
\t\t\t\t],
\t\t\t\t"description": "Puts.",
\t\t\t\t"responses":{"default":{"description":"ok"},"200":{"description":"ok"}}
\t\t\t}
\t\t}},
"x-big": 12345678901234567890, "x-one": 1.0
}
`;

test('JSON keeps its text but for what has to change', async () => {
  const { text, errors } = await converted(source, { name: 'openapi.json' });
  const path = `\t\t"/pets/{id}":{
\t\t\t"get":{"operationId":"A","summary":"A\\u0042","responses":{"200":{"description":"ok"}},"parameters":[{"name": "id", "in": "path", "required": true, "x-ms-summary": "ID", "type": "string", "x-ms-url-encoding": "single"}]},
\t\t\t"put":{
\t\t\t\t"operationId": "PutPetsById",
\t\t\t\t"summary": "Puts",
\t\t\t\t"tags": ["a",  "b"],
\t\t\t\t"parameters": [
\t\t\t\t\t{"name":"id","in":"path","required":true,"type":"string","x-ms-summary":"ID"}
\t\t\t\t],
`;
  expect(text.slice(text.indexOf('\t\t"/pets'), text.indexOf('\t\t\t\t"description"'))).toBe(path);
  expect(text.slice(0, text.indexOf('\t\t"/pets'))).toBe(source.slice(0, source.indexOf('\t\t"/pets')));
  expect(text.slice(text.indexOf('\t\t\t\t"description"'))).toBe(source.slice(source.indexOf('\t\t\t\t"description"')));
  expect(errors).toEqual([]);
});

test('a name that comes twice is written once', async () => {
  const twice = source.replace('"x-one"', '"x-big"');
  expect((await converted(twice)).text).not.toContain('12345678901234567890');
});

const texts = sharedConnectors().flatMap(({ name, apiDefinition }) => {
  const text = apiDefinition === '' ? undefined : jsonText(apiDefinition);
  return text === undefined ? [] : [{ name, text }];
});

test.skipIf(texts.length === 0)(
  'published connectors keep their texts, and have what the result has',
  { timeout: 120_000 },
  async () => {
    for (const { name, text } of texts) {
      const { text: result, conversion, errors } = await converted(text, { host: 'api.contoso.com' });
      expect.soft({ name, errors }).toEqual({ name, errors: [] });
      const value: unknown = JSON.parse(writeOutput(conversion.root, { compact: true }));
      expect.soft({ name, value: JSON.parse(result) as unknown }).toEqual({ name, value });
    }
  },
);
