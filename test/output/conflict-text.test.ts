import { expect, test } from 'vitest';
import { conflictData, conflictText } from '../../src/output/conflict-text.ts';

test.each([
  ['/properties/token/oAuthSettings', '{"clientSecret": "hush"}'],
  ['/properties/token/oAuthSettings/clientSecret', '"hush"'],
  ['/properties/token/oAuthSettings/customParameters/client_secret/value', '"hush"'],
  ['/properties/token/oAuthSettings/customParameters/resourcePassword/value', '"hush"'],
  ['/properties/token', '"client secret for prod: hush"'],
])('a conflict at %s shows no client secret', (place, secret) => {
  const conflict = { part: 'apiProperties', place, ours: secret, theirs: undefined } as const;
  const shown = conflictText([conflict], () => 'apiProperties.json') + JSON.stringify(conflictData(conflict));
  expect(shown).toContain(place);
  expect(shown).not.toContain('hush');
});
