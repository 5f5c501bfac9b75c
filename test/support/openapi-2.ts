import SwaggerParser from '@apidevtools/swagger-parser';
import { expect } from 'vitest';
import { type Converted, converted } from './converted.ts';
import { forgotten } from './source-coverage.ts';

/** An operation of OpenAPI 2.0 with something wrong. */
export interface Kind {
  readonly path?: string;
  /** Of the path, and of the operation. */
  readonly shared?: readonly unknown[];
  readonly parameters?: readonly unknown[];
  readonly responses?: unknown;
  readonly rest?: object;
  /** What the report says about it. */
  readonly entry: string;
}

export const text = { type: 'string', 'x-ms-summary': 'Text' };
export const body = { name: 'body', in: 'body', schema: { type: 'object' } };
export const connectionId = { ...text, name: 'connectionId' };

/** A body with a property that has this schema. */
export function ofSchema(schema: object): object {
  return { ...body, schema: { type: 'object', properties: { inside: schema } } };
}

/** A document of OpenAPI 2.0 with one operation that has these members, and with these members of its own. */
export function openApi2(operation: object = {}, rest: object = {}): object {
  const common = { operationId: 'A', summary: 'A', responses: { 200: { description: 'OK' } } };
  return {
    swagger: '2.0',
    info: { title: 'Pets', version: '1', description: 'Pets.' },
    host: 'api.pets.example',
    schemes: ['https'],
    paths: { '/a': { post: { ...common, ...operation } } },
    ...rest,
  };
}

/** Checks that what a kind has wrong is repaired or reported, however the document is laid out. */
export async function expectRepaired(kind: Kind): Promise<void> {
  const { path = '/a', shared, parameters, rest, entry } = kind;
  const responses = 'responses' in kind ? kind.responses : { 200: { description: 'OK' } };
  const document = openApi2(
    {},
    {
      parameters: { C: { ...connectionId, in: 'query' }, S: { name: 's', in: 'query', schema: { type: 'string' } } },
      definitions: { D: { type: 'object', properties: { a: text } } },
      securityDefinitions: { key: { type: 'apiKey', name: 'X-Key', in: 'header' } },
      paths: {
        '/Other': { post: { operationId: 'Other', summary: 'Other', responses: { 200: { description: 'OK' } } } },
        [path]: { parameters: shared, post: { operationId: 'A', summary: 'A', ...rest, parameters, responses } },
      },
    },
  );
  for (const indent of [0, 2]) await expectEntry(JSON.stringify(document, undefined, indent), entry);
}

/** Checks that a document becomes a valid one, with everything in it or in the report, which has this entry. */
export async function expectEntry(document: string, entry: string): Promise<Converted> {
  const result = await converted(document);
  const { conversion, definition, errors, rules } = result;
  expect(errors).toEqual([]);
  expect(rules).toContain(entry);
  expect(forgotten(conversion)).toEqual([]);
  await expect(SwaggerParser.validate(JSON.parse(JSON.stringify(definition)))).resolves.toBeDefined();
  return result;
}
