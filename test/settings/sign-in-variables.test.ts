import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import {
  signInFromVariables,
  type SignInFromVariables,
  whatVariablesLack,
} from '../../src/settings/sign-in-variables.ts';

type Variables = Readonly<Record<string, string>>;

const workingDirectory = resolve('/work');
const who: Variables = { AZURE_CLIENT_ID: 'an-application', AZURE_TENANT_ID: 'a-tenant' };
const settings = { clientId: 'an-application', tenant: 'a-tenant' };
const gitHub: Variables = {
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://gh.example/x',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'gh',
};
const azureDevOps: Variables = {
  SYSTEM_OIDCREQUESTURI: 'https://ado.example/x',
  SYSTEM_ACCESSTOKEN: 'ado',
  AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: 'a-connection',
};

function found(variables: Variables): SignInFromVariables | undefined {
  return signInFromVariables({ variables, workingDirectory });
}

describe('a whole set of variables that the tools of Azure know signs in as an application:', () => {
  test.each<[what: string, variables: Variables, request: SignInFromVariables['request']]>([
    ['a client secret', { AZURE_CLIENT_SECRET: 's' }, { method: 'client-secret', secret: 's' }],
    ['a client secret with a line end', { AZURE_CLIENT_SECRET: 's \r\n' }, { method: 'client-secret', secret: 's ' }],
    ['a client secret for us', { PACONN_SP_SECRET: ' s ' }, { method: 'client-secret', secret: ' s ' }],
    [
      'a client secret for us before the other',
      { PACONN_SP_SECRET: 'ours', AZURE_CLIENT_SECRET: 'theirs' },
      { method: 'client-secret', secret: 'ours' },
    ],
    [
      'a certificate, its path from the working directory',
      { AZURE_CLIENT_CERTIFICATE_PATH: 'c.pem' },
      { method: 'certificate', certificateFile: resolve('/work/c.pem') },
    ],
    [
      'a federated token',
      { AZURE_FEDERATED_TOKEN_FILE: '/var/run/token' },
      { method: 'federated-token', from: { file: resolve('/var/run/token') } },
    ],
    ['a job in GitHub Actions', gitHub, { method: 'federated-token', from: 'github' }],
    ['a job in Azure DevOps', azureDevOps, { method: 'federated-token', from: 'azure-devops' }],
    [
      'what was set by hand before what a pipeline sets',
      { ...gitHub, AZURE_CLIENT_SECRET: 's' },
      { method: 'client-secret', secret: 's' },
    ],
  ])('%s', (_what, variables, request) => {
    expect(found({ ...who, ...variables })).toEqual({ request, isExplicit: false, settings });
  });

  test('in Azure DevOps the service connection says which application it is', () => {
    const connection = { AZURESUBSCRIPTION_CLIENT_ID: 'its-application', AZURESUBSCRIPTION_TENANT_ID: 'its-tenant' };
    expect(found({ ...azureDevOps, ...connection })?.settings).toEqual({
      clientId: 'its-application',
      tenant: 'its-tenant',
    });
    expect(found({ ...azureDevOps, ...connection, ...who })?.settings).toEqual(settings);
  });

  test.each([
    ['https://login.microsoftonline.us/', 'https://login.microsoftonline.us/'],
    ['login.microsoftonline.us', 'https://login.microsoftonline.us'],
  ])('AZURE_AUTHORITY_HOST=%s names the authority', (host, authorityUrl) => {
    const variables = { ...who, AZURE_CLIENT_SECRET: 's', AZURE_AUTHORITY_HOST: host };
    expect(found(variables)?.settings).toEqual({ ...settings, authorityUrl });
  });
});

describe('incomplete variables are not used', () => {
  test.each<[what: string, variables: Variables]>([
    ['from nothing', {}],
    ['without a secret', who],
    ['without a client ID', { AZURE_TENANT_ID: 'a-tenant', AZURE_CLIENT_SECRET: 's' }],
    ['without a tenant', { AZURE_CLIENT_ID: 'an-application', AZURE_CLIENT_SECRET: 's' }],
    ['from empty ones', { AZURE_CLIENT_ID: '', AZURE_TENANT_ID: 'a-tenant', AZURE_CLIENT_SECRET: 's' }],
    ['from a job in GitHub that may not ask', { ...who, ACTIONS_ID_TOKEN_REQUEST_URL: 'https://gh.example/x' }],
    ['from a job in GitHub that does not know where to ask', { ...who, ...gitHub, ACTIONS_ID_TOKEN_REQUEST_URL: '' }],
    [
      'from a job in Azure DevOps without a service connection',
      { ...who, ...azureDevOps, AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: '' },
    ],
    [
      'from a job in Azure DevOps that does not know where to ask',
      { ...who, ...azureDevOps, SYSTEM_OIDCREQUESTURI: '' },
    ],
    ['from a job in Azure DevOps that may not ask', { ...who, ...azureDevOps, SYSTEM_ACCESSTOKEN: '' }],
    ['about a machine or a tool', { IDENTITY_ENDPOINT: 'http://localhost/', IDENTITY_HEADER: 'x' }],
  ])('%s', (_what, variables) => {
    expect(found(variables)).toBeUndefined();
  });
});

describe('PACONN_AUTH', () => {
  test.each<[method: string, variables: Variables, request: SignInFromVariables['request']]>([
    ['service-principal', { ...who, AZURE_CLIENT_SECRET: 's' }, { method: 'client-secret', secret: 's' }],
    ['service-principal', { ...who, ...gitHub }, { method: 'federated-token', from: 'github' }],
    [
      'certificate',
      { ...who, AZURE_CLIENT_SECRET: 's', AZURE_CLIENT_CERTIFICATE_PATH: '/c.pem' },
      { method: 'certificate', certificateFile: resolve('/c.pem') },
    ],
    ['federated-token', { ...who, ...gitHub, AZURE_CLIENT_SECRET: 's' }, { method: 'federated-token', from: 'github' }],
    ['managed-identity', {}, { method: 'managed-identity' }],
    ['managed-identity', who, { method: 'managed-identity', clientId: 'an-application' }],
    ['azure-cli', who, { method: 'azure-cli' }],
  ])('=%s goes before a sign-in that is kept', (method, variables, request) => {
    expect(found({ ...variables, PACONN_AUTH: method })).toMatchObject({ request, isExplicit: true });
  });

  test('=azure-cli leaves the application to the Azure CLI', () => {
    expect(found({ ...who, PACONN_AUTH: 'azure-cli' })?.settings).toEqual({ tenant: 'a-tenant' });
    expect(found({ PACONN_AUTH: 'azure-cli' })?.settings).toEqual({});
  });

  test.each([
    ['service-principal', who, /AZURE_CLIENT_SECRET/u],
    ['certificate', { ...who, AZURE_CLIENT_SECRET: 's' }, /AZURE_CLIENT_CERTIFICATE_PATH/u],
    ['federated-token', { ...who, AZURE_CLIENT_SECRET: 's' }, /AZURE_FEDERATED_TOKEN_FILE/u],
    ['service-principal', { AZURE_CLIENT_SECRET: 's' }, /AZURE_CLIENT_ID, AZURE_TENANT_ID/u],
  ])('=%s says what is missing', (method, variables, hint) => {
    expect(() => found({ ...variables, PACONN_AUTH: method })).toThrow(
      expect.objectContaining({
        exitCode: 2,
        message: `PACONN_AUTH=${method} needs more environment variables.`,
        hint: expect.stringMatching(hint),
      }),
    );
  });

  test('has fixed values', () => {
    expect(() => found({ PACONN_AUTH: 'magic' })).toThrow(UsageError);
    expect(() => found({ PACONN_AUTH: 'magic' })).toThrow(
      /^The environment variable PACONN_AUTH must be service-principal, /u,
    );
  });
});

test('PACONN_ACCESS_TOKEN goes before all others, without the white space around it', () => {
  expect(found({ ...who, AZURE_CLIENT_SECRET: 's', PACONN_AUTH: 'azure-cli', PACONN_ACCESS_TOKEN: ' t\n' })).toEqual({
    request: { method: 'access-token', token: 't' },
    isExplicit: true,
    settings: {},
  });
});

describe('the error names the variables that an incomplete set lacks:', () => {
  const connection = { AZURESUBSCRIPTION_CLIENT_ID: 'its-application', AZURESUBSCRIPTION_TENANT_ID: 'its-tenant' };

  test.each<[what: string, variables: Variables, lack: string]>([
    ['the tenant', { AZURE_CLIENT_ID: 'a', AZURE_TENANT_ID: '', AZURE_CLIENT_SECRET: 's' }, 'AZURE_TENANT_ID'],
    ['application and tenant', { AZURE_CLIENT_SECRET: 's' }, 'AZURE_CLIENT_ID and AZURE_TENANT_ID'],
    ['a proof', who, 'AZURE_CLIENT_SECRET, AZURE_CLIENT_CERTIFICATE_PATH, or AZURE_FEDERATED_TOKEN_FILE'],
    ['the token of GitHub', { ...who, GITHUB_ACTIONS: 'true' }, '"permissions: id-token: write" to the job'],
    [
      'the token of Azure DevOps',
      { ...azureDevOps, ...connection, SYSTEM_ACCESSTOKEN: '' },
      '"env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)" to the task',
    ],
  ])('%s', (_what, variables, lack) => {
    expect(whatVariablesLack({ variables, workingDirectory })).toBe(
      `To sign in by environment variables alone, add ${lack}.`,
    );
  });

  test.each<[what: string, variables: Variables]>([
    ['nobody has', {}],
    ['it is whole', { ...who, AZURE_CLIENT_SECRET: 's' }],
    ['a pipeline has set its own alone', { GITHUB_ACTIONS: 'true' }],
  ])('nothing when %s', (_what, variables) => {
    expect(whatVariablesLack({ variables, workingDirectory })).toBeUndefined();
  });
});
