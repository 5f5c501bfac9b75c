import { isAbsent, isString } from '../../json/value.ts';
import { mustHave, oneOf, reportUnknownNames } from '../engine/checks.ts';
import type { ConnectionParameterNode } from '../engine/nodes.ts';
import type { Rule } from '../engine/rule.ts';

const types: readonly string[] = ['string', 'securestring', 'int', 'bool', 'oauthSetting', 'gatewaySetting'];

const typeByLowerCase: ReadonlyMap<string, string> = new Map(types.map((type) => [type.toLowerCase(), type]));

const isType = oneOf(types);

const knownMembers = {
  type: '',
  uiDefinition: '',
  oAuthSettings: '',
  allowedValues: '',
  defaultValue: '',
  metadata: '',
  gatewaySettings: '',
} as const;

const parameterName = /^[0-9A-Za-z_]+(?::[0-9A-Za-z_]+)?$/u;

/** The type as it should be written; undefined when there is no such type. */
export function typeOf(node: ConnectionParameterNode): string | undefined {
  return typeByLowerCase.get(node.text('type')?.toLowerCase() ?? '');
}

export function parameter(name: string, members: string): string {
  return `{ "properties": { "connectionParameters": { ${name}: ${members} } } }`;
}

export const connectionParameterRules: readonly Rule[] = [
  {
    id: 'connection-parameter-name',
    level: 'warning',
    message: "'{name}' has invalid characters.",
    hint: 'Use letters, digits and underscores.',
    reason: 'The names stand in policies and web addresses.',
    sources: ['JP'],
    good: [{ properties: parameter('"api_key"', '{ "type": "securestring" }') }],
    bad: [{ properties: parameter('⟦"api key"⟧', '{ "type": "securestring" }') }],
    check: {
      connectionParameter: (node, report) => {
        if (!parameterName.test(node.name)) report(node, { name: node.name }, { mark: 'name' });
      },
    },
  },
  {
    id: 'connection-parameter-type-missing',
    level: 'error',
    message: "The connection parameter needs a 'type'.",
    reason: 'Without its type nobody knows how to ask for it.',
    sources: ['JP'],
    good: [{ properties: parameter('"site"', '{ "type": "string" }') }],
    bad: [{ properties: parameter('"site"', '⟦{⟧ "uiDefinition": {} }') }],
    check: { connectionParameter: mustHave(['type'], isAbsent) },
  },
  {
    id: 'connection-parameter-type-unknown',
    level: 'error',
    message: "'{value}' is not a connection parameter type{suggestion}.",
    reason: `There are the types ${types.join(', ')}.`,
    sources: ['JP', 'MA'],
    good: [
      { properties: parameter('"site"', '{ "type": "string" }') },
      ...['int', 'bool', 'oauthSetting'].map((type) => ({ properties: parameter('"site"', `{ "type": "${type}" }`) })),
      { properties: parameter('"site"', '{ "type": "String" }') },
      { properties: parameter('"site"', '{ "type": 5 }') },
    ],
    bad: [{ properties: parameter('"site"', '{ "type": ⟦"text"⟧ }') }],
    checkMember: {
      names: ['type'],
      of: {
        connectionParameter: (member, report, node, connector) => {
          if (isString(member.value) && typeOf(node) === undefined) isType(member, report, node, connector);
        },
      },
    },
  },
  {
    id: 'connection-parameter-type-case',
    level: 'warning',
    message: "Write '{type}'.",
    reason: 'Not every reader of the file takes the types in another case.',
    sources: ['JP'],
    good: [
      { properties: parameter('"key"', '{ "type": "securestring" }') },
      { properties: parameter('"site"', '{ "type": "text" }') },
    ],
    bad: [{ properties: parameter('"key"', '{ "type": ⟦"secureString"⟧ }') }],
    checkMember: {
      names: ['type'],
      of: {
        connectionParameter: (member, report, node) => {
          const type = typeOf(node);
          if (type !== undefined && type !== member.value) report(member, { type }, { fix: { replace: type } });
        },
      },
    },
  },
  {
    id: 'connection-parameter-unknown-property',
    level: 'warning',
    message: "Unknown property '{name}'{suggestion}.",
    reason: 'Nobody reads it: most likely it is misspelled, or belongs to another place.',
    sources: ['JP'],
    good: [{ properties: parameter('"key"', '{ "type": "string", "uiDefinition": {} }') }],
    bad: [{ properties: parameter('"key"', '{ "type": "string", ⟦"uiDefintion"⟧: {} }') }],
    check: {
      connectionParameter: (node, report) => reportUnknownNames(node, knownMembers, report),
    },
  },
];
