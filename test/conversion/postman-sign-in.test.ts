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
});
