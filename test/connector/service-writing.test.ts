import { describe, expect, test } from 'vitest';
import { type ApiProperties, apiPropertiesSchema } from '../../src/connector/api-properties.ts';
import { withoutServiceWriting, withoutUnsupported } from '../../src/connector/service-writing.ts';
import { JsonDocument } from '../../src/json/document.ts';

type Members = Readonly<Record<string, unknown>>;

function documentOf(properties: Members): JsonDocument<ApiProperties> {
  return JsonDocument.parse(JSON.stringify({ properties }), apiPropertiesSchema, 'the document');
}

/** What is left of what the service has, once with and once without what it does not keep. */
function left(remote: Members, sent: Members) {
  const [one, other] = [documentOf(remote), documentOf(sent)];
  const taken: unknown = withoutServiceWriting(one, other).value.properties;
  const comparable: unknown = withoutUnsupported(one, other).value.properties;
  return { taken, comparable };
}

const oAuth = (oAuthSettings: Members) => ({
  connectionParameters: { token: { type: 'oauthSetting', oAuthSettings } },
});
const inSets = (...sets: readonly (readonly [name: string, settings: Members])[]) => ({
  connectionParameterSets: {
    values: sets.map(([name, oAuthSettings]) => ({ name, parameters: { token: { oAuthSettings } } })),
  },
});

const perConnector = { redirectMode: 'GlobalPerConnector', redirectUrl: 'https://redirect.example/one' };

describe('values that the service adds count as sent', () => {
  test.each<[what: string, remote: Members, sent: Members]>([
    ['the redirect mode', oAuth({ redirectMode: 'GlobalPerConnector' }), oAuth({ redirectMode: 'Global' })],
    ['the redirect mode where none was sent', oAuth({ redirectMode: 'GlobalPerConnector' }), oAuth({})],
    ['a redirect URL', oAuth(perConnector), oAuth({ redirectMode: 'GlobalPerConnector' })],
    ['another redirect URL', oAuth({ redirectUrl: 'https://one' }), oAuth({ redirectUrl: 'https://other' })],
    ['no redirect URL', oAuth({}), oAuth({ redirectUrl: 'https://other' })],
    [
      'a sign-in of another name',
      { connectionParameters: { x: { oAuthSettings: perConnector } } },
      { connectionParameters: { x: { oAuthSettings: {} } } },
    ],
    [
      'what Entra ID needs',
      oAuth({ properties: { IsFirstParty: 'False', IsOnbehalfofLoginSupported: true } }),
      oAuth({}),
    ],
    [
      'that beside what was sent',
      oAuth({ properties: { a: 1, IsFirstParty: 'False' } }),
      oAuth({ properties: { a: 1 } }),
    ],
    ['the publisher', { publisher: 'Adele Vance' }, {}],
    ['the publisher where it was empty', { publisher: 'Adele Vance' }, { publisher: '' }],
    ['an empty stack owner', { stackOwner: '' }, {}],
    ['all that is empty', { capabilities: [], policyTemplateInstances: null, connectionParameters: {} }, {}],
    [
      'nothing in place of what is empty',
      {},
      { capabilities: [], scriptOperations: null, connectionParameterSets: {} },
    ],
  ])('%s', (_what, remote, sent) => {
    expect(left(remote, sent)).toEqual({ taken: sent, comparable: sent });
  });

  test('in sets, which may stand in another order', () => {
    const remote = inSets(['a', perConnector], ['b', { clientId: 'b' }], ['c', perConnector]);
    const sent = inSets(['b', { clientId: 'b' }], ['a', { redirectMode: 'Global' }]);
    const settled = inSets(['a', { redirectMode: 'Global' }], ['b', { clientId: 'b' }], ['c', perConnector]);
    expect(left(remote, sent).taken).toEqual(settled);
  });
});

describe('dropped values are lost, and another update does not change that', () => {
  test.each<[remote: Members, sent: Members]>([
    [{ capabilities: [] }, { capabilities: ['actions'] }],
    [{}, { capabilities: ['actions', 'unknown'] }],
    [{ capabilities: ['gateway'] }, { capabilities: ['gateway', 'actions'] }],
    [
      { publisher: '', stackOwner: '' },
      { publisher: 'Contoso', stackOwner: 'Fabrikam' },
    ],
    [{ publisher: '' }, { publisher: 'Contoso', stackOwner: 'Fabrikam' }],
  ])('%j of %j', (remote, sent) => {
    expect(left(remote, sent)).toEqual({ taken: remote, comparable: sent });
  });
});

describe('changes of other people stay', () => {
  test.each<[remote: Members, sent: Members]>([
    [{ capabilities: [] }, { capabilities: ['gateway'] }],
    [{ capabilities: ['gateway'] }, { capabilities: [] }],
    [{ publisher: 'Fabrikam' }, { publisher: 'Contoso' }],
    [{ stackOwner: 'Fabrikam' }, {}],
    [{ iconBrandColor: '#123456' }, {}],
    [oAuth({ clientId: 'one' }), oAuth({ clientId: 'other' })],
    [oAuth({ redirectMode: 'Global' }), oAuth({ redirectMode: 'GlobalPerConnector' })],
    [oAuth({ redirectMode: 'GlobalPerConnector' }), oAuth({ redirectMode: 'Other' })],
    [oAuth({ properties: { IsFirstParty: 'True' } }), oAuth({ properties: { IsFirstParty: 'False' } })],
    [oAuth({ properties: { a: 1 } }), oAuth({})],
    [oAuth(perConnector), {}],
    [{}, oAuth(perConnector)],
    [{ connectionParameters: { token: { type: 'string' } } }, oAuth(perConnector)],
  ])('%j against %j', (remote, sent) => {
    expect(left(remote, sent)).toEqual({ taken: remote, comparable: remote });
  });
});

describe('of several capabilities only those count that the service could have kept', () => {
  test.each<[remote: string[], sent: string[], compared: string[]]>([
    [[], ['gateway', 'actions'], ['actions']],
    [['gateway'], ['actions', 'gateway', 'blob'], ['actions', 'gateway', 'blob']],
    [['gateway'], ['actions'], ['actions', 'gateway']],
    [['blob'], ['actions'], ['actions', 'blob']],
    [
      ['gateway', 'blob'],
      ['blob', 'actions'],
      ['blob', 'actions', 'gateway'],
    ],
  ])('%j of %j', (remote, sent, capabilities) => {
    expect(left({ capabilities: remote }, { capabilities: sent })).toEqual({
      taken: { capabilities: remote },
      comparable: { capabilities },
    });
  });
});

test('numbers and order of the other members stay unchanged', () => {
  const text = '{"properties":{"policyTemplateInstances":[{"n":1.0,"10":9007199254740993,"9":1e3}],"publisher":"A"}}';
  const remote = JsonDocument.parse(text, apiPropertiesSchema, 'the document');
  expect(withoutUnsupported(remote, documentOf({})).text).toBe(text.replace(',"publisher":"A"', ''));
});
