import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { readVariables } from '../../src/settings/variables.ts';

const nothing = {
  tokenStore: 'auto',
  trustedHosts: [],
  clientSecret: undefined,
  timeoutSeconds: 100,
  slowTimeoutSeconds: 300,
};

describe('environment variables', () => {
  test.each([
    ['none', {}],
    ['those of others', { PATH: '/bin', PACONN_CONFIG_DIR: '/x', HOME: undefined }],
    [
      'empty ones',
      { PACONN_TOKEN_STORE: '', PACONN_TRUSTED_HOSTS: '', PACONN_CLIENT_SECRET: '', PACONN_HTTP_TIMEOUT: '' },
    ],
    ['undefined ones', { PACONN_TOKEN_STORE: undefined, PACONN_HTTP_TIMEOUT: undefined }],
  ])('change nothing when they are %s', (_what, given) => {
    expect(readVariables(given)).toEqual(nothing);
  });

  test('are case-insensitive on Windows', () => {
    const windows = new Proxy<Record<string, string>>(
      { paconn_cloud: 'gcc' },
      { get: (target, name) => target[String(name).toLowerCase()] },
    );
    expect(readVariables(windows)).toEqual({ ...nothing, cloud: 'gcc' });
  });

  test.each([
    [{ PACONN_TOKEN_STORE: 'file' }, { tokenStore: 'file' }],
    [{ PACONN_TOKEN_STORE: 'keychain' }, { tokenStore: 'keychain' }],
    [{ PACONN_TRUSTED_HOSTS: 'a.example' }, { trustedHosts: ['a.example'] }],
    [
      { PACONN_TRUSTED_HOSTS: ' a.example, *.b.example;;c:8443\n' },
      { trustedHosts: ['a.example', '*.b.example', 'c:8443'] },
    ],
    [{ PACONN_TRUSTED_HOSTS: ' , ;' }, { trustedHosts: [] }],
    [
      {
        PACONN_TRUSTED_HOSTS:
          'A.example:443 https://b.example https://C.example:8443/ d.example. *.e.example.:444 [0::1]:9',
      },
      { trustedHosts: ['a.example:443', 'b.example', 'c.example:8443', 'd.example', '*.e.example:444', '[::1]:9'] },
    ],
    [
      { PACONN_TRUSTED_HOSTS: 'bücher.example *.bücher.example' },
      { trustedHosts: ['xn--bcher-kva.example', '*.xn--bcher-kva.example'] },
    ],
    [{ PACONN_CLIENT_SECRET: ' a=b ' }, { clientSecret: ' a=b ' }],
    [{ PACONN_HTTP_TIMEOUT: '2.5' }, { timeoutSeconds: 2.5, slowTimeoutSeconds: 2.5 }],
    [{ PACONN_HTTP_TIMEOUT: '3600' }, { timeoutSeconds: 3600, slowTimeoutSeconds: 3600 }],
  ])('%j', (given, expected) => {
    expect(readVariables(given)).toEqual({ ...nothing, ...expected });
  });

  test.each([
    ['PACONN_PROMPT', 'Set a valid value, such as PACONN_PROMPT=line, or unset it.'],
    ['PACONN_CLOUD', 'Set a valid value, such as PACONN_CLOUD=public, or unset it.'],
    ['PACONN_HTTP_TIMEOUT', 'Set a valid value, or unset it.'],
  ])('say what %s can be', (name, hint) => {
    expect(() => readVariables({ [name]: 'foo' })).toThrow(expect.objectContaining({ hint }));
  });

  test.each([
    '*',
    '*.',
    '*.*',
    'ev*l.example',
    '*.ev*l.example',
    '.',
    '*..',
    'a.example/path',
    'ada@a.example',
    'a.example?x',
    'file:///x',
    '::1',
  ])('PACONN_TRUSTED_HOSTS cannot have %s', (host) => {
    expect(() => readVariables({ PACONN_TRUSTED_HOSTS: `a.example, ${host}` })).toThrow(
      `The environment variable PACONN_TRUSTED_HOSTS has '${host}', which isn't a host such as api.example.com or *.example.com.`,
    );
  });

  test.each([
    ['PACONN_TOKEN_STORE', 'vault'],
    ['PACONN_TOKEN_STORE', 'FILE'],
    ['PACONN_HTTP_TIMEOUT', 'soon'],
    ['PACONN_HTTP_TIMEOUT', '0'],
    ['PACONN_HTTP_TIMEOUT', '-1'],
    ['PACONN_HTTP_TIMEOUT', '3601'],
    ['PACONN_HTTP_TIMEOUT', 'Infinity'],
  ])('%s cannot be %s', (name, value) => {
    expect(() => readVariables({ [name]: value, PACONN_CLIENT_SECRET: 's3cret' })).toThrow(UsageError);
    expect(() => readVariables({ [name]: value })).toThrow(`The environment variable ${name} must be `);
  });
});
