import { isAbsent, isArray, isObject, isString, isText } from '../../json/value.ts';
import { mustHave, reportMissing } from '../engine/checks.ts';
import type { ObjectNode } from '../engine/nodes.ts';
import type { Rule } from '../engine/rule.ts';

const keySet = '{ "name": "key", "uiDefinition": {}, "parameters": {} }';

function withSets(sets: string): string {
  return `{ "properties": { "connectionParameterSets": { "uiDefinition": {},
  "values": [${sets}] } } }`;
}

const removeOrAdd = 'Remove connectionParameterSets, or add a set to its values.';

/** Several ways to authenticate, of which a user chooses one. */
export const parameterSetsRules: readonly Rule[] = [
  {
    id: 'parameter-sets-invalid',
    level: 'error',
    message: "'{name}' is required.",
    reason: 'Users choose a set by its name, and enter its parameters.',
    sources: ['MA'],
    good: [
      { properties: withSets(keySet) },
      {
        properties:
          '{ "properties": { "connectionParameterSets": { "values": [{ "name": "key", "parameters": {} }] } } }',
      },
      { properties: withSets('') },
      { properties: withSets('{ "name": 5, "parameters": {} }') },
    ],
    bad: [
      { properties: withSets('⟦{⟧ "name": "key" }') },
      { properties: withSets('⟦{⟧ "parameters": {} }') },
      { properties: withSets('{ "name": ⟦" "⟧, "parameters": {} }') },
      { properties: '{ "properties": { "connectionParameterSets": ⟦{⟧ "uiDefinition": {} } } }' },
      { properties: '{ "properties": { "connectionParameterSets": ⟦null⟧ } }' },
    ],
    check: {
      parameterSets: mustHave(['values'], isAbsent),
      parameterSet: (node, report) => {
        reportMissing(node, ['name'], report, (name) => isAbsent(name) || (isString(name) && !isText(name)));
        reportMissing(node, ['parameters'], report, isAbsent);
      },
    },
    checkMember: {
      names: ['connectionParameterSets'],
      of: {
        properties: (member, report) => {
          if (member.value === null) report(member, { name: 'values' }, { hint: removeOrAdd });
        },
      },
    },
  },
  {
    id: 'parameter-sets-empty',
    level: 'warning',
    message: "'connectionParameterSets' needs at least one set.",
    hint: removeOrAdd,
    reason: 'Users need at least one set to choose from.',
    sources: ['MA', 'JP'],
    good: [{ properties: withSets(keySet) }, { properties: '{ "properties": { "connectionParameterSets": {} } }' }],
    bad: [{ properties: withSets('').replace('[]', '⟦[]⟧') }],
    checkMember: {
      names: ['connectionParameterSets'],
      of: {
        properties: (member, report) => {
          const values = member.at('values');
          if (isArray(values.value) && values.value.length === 0) report(values);
        },
      },
    },
  },
  {
    id: 'parameter-sets-duplicate-name',
    level: 'warning',
    message: "Set '{name}' is defined twice.",
    reason: 'A connection refers to its set by this name.',
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
            const related = [{ location: other.at('name'), message: 'The first set.' }];
            report(set.at('name'), { name }, { related });
          }
        }
      },
    },
  },
  {
    id: 'parameter-sets-with-parameters',
    level: 'info',
    message: "'connectionParameters' and 'connectionParameterSets' can't be used together.",
    hint: 'Keep connectionParameterSets, and remove connectionParameters.',
    reason: 'Parameter sets replace connection parameters.',
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
