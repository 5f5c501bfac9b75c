import { describe, expect, test } from 'vitest';
import {
  type ApiDefinition,
  apiDefinitionSchema,
  backendServiceUrl,
  isApiDefinition,
} from '../../src/connector/api-definition.ts';

type Parts = Pick<ApiDefinition, 'schemes' | 'host' | 'basePath'>;

const https = ['https'];
const host = 'api.contoso.example';

describe('the URL of the service behind a connector', () => {
  test.each<[what: string, parts: Parts, url: string]>([
    ['all three parts', { schemes: https, host, basePath: '/v1' }, 'https://api.contoso.example/v1'],
    ['no host', { schemes: https, basePath: '/v1' }, 'https:///v1'],
    ['no schemes', { host, basePath: '/v1' }, '//api.contoso.example/v1'],
    ['an empty list of schemes', { schemes: [], host, basePath: '/v1' }, '//api.contoso.example/v1'],
    ['no base path', { schemes: https, host }, 'https://api.contoso.example'],
    ['a base path of one slash', { schemes: https, host, basePath: '/' }, 'https://api.contoso.example/'],
    ['a base path without slash', { schemes: https, host, basePath: 'v2/x' }, 'https://api.contoso.example/v2/x'],
    ['a base path that ends in a slash', { schemes: https, host, basePath: '/v1/' }, 'https://api.contoso.example/v1/'],
    ['only a base path', { basePath: '/only' }, '/only'],
    ['only a base path without slash', { basePath: 'v2' }, 'v2'],
    ['only a host', { host }, '//api.contoso.example'],
    ['only a scheme', { schemes: https }, 'https://'],
    ['nothing', {}, ''],
    ['parts that are null', { schemes: null, host: null, basePath: null }, ''],
    ['empty texts', { schemes: [''], host: '', basePath: '' }, ''],
    [
      'several schemes, the first of which counts',
      { schemes: ['http', 'https'], host, basePath: '/v1' },
      'http://api.contoso.example/v1',
    ],
    [
      'letter case and port of the host',
      { schemes: https, host: 'API.Contoso.example:8443', basePath: '/V1' },
      'https://API.Contoso.example:8443/V1',
    ],
    ['a scheme in upper case and a host', { schemes: ['HTTPS'], host, basePath: '/x' }, `HTTPS://${host}/x`],
    ['a scheme in upper case and no host', { schemes: ['HTTPS'], basePath: '/x' }, 'HTTPS:/x'],
    ['a web socket without host', { schemes: ['wss'], basePath: '/x' }, 'wss:///x'],
    ['a base path that has slashes of its own', { schemes: https, basePath: '//host/v1' }, 'https://host/v1'],
    [
      'letters beyond ASCII',
      { schemes: https, host: 'bücher.example', basePath: '/ä b' },
      'https://bücher.example/ä b',
    ],
  ])('%s', (_what, parts, url) => {
    expect(backendServiceUrl(parts)).toBe(url);
  });
});

describe('an API definition', () => {
  test.each([
    ['without any of the parts we read', { swagger: '2.0', paths: {} }],
    ['with null for all of them', { info: null, host: null, basePath: null, schemes: null }],
    ['with an empty info', { info: {} }],
    ['that is something else altogether', {}],
  ])('%s is read', (_what, definition) => {
    expect(apiDefinitionSchema.safeParse(definition).success).toBe(true);
  });

  test.each([
    ['a list', []],
    ['a text', 'swagger'],
    ['null', null],
    ['one with a number for a host', { host: 5 }],
    ['one with a text for its schemes', { schemes: 'https' }],
    ['one with a list for its title', { info: { title: ['Pet Store'] } }],
  ])('%s is refused', (_what, definition) => {
    expect(apiDefinitionSchema.safeParse(definition).success).toBe(false);
  });
});

describe('an API definition', () => {
  test.each([
    { swagger: '2.0', info: { title: 'Pets' }, paths: { '/pets': {} } },
    { swagger: '2.0', info: {}, paths: {}, host: 'pets.contoso.com' },
    { swagger: 2, info: {}, paths: {} },
  ])('is what the service keeps: %j', (value) => {
    expect(isApiDefinition(value)).toBe(true);
  });

  test.each([
    { openapi: '3.0.0', info: {}, paths: {} },
    { openapi: '3.0.0', paths: {} },
    { swagger: '2.0' },
    { swagger: '2.0', info: {} },
    { swagger: '2.0', paths: {} },
    { swagger: '2.0', info: 'Access denied', paths: [] },
    { swagger: '1.2', info: {}, paths: {} },
    { swagger: 'fail2ban', info: {}, paths: {} },
    { info: {}, paths: {} },
    { swagger: null, info: {}, paths: {} },
    [],
    '2.0',
    null,
  ])('is no other JSON: %j', (value) => {
    expect(isApiDefinition(value)).toBe(false);
  });
});
