import { describe, expect, test } from 'vitest';
import { member } from '../../src/json/value.ts';
import { converted } from '../support/converted.ts';
import { type Json, collection, convertedRequest, operation, request, valuesIn } from '../support/postman.ts';

describe('hosts', () => {
  test('a variable that nothing fills asks for --host', async () => {
    const source = collection([request({ url: '{{nowhere}}/pets' })], {
      variable: [{ key: 'nowhere', value: 'https://a.example', type: 'secret' }],
    });
    await expect(converted(source)).rejects.toThrow('Missing host');
    expect((await converted(source, { host: 'api.pets.example' })).definition).toMatchObject({
      host: 'api.pets.example',
    });
  });

  const eu = { key: 'baseUrl', value: 'https://{{region}}.pets.example/v1' };
  const variable = [eu, { key: 'region', value: 'eu' }, { key: 'off', value: 'https://a.example', disabled: true }];
  const get = (url: unknown, name: string) => request({ method: 'GET', url }, name);
  const base = get('{{baseUrl}}/pets', 'Base');

  test.each<readonly [url: string | Json, path: string, origin: string | undefined]>([
    ['https://eu.pets.example/v1/toys?z=1', '/toys', undefined],
    ['HTTPS://EU.PETS.EXAMPLE/v1/toys', '/toys', undefined],
    ['eu.pets.example/v1/toys', '/toys', undefined],
    ['{{baseUrl}}/toys', '/toys', undefined],
    ['https://eu.pets.example/v1', '/', undefined],
    ['https://eu.pets.example/v2/toys', '/v2/toys', 'https://eu.pets.example'],
    ['https://eu.pets.example/', '/', 'https://eu.pets.example'],
    ['http://eu.pets.example/v1/toys', '/v1/toys', 'http://eu.pets.example'],
    [
      { protocol: 'https', host: ['x', 'pets', 'example'], port: '8443', path: '/a/b' },
      '/a/b',
      'https://x.pets.example:8443',
    ],
    [{ host: ['{{baseUrl}}'], path: ['toys'] }, '/toys', undefined],
    [{ protocol: 'https', host: '{{region}}.pets.example', path: ['v1', 'toys'] }, '/toys', undefined],
    ['{{scheme}}://{{region}}.pets.example/v1/toys', '/toys', undefined],
  ])('%j is called at its own URL', async (url, path, origin) => {
    const all = [...variable, { key: 'scheme', value: 'https' }];
    const { definition, conversion, errors } = await converted(collection([base, get(url, 'Toys')], { variable: all }));
    expect(definition).toMatchObject({ host: 'eu.pets.example', basePath: '/v1' });
    expect(definition).toHaveProperty(['paths', path, 'get', 'operationId'], 'Toys');
    const policy = {
      'x-ms-apimTemplateParameter.urlTemplate': origin,
      'x-ms-apimTemplate-operationName': ['Toys'],
    };
    const parameters = valuesIn(conversion.properties, 'policyTemplateInstances').map((one) =>
      member(one, 'parameters'),
    );
    expect(parameters).toEqual(origin === undefined ? [] : [policy]);
    expect(errors).toEqual([]);
  });

  test.each<readonly [more: Json, rule: string, message: string]>([
    [
      { url: '{{off}}/x' },
      'postman-host-unknown',
      "Other isn't converted because '{{off}}' has no value. Pass --host with the host or URL of the API.",
    ],
    [
      { url: 'http://localhost:3000/x' },
      'postman-host-unusable',
      "Other isn't converted because http://localhost:3000 can't be reached from the cloud.",
    ],
    [
      { url: 'https://me:s3cret@169.254.169.254/x' },
      'postman-host-unusable',
      "Other isn't converted because https://169.254.169.254 can't be reached from the cloud.",
    ],
    [{ url: undefined }, 'postman-url-missing', "Other isn't converted because it has no URL."],
    [{ url: null }, 'postman-url-missing', "Other isn't converted because it has no URL."],
  ])('%j is refused, unless --host is passed', async (more, rule, message) => {
    const source = collection([base, request({ method: 'GET', ...more }, 'Other')], { variable });
    const { definition, entries, errors } = await converted(source);
    expect(valuesIn(definition, 'paths')).toHaveLength(1);
    expect(entries).toContainEqual(expect.objectContaining({ class: 'refused', rule, message }));
    expect(entries.map((entry) => entry.message).join('\n')).not.toContain('s3cret');
    expect(errors).toEqual([]);
    const withHost = await converted(source, { host: 'api.pets.example' });
    expect(withHost.definition).toMatchObject({ host: 'api.pets.example', basePath: '/' });
    expect(valuesIn(withHost.definition, 'paths')).toHaveLength(rule === 'postman-url-missing' ? 1 : 2);
    expect(withHost.conversion.properties['policyTemplateInstances']).toEqual([]);
  });

  test('--host replaces what a variable says, and no other host', async () => {
    const source = collection([get('https://files.example/a', 'Files'), base], { variable });
    const { definition, conversion, entries } = await converted(source, { host: 'https://test.pets.example/v9' });
    expect(definition).toMatchObject({ host: 'test.pets.example', basePath: '/v9', paths: { '/pets': {} } });
    expect(JSON.stringify(conversion.properties)).toContain('"https://files.example"');
    expect(entries.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        "'{{baseUrl}}' is https://test.pets.example/v9.",
        "The variable 'baseUrl' isn't converted.",
      ]),
    );
  });

  test('--host replaces a host without variables, which is reported', async () => {
    const source = collection([get('https://api.pets.example/a', 'A'), get('https://api.pets.example/b', 'B')]);
    const { definition, entries } = await converted(source, { host: 'test.pets.example' });
    expect(definition).toMatchObject({ host: 'test.pets.example', paths: { '/a': {}, '/b': {} } });
    const message = "https://api.pets.example isn't used because --host replaces it.";
    expect(entries.filter(({ rule }) => rule === 'postman-host-replaced')).toEqual([
      expect.objectContaining({ message, pointer: '/item/0/request/url' }),
      expect.objectContaining({ message, pointer: '/item/1/request/url' }),
    ]);
  });

  test('variables of the host are no loss, and their queries are not shown', async () => {
    const secret = { key: 'baseUrl', value: 'https://api.pets.example/v1?code=s3cret' };
    const { entries, text } = await converted(
      collection([base], { variable: [secret, { key: 'token', value: 't0ken' }] }),
    );
    const variables = entries.filter(({ rule }) => rule === 'postman-variable');
    expect(variables.map((entry) => `${entry.class} ${entry.pointer}`)).toEqual([
      'kept /variable/0',
      'dropped /variable/1',
    ]);
    expect(entries.map(({ rule }) => rule)).toContain('server-query');
    expect(text + JSON.stringify(entries)).not.toMatch(/s3cret|t0ken/u);
  });

  test('the same path on two hosts is one operation, and the other request is refused', async () => {
    const { definition, entries } = await converted(
      collection([base, get('https://files.pets.example/pets', 'Files')], { variable }),
    );
    expect(valuesIn(definition, 'paths')).toHaveLength(1);
    expect(entries).toContainEqual(
      expect.objectContaining({ class: 'refused', rule: 'path-same', pointer: '/item/1' }),
    );
  });

  test('another host is called by a policy', async () => {
    const { conversion, rules, errors } = await converted(
      collection([request({}), request({ url: 'https://files.pets.example/upload' }, 'Upload')]),
    );
    expect(conversion.properties['policyTemplateInstances']).toMatchObject([
      { templateId: 'dynamichosturl', parameters: { 'x-ms-apimTemplate-operationName': ['Upload'] } },
    ]);
    expect(rules).toContain('kept postman-host-other');
    expect(errors).toEqual([]);
  });
});

describe("what connectors can't have in a URL", () => {
  test.for<readonly [string, Json, string]>([
    ['a query', { url: 'https://api.pets.example/v1/pets?connectionId=5' }, 'dropped'],
    ['a header', { header: [{ key: 'connectionId', value: '5' }] }, 'dropped'],
    ['a form', { body: { mode: 'urlencoded', urlencoded: [{ key: 'connectionId', value: '5' }] } }, 'dropped'],
    ['a path', { url: 'https://api.pets.example/v1/pets/{{connectionId}}' }, 'kept'],
  ])('connectionId of %s is reported', async ([, more, lossClass]) => {
    const { errors, rules } = await convertedRequest(more);
    expect(errors).toEqual([]);
    expect(rules).toContain(`${lossClass} parameter-connection-id`);
    expect(rules.filter((rule) => / postman-(?:query|header)$/u.test(rule))).toEqual([]);
  });

  test.for([['*'], ['{}'], ['{a'], ['a}'], ['a*b']])('a request with %s in its path is refused', async (path) => {
    const other = request({ url: { host: ['api', 'pets', 'example'], protocol: 'https', path } }, 'Other');
    const { definition, errors, rules } = await converted(collection([request({}), other]));
    expect(errors).toEqual([]);
    expect(rules).toContain('refused path-wildcard');
    expect(Object.keys(Object(member(definition, 'paths')))).toHaveLength(1);
  });

  test('a fragment of a URL as text', async () => {
    const { errors, rules } = await convertedRequest({ url: 'https://api.pets.example/v1/pets#top' });
    expect(errors).toEqual([]);
    expect(rules).toContain('dropped path-fragment');
  });

  test('a query and a fragment in the path', async () => {
    const url = { raw: 'https://api.pets.example/v1/pets', path: ['v1', 'pets?size=1', '#', 'top'] };
    const { definition, errors, rules } = await convertedRequest({ url });
    expect(errors).toEqual([]);
    expect(rules).toEqual(expect.arrayContaining(['kept postman-query', 'dropped path-fragment']));
    expect(definition).toHaveProperty(`${operation}.parameters.0.name`, 'size');
  });
});
