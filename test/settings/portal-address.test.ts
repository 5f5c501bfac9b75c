import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readPortalAddress } from '../../src/settings/portal-address.ts';

const environment = 'Default-72a1f6c4-9d0e-4f3b-8c57-1f0be3a4d2c8';
const connectorId = 'shared_pets-20and-20more-5f4540e4010cf8ad28-5fb7527efc5ed37b29';

test.each([
  ['https://make.powerapps.com/environments/ENV/home', false],
  ['https://make.powerapps.com/environments/ENV/customconnectors', false],
  ['https://make.powerapps.com/environments/ENV/customconnectors/ID', true],
  ['https://make.powerapps.com/environments/ENV/connections/available?apiName=ID', true],
  ['https://make.powerapps.com/environments/ENV/connections/available?source=x&apiName=ID#top', true],
  ['https://make.powerautomate.com/environments/ENV/connections/available/custom/ID/edit/general', true],
  ['https://make.gov.powerapps.us/environments/ENV/connections/available/custom/ID/edit/security?x=1', true],
  ['https://make.powerapps.com/e/ENV/s/1111/custom-connectors', false],
  ['https://admin.powerplatform.microsoft.com/environments/environment/ENV/hub', false],
  ['https://make.powerautomate.com/manage/environments/ENV/connections/ID', true],
  ['HTTPS://MAKE.POWERAPPS.COM/Environments/ENV/x', false],
  ['https://make.powerapps.com/environments/ENV/customconnectors?customConnectorId=ID', true],
  ['https://make.powerapps.com/environments/ENV/solutions/x#/edit?customConnectorId=ID&a=b', true],
  ['https://make.powerapps.com/environments/ENV/customconnectors/new', false],
  ['/providers/Microsoft.PowerApps/environments/ENV', false],
  ['/providers/Microsoft.BusinessAppPlatform/scopes/admin/environments/ENV', false],
  ['/providers/Microsoft.PowerApps/scopes/admin/environments/ENV/apis/ID/permissions', true],
])('%s', (address, hasConnector) => {
  const text = address.replace('ENV', environment).replace('ID', connectorId);
  expect(readPortalAddress(text)).toEqual({ environment, connectorId: hasConnector ? connectorId : undefined });
});

test.each(['/providers/Microsoft.PowerApps/apis/ID', 'providers/microsoft.powerapps/apis/ID/connections/x'])(
  'the resource ID %s names a connector',
  (text) => {
    expect(readPortalAddress(text.replace('ID', connectorId))).toEqual({ environment: undefined, connectorId });
  },
);

test('a connector ID is found in any case; the list has its exact form', () => {
  expect(readPortalAddress('providers/microsoft.powerapps/apis/SHARED_Pets-5f1')?.connectorId).toBe('SHARED_Pets-5f1');
});

test('a page of a solution names a connector by its GUID', () => {
  const guid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  const page = `https://make.powerapps.com/environments/${environment}/solutions/x/customconnectors/${guid}/edit`;
  expect(readPortalAddress(page)).toEqual({ environment, connectorId: guid });
});

test.each(['ID', '{ID}', '%7BID%7D', '%257bID%257d'])('a GUID is found in %s', (written) => {
  const guid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';
  for (const page of ['?customConnectorId=', '/customconnectors/']) {
    const address = `https://make.powerapps.com/environments/${environment}${page}${written.replace('ID', guid)}`;
    expect(readPortalAddress(address)).toEqual({ environment, connectorId: guid });
  }
});

test('a parameter is read as often as it was encoded', () => {
  const encoded = connectorId.replaceAll('-', '%252D');
  expect(readPortalAddress(`https://make.powerapps.com/x?customConnectorId=${encoded}`)?.connectorId).toBe(connectorId);
});

test('a connector ID is found however often a browser has encoded it', () => {
  for (const encoded of [connectorId.replaceAll('-', '%2D'), connectorId.replaceAll('-', '%252D')]) {
    expect(readPortalAddress(`https://make.powerautomate.com/connections/available/custom/${encoded}/edit`)).toEqual({
      environment: undefined,
      connectorId,
    });
  }
});

test.each(['Contoso', environment, connectorId, '~default', '', 'https://', 'file:///environments/x'])(
  '%j is no address',
  (text) => {
    expect(readPortalAddress(text)).toBeUndefined();
  },
);

test('any URL can be read', () => {
  fc.assert(
    fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.string()), (text) => {
      expect(() => readPortalAddress(`https://x.example/${text}`)).not.toThrow();
    }),
  );
  expect(readPortalAddress('https://x.example/environments/%ff%zz%&+/x')?.environment).toBe('\ufffd%zz%&+');
});
