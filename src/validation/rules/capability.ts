import { isString } from '../../json/value.ts';
import { listed } from '../engine/checks.ts';
import type { Rule } from '../engine/rule.ts';

/** Those of connectors in the public catalogue, and of the choices in Dataverse. */
const capabilities = listed(
  ['actions', 'triggers', 'gateway', 'cloud', 'blob', 'tabular'],
  ['vnetgateway', 'federatedKnowledgeSource', 'composite', 'graphconnector'],
);

const withCapabilities = (names: string): string => `{ "properties": { "capabilities": [${names}] } }`;

export const capabilityRules: readonly Rule[] = [
  {
    id: 'capability-misspelled',
    level: 'warning',
    message: "Unknown capability '{value}'{suggestion}.",
    reason: 'Capability names are case-sensitive.',
    sources: ['JP', 'DV'],
    good: [
      { properties: withCapabilities('"actions"') },
      { properties: withCapabilities('"triggers", "gateway", "cloud", "blob", "tabular", 5') },
      { properties: withCapabilities('"vnetgateway", "federatedKnowledgeSource", "composite", "graphconnector"') },
      { properties: withCapabilities('"telepathy"') },
    ],
    bad: [
      { properties: withCapabilities('"actions", ⟦"Triggers"⟧') },
      { properties: withCapabilities('⟦"vnetgatway"⟧') },
    ],
    checkMember: {
      names: ['capabilities'],
      of: {
        properties: (member, report) => {
          for (const item of member.members()) if (isString(item.value)) capabilities.reportMisspelled(item, report);
        },
      },
    },
  },
  {
    id: 'capability-unknown',
    level: 'info',
    message: "Unknown capability '{value}'.",
    reason: "The platform's list of capabilities isn't documented and grows.",
    sources: ['JP', 'DV'],
    good: [{ properties: withCapabilities('"actions", 5, "vnetgatway"') }],
    bad: [{ properties: withCapabilities('"actions", ⟦"telepathy"⟧') }],
    checkMember: {
      names: ['capabilities'],
      of: {
        properties: (member, report) => {
          for (const item of member.members()) if (isString(item.value)) capabilities.reportUnknown(item, report);
        },
      },
    },
  },
];
