import { has, isAbsent, isArray, isObject } from '../../json/value.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';
import { parameter } from './connection-parameter.ts';

function eachHasValue(list: Location, report: Report): void {
  if (isAbsent(list.value)) return;
  if (!isArray(list.value)) return report(list);
  for (const item of list.members()) if (!isObject(item.value) || !has(item.value, 'value')) report(item);
}

export const allowedValuesRules: readonly Rule[] = [
  {
    id: 'allowed-values-invalid',
    level: 'warning',
    message: "Each entry needs a 'value'.",
    hint: 'Write [{ "text": "Europe", "value": "eu" }].',
    reason: "Users choose from a list. The list shows 'text', and the service receives 'value'.",
    sources: ['JP'],
    good: [
      {
        properties: parameter(
          '"region"',
          '{ "uiDefinition": { "constraints": { "allowedValues": [{ "text": "Europe", "value": "eu" }] } } }',
        ),
      },
      { properties: parameter('"region"', '{ "uiDefinition": { "constraints": { "allowedValues": null } } }') },
    ],
    bad: [
      {
        properties: parameter('"region"', '{ "uiDefinition": { "constraints": { "allowedValues": [⟦"eu"⟧] } } }'),
      },
      { properties: parameter('"region"', '{ "uiDefinition": { "constraints": { "allowedValues": ⟦"eu"⟧ } } }') },
      {
        properties: parameter(
          '"region"',
          '{ "uiDefinition": { "constraints": { "allowedValues": [⟦{ "text": "Europe" }⟧] } } }',
        ),
      },
    ],
    checkMember: {
      names: ['allowedValues'],
      of: { connectionParameter: eachHasValue, constraints: eachHasValue },
    },
  },
];
