import { array, assert, constantFrom, nat, property, stringMatching, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { shownJson, shownName, shownPointer, withoutSecretStretches } from '../../src/connector/secret-stretches.ts';

const value = 'hunter2SECRET';

/** Lines in which `…` is a secret, as people write them by hand into API properties. */
const lines = [
  '"clientSecret: …": true',
  '"clientSecret=…": ""',
  '"clientSecret …": "x"',
  '"clientSecret": {"…": true}',
  '"clientSecret": ["a", {"…": 1}]',
  '"clientSecret": {"value": {"…": ""}}',
  '"clientSecret" // a\n// …\n: "x"',
  '"clientSecret": "aaa"\n + "…"',
  '"pass" "…"',
  '"pw" "…"',
  '// pw: …',
  '"clientPass": "…"',
  '"credentials": {"user":"u" "pass": "…"}',
  '"hmacKey" "…"',
  '"app_key": "…"',
  '"SharedAccessSignature" "…"',
  '"sasToken" "…"',
  '"pfx": "…"',
  '"bearer" "…"',
  '"authorization" "Basic …"',
  '"x": "https://user:…@host.example/" "y"',
  '"x": "grant_type=refresh_token&refresh_token=…&client_id=a"',
  '"refreshToken" "…"',
  '"access_token": "…"',
  '"securityToken" "…"',
  '"clientAssertion" "…"',
  '"client_assertion": "…"',
  '"device_code" "…"',
  '// authorization code: …',
  '"code_verifier" "…"',
  '"verifier": "…"',
  '"clientSecret", "…"',
  '"clientSecret":: "…"',
  '"clientSecret" : : "…"',
  '"clientSecret": , "…"',
  '"clientSecret":= "…"',
  '"clientSecret":; "…"',
  '"clientSecret": {"value" "…"}',
  '"clientSecret": {"…"}',
  '"clientSecret": null "…"',
  '"clientSecret": "", …',
  '"clientSecret": "", "…"',
  '"clientSecret": "a": "…"',
  '"clientSecret": [ "a", "…" "b"]',
  '"clientSecret": /* … */ ,',
  '"clientSecret": "" // …',
  '"clientSecret”: “…”',
  '“clientSecret”: “…”',
  '\\"clientSecret\\": \\"…\\"',
  '&quot;clientSecret&quot;: &quot;…&quot;',
  '{"Contoso Test":{"/properties/x/oAuthSettings/clientSecret", "…"}}',
  '{"Contoso Test":{"/properties/x/oAuthSettings/clientSecret":: "…"}}',
  '"secret":: "…"',
  '"clientSecret": ["a", "…"]',
  '"clientSecret": {"x": "…"}',
  '"clientSecretOld": "…"',
  '"clientSecret2": "…"',
  '"clientsecrets": "…"',
  '"secretClient": "…"',
  '"clientSecret": true, …',
  '"clientSecret": 5 …',
  '"clientSecret": } "…"',
  '"clientSecret" } : "…"',
  '"clientSecret": ] "…"',
  '"clientSecret"} "…"',
  '{ "clientSecret" }, "…"',
  '"clientSecret":\n,"…"',
  '"clientSecret",\n"…"',
  '"clientSecret": "",\n…',
  '"clientSecret": // …',
  '"clientSecret":+"…"',
  '"clientSecret": "a" + "…"',
  '"clientSecret": ("…")',
  '"client": "Secret" "…"',
  '"client" "Secret": "…"',
  'clientSecret => …',
  '<clientSecret>…</clientSecret>',
  '"clientSecret": {} "…"',
  '"clientSecret": {}, "…"',
  '"clientSecret": [], "…"',
  '"clientSecret": "", ["…"]',
  '// client secret for prod: …',
  '// Client Secret (prod): …',
  '// passwd=…',
  '// resourcePassword (old) …',
  '// xyz is the client secret …',
  '// pwd …',
  '// api_key: …',
  String.raw`// cl\u0069ent\u0053ecret: …`,
  '// the clientSecret used to be "…", for Contoso',
  '// clientSecretProd …',
  '// client secret:\n// …',
  '/* client secret\n   … */',
  '/* password */ // …',
  '# secret …',
  '-- clientsecret …',
  '; CLIENT SECRET = …',
  'client secret (prod) …',
  'My Password: …,',
  '"clientSecret": "…"',
  '"clientSecret": "…" "clientId": "x"',
  '"clientSecret": … "clientId": "x"',
  '"clientSecret": x … y, "clientId": "x"',
  '"clientSecret", "…"',
  '"clientSecret"; "…"',
  '"clientSecret" "…"',
  '"clientSecret"\n"…"',
  '"clientSecret"\n:\n"…"',
  '"clientSecret: "…"',
  '"clientSecret: …',
  'clientSecret": "…"',
  '"clientSecret" is "…"',
  '"clientSecret" = { "…" }',
  '"clientSecret": { "prod": "…", "test": null }',
  '"clientSecret": { "type": "string",\n"values": [\n{ "other": "…" } ] }',
  '"clientSecret": [ "", "…" ]',
  '"clientSecret": "", // …',
  '"clientSecret": null, // it is … for prod',
  '"clientSecret": "@environmentVariables(\\"x\\")", // …',
  '"oldPassword": "…"',
  '"password2": "…"',
  '"passphrase" : \'…\'',
  '"Ocp-Apim-Subscription-Key": "…"',
  '"storage-account_key": "…"',
  '"clientSercet": "…"',
  '"clientSecrect" "…"',
  '"clientSecrеt" "…"',
  '"idToken" "…"',
  '"jwt" "…"',
  '"creds" "…"',
  '"x-functions-key" "…"',
  '"primaryKey" "…"',
  '"cookie" "session=…"',
  '"url": "https://a.azurewebsites.net/api/x?code=…"',
  '// curl -u user:… https://host.example/',
  '"pasword": "…"',
  '"description": "The client secret for prod: …"',
  '"description": "The password … as ever."',
  '"key": "client_secret", "value": "…"',
  '"value": "…",\n"key": "password"',
  '"x-ms-apimTemplateParameter.name": "Authorization",\n"x-ms-apimTemplateParameter.value": "…"',
  '"name": "api_key", "in": "query", "default": "…"',
  '// from the portal: client secret\n"clientSecret": "…", // old one',
  '// the client secret\n"clientSecret": "…" "clientId": "x"',
  '    // PASSWORD\n    // "clientSecret": "…"',
];

describe('what may be a secret', () => {
  test.each(lines)('is not shown: %s', (line) => {
    for (const text of [line, `{ ${line}\n}`, `{\n  "a": {\n    ${line}\n  }\n}\n`, `{ "a": "b" "c", ${line}\n}`]) {
      const shown = withoutSecretStretches(text.replaceAll('…', value), 'json');
      expect(shown).not.toContain(value);
      expect(shown).toHaveLength(text.replaceAll('…', value).length);
      expect(shown.split('\n')).toHaveLength(text.split('\n').length);
    }
  });

  test.each(['"value": "…", "name" "clientSecret"', '… : "clientSecret"', '"…" // clientSecret'])(
    'is not shown before its name: %s',
    (line) => {
      const text = `{\n  "a": 1,\n  ${line.replace('…', 'hunter2')}\n}\n`;
      expect(withoutSecretStretches(text, 'json')).not.toContain('hunter2');
    },
  );

  test.each([
    'var clientSecret = "…";',
    'const string Password =\n    "…";',
    'request.Headers["api-key"] = "…";',
    'Login(user, password: "…"); // …',
    '// the password is …',
    'Dictionary<string, string> all = new() { ["clientSecret"] = @"…" };',
    'var clientSecret = """\n  …\n  """;',
  ])('is not shown in C#: %s', (line) => {
    expect(withoutSecretStretches(`class Script\n{\n  ${line.replaceAll('…', value)}\n}\n`, 'csharp')).not.toContain(
      value,
    );
  });

  test('is not shown, however its name and what is around it are written', () => {
    const name = constantFrom(
      'client secret',
      'clientSecret',
      'client_secret',
      'app-secret',
      'Secret',
      'password',
      'resourcePassword',
      'passwd',
      'apiKey',
      'private key',
      'passphrase',
    );
    const spelled = tuple(name, nat(), constantFrom('as is', 'upper', 'escaped')).map(([word, at, how]) => {
      if (how === 'upper') return word.toUpperCase();
      const index = at % word.length;
      const escape = `\\u${word.charCodeAt(index).toString(16).padStart(4, '0')}`;
      return how === 'escaped' ? word.slice(0, index) + escape + word.slice(index + 1) : word;
    });
    const opening = constantFrom('// ', '// the ', '/* ', '# ', '"', "'", '', '{ "', '"a": 1, "', '"a" "', '-- ');
    const between = array(
      constantFrom(
        '"',
        ':',
        ' ',
        '=',
        ' -> ',
        ' (prod) ',
        ' for prod',
        '\t',
        ' is ',
        "'",
        ' "',
        ': "',
        '": "',
        ' /* x */ ',
        ';',
      ),
      { minLength: 1, maxLength: 4 },
    );
    const closing = constantFrom('', '"', '",', '" }', "'", ' and so on', '" "clientId": "x"', ' */', ', "a": 1');
    const secret = stringMatching(/^[A-Za-z][\w.~+/-]{6,20}$/u).filter((text) => !/secret|passw|key/iu.test(text));
    assert(
      property(spelled, opening, between, secret, closing, (word, before, middle, hush, after) => {
        const text = `${before}${word}${/^[\s"':=;]/u.test(middle.join('')) ? '' : ' '}${middle.join('')}${hush}${after}\n`;
        expect(withoutSecretStretches(text, 'json')).not.toContain(hush);
      }),
      { numRuns: 3000 },
    );
  });
});

test('in a line with a mistake what is behind a sentence about a secret is hidden', () => {
  const text = '{\n  "summary": "Reset the password of a user" "hush"\n}';
  expect(withoutSecretStretches(text, 'json')).toBe(text.replace('hush', '****'));
});

test.each([
  'The password: hush',
  'password=hush',
  'client secret (prod): hush',
  'client secret for prod: hush',
  'API key -> hush',
  'of the secret, which for the tests is hushhush1 today',
  'the secret of the tests.\nhushhush1\nis for today',
  'the secret of the tests:\nhushhush\nis for today',
  'the recovery codes of the password.\nhush12\nhush34',
  'the path of the secret is c:\\nhush12',
  'password: hush\nuser: admin',
])('of the sentence %j what may be the secret is hidden', (sentence) => {
  const shown = withoutSecretStretches(JSON.stringify({ description: sentence }), 'json');
  expect(shown).not.toContain('hush');
  expect(shown).toContain(sentence.slice(0, 8));
});

test.each([
  '{ "clientSecret": null, "a": "b" }',
  '{ "password": { "type": "securestring", "uiDefinition": { "displayName": "Pass", "constraints": { "tabIndex": 2 } } } }',
  '{ "api_key": { "type": "apiKey", "in": "header", "name": "api_key" }, "host": "x.example" }',
  '{ "required": ["clientSecret", "name", "other"], "x": "y" }',
  '{ "/secrets/{name}": { "get": { "operationId": "GetSecrets", "summary": "List", "tags": ["Vault"] } } }',
  '{ "summary": "Reset the password of a user", "operationId": "ResetPassword" }',
  '{ "clientSecret": "@environmentVariables(\\"cr_Secret\\")", "clientId": "x" }',
  '{ "a": "b", // nothing to hide\n "c": "d" "e": "f" }',
  '{ "x.name": "api-key", "x.value": "@connectionParameters(\'api_key\',\'\')" }',
  '{ "description": "Whether the password is one that may be stored." }',
  '{ "title": "Secretary", "description": "of a company: Contoso" }',
  '{ "x-ms-summary": "Password ID 1", "summary": "Get a password (edition 1)", "title": "Secret 1" }',
  '{ "description": "Manage passwords and secrets of Contoso. Version 1 of the text." }',
  '{ "description": "Gets a password. Note: needs plan 1. See https://docs.contoso.example/plan1?view=2" }',
  '{ "description": "The ID of the password, for example: pw-1" }',
  '{ "summary": "Decrypt and remove password protection from a PDF document - 2 modes" }',
  '{ "summary": "Add a password: a guide for admins", "description": "Password: required when the plan is 2" }',
  '{ "summary": "Rotate the secret 2024-05", "description": "Token and secret: Azure AD" }',
  '{ "summary": "Pass the access token: see the docs", "tags": ["Password1"] }',
  '{ "passwordPolicy": { "type": "string", "default": "policy1", "enum": ["basic", "strict1"] } }',
  '{ "privateKeyFormat": { "default": "PKCS8", "enum": ["PKCS1", "PKCS8"] } }',
  '{ "value": "code={code}&client_secret={AppClientSecret}&redirect_uri={RedirectUrl}" }',
  '{ "description": "Enter it in the format {AppPassword:StoredIdentifier} and go on." }',
  `{ "x.name": "api-key", "x.value": "Bearer @connectionParameters('api_key', '')" }`,
  // Next to a mistake, in lines that have none.
  '{\n  "apiKey": {\n    "type": "securestring",\n    "description": "The API key for this site"\n  },\n  "a" "b"\n}',
  '{\n  "description" "Manage passwords and secrets of Contoso.",\n  "next": "a"\n}',
  '{\n  "tooltip" "Enter your API key."\n}',
  '{ "description": "Password = none means no protection." }',
  String.raw`{ "description": "The apiKey of this operation is optional.\n\nhttps://docs.contoso.example/3.0.3.md#security" }`,
  String.raw`{ "description": "Reset the password.\r\n\r\n(https://docs.contoso.example/v2/reset)\nThen go on." }`,
  '{ "description": "Subscription key header: Ocp-Apim-Subscription", "apiKeyHeader": "X-Contoso" }',
  '{ "description": "Password (old): needed. Password (new): needed." }',
  '{\n  "description": "The password is missing or invalid",\n  "in": "header",\n  "a": "b",,\n}',
])('nothing is hidden of %s', (text) => {
  expect(withoutSecretStretches(text, 'json')).toBe(text);
});

test.each([
  [['properties', 'clientSecret'], '"hush"', '"****"'],
  [['customParameters', 'client_secret', 'value'], '"hush"', '"****"'],
  [['definitions', 'User', 'properties', 'password', 'format'], '"uuid"', '"uuid"'],
  [['paths', '/a', 'get', 'summary'], '"Reset the password of a user"', '"Reset the password of a user"'],
  [['oAuthSettings'], '{"clientSecret":"hush","clientId":"x"}', '{"clientSecret":"****","clientId":"x"}'],
  [['tags', 'Password1'], '"Password1"', '"Password1"'],
  [['api_key', 'widget'], '"box"', '"box"'],
  [['secrets', '0'], '"hush"', '"****"'],
  [['clientSecret'], '"@environmentVariables(\\"x\\")"', '"@environmentVariables(\\"x\\")"'],
])('at %j, %s is shown as %s', (steps, json, shown) => {
  expect(shownJson(json, steps)).toBe(shown);
});

test.each([
  ['clientSecret: hunter2SECRET', 'clientSecret: *************'],
  ['secret=x', 'secret=*'],
  ['CLIENT-SECRET hunter2SECRET', 'CLIENT-SECRET *************'],
  ['clientSecretOfProd2', 'clientSecretOfProd2'],
  ['/password/reset-2fa-code', '/password/reset-2fa-code'],
  ['Reset the password', 'Reset the password'],
  ['GET /password/reset-2fa-code', 'GET /password/reset-2fa-code'],
  ['secret-Zq8xVery0815Kt', 'secret-**************'],
  ['client_secret_prod2024', 'client_secret_prod2024'],
  ['x-token hunter2SECRET', 'x-token *************'],
])('the name %s is shown as %s', (name, shown) => {
  expect(shownName(name)).toBe(shown);
});

test.each([
  ['/definitions/clientSecret=hunter2', '/definitions/clientSecret=*******'],
  ['/x-secret: a~1b', '/x-secret: ***'],
  ['/info/clientSecret/hunter2SECRET', '/info/clientSecret/*************'],
  ['/paths/~1secrets~1{id}/get/x-feature2Flag', '/paths/~1secrets~1{id}/get/x-feature2Flag'],
  ['/properties/connectionParameters/api_key/uiDefinition/constraints', undefined],
  ['', ''],
  ['line 5', 'line 5'],
])('the pointer %s is shown as %s', (pointer, shown = pointer) => {
  expect(shownPointer(pointer)).toBe(shown);
});

test.each(['GET /x?code=200&a=b', 'Use -u name: it is short.', 'The primary key of a row: its ID.', 'Accept cookies'])(
  'no secret is in %s',
  (text) => {
    expect(withoutSecretStretches(JSON.stringify({ description: text }), 'json')).toContain(text);
  },
);

test('members of a parameter that is called like a secret are shown, and a name in place of the secret is not', () => {
  for (const member of [
    '"type": "securestring", "widget": 5, "uiDefinition": {}',
    '"typ": "securestring", "widget": "box"',
    '"widget": { "a": 1, "b": ["box"] }, "uidefinition": { "displayName": "Password" }',
    '"typ": "oauthSetting", "redirectMod": "GlobalPerConnector", "tab_index": 2',
  ]) {
    const parameter = `{ "api_key": { ${member} } }`;
    expect(withoutSecretStretches(parameter, 'json')).toBe(parameter);
  }
  expect(withoutSecretStretches('{ "clientSecret": { "hunter2": true } }', 'json')).not.toContain('hunter2');
});
