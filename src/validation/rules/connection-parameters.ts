import { oneOf, reportUnknownName } from '../engine/checks.ts';
import { has, isAbsent, isArray, isObject, isString } from '../../json/value.ts';
import type { ConnectionParameterNode } from '../engine/nodes.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';

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

const secretName = /(?:password|passwd|secret|secret[_-]?key|api[_-]?key|token)$/iu;

/** The type as it should be written; undefined when there is no such type. */
export function typeOf(node: ConnectionParameterNode): string | undefined {
  return typeByLowerCase.get(node.text('type')?.toLowerCase() ?? '');
}

/** A parameter such as `token:TenantId` is part of another, and often not shown. */
export function isClaim({ name }: ConnectionParameterNode): boolean {
  return name.includes(':');
}

function parameter(name: string, members: string): string {
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
    check: {
      connectionParameter: (node, report) => {
        const type = node.at('type');
        if (isAbsent(type.value)) report(type);
      },
    },
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
      connectionParameter: (node, report) => {
        for (const name of Object.keys(node.value)) {
          if (!has(knownMembers, name)) reportUnknownName(node.at(name), knownMembers, report);
        }
      },
    },
  },
  {
    id: 'secret-not-securestring',
    level: 'warning',
    message: "Use 'securestring' for secrets.",
    reason: 'What is given for a plain string can be seen by those who share the connection.',
    sources: ['PC'],
    good: [
      { properties: parameter('"password"', '{ "type": "securestring" }') },
      { properties: parameter('"site"', '{ "type": "string" }') },
    ],
    bad: [{ properties: parameter('"password"', '{ "type": ⟦"string"⟧ }') }],
    checkMember: {
      names: ['type'],
      of: {
        connectionParameter: (member, report, node) => {
          if (member.value === 'string' && secretName.test(node.name)) report(member);
        },
      },
    },
  },
  {
    id: 'gateway-capability-missing',
    level: 'warning',
    message: "Add the capability 'gateway'.",
    reason: 'A connector that asks for a gateway says so among its capabilities.',
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
  {
    id: 'allowed-values-invalid',
    level: 'error',
    message: "Each entry needs a 'value'.",
    hint: 'Write [{ "text": "Europe", "value": "eu" }].',
    reason: 'The values are chosen from a list: text is what is shown, value is what is sent.',
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

function eachHasValue(list: Location, report: Report): void {
  if (isAbsent(list.value)) return;
  if (!isArray(list.value)) return report(list);
  for (const item of list.members()) if (!isObject(item.value) || !has(item.value, 'value')) report(item);
}
