import { expect, test } from 'vitest';
import { isObject, member } from '../../src/json/value.ts';
import { converted } from '../support/converted.ts';

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

/** A collection of GET requests by name. */
function collection(urls: Readonly<Record<string, unknown>>, variable: readonly object[] = []): string {
  const item = Object.entries(urls).map(([name, url]) => ({
    name,
    request: { method: 'GET', ...(url !== null && { url }) },
  }));
  return JSON.stringify({ info: { name: 'Shop', description: 'Shop.', schema }, variable, item });
}

const baseUrl = { key: 'baseUrl', value: 'https://eu.shop.example/v1' };

async function pathsOf(text: string, host?: string) {
  const { definition, conversion, entries, errors } = await converted(text, { name: 'shop.json', host });
  expect(errors).toEqual([]);
  const paths = member(definition, 'paths');
  const policies = member(conversion.properties, 'policyTemplateInstances');
  const base = `${String(member(definition, 'host'))}${String(member(definition, 'basePath'))}`;
  const shown = JSON.stringify(policies).matchAll(/urlTemplate":"([^"]*)".*?operationName":(\[[^\]]*\])/gu);
  return {
    base,
    paths: isObject(paths) ? Object.keys(paths) : [],
    policies: [...shown].map(([, url, ids]) => `${url} ${ids}`),
    refused: entries
      .filter((one) => one.class === 'refused')
      .map(({ rule, operation, message }) => `${rule} ${operation ?? message}`),
    rules: entries.map(({ rule }) => rule),
  };
}

test('a request is called where its URL says, whichever way it says so', async () => {
  const found = await pathsOf(
    collection(
      {
        A: '{{baseUrl}}/a',
        Same: 'https://eu.shop.example/v1/same?z=1',
        Large: 'HTTPS://EU.SHOP.EXAMPLE/v1/large',
        Bare: 'eu.shop.example/v1/bare',
        Above: 'https://eu.shop.example/v2/above',
        Other: { protocol: 'https', host: ['other', 'example'], port: '8443', path: '/other/b' },
      },
      [baseUrl],
    ),
  );
  expect(found).toMatchObject({
    base: 'eu.shop.example/v1',
    paths: ['/a', '/same', '/large', '/bare', '/v2/above', '/other/b'],
    policies: ['https://eu.shop.example ["Above"]', 'https://other.example:8443 ["Other"]'],
    refused: [],
  });
});

test('a base path that only later requests have is part of their paths', async () => {
  const found = await pathsOf(collection({ First: 'https://eu.shop.example/x', A: '{{baseUrl}}/a' }, [baseUrl]));
  expect(found).toMatchObject({ base: 'eu.shop.example/', paths: ['/x', '/v1/a'], policies: [] });
});

test('a request that leads nowhere is refused', async () => {
  const urls = {
    A: '{{baseUrl}}/a',
    B: '{{baseUrl}}/b',
    Dead: '{{dead}}/d',
    Off: '{{off}}/o',
    None: null,
    Local: 'http://localhost:3000/l',
    Meta: 'https://169.254.169.254/m',
  };
  const text = collection({ ...urls, C: '{{baseUrl}}/c' }, [
    baseUrl,
    { key: 'off', value: 'https://off.example', disabled: true },
  ]);
  const { refused, paths } = await pathsOf(text);
  expect(refused.map((one) => one.split(' ')[0])).toEqual([
    'operation-left-out',
    'postman-host-unknown',
    'operation-left-out',
    'postman-host-unknown',
    'postman-url-missing',
    'operation-left-out',
    'postman-host-unusable',
    'operation-left-out',
    'postman-host-unusable',
  ]);
  expect(paths).toEqual(['/a', '/b', '/c']);
  // A host that somebody names is that of all variables.
  const given = await pathsOf(text, 'https://us.shop.example/v3');
  expect(given).toMatchObject({ base: 'us.shop.example/v3', paths: ['/a', '/b', '/d', '/o', '/l', '/m', '/c'] });
});

test('without a host for most requests it must be named', async () => {
  const text = collection({ A: '{{url}}/a', B: '{{url}}/b', Sign: 'https://login.example/token' });
  await expect(converted(text, { name: 'shop.json' })).rejects.toThrow('Missing host');
});

test('two hosts cannot have the same operation', async () => {
  const found = await pathsOf(collection({ A: '{{baseUrl}}/a', B: 'https://other.example/a' }, [baseUrl]));
  expect(found).toMatchObject({ paths: ['/a'], policies: [] });
  expect(found.refused).toHaveLength(1);
});

test('variables of a host are no loss, and what has no name is no parameter', async () => {
  const inner = [
    { key: 'baseUrl', value: 'https://{{region}}.shop.example/v1' },
    { key: 'region', value: 'eu' },
  ];
  const text = collection({ A: { raw: '{{baseUrl}}/a', query: [{ key: null, value: 'x' }] } }, [
    ...inner,
    { key: 'unused', value: '1' },
  ]);
  const { definition, entries } = await converted(text, { name: 'shop.json' });
  const lost = entries
    .filter((one) => one.rule === 'postman-variable' && one.class === 'dropped')
    .map(({ message }) => message);
  expect(lost).toEqual(["The variable 'unused' isn't converted."]);
  expect(JSON.stringify(definition)).not.toContain('"null"');
});
