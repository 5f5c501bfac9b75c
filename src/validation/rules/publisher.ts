import { isString } from '../../json/value.ts';
import { isNoText, mustHave } from '../engine/checks.ts';
import type { Rule } from '../engine/rule.ts';

const publisherCharacters = /^[0-9A-Za-z .,&()'/_+-]*$/u;

export const publisherRules: readonly Rule[] = [
  {
    id: 'publisher-missing',
    level: 'certification',
    common: true,
    message: "'publisher' is required.",
    reason: 'The portal shows the publisher of the connector.',
    sources: ['CS'],
    good: [{ properties: '{ "properties": { "publisher": "Contoso" } }' }],
    bad: [{ properties: '{ "properties": ⟦{⟧ "stackOwner": "Contoso" } }' }],
    check: { properties: mustHave(['publisher'], isNoText) },
  },
  {
    id: 'publisher-charset',
    level: 'info',
    message: 'Use alphanumeric characters.',
    reason: 'Use only English letters and digits in the names of publisher and stack owner.',
    sources: ['CS'],
    good: [
      { properties: '{ "properties": { "publisher": "Contoso, Inc." } }' },
      { properties: '{ "properties": { "publisher": {} } }' },
    ],
    bad: [
      { properties: '{ "properties": { "publisher": ⟦"Contoso™"⟧ } }' },
      { properties: '{ "properties": { "stackOwner": ⟦"Contoso™"⟧ } }' },
    ],
    checkMember: {
      names: ['publisher', 'stackOwner'],
      of: {
        properties: (member, report) => {
          if (isString(member.value) && !publisherCharacters.test(member.value)) report(member);
        },
      },
    },
  },
];
