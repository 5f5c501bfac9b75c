import { isString } from '../../json/value.ts';
import { oneOf } from '../engine/checks.ts';
import type { Rule } from '../engine/rule.ts';

const isCapability = oneOf(['actions', 'triggers', 'gateway', 'cloud', 'blob', 'tabular']);

export const capabilityRules: readonly Rule[] = [
  {
    id: 'capability-unknown',
    level: 'warning',
    message: "Unknown capability '{value}'{suggestion}.",
    reason: 'The service knows no other capabilities, and writes them in lower case.',
    sources: ['JP'],
    good: [
      { properties: '{ "properties": { "capabilities": ["actions"] } }' },
      { properties: '{ "properties": { "capabilities": ["triggers", "gateway", "cloud", "blob", "tabular", 5] } }' },
    ],
    bad: [{ properties: '{ "properties": { "capabilities": ["actions", ⟦"Triggers"⟧] } }' }],
    checkMember: {
      names: ['capabilities'],
      of: {
        properties: (member, report, node, connector) => {
          for (const item of member.members()) if (isString(item.value)) isCapability(item, report, node, connector);
        },
      },
    },
  },
];
