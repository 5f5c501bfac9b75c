import { describe, expect, test } from 'vitest';
import { clientSecretsIn, withoutClientSecretTexts } from '../../src/connector/client-secret-text.ts';

describe('the client secrets in a text', () => {
  test.each([
    ['as they should be', '{"clientSecret": "abc", "x": 1}', ['abc']],
    ['with escapes', String.raw`{"client_secret":"a\"b\\"}`, ['a"b\\']],
    ['in an object', '{"clientSecret": {"value": "x"}}', ['x']],
    ['without the colon', '"clientSecret" "VALUE"', ['VALUE']],
    ['without quotes', '{"clientSecret": VALUE }', ['VALUE']],
    ['without quotes around the name', 'clientSecret: "VALUE"', ['VALUE']],
    ['without one of the quotes', '{"clientSecret: "VALUE"}', ['VALUE']],
    ['that end with the text', '{"clientSecret": "VAL', ['VAL']],
  ])('are found %s', (_what, text, secrets) => {
    expect(clientSecretsIn(text)).toEqual(secrets);
    expect(withoutClientSecretTexts(text)).toHaveLength(text.length);
    for (const secret of secrets) expect(withoutClientSecretTexts(text)).not.toContain(secret);
  });

  test.each([
    '{"clientSecret": null}',
    '{"clientSecret": ""}',
    '{"clientSecret": {"type": "string"}}',
    '{"required": ["clientSecret", "name"]}',
    '{"clientSecretName": "x"}',
    'the clientSecret of this connector',
    String.raw`{"clientSecret": "@environmentVariables(\"cr_Secret\")"}`,
  ])('are not in %s', (text) => {
    expect(clientSecretsIn(text)).toEqual([]);
    expect(withoutClientSecretTexts(text)).toBe(text);
  });
});
