import { describe, expect, test } from 'vitest';
import { converted } from '../support/converted.ts';
import { type Json, collection, convertedRequest, request, valuesIn } from '../support/postman.ts';

describe('sign-in', () => {
  test.each<readonly [kind: string, auth: Json, definitions: Json | undefined, rule: string]>([
    [
      'apikey',
      {
        type: 'apikey',
        apikey: [
          { key: 'key', value: 'X-Key' },
          { key: 'value', value: 's3cret' },
        ],
      },
      { api_key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
      'kept postman-auth',
    ],
    [
      'apikey in 2.0, in the query',
      { type: 'apikey', apikey: { key: 'code', value: 's3cret', in: 'query' } },
      { api_key: { type: 'apiKey', in: 'query', name: 'code' } },
      'kept postman-auth',
    ],
    [
      'basic',
      { type: 'basic', basic: [{ key: 'password', value: 's3cret' }] },
      { basic: { type: 'basic' } },
      'kept postman-auth',
    ],
    [
      'bearer',
      { type: 'bearer', bearer: [{ key: 'token', value: 's3cret' }] },
      { api_key: { type: 'apiKey', in: 'header', name: 'Authorization' } },
      'narrowed security-bearer',
    ],
    ['noauth', { type: 'noauth' }, undefined, 'kept postman-auth-none'],
    [
      'awsv4',
      { type: 'awsv4', awsv4: [{ key: 'secretKey', value: 's3cret' }] },
      undefined,
      'dropped postman-auth-unsupported',
    ],
    ['digest', { type: 'digest', digest: [] }, undefined, 'dropped postman-auth-unsupported'],
    [
      'oauth2 by client credentials',
      {
        type: 'oauth2',
        oauth2: [
          { key: 'grant_type', value: 'client_credentials' },
          { key: 'clientSecret', value: 's3cret' },
        ],
      },
      undefined,
      'dropped postman-auth-unsupported',
    ],
  ])('by %s, without its values', async (_, auth, definitions, rule) => {
    const { definition, text, conversion, rules, errors } = await converted(collection([request({})], { auth }));
    const found = valuesIn(definition, 'securityDefinitions');
    expect(found).toEqual(Object.values(definitions ?? {}));
    expect(rules.filter((one) => /postman-auth|security-bearer/u.test(one))).toEqual(rule === '' ? [] : [rule]);
    expect(`${text}${JSON.stringify(conversion.properties)}`).not.toContain('s3cret');
    expect(errors).toEqual([]);
  });

  test('by bearer tells users to enter Bearer', async () => {
    const { conversion } = await converted(collection([request({})], { auth: { type: 'bearer', bearer: [] } }));
    expect(conversion.properties).toMatchObject({
      connectionParameters: { api_key: { uiDefinition: { description: 'Enter Bearer, a space, and the token.' } } },
    });
  });

  test('by what a folder says, and by nothing where a request or a folder says so', async () => {
    const auth = { type: 'apikey', apikey: [{ key: 'key', value: 'X-Key' }] };
    const named = (name: string, more: Json = {}) =>
      request({ url: `https://api.pets.example/${name}`, ...more }, name);
    const { definition, rules, entries } = await converted(
      collection([
        { name: 'Pets', auth, item: [named('list'), named('status', { auth: { type: 'noauth' } })] },
        { name: 'Open', auth: { type: 'noauth' }, item: [named('help')] },
        { name: 'Others', auth: { type: 'basic' }, item: [named('owners')] },
      ]),
    );
    expect(definition).toMatchObject({
      securityDefinitions: { api_key: { name: 'X-Key' } },
      paths: { '/status': { post: { security: [] } }, '/help': { post: { security: [] } } },
    });
    expect(definition).not.toHaveProperty(['paths', '/list', 'post', 'security']);
    expect(rules).toContain('kept postman-auth');
    expect(entries).toContainEqual(expect.objectContaining({ rule: 'postman-auth-other', pointer: '/item/2/auth' }));
  });

  test('by OAuth 2.0 with an authorization code', async () => {
    const values = {
      grant_type: 'authorization_code',
      authUrl: 'https://a.example/auth',
      accessTokenUrl: 'https://a.example/token',
      scope: 'read write',
      clientId: 'me',
      clientSecret: 's3cret',
    };
    const oauth2 = Object.entries(values).map(([key, value]) => ({ key, value }));
    const { definition, text, conversion, errors } = await convertedRequest({ auth: { type: 'oauth2', oauth2 } });
    expect(valuesIn(definition, 'securityDefinitions')).toEqual([
      expect.objectContaining({
        type: 'oauth2',
        flow: 'accessCode',
        authorizationUrl: values.authUrl,
        tokenUrl: values.accessTokenUrl,
      }),
    ]);
    expect(`${text}${JSON.stringify(conversion.properties)}`).not.toMatch(/s3cret|"me"/u);
    expect(errors).toEqual([]);
  });

  describe('by oauth2 with variables', () => {
    const auth = {
      type: 'oauth2',
      oauth2: Object.entries({
        authUrl: 'https://{{login}}/auth',
        accessTokenUrl: 'https://{{login}}/{{tenant}}/token',
        scope: '{{area}} read',
      }).map(([key, value]) => ({ key, value })),
    };
    const variable = [
      { key: 'login', value: 'login.{{domain}}' },
      { key: 'domain', value: 'pets.example' },
      { key: 'tenant', value: 't1' },
    ];

    test('has their values, and a scope whose variable has none is reported', async () => {
      const { definition, entries } = await converted(collection([request({})], { auth, variable }));
      expect(valuesIn(definition, 'securityDefinitions')).toEqual([
        expect.objectContaining({
          authorizationUrl: 'https://login.pets.example/auth',
          tokenUrl: 'https://login.pets.example/t1/token',
          scopes: { read: 'read' },
        }),
      ]);
      expect(entries.filter(({ rule }) => /auth|variable/u.test(rule)).map((one) => [one.class, one.message])).toEqual([
        ['kept', 'Sign-in by oauth2, without any stored value.'],
        ['dropped', "The scope '{{area}}' isn't converted because a variable in it has no value."],
        ...variable.map(({ key }) => [
          'kept',
          `The value of the variable '${key}' is part of the host, a path, or the sign-in.`,
        ]),
      ]);
    });

    test("isn't converted where a URL has one without a value, unless the URLs are passed", async () => {
      const text = collection([request({})], { auth, variable: variable.slice(1) });
      const { definition, entries } = await converted(text);
      expect(valuesIn(definition, 'securityDefinitions')).toEqual([]);
      expect(entries.filter(({ rule }) => rule.startsWith('postman-auth')).map(({ message }) => message)).toEqual([
        "Sign-in by oauth2 isn't converted because '{{login}}' has no value. Pass --authorization-url and --token-url.",
      ]);
      const urls = { authorizationUrl: 'https://a.example/auth?prompt=login', tokenUrl: 'https://a.example/token' };
      const passed = await converted(text, urls);
      expect(valuesIn(passed.definition, 'securityDefinitions')).toEqual([expect.objectContaining(urls)]);
    });

    const oauth2 = (authUrl: string, accessTokenUrl: string) => ({
      type: 'oauth2',
      oauth2: { authUrl, accessTokenUrl },
    });

    test.each([
      ['https://{{login}}/auth', 'https://{{login}}/{{missing}}/token', '{{missing}}'],
      ['https://{{login}}/auth', '', 'accessTokenUrl'],
      ['', 'https://{{login}}/token', 'authUrl'],
    ])('of which %s or %s lacks one names the one', async (authUrl, accessTokenUrl, missing) => {
      const more = { auth: oauth2(authUrl, accessTokenUrl), variable };
      const { entries } = await converted(collection([request({})], more));
      expect(entries.filter(({ rule }) => rule.startsWith('postman-auth')).map(({ message }) => message)).toEqual([
        `Sign-in by oauth2 isn't converted because '${missing}' has no value. Pass --authorization-url and --token-url.`,
      ]);
    });

    test.each([
      ['{{login}}/auth', 'https://login.pets.example/auth', 0],
      ['https://bob:s3cret@{{login}}/auth', 'https://login.pets.example/auth', 1],
      ['https://{{login}}/auth?code={{code}}#a', 'https://login.pets.example/auth', 1],
      ['https://{{signed}}/auth', 'https://login.pets.example', 1],
    ])('at %s is at %s', async (url, expected, count) => {
      const secrets = [
        { key: 'code', value: 's3cret' },
        { key: 'signed', value: 'login.pets.example?sig=s3cret' },
      ];
      const more = { auth: oauth2(url, 'https://a.example/token'), variable: [...variable, ...secrets] };
      const { definition, entries, text, errors } = await converted(collection([request({})], more));
      expect(valuesIn(definition, 'securityDefinitions')).toEqual([
        expect.objectContaining({ authorizationUrl: expected }),
      ]);
      const cut = entries.filter(({ rule }) => rule === 'postman-auth-url').map(({ message }) => message);
      expect(cut).toEqual(
        Array.from({ length: count }, () => "'authUrl' is converted without its user and query, which may be secrets."),
      );
      expect(`${text}${JSON.stringify(entries)}`).not.toContain('s3cret');
      expect(errors).toEqual([]);
    });
  });
});
