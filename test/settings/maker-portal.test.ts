import { expect, test } from 'vitest';
import { clouds } from '../../src/settings/clouds.ts';
import { portalUrl } from '../../src/settings/maker-portal.ts';
import { readPortalAddress } from '../../src/settings/portal-address.ts';

const page = { environment: 'Default-72a1f6c4-9d0e-4f3b-8c57-1f0be3a4d2c8', connectorId: 'shared_pets-5f01' };

test.each(Object.entries(clouds))('the page of a connector in the cloud %s leads back to it', (_name, cloud) => {
  const url = portalUrl(cloud.powerAppsUrl, page) ?? '';
  expect(url).toMatch(/^https:\/\/make\.\S+\/connections\/available\/custom\/shared_pets-5f01\/edit\/general$/u);
  expect(readPortalAddress(url)).toEqual(page);
});

test('the portal of a cloud without a name is unknown', () => {
  expect(portalUrl('https://localhost:1', page)).toBeUndefined();
});

test('pages of environments, and of all, are below the same portal', () => {
  expect(portalUrl('https://api.powerapps.com', {})).toBe('https://make.powerautomate.com');
  expect(portalUrl('https://europe.api.powerapps.com', { environment: 'e' })).toMatch(
    /^https:\/\/make\.powerautomate\.com\/environments\/e\//u,
  );
});
