import { isAbsent, isArray, isObject, isText } from '../../json/value.ts';
import { mustHave, reportMissing } from '../engine/checks.ts';
import type { ObjectNode } from '../engine/nodes.ts';
import type { Rule } from '../engine/rule.ts';

const keySet = '{ "name": "key", "uiDefinition": {}, "parameters": {} }';

function withSets(sets: string): string {
  return `{ "properties": { "connectionParameterSets": { "uiDefinition": {},
  "values": [${sets}] } } }`;
}

/** Several ways to authenticate, of which a user chooses one. */
export const parameterSetsRules: readonly Rule[] = [
  {
    id: 'parameter-sets-invalid',
    level: 'error',
    message: "'{name}' is required.",
    reason: 'A user chooses among sets by what is shown of them, and then gives their parameters.',
    sources: ['MA'],
    good: [{ properties: withSets(keySet) }],
    bad: [{ properties: withSets('⟦{⟧ "name": "key", "parameters": {} }') }],
    check: {
      parameterSets: (node, report) => {
        reportMissing(node, ['uiDefinition', 'values'], report, isAbsent);
        const values = node.at('values');
        if (isArray(values.value) && values.value.length === 0) report(values, { name: 'values' });
      },
      parameterSet: mustHave(['name', 'uiDefinition', 'parameters'], isAbsent),
    },
  },
  {
    id: 'parameter-sets-duplicate-name',
    level: 'error',
    message: "Set '{name}' is defined twice.",
    reason: 'A connection remembers its set by this name.',
    sources: ['MA'],
    good: [{ properties: withSets(keySet) }],
    bad: [{ properties: withSets(`${keySet}, { "name": ⟦"key"⟧, "uiDefinition": {}, "parameters": {} }`) }],
    check: {
      connector: ({ properties }, report) => {
        const first = new Map<string, ObjectNode<'parameterSet'>>();
        for (const set of properties?.parameterSets ?? []) {
          const name = set.text('name');
          if (!isText(name)) continue;
          const other = first.get(name);
          if (!other) first.set(name, set);
          else {
            const related = [{ location: other.at('name'), message: 'The first set is here.' }];
            report(set.at('name'), { name }, { related });
          }
        }
      },
    },
  },
  {
    id: 'parameter-sets-with-parameters',
    level: 'info',
    message: 'Both forms are present.',
    hint: 'Keep connectionParameterSets, and leave connectionParameters out.',
    reason: 'With sets the connection parameters beside them are not asked for.',
    sources: ['MA'],
    good: [{ properties: withSets(keySet) }],
    bad: [
      {
        properties: `{ "properties": { "connectionParameters": { "key": { "type": "securestring" } },
  ⟦"connectionParameterSets"⟧: { "uiDefinition": {}, "values": [${keySet}] } } }`,
      },
    ],
    checkMember: {
      names: ['connectionParameterSets'],
      of: {
        properties: (member, report, node) => {
          const beside = node.value['connectionParameters'];
          if (isObject(member.value) && isObject(beside) && Object.keys(beside).length > 0) {
            report(member, {}, { mark: 'name' });
          }
        },
      },
    },
  },
];
