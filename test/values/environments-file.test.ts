import { describe, expect, test } from 'vitest';
import { holdsCredential } from '../../src/values/environments-file.ts';

describe('a text that can only be a credential', () => {
  test.each([
    '-----BEGIN PRIVATE KEY-----\nhunter2',
    '-----BEGIN OPENSSH PRIVATE KEY-----\nhunter2',
    '-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nhunter2',
    '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nhunter2',
    'PuTTY-User-Key-File-3: ssh-ed25519',
  ])('the private key %j', (text) => {
    expect(holdsCredential(text)).toBe(true);
  });

  test.each([
    'https://ada:hunter2@proxy.example:3128',
    'https://hunter2@github.com/contoso/orders',
    'redis://:hunter2@cache.example:6379/0',
    String.raw`http://CONTOSO\ada:hunter2@proxy.example`,
    'mongodb://ada:hunter2@one.example:27017,two.example:27017/orders',
    'mongodb://ada:hunter2,2@one.example/orders',
    'jdbc:postgresql://ada:hunter2@db.example/orders',
    'http://ada:hunter2@proxy.example:99999/',
    'url=https://ada:hunter2@proxy.example/',
    'Use "https://ada:hunter2@proxy.example/" as the proxy',
  ])('the URL with a user %j', (text) => {
    expect(holdsCredential(text)).toBe(true);
  });

  test.each([
    'api.contoso.com',
    'ada@contoso.com',
    'mailto:ada@contoso.com',
    'https://contoso.com/users/ada@contoso.com',
    'https://contoso.com:8443/@ada',
    'https://contoso.com?user=ada@contoso.com',
    'https://contoso.com#ada@contoso.com',
    'https://contoso.com//ada@contoso.com',
    'See https://contoso.com, or write to ada@contoso.com',
    'https://contoso.com,ada@contoso.com',
    'https://contoso.com:8443 ada@contoso.com',
    'https://contoso.com|ada@contoso.com',
    '<a href="https://contoso.com">ada@contoso.com</a>',
    '{"url":"https://contoso.com:8443","mail":"ada@contoso.com"}',
    '// ada@contoso.com',
    '-----BEGIN PUBLIC KEY-----',
    '-----BEGIN PGP PUBLIC KEY BLOCK-----',
    'The private key is in the vault.',
  ])('not %j', (text) => {
    expect(holdsCredential(text)).toBe(false);
  });
});
