import { describe, expect, test } from 'vitest';
import { hasExactly, stateAsSent, stateAsTaken, stateToRecord } from '../../src/connector/as-sent.ts';
import { type Connector, partHashes, titleOf } from '../../src/connector/connector.ts';
import { DefaultIconContent } from '../../src/connector/part-content.ts';
import { stateOf, textOf } from '../support/states.ts';

const properties = (members: object): string => JSON.stringify({ properties: members });
const picture = new DefaultIconContent('The default icon', Buffer.from('default'));

/** A connector as it was sent, and what the service makes of it: nothing that anybody else has changed. */
const sent = stateOf({
  apiDefinition: '{"info": {"title": "Pets"}, "paths": {}}',
  apiProperties: properties({ capabilities: ['actions'] }),
  script: 'one\r\ntwo',
});
const written: Connector = {
  ...stateOf({
    title: 'Pets',
    apiDefinition: '{"paths":{},"info":{"title":"Pets"}}',
    apiProperties: properties({ capabilities: [], publisher: 'Ada' }),
    script: 'one\ntwo',
  }),
  icon: picture,
};

/** What was sent, in the form in which it is remembered. */
function remembered(connector: Connector) {
  return { hashes: partHashes(connector), apiProperties: connector.apiProperties };
}

describe('values that the service writes', () => {
  test('is no difference: order, line ends, publisher, dropped capabilities, a picture for no icon', () => {
    expect(partHashes(stateAsSent(written, sent))).toEqual(partHashes(sent));
    expect(hasExactly(written, remembered(sent))).toBe(true);
  });

  test('keeps the definition byte for byte', () => {
    expect(textOf(stateAsSent(written, sent).apiDefinition)).toBe(textOf(sent.apiDefinition));
  });

  test('includes dropped values on request', () => {
    expect(stateAsTaken(written, sent).apiProperties.hash).not.toBe(sent.apiProperties.hash);
  });
});

describe('changes of other people', () => {
  test.each<[string, Partial<Connector>]>([
    ['the definition', { apiDefinition: stateOf({ apiDefinition: '{"info":{"title":"Cats"}}' }).apiDefinition }],
    [
      'the properties',
      { apiProperties: stateOf({ apiProperties: properties({ iconBrandColor: '#fff' }) }).apiProperties },
    ],
    ['the script', { script: stateOf({ script: 'three' }).script }],
    ['no script any more', { script: undefined }],
    ['an icon', { icon: stateOf({ icon: 'own' }).icon }],
  ])('is a difference: %s', (_what, change) => {
    const remote = { ...written, ...change };
    expect(partHashes(stateAsSent(remote, sent))).not.toEqual(partHashes(sent));
    expect(hasExactly(remote, remembered(sent))).toBe(false);
  });
});

describe('an icon', () => {
  const withIcon: Connector = { ...sent, icon: stateOf({ icon: 'own' }).icon };

  test('that was sent but replaced by the default picture was not accepted', () => {
    expect(stateAsSent(written, withIcon).icon).toBeUndefined();
    expect(hasExactly(written, remembered(withIcon))).toBe(false);
  });

  test('that is the default picture, and was sent as such, stays', () => {
    const same: Connector = { ...sent, icon: stateOf({ icon: 'default' }).icon };
    expect(stateAsSent(written, same).icon?.hash).toBe(picture.hash);
  });

  test.each(['remote', 'sent'])('that could not be had (%s) is no difference', (side) => {
    const missing: Connector = { ...written, icon: undefined, missingIcon: 'Gone.' };
    const [remote, other] = side === 'remote' ? [missing, withIcon] : [written, { ...withIcon, missingIcon: 'Gone.' }];
    expect(stateAsSent(remote, other).icon).toBe(other.icon);
  });

  test('that failed to download is not a missing icon', () => {
    expect(hasExactly({ ...written, icon: undefined, missingIcon: 'Gone.' }, remembered(withIcon))).toBe(true);
  });
});

test('the record has the content of the environment, without the default icon', () => {
  const current = { state: written, changedTime: 'now', changedBy: 'Ada' };
  const { state, changedTime } = stateToRecord(stateAsSent(written, sent), current);
  expect(state.icon).toBeUndefined();
  expect(state.apiProperties.hash).toBe(written.apiProperties.hash);
  expect(changedTime).toBe('now');
});

test('a connector has the name of its environment, or else the title of its definition', () => {
  expect(titleOf(sent)).toBe('Pets');
  expect(titleOf({ ...sent, displayName: 'Cats' })).toBe('Cats');
  expect(titleOf(stateOf({ apiDefinition: '{"info":{"title":" "}}' }))).toBeUndefined();
  expect(titleOf(stateOf({ apiDefinition: '[' }))).toBeUndefined();
});
