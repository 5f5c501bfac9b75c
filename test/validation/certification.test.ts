import { describe, expect, test } from 'vitest';
import { checkConnector } from '../../src/validation/check.ts';
import { readExample } from '../../src/validation/engine/example.ts';
import type { Example } from '../../src/validation/engine/rule.ts';
import { isPolicyCode, policies, policyOf, rulesOf } from '../../src/validation/knowledge/policies.ts';
import { rulesById } from '../../src/validation/rules.ts';

/** What certification says of an example about these rules. */
function certified(
  example: Example,
  ...ids: readonly string[]
): readonly (readonly [string, string, string | undefined])[] {
  return checkConnector(readExample(example).source, { certification: true })
    .filter(({ rule }) => ids.includes(rule))
    .map(({ rule, level, policy }) => [rule, level, policy] as const);
}

describe('policies', () => {
  test('have codes of their own, and rules that exist', () => {
    const codes = policies.map(({ code }) => code);
    expect(codes.filter((code) => !isPolicyCode(code))).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
    expect(policies.flatMap(rulesOf).filter((id) => !rulesById.has(id))).toEqual([]);
  });

  test('are seen in files or elsewhere', () => {
    expect(policies.filter((policy) => rulesOf(policy).length === 0 && policy.elsewhere === undefined)).toEqual([]);
  });

  test('of a rule: the narrower one, not that of the validator', () => {
    expect(policyOf('swagger-version')).toBe('5000.2.6.3');
    expect(policyOf('path-duplicate')).toBe('5000.2.6.2');
    expect(policyOf('unused-definition')).toBeUndefined();
  });
});

test('a missing API definition is what 5000.1.1.3 is about, other missing files are not', () => {
  const missing = { definition: 'apiDefinition.swagger.json', properties: 'apiProperties.json' };
  expect(certified({ missing }, 'file-missing')).toEqual([
    ['file-missing', 'error', '5000.1.1.3'],
    ['file-missing', 'error', undefined],
  ]);
});

const answering = (code: string, schema: string): Example => ({
  definition: `{ "paths": { "/a": { "get": { "responses": { "${code}": { "description": "OK", "schema": ${schema} } } } } } }`,
});

test.each<readonly [string, string, 'error' | 'warning', string | undefined, Example]>([
  [
    'a URL in the description of the connector',
    'description-url',
    'error',
    '5000.2.3.6',
    { definition: '{ "info": { "description": "See https://contoso.com" } }' },
  ],
  [
    'one in another description',
    'description-url',
    'warning',
    '5000.2.3.6',
    { definition: '{ "definitions": { "A": { "description": "See https://contoso.com" } } }' },
  ],
  [
    'another script',
    'description-not-english',
    'error',
    '5000.2.3.1',
    { definition: '{ "info": { "description": "Manages pets é 店" } }' },
  ],
  [
    'letters with accents',
    'description-not-english',
    'warning',
    '5000.2.3.1',
    { definition: '{ "info": { "description": "Café" } }' },
  ],
  ['an empty schema of a success', 'response-schema-empty', 'error', '5000.2.4.4', answering('200', '{}')],
  [
    'empty properties of one',
    'response-schema-empty',
    'error',
    '5000.2.4.4',
    answering('201', '{ "type": "object", "properties": {} }'),
  ],
  ['a bare object', 'response-schema-empty', 'warning', '5000.2.4.4', answering('200', '{ "type": "object" }')],
  ['an empty schema of an error', 'response-schema-empty', 'warning', '5000.2.4.4', answering('404', '{}')],
  [
    'a schema of the default response',
    'default-response-schema',
    'error',
    '5000.2.4.2',
    answering('default', '{ "type": "string" }'),
  ],
  ['no responses', 'responses-missing', 'error', '5000.2.4.5', { definition: '{ "paths": { "/a": { "get": {} } } }' }],
  [
    'the default response alone',
    'response-default-only',
    'warning',
    '5000.2.4.1',
    { definition: '{ "paths": { "/a": { "get": { "responses": { "default": { "description": "OK" } } } } } }' },
  ],
  ['no operations', 'path-empty', 'error', '5000.2.4.5', { definition: '{ "paths": { "/a": {} } }' }],
  [
    'empty properties',
    'schema-properties-empty',
    'warning',
    '5000.2.4.6',
    { definition: '{ "definitions": { "A": { "properties": {} } } }' },
  ],
  ['a sample host', 'host-placeholder', 'error', '5000.2.6.4', { definition: '{ "host": "api.example.com" }' }],
  ['no https', 'schemes-no-https', 'error', '5000.3.1.6', { definition: '{ "schemes": ["http"] }' }],
  ['http beside https', 'schemes-http', 'warning', '5000.3.1.6', { definition: '{ "schemes": ["http", "https"] }' }],
  [
    'a contact over http',
    'url-not-https',
    'warning',
    '5000.3.1.6',
    { definition: '{ "info": { "contact": { "url": "http://contoso.com" } } }' },
  ],
  [
    'a sign-in over http',
    'url-not-https',
    'error',
    '5000.3.1.6',
    { definition: '{ "securityDefinitions": { "a": { "tokenUrl": "http://contoso.com" } } }' },
  ],
  [
    'a website over http',
    'metadata-url-not-https',
    'error',
    '5000.3.1.3',
    {
      definition:
        '{ "x-ms-connector-metadata": [{ "propertyName": "Website", "propertyValue": "http://contoso.com" }] }',
    },
  ],
  [
    'a privacy policy over http',
    'metadata-url-not-https',
    'error',
    '5000.3.1.5',
    {
      definition:
        '{ "x-ms-connector-metadata": [{ "propertyName": "Privacy policy", "propertyValue": "http://contoso.com" }] }',
    },
  ],
  [
    'an empty list of policies',
    'policy-instances-empty',
    'warning',
    '5000.1.1.16',
    { properties: '{ "properties": { "policyTemplateInstances": [] } }' },
  ],
  [
    'true in place of "true"',
    'constraint-boolean',
    'error',
    undefined,
    {
      properties:
        '{ "properties": { "connectionParameters": { "a": { "type": "string", "uiDefinition": { "constraints": { "required": true } } } } } }',
    },
  ],
  [
    'OAuth of an independent publisher',
    'oauth-independent',
    'warning',
    undefined,
    {
      properties: '{ "properties": { "connectionParameters": { "a": { "type": "oauthSetting" } } } }',
      publisher: 'independent',
    },
  ],
])('%s: %s is an %s of %s', (_what, rule, level, policy, example) => {
  expect(certified(example, rule)).toEqual([[rule, level, policy]]);
});

test('missing metadata has its policy', () => {
  const definition = '{ "info": { "contact": {} }, "x-ms-connector-metadata": [] }';
  expect(certified({ definition }, 'metadata-incomplete').map(([, , policy]) => policy)).toEqual([
    '5000.3.1.3',
    '5000.3.1.5',
    '5000.2.6.2',
  ]);
  expect(certified({ definition }, 'contact-incomplete').map(([, , policy]) => policy)).toEqual([
    undefined,
    undefined,
    '5000.3.1.4',
  ]);
});

test('a schema of two responses has the higher level', () => {
  const responses = ['404', '200'].map(
    (code) => `"${code}": { "description": "OK", "schema": { "$ref": "#/definitions/A" } }`,
  );
  const definition = `{ "definitions": { "A": {} }, "paths": { "/a": { "get": { "responses": { ${responses.join(', ')} } } } } }`;
  expect(certified({ definition }, 'response-schema-empty')).toEqual([
    ['response-schema-empty', 'error', '5000.2.4.4'],
  ]);
});

test('without certification no finding has a code, and levels stay', () => {
  const definition = '{ "swagger": "2", "schemes": ["http"], "host": "api.example.com" }';
  const findings = checkConnector(readExample({ definition }).source, { info: true });
  expect(findings.some(({ policy }) => policy !== undefined)).toBe(false);
  const levels = findings.map(({ rule, level }) => [rule, level]);
  expect(levels).toContainEqual(['schemes-no-https', 'warning']);
  expect(levels).toContainEqual(['host-placeholder', 'info']);
});
