import { describe, expect, test } from 'vitest';
import { openRemote, type ApiChoices } from '../support/remote.ts';
import type { Application } from '../support/fake-cloud/applications.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';

/** The tokens of an application, as it would get them. */
function tokensOf(cloud: FakeCloud, application: Application): NonNullable<ApiChoices['tokens']> {
  const { text } = cloud.signIn.issueApplicationToken(application, 'https://service.powerapps.com/', cloud.url);
  return { token: () => text, renew: async () => await Promise.resolve(), refusedHint: '' };
}

const flow = '/providers/Microsoft.ProcessSimple/environments';
const powerApps = '/providers/Microsoft.PowerApps/environments';

describe('the environments', () => {
  test('are read from Power Apps only, with all pages', async () => {
    await using cloud = await FakeCloud.start();
    cloud.addEnvironment({ displayName: 'Test' });
    cloud.pageSize = 1;
    const environments = await openRemote(cloud).listEnvironments();
    expect(environments.map(({ properties }) => properties?.displayName)).toEqual(['Contoso (default)', 'Test']);
    expect(cloud.requests.map(({ path }) => path)).toEqual([powerApps, powerApps]);
    expect(cloud.requests[0]?.query['api-version']).toBe('2017-08-01');
  });

  test('of an application also come from Power Apps, because Flow has none', async () => {
    await using cloud = await FakeCloud.start();
    const tokens = tokensOf(cloud, cloud.signIn.applications.add());
    expect(await openRemote(cloud, { tokens }).listEnvironments()).toHaveLength(1);
    expect(cloud.requests.map(({ path }) => path)).toEqual([powerApps]);
  });

  test.each([400, 403, 404, 405])('come from Flow when Power Apps refuses with %i', async (status) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: powerApps, status });
    expect(await openRemote(cloud).listEnvironments()).toHaveLength(1);
    expect(cloud.requests.map(({ path }) => path)).toEqual([powerApps, flow]);
    expect(cloud.requests[1]?.query['api-version']).toBe('2016-11-01');
  });

  test('are not requested from Flow when Power Apps fails', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: powerApps, status: 409 });
    await expect(openRemote(cloud).listEnvironments()).rejects.toMatchObject({ status: 409 });
    expect(cloud.requests).toHaveLength(1);
  });

  test('report the refusal of Power Apps when both refuse', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: powerApps, status: 403, json: { error: { code: 'First', message: 'First.' } } });
    cloud.fault({ path: flow, status: 404 });
    await expect(openRemote(cloud).listEnvironments()).rejects.toMatchObject({ status: 403, code: 'First' });
  });
});

test('the error for an unregistered application names who can register it, and how', async () => {
  await using cloud = await FakeCloud.start();
  const application = cloud.signIn.applications.add();
  application.isManagementApplication = false;
  const api = openRemote(cloud, { tokens: tokensOf(cloud, application) });
  const requests = [
    async () => await api.listEnvironments(),
    async () => await api.listConnectors('x'),
    async () => await api.generateResourceStorage('x'),
  ];
  for (const request of requests) {
    await expect(request()).rejects.toMatchObject({
      exitCode: 1,
      message: expect.stringContaining(`for application ${application.clientId} does not have permission`),
      hint: `A Power Platform administrator must register the application once: New-PowerAppManagementApp -ApplicationId ${application.clientId} (PowerShell module Microsoft.PowerApps.Administration.PowerShell).`,
    });
  }
});
