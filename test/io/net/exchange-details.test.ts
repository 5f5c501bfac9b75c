import { expect, test } from 'vitest';
import { exchangeDetails } from '../../../src/io/net/exchange-details.ts';
import { get, post } from '../../support/http-client.ts';

const answer = { status: 200, statusText: 'OK', headers: {}, body: Buffer.from('1234') };

test('an exchange is shown with headers and sizes', () => {
  const request = { ...post('https://x.example/', 'ü'), headers: { 'Content-Type': 'application/json' } };
  const response = { ...answer, headers: { 'x-ms-request-id': 'a-1', 'retry-after': '3' } };
  expect(exchangeDetails(request, response).split('\n')).toEqual([
    '',
    '  > content-type: application/json',
    '  > 2 bytes',
    '  < x-ms-request-id: a-1',
    '  < retry-after: 3',
    '  < 4 bytes',
  ]);
});

test.each([
  ['Authorization', 'Bearer hush'],
  ['X-IDENTITY-HEADER', 'hush'],
  ['x-ms-authorization-auxiliary', 'Bearer hush'],
  ['x-ms-client-secret', 'hush'],
  ['x-ms-copy-source', 'https://blob.example/c/icon.png?sig=hush&se=1'],
  ['location', 'https://blob.example/c/icon.png?sig=hush'],
  ['set-cookie', 'session=hush'],
  ['www-authenticate', 'Bearer claims="hush"'],
  ['anything-else', 'hush'],
])('what the header %s holds is not shown, in neither direction', (name, value) => {
  const request = { ...get('https://x.example/?sig=hush'), headers: { [name]: value } };
  const shown = exchangeDetails(request, { ...answer, headers: { [name.toLowerCase()]: value } });
  expect(shown).not.toContain('hush');
  expect(shown.split('\n').filter((line) => line.includes(name.toLowerCase()))).toHaveLength(2);
});
