import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import SwaggerParser from '@apidevtools/swagger-parser';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { converted } from '../support/converted.ts';
import { forgotten } from '../support/source-coverage.ts';
import { misplaced } from '../support/misplaced-entries.ts';

const root = fileURLToPath(new URL('../../node_modules/@readme/oas-examples/', import.meta.url));

/** Documents of OpenAPI 3 by their path without ending. */
const documents = ['3.0', '3.1'].flatMap((version) =>
  readdirSync(`${root}${version}/json`)
    .filter((file) => file.endsWith('.json') && existsSync(`${root}${version}/yaml/${file.replace('.json', '.yaml')}`))
    .map((file) => [version, file.replace('.json', '')] as const),
);

function read(version: string, form: 'json' | 'yaml', name: string): string {
  return readFileSync(`${root}${version}/${form}/${name}.${form}`, 'utf8');
}

/** Some of them say where the API is by a path only. */
const options = { sourceUrl: 'https://api.example/openapi.json' };

// One has nothing but webhooks, which a connector cannot have.
const convertible = documents.filter(([, name]) => name !== 'webhooks');

test.each(convertible)('%s/%s becomes a definition without errors that is valid OpenAPI 2.0', async (version, name) => {
  const { definition, errors } = await converted(read(version, 'json', name), options);
  expect(errors.map(({ rule, pointer }) => `${rule} ${pointer}`)).toEqual([]);
  await expect(SwaggerParser.validate(JSON.parse(JSON.stringify(definition)))).resolves.toBeDefined();
});

// Some twins differ in what they say.
const twins = documents.filter(
  ([version, name]) =>
    JSON.stringify(parse(read(version, 'yaml', name))) === JSON.stringify(JSON.parse(read(version, 'json', name))),
);

test.each(twins)('%s/%s is the same as YAML', async (version, name) => {
  const [json, yaml] = [read(version, 'json', name), read(version, 'yaml', name)];
  const [ofJson, ofYaml] = [await converted(json, options), await converted(yaml, options)];
  // Twins may have response codes in another order.
  expect(JSON.stringify(JSON.parse(ofYaml.text || '{}'))).toEqual(JSON.stringify(JSON.parse(ofJson.text || '{}')));
  expect(ofYaml.entries.map(({ rule, pointer }) => `${rule} ${pointer}`).toSorted()).toEqual(
    ofJson.entries.map(({ rule, pointer }) => `${rule} ${pointer}`).toSorted(),
  );
});

describe.each(['json', 'yaml'] as const)('as %s', (form) => {
  test.each(documents)('%s/%s has each value in the result or in the report, with its place', async (version, name) => {
    const text = read(version, form, name);
    const { conversion, entries } = await converted(text, options);
    expect(forgotten(conversion)).toEqual([]);
    expect(misplaced(entries, text)).toEqual([]);
  });
});
