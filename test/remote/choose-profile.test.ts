import { expect, test } from 'vitest';
import type { Profile } from '../../src/auth/profile.ts';
import { chooseProfile } from '../../src/remote/choose-profile.ts';

const profile: Profile = {
  clientId: 'client',
  tenant: 'common',
  authorityUrl: 'https://login.microsoftonline.com/',
  resource: 'https://service.powerapps.com/',
  homeAccountId: 'home.tenant',
  tenantId: 'tenant',
  username: 'ada@contoso.com',
  request: { method: 'device-code' },
};

const powerAppsUrl = 'https://gov.api.powerapps.us';

test.each([
  [profile, 'The sign-in is for the cloud public, but gov.api.powerapps.us is in the cloud gcc.'],
  [
    { ...profile, authorityUrl: 'https://login.contoso.com/' },
    "You signed in at login.contoso.com, so paconn doesn't send your token to gov.api.powerapps.us in the cloud gcc.",
  ],
])('a sign-in that is for another cloud is called by what it is: %j', (one, message) => {
  expect(() => chooseProfile([one], { powerAppsUrl })).toThrow(message);
});
