import { isNoText, mustHave } from '../engine/checks.ts';
import type { Rule } from '../engine/rule.ts';

export const stackOwnerRules: readonly Rule[] = [
  {
    id: 'stack-owner-missing',
    level: 'certification',
    common: true,
    message: "'stackOwner' is required.",
    reason: 'The portal shows the owner of the service that the connector calls.',
    sources: ['CS'],
    good: [{ properties: '{ "properties": { "stackOwner": "Contoso" } }' }],
    bad: [{ properties: '{ "properties": ⟦{⟧ "publisher": "Contoso" } }' }],
    check: { properties: mustHave(['stackOwner'], isNoText) },
  },
];
