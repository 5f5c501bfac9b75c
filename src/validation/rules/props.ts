import type { JsonObject } from '../../json/value.ts';
import { reportUnknownName, reportUnknownNames } from '../engine/checks.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';
import { fitting, type MemberType, propertiesMemberTypes } from '../knowledge/member-types.ts';

const sets = (members: string, set: string): string =>
  `{ "properties": { "connectionParameterSets": { ${members}, "values": [{ ${set} }] } } }`;

function reportMembers(node: Location<JsonObject>, types: Readonly<Record<string, MemberType>>, report: Report): void {
  reportUnknownNames(node, types, report, { mayRename: fitting(types) });
}

export const propsRules: readonly Rule[] = [
  {
    id: 'props-unknown-property',
    level: 'warning',
    message: "Unknown property '{name}'{suggestion}.",
    reason: 'The service ignores unknown properties. Check the spelling and the location.',
    sources: ['JP', 'PC'],
    good: [
      { properties: '{ "properties": { "capabilities": [] } }' },
      { properties: '{ "properties": { "x-note": "" } }' },
      { properties: sets('"uiDefinition": {}', '"name": "key", "parameters": {}, "uiDefinition": {}') },
    ],
    bad: [
      { properties: '{ "properties": { ⟦"capabilites"⟧: [] } }' },
      { properties: sets('⟦"displayName"⟧: "Sign-in"', '"name": "key", ⟦"type"⟧: "oauth"') },
    ],
    check: {
      properties: (node, report) => {
        const known = propertiesMemberTypes.properties;
        for (const name of Object.keys(node.value)) {
          if (Object.hasOwn(known, name) || name.startsWith('x-')) continue;
          reportUnknownName(node.at(name), known, report, { mayRename: fitting(known) });
        }
      },
      parameterSets: (node, report) => reportMembers(node, propertiesMemberTypes.parameterSets, report),
      parameterSet: (node, report) => reportMembers(node, propertiesMemberTypes.parameterSet, report),
    },
  },
];
