import { has } from '../../json/value.ts';
import { reportUnknownName } from '../engine/checks.ts';
import type { Rule } from '../engine/rule.ts';
import { propertiesMemberTypes } from '../knowledge/member-types.ts';

const known = { properties: '', $schema: '' } as const;

export const rootRules: readonly Rule[] = [
  {
    id: 'root-misplaced-property',
    level: 'warning',
    message: "'{name}' has no effect outside 'properties'. Move it there.",
    reason: "The service reads only 'properties' in this file.",
    sources: ['JP'],
    good: [
      { properties: '{ "properties": { "connectionParameterSets": {} } }' },
      { properties: '{ "$schema": "", "displayName": "Orders" }' },
      { properties: '{ "iconBrandColor": "#da3b01" }' },
    ],
    bad: [{ properties: '{ "properties": {}, ⟦"connectionParameterSets"⟧: {} }' }],
    check: {
      propertiesFile: (node, report) => {
        // Without it, that is what is missing.
        if (!has(node.value, 'properties')) return;
        for (const name of Object.keys(node.value)) {
          if (!isOfProperties(name)) continue;
          report(node.at(name), { name }, { mark: 'name', meant: node.at('properties', name) });
        }
      },
    },
  },
  {
    id: 'root-unknown-property',
    level: 'warning',
    message: "Unknown property '{name}'{suggestion}.",
    reason: "The service reads only 'properties' in this file.",
    sources: ['JP'],
    good: [
      { properties: '{ "properties": {}, "$schema": "" }' },
      { properties: '{ "properties": {}, "x-note": "", "capabilities": [] }' },
    ],
    bad: [{ properties: '{ ⟦"propertie"⟧: {} }' }, { properties: '{ "properties": {}, ⟦"displayName"⟧: "Orders" }' }],
    check: {
      propertiesFile: (node, report) => {
        for (const name of Object.keys(node.value)) {
          const isKnown = Object.hasOwn(known, name) || isOfProperties(name) || name.startsWith('x-');
          if (!isKnown) reportUnknownName(node.at(name), known, report);
        }
      },
    },
  },
];

/** Whether a name is that of a member of `properties`. */
export function isOfProperties(name: string): boolean {
  return Object.hasOwn(propertiesMemberTypes.properties, name);
}
