import { isNoText, mustHave } from '../engine/checks.ts';
import type { Rule } from '../engine/rule.ts';

export const stackOwnerRules: readonly Rule[] = [
  {
    id: 'stack-owner-missing',
    level: 'certification',
    common: true,
    message: "'stackOwner' is required.",
    reason: 'Whose service the connector calls is shown with it.',
    sources: ['CS'],
    good: [{ properties: '{ "properties": { "stackOwner": "Contoso" } }' }],
    bad: [{ properties: '{ "properties": ⟦{⟧ "publisher": "Contoso" } }' }],
    check: { properties: mustHave(['stackOwner'], isNoText) },
  },
];
