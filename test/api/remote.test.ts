import { describe, expect, test } from 'vitest';
import type { Remote } from '../../src/api/remote.ts';
import { ApiError, NetworkError } from '../../src/errors.ts';
import { openRemote } from '../support/remote.ts';
import { isInUse } from '../../src/api/refusals.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';

const environment = 'Default-72a1f6c4';
const connectorId = 'shared_pet-20store-5fa1';
const definition = { text: petStore() };
const filter = '%24filter=environment%20eq%20%27Default-72a1f6c4%27';

const calls: Record<string, (api: Remote) => Promise<unknown>> = {
  listEnvironments: async (api) => await api.listEnvironments(),
  listConnectors: async (api) => await api.listConnectors(environment),
  getConnector: async (api) => await api.getConnector({ environment, connectorId }),
  validate: async (api) => await api.validateApiDefinition(definition, { certification: false }),
  certify: async (api) => await api.validateApiDefinition(definition, { certification: true }),
  generateResourceStorage: async (api) => await api.generateResourceStorage(environment),
  createConnector: async (api) => await api.createConnector(environment, { text: '{"a": 1.0}' }),
  deleteConnector: async (api) => await api.deleteConnector({ environment, connectorId }),
  listConnections: async (api) => await api.listConnections({ environment, connectorId }),
  updateConnector: async (api) => await api.updateConnector({ environment, connectorId }, { text: '{"a": 1.0}' }),
};

describe('a request', () => {
  const powerApps = '/providers/Microsoft.PowerApps';
  const user = `${powerApps}/objectIds/c03fcd17-7e4e-4a4a-bf0f-5f39e2844a83`;
  const version = 'api-version=2016-11-01';
  const ofCustomOnes = '%20and%20IsCustomApi%20eq%20%27True%27';

  test.each([
    ['listEnvironments', 'GET', `${powerApps}/environments?api-version=2017-08-01`, ''],
    ['listConnectors', 'GET', `${powerApps}/apis?${version}&${filter}${ofCustomOnes}`, ''],
    ['deleteConnector', 'DELETE', `${powerApps}/apis/${connectorId}?${version}&${filter}`, ''],
    ['listConnections', 'GET', `${powerApps}/apis/${connectorId}/connections?${version}&${filter}`, ''],
    ['getConnector', 'GET', `${powerApps}/apis/${connectorId}?${version}&${filter}`, ''],
    ['validate', 'POST', `${user}/validateApiSwagger?${version}`, definition.text],
    [
      'certify',
      'POST',
      `${user}/validateApiSwagger?${version}&enableConnectorCertificationRules=true`,
      definition.text,
    ],
    [
      'generateResourceStorage',
      'POST',
      `${user}/generateResourceStorage?${version}`,
      '{"environment":{"name":"Default-72a1f6c4"}}',
    ],
    ['createConnector', 'POST', `${powerApps}/apis?${version}&${filter}`, '{"a": 1.0}'],
    ['updateConnector', 'PATCH', `${powerApps}/apis/${connectorId}?${version}&${filter}`, '{"a": 1.0}'],
  ])('to %s is %s %s', async (name, method, target, body) => {
    await using cloud = await FakeCloud.start();
    await calls[name]?.(openRemote(cloud)).catch(() => undefined);
    // The environment is in no cloud: whether it is a new one is asked once.
    const asked = cloud.requests.filter(
      ({ path }) => !path.endsWith('/environments') || target.includes('/environments'),
    );
    expect(asked).toMatchObject([{ method, target, body, authorized: true }]);
    expect(cloud.requests[0]?.headers['content-type']).toBe(body === '' ? undefined : 'application/json');
    const saysWhoAsks = !['listEnvironments', 'generateResourceStorage'].includes(name);
    expect(cloud.requests[0]?.headers['x-ms-origin']).toBe(saysWhoAsks ? 'paconn-cli' : undefined);
  });

  test.each([
    ["a'b&c=d e#f%g+h", '%24filter=environment%20eq%20%27a%27b%26c%3Dd%20e%23f%25g%2Bh%27'],
    ['Größe (1)*!', '%24filter=environment%20eq%20%27Gr%C3%B6%C3%9Fe%20%281%29%2A%21%27'],
  ])('has every character of the environment %s encoded', async (name, encoded) => {
    await using cloud = await FakeCloud.start();
    await openRemote(cloud)
      .listConnectors(name)
      .catch(() => undefined);
    expect(cloud.requests[0]?.target).toBe(`/providers/Microsoft.PowerApps/apis?${version}&${encoded}${ofCustomOnes}`);
  });

  test('has a connector ID in one segment of the path, whatever is in it', async () => {
    await using cloud = await FakeCloud.start();
    await openRemote(cloud)
      .getConnector({ environment, connectorId: 'a/../b?c#d' })
      .catch(() => undefined);
    expect(cloud.requests[0]?.path).toBe('/providers/Microsoft.PowerApps/apis/a%2F..%2Fb%3Fc%23d');
  });

  test('uses only scheme, host, and port of the URL in the settings', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    const api = openRemote(cloud, { url: `${cloud.url}/some/path/?a=b#c` });
    await api.getConnector({ environment: connector.environment, connectorId: connector.id });
    expect(cloud.requests[0]?.path).toBe(`/providers/Microsoft.PowerApps/apis/${connector.id}`);
  });
});

describe('an answer', () => {
  test('to getConnector keeps its exact text', async () => {
    await using cloud = await FakeCloud.start();
    const capabilities = '[{"10": 1.0, "9": 9007199254740993, "x": 1e3}]';
    const connector = cloud.addConnector({ apiProperties: `{"properties":{"capabilities":${capabilities}}}` });
    const found = await openRemote(cloud).getConnector({
      environment: connector.environment,
      connectorId: connector.id,
    });
    expect(found.text).toContain(capabilities);
  });

  test('to listConnectors contains custom connectors only', async () => {
    await using cloud = await FakeCloud.start();
    const custom = cloud.addConnector({ displayName: 'Custom', createdBy: null });
    cloud.addConnector({ displayName: 'Built in', isCustomApi: false });
    const connectors = await openRemote(cloud).listConnectors(custom.environment);
    expect(connectors.map(({ name }) => name)).toEqual([custom.id]);
  });

  test('to a validation is its text', async () => {
    await using cloud = await FakeCloud.start();
    const api = openRemote(cloud);
    cloud.validator = () => ({ status: 200, body: '' });
    expect(await api.validateApiDefinition(definition, { certification: true })).toBe('');
    cloud.validator = () => ({ status: 200, body: '\uFEFF"Line 1\\r\\nLine 2"' });
    expect(await api.validateApiDefinition(definition, { certification: false })).toBe('"Line 1\\r\\nLine 2"');
  });

  test.each(
    Object.keys(calls).filter((name) => !['validate', 'certify', 'updateConnector', 'deleteConnector'].includes(name)),
  )('to %s that does not belong there is told as such', async (name) => {
    for (const text of [
      '',
      '{}',
      '[]',
      'null',
      '"x"',
      'oops',
      '{"value":1,"name":1,"properties":1}',
      '{"value":[{}]}',
    ]) {
      await using cloud = await FakeCloud.start();
      cloud.fault({ path: '/providers/', status: 200, text });
      await expect(calls[name]?.(openRemote(cloud))).rejects.toMatchObject({
        status: 200,
        exitCode: 1,
        message: expect.stringMatching(/^Can't .+: the service returned an unexpected response: .+\. \(HTTP 200\)$/u),
        hint: 'Check the URLs in the settings. --verbose shows the requests.',
      });
    }
  });

  test.each(Object.keys(calls))('to %s that is a web page is told as such, though its status is 200', async (name) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({
      path: '/providers/',
      status: 200,
      html: '\n<!DOCTYPE html>\n<html><body>Sign in to Wi-Fi</body></html>',
    });
    await expect(calls[name]?.(openRemote(cloud))).rejects.toMatchObject({
      message: expect.stringMatching(/^Can't .+: the response is a web page, /u),
      answer: expect.stringMatching(/^200 Success: OK for url: https:\/\/localhost:\d+\/providers\/[^?]+$/u),
    });
  });

  test.each(['javascript:alert(1)', 'ftp://x/y?sig=1', '', 'x', 7])(
    'with %j for a storage is told as such',
    async (url) => {
      await using cloud = await FakeCloud.start();
      cloud.fault({ path: '/generateResourceStorage', status: 200, json: { sharedAccessSignature: url } });
      await expect(openRemote(cloud).generateResourceStorage(environment)).rejects.toThrow(ApiError);
    },
  );
});

describe('a request whose answer is lost', () => {
  test('is sent again, also for an update', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ method: 'PATCH', path: '/apis/', action: 'resetAfter' });
    cloud.fault({ method: 'PATCH', path: '/apis/', status: 200 });
    await openRemote(cloud).updateConnector({ environment, connectorId }, { text: '{}' });
    expect(cloud.requests.map(({ method }) => method)).toEqual(['PATCH', 'PATCH']);
  });

  test('is never sent again for a create', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ method: 'POST', path: '/apis', action: 'resetAfter' });
    await expect(openRemote(cloud).createConnector(environment, { text: '{}' })).rejects.toThrow(NetworkError);
    cloud.fault({ method: 'POST', path: '/apis', status: 503 });
    await expect(openRemote(cloud).createConnector(environment, { text: '{}' })).rejects.toThrow(ApiError);
    expect(cloud.requests).toHaveLength(2);
  });
});

test("deleting a missing connector succeeds, but fails in an environment that doesn't exist", async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  const target = { environment: connector.environment, connectorId: connector.id };
  const api = openRemote(cloud);
  await api.deleteConnector(target);
  await api.deleteConnector(target);
  expect(cloud.connectors()).toEqual([]);
  await expect(api.deleteConnector({ ...target, environment: 'nowhere' })).rejects.toMatchObject({
    status: 404,
    code: 'ServiceToServiceEnvironmentNotFound',
  });
});

test('the connections with a connector are listed, page by page', async () => {
  await using cloud = await FakeCloud.start();
  cloud.pageSize = 2;
  const connector = cloud.addConnector();
  const target = { environment: connector.environment, connectorId: connector.id };
  const api = openRemote(cloud);
  const connections = [1, 2, 3].map((number) => cloud.addConnection(connector.id, { displayName: `Pets ${number}` }));
  const listed = await api.listConnections(target);
  expect(listed.map(({ name }) => name)).toEqual(connections.map(({ id }) => id));
  expect(isInUse(await api.deleteConnector(target).catch((error: unknown) => error))).toBe(true);
});

describe('an environment that connectors cannot be in yet', () => {
  const unknown = {
    status: 404,
    json: { error: { code: 'ServiceToServiceEnvironmentNotFound', message: 'The environment could not be found.' } },
  };

  test('is waited for when it is listed, and the connector is then created once', async () => {
    await using cloud = await FakeCloud.start();
    const { id } = cloud.environment;
    const paused: string[] = [];
    const remote = openRemote(cloud, { pause: async (name) => void paused.push(name) });
    cloud.fault({ path: 'generateResourceStorage', times: 2, ...unknown });
    await remote.generateResourceStorage(id);
    cloud.fault({ method: 'GET', path: '/apis', times: 3, ...unknown });
    expect(await remote.listConnectors(id)).toEqual([]);
    expect(paused).toEqual(Array(5).fill(id));
  });

  test('is waited for only a limited time', async () => {
    await using cloud = await FakeCloud.start();
    const paused: string[] = [];
    const remote = openRemote(cloud, { pause: async (name) => void paused.push(name) });
    const fault = cloud.fault({ path: '/apis', times: 99, ...unknown });
    await expect(remote.listConnectors(cloud.environment.id)).rejects.toMatchObject({
      code: 'ServiceToServiceEnvironmentNotFound',
      hint: expect.stringMatching(
        /A new environment can take some minutes.+\nList your environments with:\n {2}paconn environments$/u,
      ),
    });
    expect({ paused: paused.length, hits: fault.hits }).toEqual({ paused: 10, hits: 11 });
  });

  test('is not waited for when it is not listed, or the list is unavailable', async () => {
    await using cloud = await FakeCloud.start();
    const paused: string[] = [];
    const remote = openRemote(cloud, { pause: async (name) => void paused.push(name) });
    await expect(remote.listConnectors('nowhere')).rejects.toMatchObject({ status: 404 });
    cloud.fault({ path: '/environments', times: 9, status: 403 });
    await expect(remote.listConnectors('nowhere')).rejects.toMatchObject({
      code: 'ServiceToServiceEnvironmentNotFound',
    });
    expect(paused).toEqual([]);
  });
});
