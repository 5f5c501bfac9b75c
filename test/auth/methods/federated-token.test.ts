import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { authenticate, renew } from '../../../src/auth/authenticate.ts';
import { type AuthenticationChoices, authenticationOptions } from '../../support/authentication.ts';
import type { FederatedCredential } from '../../support/fake-cloud/applications.ts';
import { FakeCloud } from '../../support/fake-cloud/fake-cloud.ts';
import { TokenIssuer } from '../../support/fake-cloud/token-issuer.ts';
import { contosoTenant } from '../../support/fake-cloud/users.ts';
import { TemporaryDirectory } from '../../support/temporary-directory.ts';

const audience = 'api://AzureADTokenExchange';
const cluster = new TokenIssuer('https://cluster.example/');
const subject = 'system:serviceaccount:deploy:paconn';
const ofCluster: FederatedCredential = { issuer: cluster.url, subject, audience };

function choices(cloud: FakeCloud, federatedCredential: FederatedCredential): AuthenticationChoices {
  cloud.signIn.issuers.push(cluster);
  const { clientId } = cloud.signIn.applications.add({ federatedCredential });
  return { settings: { clientId, tenant: contosoTenant } };
}

describe('a federated token in a file', () => {
  test('is read again each time, because it expires', async () => {
    await using cloud = await FakeCloud.start();
    await using directory = await TemporaryDirectory.create();
    const file = directory.join('token');
    const options = authenticationOptions(cloud, {
      ...choices(cloud, ofCluster),
      request: { method: 'federated-token', from: { file } },
    });
    await writeFile(file, `${cluster.issue({ sub: subject, aud: audience })}\n`);
    const first = await authenticate(options);
    const past = Math.floor(Date.now() / 1000) - 10;
    await writeFile(file, cluster.issue({ sub: subject, aud: audience, exp: past }));
    await expect(renew(options, first)).rejects.toThrow(
      "The credential of the application isn't valid at this time (AADSTS700024).",
    );
    await writeFile(file, cluster.issue({ sub: subject, aud: audience }));
    expect((await renew(options, first)).accessToken.value).not.toBe(first.accessToken.value);
  });

  test.each([
    ['subject', { sub: 'somebody else', aud: audience }, 'AADSTS700213'],
    ['audience', { sub: subject, aud: 'https://elsewhere.example' }, 'AADSTS700212'],
    ['issuer', { sub: subject, aud: audience, iss: 'https://elsewhere.example' }, 'AADSTS700211'],
  ])('is refused for another %s', async (_what, claims, code) => {
    await using cloud = await FakeCloud.start();
    await using directory = await TemporaryDirectory.create();
    const file = directory.join('token');
    await writeFile(file, cluster.issue(claims));
    const options = authenticationOptions(cloud, {
      ...choices(cloud, ofCluster),
      request: { method: 'federated-token', from: { file } },
    });
    await expect(authenticate(options)).rejects.toMatchObject({
      exitCode: 3,
      message: expect.stringContaining(code),
      hint: expect.stringContaining('federated credential'),
    });
  });

  test.each([
    ['is not there', undefined, /^File does not exist: /u],
    ['is empty', ' \n', /^The federated token file .+ is empty\.$/u],
  ])('that %s is said', async (_what, content, message) => {
    await using cloud = await FakeCloud.start();
    await using directory = await TemporaryDirectory.create();
    const file = directory.join('token');
    if (content !== undefined) await writeFile(file, content);
    const options = authenticationOptions(cloud, {
      ...choices(cloud, ofCluster),
      request: { method: 'federated-token', from: { file } },
    });
    await expect(authenticate(options)).rejects.toThrow(message);
  });
});

describe('in GitHub Actions', () => {
  const request = { method: 'federated-token', from: 'github' } as const;
  const credential = (cloud: FakeCloud): FederatedCredential => {
    const { issuer, subject: job } = cloud.pipelines.gitHub;
    return { issuer: issuer.url, subject: job, audience };
  };

  test('the job requests its own token', async () => {
    await using cloud = await FakeCloud.start();
    const variables = cloud.pipelines.gitHubVariables(cloud.url);
    const options = authenticationOptions(cloud, { ...choices(cloud, credential(cloud)), request, variables });
    expect(await authenticate(options)).toMatchObject({ username: 'Contoso Deployment' });
  });

  test('the error names the permission that the job lacks', async () => {
    await using cloud = await FakeCloud.start();
    const options = authenticationOptions(cloud, { ...choices(cloud, credential(cloud)), request });
    await expect(authenticate(options)).rejects.toMatchObject({
      exitCode: 2,
      message: "The environment variable ACTIONS_ID_TOKEN_REQUEST_URL isn't set.",
      hint: expect.stringContaining('id-token: write'),
    });
  });

  test('a refused token of the job is reported', async () => {
    await using cloud = await FakeCloud.start();
    const variables = { ...cloud.pipelines.gitHubVariables(cloud.url), ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'stale' };
    const options = authenticationOptions(cloud, { ...choices(cloud, credential(cloud)), request, variables });
    await expect(authenticate(options)).rejects.toMatchObject({
      exitCode: 3,
      message: "GitHub didn't return a token for this job: status 401.",
    });
  });

  test.each(['http://elsewhere.example/token?x=1', 'file:///etc/passwd', 'not a URL'])(
    'the token of the job does not go to %s',
    async (url) => {
      await using cloud = await FakeCloud.start();
      const variables = { ...cloud.pipelines.gitHubVariables(cloud.url), ACTIONS_ID_TOKEN_REQUEST_URL: url };
      const options = authenticationOptions(cloud, { ...choices(cloud, credential(cloud)), request, variables });
      await expect(authenticate(options)).rejects.toMatchObject({
        exitCode: 2,
        message: "The environment variable ACTIONS_ID_TOKEN_REQUEST_URL isn't valid: it must be an https URL.",
      });
    },
  );

  test.each([
    ['https://login.microsoftonline.us/', 'api://AzureADTokenExchangeUSGov'],
    ['https://login.chinacloudapi.cn/', 'api://AzureADTokenExchangeChina'],
  ])('the token is for the cloud of %s', async (authorityUrl, expected) => {
    await using cloud = await FakeCloud.start();
    const variables = {
      ...cloud.pipelines.gitHubVariables(cloud.url),
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'refused, so that nobody is asked after it',
    };
    const { settings } = choices(cloud, credential(cloud));
    const options = authenticationOptions(cloud, { settings: { ...settings, authorityUrl }, request, variables });
    await expect(authenticate(options)).rejects.toThrow(/GitHub didn't return a token/u);
    expect(cloud.requests.map(({ query }) => query['audience'])).toEqual([expected]);
  });
});

describe('in Azure DevOps', () => {
  const request = { method: 'federated-token', from: 'azure-devops' } as const;
  const credential = (cloud: FakeCloud): FederatedCredential => {
    const { issuer, subject: connection } = cloud.pipelines.azureDevOps;
    return { issuer: issuer.url, subject: connection, audience };
  };

  test('the job requests a token of its service connection', async () => {
    await using cloud = await FakeCloud.start();
    const variables = cloud.pipelines.azureDevOpsVariables(cloud.url);
    const options = authenticationOptions(cloud, { ...choices(cloud, credential(cloud)), request, variables });
    expect(await authenticate(options)).toMatchObject({ username: 'Contoso Deployment' });
  });

  test.each([
    ['SYSTEM_ACCESSTOKEN', 'stale', 401],
    ['AZURESUBSCRIPTION_SERVICE_CONNECTION_ID', 'another', 404],
  ])('a wrong %s is said', async (name, value, status) => {
    await using cloud = await FakeCloud.start();
    const variables = { ...cloud.pipelines.azureDevOpsVariables(cloud.url), [name]: value };
    const options = authenticationOptions(cloud, { ...choices(cloud, credential(cloud)), request, variables });
    await expect(authenticate(options)).rejects.toMatchObject({
      exitCode: 3,
      message: `Azure DevOps didn't return a token for this job: status ${status}.`,
    });
  });

  test('the error names the variable that the job does not map', async () => {
    await using cloud = await FakeCloud.start();
    const variables = { ...cloud.pipelines.azureDevOpsVariables(cloud.url), SYSTEM_ACCESSTOKEN: '' };
    const options = authenticationOptions(cloud, { ...choices(cloud, credential(cloud)), request, variables });
    await expect(authenticate(options)).rejects.toMatchObject({
      message: "The environment variable SYSTEM_ACCESSTOKEN isn't set.",
      hint: expect.stringContaining('$(System.AccessToken)'),
    });
  });
});
