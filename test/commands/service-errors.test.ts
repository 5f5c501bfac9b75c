import { describe, expect, test } from 'vitest';
import type { FaultOrder } from '../support/fake-cloud/faults.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import type { ToolResult } from '../support/running-tool.ts';
import { validDefinition } from '../support/valid-definition.ts';

/** What validate says when the service answers like that, the changing parts replaced. */
async function validateWith(fault: Omit<FaultOrder, 'path'>, ...args: readonly string[]): Promise<ToolResult> {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
  cloud.fault({ path: 'validateApiSwagger', ...fault });
  const { exitCode, stdout, stderr } = await runInProcess(workspace, 'validate', '-s', 'settings.json', ...args);
  const shown = stderr
    .replaceAll(/https:\/\/localhost:\d+\/\S+\/validateApiSwagger/gu, 'URL')
    .replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/gu, 'ID');
  return { exitCode, stdout, stderr: shown };
}

const doing = "Can't validate the API definition";
const failed = (stderr: string): ToolResult => ({ exitCode: 1, stdout: '', stderr: `Error: ${stderr}\n` });

describe.concurrent('an error response', () => {
  test('is reported in one sentence: its innermost message with code, status and correlation ID', async () => {
    const inner = JSON.stringify({ error: { code: 'Inner', message: 'The host is missing.' } });
    const middle = JSON.stringify({ error: { code: 'Middle', message: `Backend said: ${inner}` } });
    const json = { error: { code: 'Outer', message: middle }, '10': 1 };
    const headers = { 'x-ms-correlation-request-id': '11111111-2222-4333-8444-555555555555' };
    const sentence = `${doing}: The host is missing. (Inner, HTTP 400)\nCorrelation ID: ID`;
    expect(await validateWith({ status: 400, json, headers })).toEqual(failed(sentence));

    const { stderr } = await validateWith({ status: 400, json, headers }, '--verbose');
    const asItCame = `${JSON.stringify(json, null, 2)}\n400 Client Error: Bad Request for url: URL`;
    expect(stderr.slice(stderr.indexOf('Error: '))).toBe(`Error: ${sentence}\n${asItCame}\n`);
  });

  test.each([
    ['a message without a code', { message: 'Just words' }, 'Just words. (HTTP 400)'],
    ['an upper-case Message', { Message: 'An error has occurred.' }, 'An error has occurred. (HTTP 400)'],
    [
      'an error of OAuth',
      { error: 'invalid_request', error_description: 'Missing x.' },
      'Missing x. (invalid_request, HTTP 400)',
    ],
    ['a code that is a number', { error: { code: 40301, message: 'No!' } }, 'No! (40301, HTTP 400)'],
    ['an OData error', { 'odata.error': { code: 'X', message: 'No.' } }, 'No. (X, HTTP 400)'],
    ['nothing that we know', { fault: 'x' }, 'the service returned an unexpected response. (HTTP 400)'],
  ])('may be %s', async (_what, json, message) => {
    const { stderr } = await validateWith({ status: 400, json, headers: { 'x-ms-request-id': '' } });
    expect(stderr).toBe(`Error: ${doing}: ${message}\n`);
  });

  test('may be a web page of a gateway, which is not shown', async () => {
    const html = '<!DOCTYPE html><html><body><h1>502 Bad Gateway</h1></body></html>';
    expect(await validateWith({ status: 502, html, times: 9 })).toEqual(
      failed(
        `${doing}: the response is a web page, perhaps from a proxy or gateway, not from the service. (HTTP 502)\nCorrelation ID: ID\nCheck your network: a proxy, a firewall, or a sign-in page for guests may have answered instead of the service.`,
      ),
    );
  });

  test('may be empty', async () => {
    expect(await validateWith({ status: 500, times: 9 })).toEqual(
      failed(`${doing}: the service didn't return a reason. (HTTP 500)\nCorrelation ID: ID`),
    );
  });

  test('may be JSON of which half is missing', async () => {
    const { exitCode, stderr } = await validateWith({ status: 400, text: '{"error": {"code": "X", "mess' });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: `Error: ${doing}: the service returned an unexpected response. (HTTP 400)\nCorrelation ID: ID\n`,
    });
  });

  test('may be a redirection, which the token does not follow', async () => {
    const { exitCode, stderr } = await validateWith({ redirect: 'https://elsewhere.example/' }, '--verbose');
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/\n302 Redirection: Found for url: URL\n$/u);
  });
});

describe.concurrent('a request with a temporary failure is repeated', () => {
  test.each<[what: string, fault: Omit<FaultOrder, 'path'>]>([
    ['503 twice', { status: 503, times: 2, headers: { 'retry-after': '0' } }],
    ['429 with a pause', { status: 429, headers: { 'retry-after': '1' } }],
    ['500', { status: 500 }],
    ['408', { status: 408 }],
    ['a broken connection', { action: 'reset', times: 2 }],
    ['half an answer', { action: 'truncate', status: 200, text: 'Error : half' }],
  ])('after %s', async (_what, fault) => {
    expect(await validateWith(fault)).toEqual(validDefinition);
  });

  test('after the pause that the service asks for, not before', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { apiDefinition: petStore() });
    cloud.fault({ path: 'validateApiSwagger', status: 429, headers: { 'retry-after': '2' } });
    expect(await runInProcess(workspace, 'validate', '-s', 'settings.json')).toEqual(validDefinition);
    const [first, second] = cloud.requests;
    expect((second?.startedAt ?? 0) - (first?.endedAt ?? 0)).toBeGreaterThanOrEqual(1900);
  });

  test('but only a few times, and not after a long pause', async () => {
    for (const fault of [
      { status: 503, times: 99, headers: { 'retry-after': '0' } },
      { status: 429, times: 99, headers: { 'retry-after': '3600' } },
    ]) {
      const { exitCode, stderr } = await validateWith(fault);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/\nThe service is busy\. Try again later \(Retry-After: (0|3600)\)\.\n$/u);
    }
  });
});
