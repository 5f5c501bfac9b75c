import { describe, expect, test } from 'vitest';
import { claimsOf, lastsFor } from '../../src/auth/access-token.ts';

function token(claims: unknown): string {
  return ['{"alg":"none"}', JSON.stringify(claims), 'signature']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
}

describe('a claim of a token', () => {
  test.each([
    ['is read', token({ oid: 'a-b' }), 'a-b'],
    ['may hold letters beyond ASCII', token({ oid: 'é日😀?>~' }), 'é日😀?>~'],
    ["is undefined when it doesn't exist", token({ sub: 'x' }), undefined],
    ['is undefined when it is no text', token({ oid: 5 }), undefined],
    ['is undefined for what JavaScript knows', token({ toString: null }), undefined],
    ['is undefined for claims that are a list', token(['oid']), undefined],
    ['is undefined for claims that are no JSON', `a.${Buffer.from('{"oid":').toString('base64url')}.b`, undefined],
    ['is undefined for a token without parts', 'opaque', undefined],
    ['is undefined for an empty token', '', undefined],
    ['is undefined for empty parts', '..', undefined],
  ])('%s', (_what, text, expected) => {
    expect(claimsOf(text).oid).toBe(expected);
  });
});

describe('a token with ten minutes left', () => {
  const tenMinutes = { value: 'x', objectId: 'y', expiresOn: Date.now() / 1000 + 600 };

  test.each([
    [-60, true],
    [0, true],
    [300, true],
    [590, true],
    [610, false],
    [3600, false],
  ])('lasts for %i seconds: %s', (seconds, expected) => {
    expect(lastsFor({ ...tenMinutes, expiresOn: Date.now() / 1000 + 600 }, seconds)).toBe(expected);
  });
});
