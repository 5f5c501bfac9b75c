import { isArray, isString } from '../../json/value.ts';
import type { Rule } from '../engine/rule.ts';
import { parameter, typeOf } from './connection-parameter.ts';

export const gatewayRules: readonly Rule[] = [
  {
    id: 'gateway-capability-missing',
    level: 'warning',
    message: "Add the capability 'gateway'.",
    reason: 'A connector that uses a gateway must list it as a capability.',
    sources: ['JP'],
    good: [
      {
        properties: `{ "properties": { "capabilities": ["gateway"],
  "connectionParameters": { "gateway": { "type": "gatewaySetting" } } } }`,
      },
      { properties: parameter('"site"', '{ "type": "string" }') },
      {
        properties: `{ "properties": { "capabilities": ["Gateway"],
  "connectionParameters": { "gateway": { "type": "gatewaySetting" } } } }`,
      },
    ],
    bad: [
      {
        properties: `{ "properties": { "capabilities": ["actions"],
  "connectionParameters": { "gateway": { "type": ⟦"gatewaySetting"⟧ } } } }`,
      },
      { properties: parameter('"gateway"', '{ "type": ⟦"gatewaySetting"⟧ }') },
      {
        properties: `{ "properties": { "capabilities": [5],
  "connectionParameters": { "gateway": { "type": ⟦"gatewaySetting"⟧ } } } }`,
      },
    ],
    checkMember: {
      names: ['type'],
      of: {
        connectionParameter: (member, report, node, { properties }) => {
          if (typeOf(node) !== 'gatewaySetting') return;
          const given = properties?.node?.value['capabilities'];
          const hasGateway = isArray(given) && given.some((one) => isString(one) && one.toLowerCase() === 'gateway');
          if (!hasGateway) report(member);
        },
      },
    },
  },
];
