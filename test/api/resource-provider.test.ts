import { describe, expect, test } from 'vitest';
import { ApiError, NetworkError, NotSignedInError, UsageError } from '../../src/errors.ts';
import { CloudTokens, openRemote } from '../support/remote.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';

const list = /\/apis$/u;

describe('a list in pages', () => {
  test.each(['nextLink', '@odata.nextLink'] as const)('is read to its end, in order, by %s', async (linkName) => {
    await using cloud = await FakeCloud.start();
    cloud.habits.nextLinkName = linkName;
    const names = Array.from({ length: 7 }, (_, index) => `Connector ${index}`);
    for (const displayName of names) cloud.addConnector({ displayName });
    cloud.pageSize = 3;
    const connectors = await openRemote(cloud).listConnectors(cloud.environment.id);
    expect(connectors.map(({ properties }) => properties?.displayName)).toEqual(names);
    expect(cloud.requests.map(({ status, headers }) => [status, headers['x-ms-origin']])).toEqual([
      [200, 'paconn-cli'],
      [200, 'paconn-cli'],
      [200, 'paconn-cli'],
    ]);
  });

  test('continues from a relative URL', async () => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    const filter = `%24filter=environment%20eq%20%27${cloud.environment.id}%27`;
    const nextLink = `?api-version=2016-11-01&${filter}&%24skiptoken=${btoa('from 0')}`;
    cloud.fault({ path: list, status: 200, json: { value: [], nextLink } });
    const connectors = await openRemote(cloud).listConnectors(cloud.environment.id);
    expect(connectors.map(({ name }) => name)).toEqual([connector.id]);
  });

  test.each([null, ''])('ends with %j for a link', async (nextLink) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({
      path: list,
      status: 200,
      json: { value: [{ name: 'x', properties: { isCustomApi: true } }], nextLink },
    });
    expect(await openRemote(cloud).listConnectors('x')).toHaveLength(1);
    expect(cloud.requests).toHaveLength(1);
  });

  test('is an error that names the status of an answer without a list', async () => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: list, status: 204 });
    await expect(openRemote(cloud).listConnectors('x')).rejects.toThrow("it isn't JSON. (HTTP 204)");
  });

  test('is an error when a page leads back to another, since nobody knows what is missing', async () => {
    await using cloud = await FakeCloud.start();
    const link = (page: string): string => `${cloud.url}/providers/Microsoft.PowerApps/apis?page=${page}`;
    for (const page of ['2', '3', '2', '3']) {
      cloud.fault({ path: list, status: 200, json: { value: [], nextLink: link(page) } });
    }
    await expect(openRemote(cloud).listConnectors('x')).rejects.toThrow(
      "Can't list the connectors of the environment x: the pages of the list never end. (HTTP 200)",
    );
    expect(cloud.requests).toHaveLength(3);
  });

  test.each([
    'https://powerapps.example/apis',
    'http://api.powerapps.com/apis',
    'https://api.powerapps.com.example/',
    // Trusted, but not where this service is.
    'https://api.powerapps.com/apis',
  ])('that goes on at %s goes no further: the token is not for everybody', async (nextLink) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: list, status: 200, json: { value: [], nextLink } });
    await expect(openRemote(cloud).listConnectors('x')).rejects.toThrow(UsageError);
    expect(cloud.requests).toHaveLength(1);
  });

  test.each(['http://[', 7])('that goes on at %j is told as unexpected', async (nextLink) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: list, status: 200, json: { value: [], nextLink } });
    await expect(openRemote(cloud).listConnectors('x')).rejects.toThrow(/the service returned an unexpected response/u);
  });
});

describe('a token that is refused', () => {
  test('is renewed once, and the request is repeated, also a create', async () => {
    await using cloud = await FakeCloud.start();
    const tokens = new CloudTokens(cloud);
    cloud.signIn.expireAccessTokens();
    const payload = {
      displayName: 'New',
      openApiDefinition: JSON.parse(petStore()),
      environment: { name: cloud.environment.id },
    };
    const backendService = { serviceUrl: 'https://pets.contoso.example/v1' };
    const text = JSON.stringify({
      properties: { ...payload, backendService, description: '', scriptDefinitionUrl: '' },
    });
    const { connectorId } = await openRemote(cloud, { tokens }).createConnector(cloud.environment.id, { text });
    expect(cloud.connectors().map((connector) => connector.id)).toEqual([connectorId]);
    expect(tokens.renewals).toBe(1);
    expect(cloud.requests.map(({ status }) => status)).toEqual([401, 201]);
  });

  test('is renewed for each page of a list that needs it', async () => {
    await using cloud = await FakeCloud.start();
    for (const displayName of ['a', 'b', 'c']) cloud.addConnector({ displayName });
    cloud.pageSize = 2;
    const tokens = new CloudTokens(cloud);
    cloud.signIn.expireAccessTokens();
    expect(await openRemote(cloud, { tokens }).listConnectors(cloud.environment.id)).toHaveLength(3);
    expect(cloud.requests.map(({ status }) => status)).toEqual([401, 200, 200]);
  });

  test('requires a new sign-in when the renewed token is also refused', async () => {
    await using cloud = await FakeCloud.start();
    cloud.audiences.clear();
    const tokens = new CloudTokens(cloud);
    await expect(openRemote(cloud, { tokens }).listEnvironments()).rejects.toThrow(NotSignedInError);
    expect(tokens.renewals).toBe(1);
    expect(cloud.requests).toHaveLength(2);
  });

  test('reports the error of the renewal when it cannot be renewed', async () => {
    await using cloud = await FakeCloud.start();
    const { token } = new CloudTokens(cloud);
    cloud.signIn.expireAccessTokens();
    const problem = new NotSignedInError('Nobody is signed in.');
    const renew = async (): Promise<never> => await Promise.reject(problem);
    await expect(openRemote(cloud, { tokens: { token, renew, refusedHint: '' } }).listEnvironments()).rejects.toBe(
      problem,
    );
    expect(cloud.requests).toHaveLength(1);
  });

  test('has arrived where the service of the sign-in cannot be reached', async () => {
    await using cloud = await FakeCloud.start();
    const { token } = new CloudTokens(cloud);
    cloud.signIn.expireAccessTokens();
    const problem = new NetworkError('No connection.', { mayHaveArrived: false, hint: 'Check it.' });
    const renew = async (): Promise<never> => await Promise.reject(problem);
    const listing = openRemote(cloud, { tokens: { token, renew, refusedHint: '' } }).listEnvironments();
    await expect(listing).rejects.toMatchObject({ message: 'No connection.', hint: 'Check it.', mayHaveArrived: true });
  });

  test.each([400, 403, 404])('is another matter than status %i', async (status) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ path: '/apis', status });
    const tokens = new CloudTokens(cloud);
    await expect(openRemote(cloud, { tokens }).listConnectors('x')).rejects.toThrow(ApiError);
    expect(tokens.renewals).toBe(0);
  });
});

test('a redirect is not followed, so the token stays with its host', async () => {
  await using cloud = await FakeCloud.start();
  cloud.fault({ path: '/environments', redirect: `${cloud.url}/elsewhere` });
  await expect(openRemote(cloud).listEnvironments()).rejects.toMatchObject({ status: 302 });
  expect(cloud.requests).toHaveLength(1);
});
