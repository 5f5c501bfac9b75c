import { expect, test } from 'vitest';
import { claimsAskedFor } from '../../src/api/claims-challenge.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedInByDeviceCode } from '../support/signed-in.ts';

const demandedClaims = { nbf: { essential: true, value: '1700000000' } };
const validate = ['validate', '-s', 'settings.json'];

function renewals({ requests }: FakeCloud): number {
  return requests.filter(({ path }) => path.endsWith('/token')).length;
}

test('a service that requires more claims gets a new token during a command', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
  cloud.demandedClaims = demandedClaims;
  expect((await runInProcess(workspace, ...validate)).exitCode).toBe(0);
  expect(renewals(cloud)).toBe(1);
  expect((await runInProcess(workspace, ...validate)).exitCode).toBe(0);
  expect(renewals(cloud)).toBe(1);
});

test('a required user interaction is explained, with the command to type', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
  cloud.demandedClaims = demandedClaims;
  cloud.signIn.interactionForClaims = demandedClaims;
  const { exitCode, stderr } = await runInProcess(workspace, ...validate);
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(
    /^Error: Access token invalid\. Please login again\.\nThe tenant requires multi-factor authentication \(AADSTS50076\)\.\n/u,
  );
  expect(stderr).toContain('paconn login --force');
});

test('a service that always requires more claims is asked only twice', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedInByDeviceCode(cloud, { apiDefinition: petStore() });
  cloud.demandedClaims = demandedClaims;
  cloud.signIn.ignoresClaims = true;
  expect((await runInProcess(workspace, ...validate)).exitCode).toBe(3);
  expect(renewals(cloud)).toBe(1);
});

test.each([
  ['no header', undefined],
  ['another reason', 'Bearer authorization_uri="https://login.example", error="invalid_token"'],
  ['no base64', 'Bearer error="insufficient_claims", claims="{}"'],
  ['no JSON', `Bearer error="insufficient_claims", claims="${Buffer.from('claims').toString('base64')}"`],
  ['no object', `Bearer error="insufficient_claims", claims="${Buffer.from('[]').toString('base64')}"`],
])('%s asks for nothing', (_what, header) => {
  expect(claimsAskedFor(header === undefined ? {} : { 'www-authenticate': header })).toBeUndefined();
});
