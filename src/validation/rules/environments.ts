import {
  duplicatesIn,
  problemsInFile,
  problemWords,
  type ValueProblem,
  valuesByEnvironment,
} from '../../values/environments-file.ts';
import { unknownPointers } from '../../values/unknown-pointers.ts';
import { TextRange } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';

const definition = '{ "host": "api.contoso.com", "info": { "title": "Orders" }, "schemes": ["https"] }';
const properties = '{ "properties": { "connectionParameters": { "token": { "oAuthSettings": { "clientId": "" } } } } }';
const settings = '/properties/connectionParameters/token/oAuthSettings';

/** The check for the problems of one kind that a file has by itself. */
function problemsOf(kind: ValueProblem['kind'], mark: 'name' | 'value'): NonNullable<Rule['check']> {
  return {
    connector: ({ environmentsFile }, report) => {
      if (!environmentsFile?.root) return;
      for (const { path, name = '', other = '', ...problem } of problemsInFile(environmentsFile.root.value)) {
        if (problem.kind === kind) report(environmentsFile.root.at(...path), { name, other }, { mark });
      }
    },
  };
}

export const environmentsRules: readonly Rule[] = [
  {
    id: 'environments-invalid',
    level: 'error',
    message: problemWords.shape,
    reason: 'paconn reads values per environment from this file.',
    sources: ['PC'],
    good: [
      { environments: '{ "Contoso Test": { "/host": "api.test.contoso.com" } }' },
      { environments: '{ "$schema": "environments.schema.json" }' },
    ],
    bad: [{ environments: '{ "Contoso Test": ⟦"api.test.contoso.com"⟧ }' }, { environments: '⟦[]⟧' }],
    check: problemsOf('shape', 'value'),
  },
  {
    id: 'environments-duplicate',
    level: 'error',
    message: problemWords.duplicate,
    hint: 'Keep one of them.',
    reason: 'Only one of the values can be used, and an environment could get the values of another one.',
    sources: ['PC'],
    good: [
      { environments: '{ "Contoso Test": { "/host": "a.contoso.com" }, "Contoso": { "/host": "b.contoso.com" } }' },
    ],
    bad: [
      { environments: '{ "Contoso Test": { "/host": "a.contoso.com", ⟦"/host"⟧: "b.contoso.com" } }' },
      { environments: '{ "Contoso Test": { "/host": "a.contoso.com" }, ⟦"Contoso Test"⟧: {} }' },
    ],
    check: {
      connector: ({ environmentsFile }, report) => {
        if (!environmentsFile) return;
        for (const { start, end, path, name = '' } of duplicatesIn(environmentsFile.faults)) {
          report(new TextRange(environmentsFile, start, end, path), { name });
        }
      },
    },
  },
  {
    id: 'environments-overlap',
    level: 'error',
    message: problemWords.overlap,
    hint: 'Remove one of the two values.',
    reason: 'Only one of the two values can be used.',
    sources: ['PC'],
    good: [{ environments: '{ "Contoso Test": { "/info/title": "Orders (Test)", "/info/titles": "" } }' }],
    bad: [{ environments: '{ "Contoso Test": { "/info": {}, ⟦"/info/title"⟧: "Orders (Test)" } }' }],
    check: problemsOf('overlap', 'name'),
  },
  {
    id: 'environments-pointer-invalid',
    level: 'error',
    message: problemWords.pointer,
    reason: 'A value replaces the one that a JSON pointer leads to.',
    sources: ['PC'],
    good: [{ environments: '{ "Contoso Test": { "/host": "api.test.contoso.com" } }' }],
    bad: [{ environments: '{ "Contoso Test": { ⟦"host"⟧: "api.test.contoso.com" } }' }],
    check: problemsOf('pointer', 'name'),
  },
  {
    id: 'environments-pointer-unknown',
    level: 'error',
    message: problemWords.unknown,
    reason:
      'A value replaces one that the local files have. Pointers that start with /properties are for the API properties.',
    sources: ['PC'],
    good: [
      { definition, environments: '{ "Contoso Test": { "/schemes/0": "http" } }' },
      { properties, environments: `{ "Contoso Test": { "${settings}/clientId": "env:CLIENT_ID" } }` },
      { properties, environments: `{ "Contoso Test": { "${settings}/clientSecret": "env:SECRET" } }` },
      { environments: '{ "Contoso Test": { "/hots": "api.test.contoso.com" } }' },
      { definition, environments: '{ "Contoso Test": { "hots": "api.test.contoso.com" } }' },
    ],
    bad: [
      { definition, environments: '{ "Contoso Test": { ⟦"/hots"⟧: "api.test.contoso.com" } }' },
      { definition, environments: '{ "Contoso Test": { ⟦"/schemes/1"⟧: "http" } }' },
      { properties, environments: '{ "Contoso Test": { ⟦"/properties/token/clientSecret"⟧: "env:SECRET" } }' },
    ],
    check: {
      connector: ({ environmentsFile, definitionFile, propertiesFile }, report) => {
        if (!environmentsFile?.root) return;
        const documents = { apiDefinition: definitionFile?.root?.value, apiProperties: propertiesFile?.root?.value };
        const values = [...valuesByEnvironment(environmentsFile.root.value).values()].flat();
        const pointers = values.filter(({ pointer }) => pointer.startsWith('/'));
        for (const { path, name = '', other = '', suggestion } of unknownPointers(pointers, documents)) {
          report(environmentsFile.root.at(...path), { name, other }, { mark: 'name', suggestion });
        }
      },
    },
  },
  {
    id: 'environments-reference-invalid',
    level: 'error',
    message: problemWords.reference,
    reason: "The name of an environment variable has letters, digits, and underscores, and doesn't start with a digit.",
    sources: ['PC'],
    good: [{ environments: '{ "Contoso Test": { "/host": "env:TEST_HOST" } }' }],
    bad: [{ environments: '{ "Contoso Test": { "/host": ⟦"env:TEST-HOST"⟧ } }' }],
    check: problemsOf('reference', 'value'),
  },
  {
    id: 'environments-credential',
    level: 'error',
    message: problemWords.credential,
    reason: 'Everyone who can read the connector could read the credential.',
    sources: ['PC'],
    good: [
      { environments: `{ "Contoso Test": { "${settings}/clientSecret": "env:GITHUB_CLIENT_SECRET" } }` },
      ...[
        'GOOGLE_CLIENT_SECRET',
        'AWS_COGNITO_CLIENT_SECRET',
        'AZURE_CONNECTOR_CLIENT_SECRET',
        'GOOGLE_OAUTH_SECRET',
      ].map((name) => ({
        environments: `{ "Contoso Test": { "${settings}/clientSecret": "env:${name}" } }`,
      })),
      ...[
        'AZURE_HOST',
        'AZURE_KEYVAULT_HOST',
        'AZURE_BASE_PATH',
        'GOOGLE_TOKEN_URL',
        'ACTIONS_HOST',
        'OPENAI_API_KEY',
        'SONAR_TOKEN',
        'VAULT_HOST',
        'DATABASE_HOST',
        'CI_ENVIRONMENT_URL',
        'GITHUB_CLIENT_ID',
        'CLOUDFLARE_API_TOKEN',
        'GOOGLE_MAPS_API_KEY',
        'AZURE_OPENAI_API_KEY',
        'AZURE_MAPS_KEY',
      ].map((name) => ({ environments: `{ "Contoso Test": { "/host": "env:${name}" } }` })),
    ],
    bad: [
      { environments: '{ "Contoso Test": { "/host": ⟦"env:PACONN_SP_SECRET"⟧ } }' },
      ...[
        'GITHUB_TOKEN',
        'AWS_SECRET_ACCESS_KEY',
        'AZURE_CREDENTIALS',
        'AZURE_DEVOPS_EXT_PAT',
        'DOCKER_AUTH_CONFIG',
        'DOCKER_PASSWORD',
        'GITLAB_TOKEN',
        'NUGET_API_KEY',
        'TWINE_PASSWORD',
        'CARGO_REGISTRY_TOKEN',
        'VAULT_TOKEN',
        'OP_SERVICE_ACCOUNT_TOKEN',
        'SSH_PRIVATE_KEY',
        'DATABASE_URL',
        'PGPASSWORD',
        'https_proxy',
        'ALL_PROXY',
        'CI_REPOSITORY_URL',
        'CI_JOB_JWT_V2',
        'CI_JOB_TOKEN',
        'CI_DEPENDENCY_PROXY_PASSWORD',
        'ENDPOINT_AUTH_SYSTEMVSSCONNECTION',
        'AZP_TOKEN',
        'GITHUB_CODESPACE_TOKEN',
        'GH_PAT',
        'GIT_CONFIG_VALUE_0',
        'CIRCLE_OIDC_TOKEN_V2',
        'VERCEL_OIDC_TOKEN',
        'BUILDKITE_AGENT_ACCESS_TOKEN',
        'BITBUCKET_PIPELINES_TOKEN',
        'NPM_CONFIG__AUTH',
        'CLOUDSDK_AUTH_ACCESS_TOKEN',
        'WEBSITE_AUTH_ENCRYPTION_KEY',
        'AZURE_STORAGE_KEY',
        'ARM_ACCESS_KEY',
        'GOOGLE_PRIVATE_KEY',
        'TF_TOKEN_app_terraform_io',
        'GOOGLE_CLIENT_SECRET',
        'GOOGLE_OAUTH_SECRET',
      ].map((name) => ({ environments: `{ "Contoso Test": { "/host": ⟦"env:${name}"⟧ } }` })),
      ...['AZURE_CLIENT_SECRET', 'arm_client_secret', 'PACONN_CLIENT_SECRET', 'AWS_SECRET_ACCESS_KEY'].map((name) => ({
        environments: `{ "Contoso Test": { "${settings}/clientSecret": ⟦"env:${name}"⟧ } }`,
      })),
      { environments: '{ "Contoso Test": { "/host": ⟦"env:system_AccessToken"⟧ } }' },
      // There others can read it.
      { environments: '{ "Contoso Test": { "/info/clientSecret": ⟦"env:GOOGLE_CLIENT_SECRET"⟧ } }' },
    ],
    check: problemsOf('credential', 'value'),
  },
  {
    id: 'environments-secret',
    level: 'error',
    message: problemWords.secret,
    reason: 'The file is for version control, which keeps all its earlier content.',
    sources: ['PC'],
    good: [
      { environments: `{ "Contoso Test": { "${settings}/clientSecret": "env:SECRET" } }` },
      { environments: `{ "Contoso Test": { "${settings}/clientSecret": "" } }` },
      { environments: `{ "Contoso Test": { "${settings}/clientSecret": null } }` },
      { environments: '{ "Contoso Test": { "/properties/connectionParameters/secret": { "type": "securestring" } } }' },
      {
        environments: `{ "Contoso Test": { "${settings}/clientSecret": "@environmentVariables(\\"con_Secret\\")" } }`,
      },
    ],
    bad: [
      { environments: `{ "Contoso Test": { "${settings}/clientSecret": ⟦"hunter2"⟧ } }` },
      { environments: `{ "Contoso Test": { "${settings}/clientSecret": ⟦["hunter2"]⟧ } }` },
      { environments: `{ "Contoso Test": { "${settings}": ⟦{ "clientSecret": "hunter2" }⟧ } }` },
    ],
    check: problemsOf('secret', 'value'),
  },
];
