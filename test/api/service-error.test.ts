import { describe, expect, test } from 'vitest';
import type { ApiError } from '../../src/errors.ts';
import { apiError, innermostError } from '../../src/api/service-error.ts';
import { multipleErrors, nonLocalizedError, platformError } from '../support/fake-cloud/service-errors.ts';

/** The text of an answer, its messages wrapped in each other from the inside out. */
function wrapped(...layers: readonly ((inside: string) => unknown)[]): string {
  return layers.reduce((inside, layer) => JSON.stringify(layer(inside)), '');
}

function errorFor(body: string | Buffer, { status = 400, statusText = 'Bad Request', headers = {} } = {}): ApiError {
  const url = new URL('https://api.contoso.example/apis/x?api-version=1&sig=s3cret');
  const request = {
    method: 'PATCH',
    url,
    repeatable: false,
    sizeLimit: 1,
    headers: { Authorization: 'Bearer s3cret' },
  } as const;
  return apiError('update it', request, { status, statusText, headers, body: Buffer.from(body) });
}

describe('the innermost message of a service error is shown,', () => {
  const innermost = { error: { code: 'Inner', message: 'The host is missing.' } };

  test.each([
    ['as it came', JSON.stringify(innermost)],
    [
      'in a message',
      wrapped(
        () => innermost,
        (inside) => ({ error: { code: 'Outer', message: inside } }),
      ),
    ],
    [
      'in a message with words around it',
      wrapped(
        () => innermost,
        (inside) => ({ error: { code: 'Outer', message: `Backend said: ${inside} (sorry)` } }),
      ),
    ],
    [
      'in a message with other braces before it',
      wrapped(
        () => innermost,
        (inside) => ({ error: { message: `GET {host}/apis/{id}: ${inside}` } }),
      ),
    ],
    [
      'in a text',
      wrapped(
        () => innermost,
        (inside) => inside,
      ),
    ],
    [
      'four messages deep',
      wrapped(
        () => innermost,
        (message) => ({ message }),
        (inside) => ({ Message: inside }),
        (message) => ({ error: { code: 'Middle', message } }),
        (message) => ({ 'odata.error': { code: 'Outer', message } }),
      ),
    ],
    ['in details', JSON.stringify(platformError(innermost.error))],
    ['in an error of the platform', JSON.stringify(nonLocalizedError(innermost.error))],
    ['behind a byte order mark', `\ufeff${JSON.stringify(innermost)}`],
  ])('%s', (_what, text) => {
    expect(innermostError(text)).toEqual({ code: 'Inner', message: 'The host is missing.' });
  });

  test.each<[what: string, text: string, expected: ReturnType<typeof innermostError>]>([
    [
      'of several all, under the code of the whole',
      JSON.stringify(multipleErrors({ code: 'One', message: 'No host' }, { code: 'Other', message: 'No title.' })),
      { code: 'MultipleErrorsOccurred', message: 'No host. No title.' },
    ],
    [
      'and details without words do not count',
      '{"error":{"code":"Outer","message":"out","details":[null,{"code":"x"}]}}',
      { code: 'Outer', message: 'out' },
    ],
    [
      'with the code outside of it when it has none',
      wrapped(
        () => ({ message: 'in' }),
        (message) => ({ error: { code: 'Outer', message } }),
      ),
      { code: 'Outer', message: 'in' },
    ],
    [
      'and one without words does not count',
      wrapped(
        () => ({ error: {} }),
        (inside) => ({ error: { code: 'Outer', message: `out ${inside}` } }),
      ),
      { code: 'Outer', message: 'out {"error":{}}' },
    ],
    ['with a code that is a number', '{"error": {"code": 40301, "message": "no"}}', { code: '40301', message: 'no' }],
    [
      'with details that are an object',
      '{"error": {"code": "Outer", "message": "out", "details": {"code": "Inner", "message": "in"}}}',
      { code: 'Inner', message: 'in.' },
    ],
    [
      'with details that say nothing',
      '{"error": {"code": "X", "message": "no", "details": "?", "FullNonLocalizedError": {}}}',
      { code: 'X', message: 'no' },
    ],
    ['with a code that is none', '{"error": {"code": {}, "message": "no"}}', { code: undefined, message: 'no' }],
    [
      'in an object of OData',
      '{"odata.error": {"code": "X", "message": {"lang": "en", "value": "no"}}}',
      { code: 'X', message: 'no' },
    ],
    ['that is the error itself', '{"error": "Not allowed here."}', { code: undefined, message: 'Not allowed here.' }],
    ['with words and a code that are no object', '{"error": "Bad", "message": "no"}', { code: 'Bad', message: 'no' }],
    ['or a code alone', '{"error": "invalid_grant"}', { code: 'invalid_grant', message: undefined }],
    ['with all its braces', '{"message": "use {id} in {path}"}', { code: undefined, message: 'use {id} in {path}' }],
    [
      'though it speaks of <Error>',
      '{"error": {"code": "X", "message": "an <Error> element"}}',
      { code: 'X', message: 'an <Error> element' },
    ],
    [
      'of blob storage',
      '\ufeff<?xml version="1.0" encoding="utf-8"?><Error><Code>BlobNotFound</Code><Message>The blob does not exist.\nRequestId:1\nTime:2</Message></Error>',
      { code: 'BlobNotFound', message: 'The blob does not exist.' },
    ],
  ])('%s', (_what, text, expected) => {
    expect(innermostError(text)).toEqual(expected);
  });

  test.each([
    '',
    '{}',
    '[]',
    'null',
    '5',
    '"text"',
    '{"error": 5}',
    '{"message": ""}',
    '<html></html>',
    '{"error": {"mess',
  ])('but there is none in %s', (text) => {
    const { message } = innermostError(text);
    expect(message).toBeUndefined();
  });
});

describe('a malicious response is a plain error:', () => {
  const many = 200_000;
  test.each([
    ['lists in lists', '['.repeat(many) + ']'.repeat(many)],
    ['lists that never end', '['.repeat(many)],
    ['objects in objects', `${'{"error":'.repeat(many)}1${'}'.repeat(many)}`],
    ['lists in lists in a message', JSON.stringify({ message: `{"a":${'['.repeat(many)}${']'.repeat(many)}}` })],
    ['lists in lists in a text', JSON.stringify('['.repeat(many) + ']'.repeat(many))],
    ['braces in braces in a message', JSON.stringify({ message: '{'.repeat(many) + '}'.repeat(many) })],
  ])('%s', (_what, text) => {
    const { message, answer = '' } = errorFor(text);
    expect(message.length + answer.length).toBeLessThan(50_000);
  });

  test('messages in messages are read to a limited depth', () => {
    const layers = Array.from({ length: 12 }, (_unused, depth) => (message: string) => ({
      message: message || `${depth}`,
    }));
    const { message = '' } = innermostError(wrapped(...layers));
    expect(message).toMatch(/^\{"message":/u);
  });
});

describe('the report of an answer', () => {
  test('never contains the query of the URL or the token', () => {
    const { message, detail, answer, hint } = errorFor('{"error": {"code": "X", "message": "no"}}');
    expect(JSON.stringify([message, detail, answer, hint])).not.toContain('s3cret');
    expect(answer).toMatch(/\n400 Client Error: Bad Request for url: https:\/\/api\.contoso\.example\/apis\/x$/u);
  });

  test('contains status, code, and correlation ID for callers', () => {
    const { status, code, serviceMessage } = errorFor('{"error": {"code": "X", "message": "no"}}', { status: 409 });
    expect({ status, code, serviceMessage }).toEqual({ status: 409, code: 'X', serviceMessage: 'no' });
  });

  test('shortens a long response, but keeps its message', () => {
    const long = 'long '.repeat(100_000);
    const { message, answer = '', serviceMessage } = errorFor(JSON.stringify({ message: long, more: long }));
    expect(message).toMatch(/… and \d+ characters more\. \(HTTP 400\)$/u);
    expect(answer).toMatch(/… and \d+ characters more\.\n400 Client Error/u);
    expect(message.length + answer.length).toBeLessThan(50_000);
    expect(serviceMessage).toBe(long);
  });

  test('shows a long list of findings whole', () => {
    const findings = Array.from({ length: 200 }, (_unused, index) => `Error: operation ${index} has no summary`).join(
      '\n',
    );
    expect(errorFor(JSON.stringify({ message: findings })).message).toContain(findings.replaceAll('\n', '\n  '));
  });

  test.each(['\n', '\r\n', '\r', '\v', '\u0085', '\u2028', '\n\n \n'])(
    'has no line that begins with what the service says: %j',
    (end) => {
      const message = `One${end}##vso[task.complete]Two${end}Error: three`;
      const error = errorFor(JSON.stringify({ error: { code: `X${end}Y`, message } }));
      expect(error.message).toBe("Can't update it: One ##vso[task.complete]Two Error: three. (X Y, HTTP 400)");
      const many = Array.from({ length: 9 }, () => '::error::x').join(end);
      expect(errorFor(JSON.stringify({ message: many })).message).not.toMatch(/^::error/mu);
    },
  );

  test.each([
    ['words', 'Too many requests', 'the service returned: Too many requests.'],
    ['words in quotes', '"Unauthorized"', 'the service returned: "Unauthorized".'],
    ['several lines', 'one\ntwo', 'the service returned an unexpected response.'],
    ['a long line', 'x'.repeat(300), 'the service returned an unexpected response.'],
    ['half of an object', '{"error":', 'the service returned an unexpected response.'],
    ['a list', '[1, 2]', 'the service returned an unexpected response.'],
    ['bytes that are no text', Buffer.of(0x89, 0x50, 0), 'the service returned an unexpected response.'],
  ])('tells an answer that is not what services say: %s', (_what, body, words) => {
    expect(errorFor(body).message).toBe(`Can't update it: ${words} (HTTP 400)`);
  });

  test.each([
    [403, {}, /^Check that your account has permission/u],
    [429, { 'retry-after': '90' }, /Retry-After: 90/u],
    [503, {}, /Try again later\.$/u],
  ])('says what to do about %i', (status, headers, hint) => {
    expect(errorFor('', { status, headers }).hint).toMatch(hint);
  });

  test.each([400, 404, 500])('has no advice about %i', (status) => {
    expect(errorFor('', { status }).hint).toBeUndefined();
  });
});
