import { createApplicationCertificate } from './application-certificate.ts';
import { installFakeAz } from './fake-az.ts';
import type { Application } from './fake-cloud/applications.ts';
import type { FakeCloud } from './fake-cloud/fake-cloud.ts';
import { adele, contosoTenant } from './fake-cloud/users.ts';
import type { Workspace } from './workspace.ts';

/** A sign-in method without a question, in a workspace that has all it takes. */
export interface PreparedWay {
  /** That choose it without a login. */
  readonly variables: Readonly<Record<string, string>>;
  /** That choose it at a login. */
  readonly flags: readonly string[];
  /** Environment variables that the login needs, too. */
  readonly loginVariables?: Readonly<Record<string, string>>;
  /** Who is signed in then. */
  readonly objectId: string;
  /** What must never be seen. */
  readonly secrets: readonly string[];
}

type Prepare = (cloud: FakeCloud, workspace: Workspace) => Promise<PreparedWay> | PreparedWay;

const tenant = 'contoso.example';
const audience = 'api://AzureADTokenExchange';

function who({ clientId }: Application): Readonly<Record<string, string>> {
  return { AZURE_CLIENT_ID: clientId, AZURE_TENANT_ID: tenant };
}

function whoFlags({ clientId }: Application): readonly string[] {
  return ['--service-principal', '--clid', clientId, '--tenant', tenant];
}

export const ways: Readonly<Record<string, Prepare>> = {
  'a client secret': (cloud) => {
    const secret = 'x8Q~aSecretOfTheApplication';
    const application = cloud.signIn.applications.add({ secret });
    return {
      variables: { ...who(application), AZURE_CLIENT_SECRET: secret },
      flags: whoFlags(application),
      loginVariables: { PACONN_SP_SECRET: secret },
      objectId: application.objectId,
      secrets: [secret],
    };
  },
  'a certificate': async (cloud, workspace) => {
    const { key, cert } = await createApplicationCertificate();
    const application = cloud.signIn.applications.add({ certificate: cert });
    await workspace.write('application.pem', key + cert);
    return {
      variables: { ...who(application), AZURE_CLIENT_CERTIFICATE_PATH: 'application.pem' },
      flags: [...whoFlags(application), '--certificate', 'application.pem'],
      objectId: application.objectId,
      secrets: [key.split('\n')[1] ?? ''],
    };
  },
  'a federated token in a file': async (cloud, workspace) => {
    const { issuer, subject } = cloud.pipelines.gitHub;
    const federatedCredential = { issuer: issuer.url, subject, audience };
    const application = cloud.signIn.applications.add({ federatedCredential });
    const token = issuer.issue({ sub: subject, aud: audience });
    await workspace.write('token.jwt', token);
    return {
      variables: { ...who(application), AZURE_FEDERATED_TOKEN_FILE: 'token.jwt' },
      flags: [...whoFlags(application), '--federated-token-file', 'token.jwt'],
      objectId: application.objectId,
      secrets: [token],
    };
  },
  'a job in GitHub Actions': (cloud) => {
    const { issuer, subject, token } = cloud.pipelines.gitHub;
    const federatedCredential = { issuer: issuer.url, subject, audience };
    const application = cloud.signIn.applications.add({ federatedCredential });
    const variables = cloud.pipelines.gitHubVariables(cloud.url);
    return {
      variables: { ...who(application), ...variables },
      flags: whoFlags(application),
      loginVariables: variables,
      objectId: application.objectId,
      secrets: [token],
    };
  },
  'a job in Azure DevOps': (cloud) => {
    const { issuer, subject, token } = cloud.pipelines.azureDevOps;
    const federatedCredential = { issuer: issuer.url, subject, audience };
    const application = cloud.signIn.applications.add({ federatedCredential });
    const job = cloud.pipelines.azureDevOpsVariables(cloud.url);
    const variables = {
      ...job,
      AZURESUBSCRIPTION_CLIENT_ID: application.clientId,
      AZURESUBSCRIPTION_TENANT_ID: contosoTenant,
    };
    return {
      variables,
      flags: ['--service-principal'],
      loginVariables: variables,
      objectId: application.objectId,
      secrets: [token],
    };
  },
  'a managed identity': (cloud) => {
    const identity = cloud.signIn.applications.add();
    cloud.identities.userAssigned.push(identity);
    const variables = cloud.identities.appServiceVariables(cloud.url);
    return {
      variables: { PACONN_AUTH: 'managed-identity', AZURE_CLIENT_ID: identity.clientId, ...variables },
      flags: ['--managed-identity', '--clid', identity.clientId],
      loginVariables: variables,
      objectId: identity.objectId,
      secrets: [cloud.identities.header],
    };
  },
  'the Azure CLI': async (cloud, workspace) => {
    const { text, expiresAt } = cloud.accessToken();
    const stdout = JSON.stringify({ accessToken: text, expires_on: Math.floor(expiresAt / 1000) });
    const { path } = await installFakeAz(workspace.home, { stdout });
    return {
      variables: { PACONN_AUTH: 'azure-cli', PATH: path },
      flags: ['--azure-cli'],
      loginVariables: { PATH: path },
      objectId: adele.objectId,
      secrets: [text],
    };
  },
};
