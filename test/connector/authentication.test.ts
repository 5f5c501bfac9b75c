import { expect, test } from 'vitest';
import { authenticationOf, authenticationSchema } from '../../src/connector/authentication.ts';

test.each([
  [{}, 'none'],
  [null, 'none'],
  [{ token: { type: 'oauthSetting', oAuthSettings: { identityProvider: 'aad' } } }, 'oauth2'],
  [{ username: { type: 'string' }, password: { type: 'securestring' } }, 'basic'],
  [{ api_key: { type: 'securestring' } }, 'apiKey'],
  [{ host: { type: 'string' } }, 'other'],
])('connection parameters %j are %s', (connectionParameters, kind) => {
  const properties = authenticationSchema.parse({ connectionParameters });
  expect(authenticationOf(properties)).toMatchObject([{ set: null, kind }]);
});
