import { reportUnknownName } from '../engine/checks.ts';
import type { Rule } from '../engine/rule.ts';
import { propertiesMemberTypes } from '../knowledge/member-types.ts';

export const propsRules: readonly Rule[] = [
  {
    id: 'props-unknown-property',
    level: 'warning',
    message: "Unknown property '{name}'{suggestion}.",
    reason: 'Nobody reads it: most likely it is misspelled, or belongs to another place.',
    sources: ['JP', 'PC'],
    good: [
      { properties: '{ "properties": { "capabilities": [] } }' },
      { properties: '{ "properties": { "x-note": "" } }' },
    ],
    bad: [{ properties: '{ "properties": { ⟦"capabilites"⟧: [] } }' }],
    check: {
      properties: (node, report) => {
        const known = propertiesMemberTypes.properties;
        for (const name of Object.keys(node.value)) {
          if (!Object.hasOwn(known, name) && !name.startsWith('x-')) reportUnknownName(node.at(name), known, report);
        }
      },
    },
  },
];
