import { describe, expect, test } from 'vitest';
import { apiPropertiesSchema } from '../../src/connector/api-properties.ts';
import {
  type ClientSecretLocation,
  clientSecretLocations,
  parseClientSecret,
  secretFor,
  withoutClientSecrets,
} from '../../src/connector/client-secret.ts';
import { JsonDocument } from '../../src/json/document.ts';
import { member } from '../../src/json/value.ts';

const oAuthToken = { token: { type: 'oauthSetting', oAuthSettings: { clientId: 'x' } } };

/** The places as short texts: the way, and the set behind it. */
function places(properties: unknown): string[] {
  const apiProperties = apiPropertiesSchema.parse({ properties });
  return clientSecretLocations(apiProperties).map(
    ({ path, set }) => path.join('/') + (set === undefined ? '' : ` of ${set}`),
  );
}

function sets(...values: unknown[]): unknown {
  return { connectionParameterSets: { uiDefinition: {}, values } };
}

const inParameters = 'properties/connectionParameters/token/oAuthSettings';

function inSet(index: number): string {
  return `properties/connectionParameterSets/values/${index}/parameters/token/oAuthSettings`;
}

describe('a client secret goes', () => {
  test.each([
    ['into the parameter `token`', { connectionParameters: oAuthToken }, [inParameters]],
    [
      'into the token of each set that has one',
      sets({ name: 'basic', parameters: { user: {} } }, { name: 'oauth', parameters: oAuthToken }),
      [`${inSet(1)} of oauth`],
    ],
    [
      'into all sets and the parameter',
      {
        connectionParameters: oAuthToken,
        connectionParameterSets: { values: [{ name: 'a', parameters: oAuthToken }, { parameters: oAuthToken }] },
      },
      [inParameters, `${inSet(0)} of a`, inSet(1)],
    ],
    [
      'into the parameters that have OAuth settings where no token has them',
      { connectionParameters: { oauth: oAuthToken.token, key: { type: 'securestring' }, token: { type: 'string' } } },
      ['properties/connectionParameters/oauth/oAuthSettings'],
    ],
    [
      'into the token alone where others have OAuth settings, too',
      { connectionParameters: { oauth: oAuthToken.token, ...oAuthToken } },
      [inParameters],
    ],
    ['into a set without a name', sets({ name: null, parameters: oAuthToken }), [inSet(0)]],
    ['into a set with an empty name, which is as good as none', sets({ name: '', parameters: oAuthToken }), [inSet(0)]],
  ])('%s', (_what, properties, expected) => {
    expect(places(properties)).toEqual(expected);
  });

  test.each([
    ['no connection parameters', {}],
    ['null for them', { connectionParameters: null, connectionParameterSets: null }],
    ['no OAuth settings among them', { connectionParameters: { api_key: { type: 'securestring' } } }],
    ['a token without OAuth settings', { connectionParameters: { token: { type: 'securestring' } } }],
    ['empty OAuth settings', { connectionParameters: { token: { oAuthSettings: {} } } }],
    ['OAuth settings that are null', { connectionParameters: { token: { oAuthSettings: null } } }],
    ['a token that is null', { connectionParameters: { token: null } }],
    ['a token that is a text', { connectionParameters: { token: 'oAuthSettings' } }],
    ['sets without a list', { connectionParameterSets: {} }],
    ['null for the list', { connectionParameterSets: { values: null } }],
    ['an empty list of sets', sets()],
    ['a set without parameters', sets({ name: 'open' })],
    ['a set with null for its parameters', sets({ name: 'open', parameters: null })],
    ['a set with empty parameters', sets({ name: 'open', parameters: {} })],
  ])('nowhere with %s', (_what, properties) => {
    expect(places(properties)).toEqual([]);
  });
});

describe('a given secret', () => {
  const names = ['oauth', 'oauth-long', 'oauth=odd', 'OAuth'];

  test.each([
    ['is for all sets', 's3cret', undefined, 's3cret'],
    ['is for one set with its name in front', 'oauth=s3cret', 'oauth', 's3cret'],
    ['may hold = behind a name', 'oauth=a=b==', 'oauth', 'a=b=='],
    ['may hold = without a name', 'abc=def==', undefined, 'abc=def=='],
    ['may begin with a name and no =', 'oauth', undefined, 'oauth'],
    ['may be empty behind a name', 'oauth=', 'oauth', ''],
    ['takes the longest name that fits', 'oauth=odd=x', 'oauth=odd', 'x'],
    ['takes whole names only', 'oauth-lon=x', undefined, 'oauth-lon=x'],
    ['takes names by letter case', 'OAuth=x', 'OAuth', 'x'],
    ['keeps white space and line ends', 'oauth= a\nb ', 'oauth', ' a\nb '],
    ['may begin with =', '=x', undefined, '=x'],
  ])('%s', (_what, given, set, value) => {
    expect(parseClientSecret(given, names)).toEqual({ set, value });
  });

  test('never belongs to a set if there are no sets', () => {
    expect(parseClientSecret('oauth=s3cret', [])).toEqual({ set: undefined, value: 'oauth=s3cret' });
  });
});

function place(set?: string): ClientSecretLocation {
  return { path: [], set, isNeeded: true };
}

describe('of several secrets', () => {
  const secrets = ['first', 'second', 'a=for a', 'b=old', 'b=for b'].map((text) => parseClientSecret(text, ['a', 'b']));

  test.each([
    ['a set gets its own', 'a', 'for a'],
    ['a set with two gets the last one', 'b', 'for b'],
    ['a set without one gets the last one for all', 'c', 'second'],
    ['a place outside of sets gets the last one for all', undefined, 'second'],
  ])('%s', (_what, set, expected) => {
    expect(secretFor(place(set), secrets)).toBe(expected);
  });

  test('secrets for other sets are not used', () => {
    const forA = [parseClientSecret('a=x', ['a'])];
    expect([place('b'), place()].map((other) => secretFor(other, forA))).toEqual([undefined, undefined]);
  });
});

describe('API properties without client secrets', () => {
  function without(oAuthSettings: string): unknown {
    const text = `{"properties":{"connectionParameters":{"token":{"oAuthSettings":${oAuthSettings}}}}}`;
    const value: unknown = JSON.parse(withoutClientSecrets(JsonDocument.parse(text, apiPropertiesSchema, 'p')).text);
    return member(member(member(member(value, 'properties'), 'connectionParameters'), 'token'), 'oAuthSettings');
  }

  test.each([
    ['{"clientSecret":"a"}', {}],
    ['{"clientId":"x","clientSecret":"a"}', { clientId: 'x' }],
    ['{"clientSecret":"a","clientId":"x"}', { clientId: 'x' }],
    ['{"clientSecret":"a","clientId":"x","ClientSecret":1,"clientSecret":"b"}', { clientId: 'x' }],
    ['{"clientSecret":{"value":"a","secret":"b"},"clientId":"x"}', { clientId: 'x' }],
    ['{"a":1,"client_secret":"a","b":{"Secret":"c"},"CLIENT-SECRET":"d"}', { a: 1, b: {} }],
    ['{"customParameters":{"appSecret":"a","x":{"value":"y"}}}', { customParameters: { x: { value: 'y' } } }],
  ])('%s', (written, expected) => {
    expect(without(written)).toEqual(expected);
  });

  test.each([
    { clientSecret: '@environmentVariables("cr_Secret")' },
    { secret: { type: 'securestring' } },
    { clientSecretName: 'x', secretary: 'y', client_secret: '' },
  ])('keep what is none: %j', (settings) => {
    expect(without(JSON.stringify(settings))).toEqual(settings);
  });
});
