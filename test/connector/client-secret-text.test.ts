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
    ['in single quotes', "{'clientSecret': 'VALUE'}", ['VALUE']],
    ['under a name with an escape', String.raw`{"client\u0053ecret": "VALUE"}`, ['VALUE']],
    ['under a name in another case', '{"CLIENT-SECRET": "VALUE"}', ['VALUE']],
    ['under a longer name', '{"oauthClientSecretValue": "VALUE"}', ['VALUE']],
    ['under other names', '{"secret": "V", "password": "W"}', ['V', 'W']],
    ['behind comments', '{"clientSecret" /* the one */ : // mine\n "VALUE"}', ['VALUE']],
    ['with a mark that is not escaped', '{"clientSecret": "ab"cd", "x": 1}', ['ab"cd']],
    ['without the first mark', '{"clientSecret": ab"cd", "x": 1}', ['ab"cd"']],
    ['without any mark or colon', 'client secret "VALUE"', ['VALUE']],
    ['with colons and equals signs', 'clientSecret: VA:LU=E/x', ['VA:LU=E/x']],
    ['in a list', '{"clientSecret": ["VALUE"]}', ['VALUE']],
    ['behind a semicolon', '{"clientSecret"; "VALUE", "x": 1}', ['VALUE']],
    ['behind an arrow', "{ 'clientSecret' => 'VALUE' }", ['VALUE']],
    ['under a name with a letter missing', '{"clientSecrt": "VALUE"}', ['VALUE']],
    ['under a name with letters that have changed places', '{"client_secert": "VALUE"}', ['VALUE']],
    [
      'under a pointer',
      '{"/properties/connectionParameterSets/values/0/parameters/a~1token/oAuthSettings/clientSecret" "VALUE"}',
      ['VALUE'],
    ],
    ['in a comment', '// clientSecret hunter2VALUE\n{}', ['hunter2VALUE']],
    ['in a comment about a password', '// password hunter2VALUE\n{}', ['hunter2VALUE']],
    ['in a comment behind a drawn arrow', '// CLIENT_SECRET -> VALUE\n{}', ['VALUE']],
    ['below a comment that names it', '// the client secret\n"clientSecret": "VALUE", // old', ['VALUE']],
    ['below a comment with a colon', '// client secret:\n"clientSecret": "VALUE"', ['VALUE']],
    ['in a comment below another one', '// PASSWORD\n// "clientSecret": "VALUE"', ['VALUE']],
    ['in a comment of a shell', '# secret=VALUE\n{}', ['VALUE']],
    ['in a sentence', '/* The client secret is a1-b2-c3. */', ['a1-b2-c3.']],
    ['in C#', 'var clientSecret = "VALUE";', ['VALUE']],
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
    '{"clientSector": "x", "clientSecure": "x"}',
    'the clientSecret of this connector',
    'Enter the password of your account.',
    'the client secret expires 2027-01-01',
    'client secret 2 of 3',
    '{"name": "secret", "in": "query"}',
    '{"format": "password"}',
    '{"password": {"type": "string"}}',
    String.raw`{"clientSecret": "@environmentVariables(\"cr_Secret\")"}`,
  ])('are not in %s', (text) => {
    expect(clientSecretsIn(text)).toEqual([]);
    expect(withoutClientSecretTexts(text)).toBe(text);
  });
});
