import { describe, expect, test } from 'vitest';
import { checkConnector } from '../../src/validation/check.ts';
import type { Finding } from '../../src/validation/engine/finding.ts';
import { cloudNames } from '../../src/settings/clouds.ts';
import { pathsOriginSchema } from '../../src/settings/settings.ts';
import { ownSettingsValues } from '../../src/validation/knowledge/settings-members.ts';

const everything = { certification: true, info: true } as const;

function findings(properties: object): readonly Finding[] {
  const bytes = Buffer.from(JSON.stringify({ properties }, null, 2));
  return checkConnector({ properties: { name: 'apiProperties.json', bytes } }, everything);
}

function parameter(value: object, name = 'site'): object {
  return { connectionParameters: { [name]: value } };
}

function ofRule(properties: object, rule: string): readonly Finding[] {
  return findings(properties).filter((finding) => finding.rule === rule);
}

describe('problems with one solution are fixed', () => {
  test.each([
    ['constraint-boolean', parameter({ uiDefinition: { constraints: { hidden: false } } }), { replace: 'false' }],
    [
      'constraint-value-invalid',
      parameter({ uiDefinition: { constraints: { required: 'True' } } }),
      { replace: 'true' },
    ],
    [
      'constraint-value-invalid',
      parameter({ uiDefinition: { constraints: { clearText: 'false' } } }),
      { replace: false },
    ],
    ['constraint-value-invalid', parameter({ uiDefinition: { constraints: { tabIndex: '2' } } }), { replace: 2 }],
    ['constraint-value-invalid', parameter({ uiDefinition: { constraints: { required: 'yes' } } }), undefined],
    ['constraint-unknown', parameter({ uiDefinition: { constraints: { Hidden: 'true' } } }), { rename: 'hidden' }],
    ['connection-parameter-type-case', parameter({ type: 'SecureString' }), { replace: 'securestring' }],
    ['connection-parameter-type-unknown', parameter({ type: 'strin' }), undefined],
    ['connection-parameter-unknown-property', parameter({ oauthSettings: {} }), { rename: 'oAuthSettings' }],
    ['props-unknown-property', { IconBrandColor: '#000000' }, { rename: 'iconBrandColor' }],
    ['props-unknown-property', { IconBrandColor: '#000000', iconBrandColor: '#000000' }, undefined],
    ['capability-misspelled', { capabilities: ['Actions'] }, { replace: 'actions' }],
    [
      'redirect-mode-unknown',
      parameter({ oAuthSettings: { redirectMode: 'globalperconnector' } }),
      { replace: 'GlobalPerConnector' },
    ],
    [
      'policy-section-invalid',
      { policyTemplateInstances: [{ parameters: { 'x-ms-apimTemplate-policySection': 'request' } }] },
      { replace: 'Request' },
    ],
  ])('%s %j', (rule, properties, fix) => {
    expect(ofRule(properties, rule).map((finding) => finding.fix?.change)).toEqual([fix]);
  });
});

test('a client secret is never shown', () => {
  const secret = 'correct horse battery staple';
  const names = ['clientSecret', 'clientsecret', 'ClientSecret'];
  for (const name of names) {
    const found = findings(parameter({ type: 'oauthSetting', oAuthSettings: { [name]: secret } }, 'token'));
    expect(JSON.stringify(found)).not.toContain(secret);
  }
});

test('null counts as missing', () => {
  const nothing = {
    connectionParameters: null,
    policyTemplateInstances: null,
    scriptOperations: null,
    capabilities: null,
  };
  expect(findings({ ...nothing, iconBrandColor: '#0078d4', publisher: 'Contoso', stackOwner: 'Contoso' })).toEqual([]);
  expect(findings({ iconBrandColor: null }).map(({ rule }) => rule)).toContain('brand-color-missing');
});

describe('policies', () => {
  const withParameters = (templateId: string, parameters: object): object => ({
    policyTemplateInstances: [{ templateId, title: 'A policy', parameters }],
  });

  test('the case of template IDs does not matter', () => {
    const parameters = { 'x-ms-apimTemplateParameter.name': 'a', 'x-ms-apimTemplateParameter.value': 'b' };
    expect(findings(withParameters('SetHeader', parameters)).map(({ rule }) => rule)).not.toContain(
      'policy-template-unknown',
    );
    expect(ofRule(withParameters('SetHeader', {}), 'policy-parameter-missing')).toHaveLength(2);
  });

  test.each([
    ["@connectionParameters('a')", 1],
    ["@connectionParameters( 'a' , 'x')", 0],
    ["https://@connectionParameters('a')/@connectionParameters('b')", 2],
    ["@connectionParameters('Site')", 0],
    ["@connectionParameters('", 0],
    ["connectionParameters('a'", 1],
  ])('connection parameters in %j', (value, count) => {
    const policies = withParameters('setheader', { list: [{ deep: value }] });
    expect(
      ofRule({ ...policies, ...parameter({ type: 'string' }) }, 'policy-connection-parameter-unknown'),
    ).toHaveLength(count);
  });

  test.each([
    ['get', 0],
    ['@Request.OriginalHTTPMethod', 0],
    ['FETCH', 1],
  ])('the method %j', (method, count) => {
    const policies = withParameters('routerequesttoendpoint', { 'x-ms-apimTemplateParameter.httpMethod': method });
    expect(ofRule(policies, 'policy-http-method-invalid')).toHaveLength(count);
  });
});

describe('client IDs', () => {
  test.each([
    '<<Enter your client ID>>',
    '{{ clientId }}',
    '[DUMMY_VALUE]',
    'PLACEHOLDER_CLIENTID',
    'facebook_app_id',
    '****CLIENT_ID****',
    'change-me',
    'CHANGEME',
    'change_it',
    'n/a',
    'None',
    'TBD',
    '...',
    '-',
    '00000000-0000-0000-0000-000000000000',
  ])('%j is a placeholder', (clientId) => {
    expect(ofRule(parameter({ oAuthSettings: { clientId } }), 'oauth-client-id-placeholder')).toHaveLength(1);
  });

  test.each([
    '77121646-fd2e-4a26-b74b-8be141d01223',
    'FJ8aTHhXL1WNBkl3HPsCuLmB6KGQp3CD',
    '1234567890-abcdef.apps.googleusercontent.com',
    'https://contoso.com/n/a',
    'nonesuch',
    '12345',
    'datacenter',
    'sample-tenant-prod',
    `${'your'.repeat(5000)}!x`,
    `${'clientid'.repeat(50)}!x`,
  ])('%j is none', (clientId) => {
    expect(ofRule(parameter({ oAuthSettings: { clientId } }), 'oauth-client-id-placeholder')).toEqual([]);
  });
});

describe('settings', () => {
  const ofSettings = (settings: object): readonly string[] =>
    checkConnector(
      { settings: { name: 'settings.json', bytes: Buffer.from(JSON.stringify(settings)) } },
      everything,
    ).map(({ rule }) => rule);

  test.each([
    [{ icon: null, script: '', environment: '', paconn: {}, $schema: 'x' }, []],
    [{ clientId: 'a', tenant: 'b', authorityUrl: 'https://login.contoso.com/', resource: 'c' }, []],
    [{ powerAppsUrl: 'http://localhost:8080/x', flowUrl: 'http://[::1]', authorityUrl: 'http://127.0.0.1' }, []],
    [{ powerAppsUrl: 'http://localhost.contoso.com' }, ['settings-url-invalid']],
    [{ environment: 'Contoso Test' }, []],
    [{ connectorId: 5, paconn: 'x' }, ['json-type', 'json-type']],
    [{ constructor: 1 }, ['settings-unknown-key']],
  ])('%j', (settings, expected) => {
    expect(ofSettings(settings)).toEqual(expected);
  });

  test('have the values that are read', () => {
    expect(ownSettingsValues).toEqual({ cloud: cloudNames, relativeTo: pathsOriginSchema.options });
  });
});
