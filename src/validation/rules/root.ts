import { has } from '../../json/value.ts';
import { nearestName } from '../../nearest-name.ts';
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
    bad: [
      { properties: '{ "properties": {}, ⟦"connectionParameterSets"⟧: {} }' },
      {
        properties:
          '{ "properties": {}, ⟦"connectionparametersets"⟧: {}, ⟦"Capabilities"⟧: [], ⟦"iconBrandColour"⟧: "" }',
      },
    ],
    check: {
      propertiesFile: (node, report) => {
        // Without it, that is what is missing.
        if (!has(node.value, 'properties')) return;
        for (const name of Object.keys(node.value)) {
          const meant = nameOfProperties(name);
          if (meant === undefined) continue;
          const hint = meant === name ? undefined : `Its name there is '${meant}'.`;
          report(node.at(name), { name }, { mark: 'name', meant: node.at('properties', meant), hint });
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
          // Without 'properties', its members are in the wrong place all together.
          const isOfAnother = has(node.value, 'properties')
            ? nameOfProperties(name) !== undefined
            : isOfProperties(name);
          const isKnown = Object.hasOwn(known, name) || isOfAnother || name.startsWith('x-');
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

/** The member of `properties` that a name at the root is, or is meant as. */
function nameOfProperties(name: string): string | undefined {
  if (name.startsWith('x-') || Object.hasOwn(known, name)) return undefined;
  return isOfProperties(name) ? name : nearestName(name, Object.keys(propertiesMemberTypes.properties));
}
