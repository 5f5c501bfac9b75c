import { isAbsent, isString } from '../../json/value.ts';
import { oneOf, reportMissing, reportUnknownNames } from '../engine/checks.ts';
import type { ConnectionParameterNode } from '../engine/nodes.ts';
import type { Rule } from '../engine/rule.ts';
import { fitting, propertiesMemberTypes } from '../knowledge/member-types.ts';

const types: readonly string[] = [
  'string',
  'securestring',
  'int',
  'bool',
  'oauthSetting',
  'gatewaySetting',
  'clientCertificate',
];

const typeByLowerCase: ReadonlyMap<string, string> = new Map(types.map((type) => [type.toLowerCase(), type]));

const isType = oneOf(types);

const shown = { type: '', uiDefinition: '' } as const;

const entered = { ...shown, allowedValues: '', defaultValue: '', metadata: '' } as const;

/** The members of each type; other types have those of all. */
const membersOf: Readonly<Record<string, object>> = {
  gatewaySetting: { ...shown, gatewaySettings: '' },
  oauthSetting: { ...shown, oAuthSettings: '' },
  // That they do not have oAuthSettings is a rule of its own.
  ...Object.fromEntries(
    ['string', 'securestring', 'int', 'bool'].map((type) => [type, { ...entered, oAuthSettings: '' }]),
  ),
};

const allMembers = { ...entered, oAuthSettings: '', gatewaySettings: '' } as const;

/** Whether it is part of another parameter, such as `token:TenantId`, and often not shown. */
export function isClaim({ name }: ConnectionParameterNode): boolean {
  return name.includes(':');
}

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
    hint: 'Use letters, digits, and underscores.',
    reason: 'Policies and URLs contain these names.',
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
    level: 'warning',
    message: "The connection parameter needs a 'type'.",
    reason: 'The type determines the field that users see.',
    sources: ['JP'],
    good: [
      { properties: parameter('"site"', '{ "type": "string" }') },
      { properties: parameter('"token:clientId"', '{}') },
    ],
    bad: [{ properties: parameter('"site"', '⟦{⟧ "uiDefinition": {} }') }],
    check: {
      connectionParameter: (node, report) => {
        if (!isClaim(node)) reportMissing(node, ['type'], report, isAbsent);
      },
    },
  },
  {
    id: 'connection-parameter-type-unknown',
    level: 'warning',
    message: "'{value}' isn't a connection parameter type{suggestion}.",
    reason: `The types are ${types.join(', ')}.`,
    sources: ['JP', 'MA'],
    good: [
      { properties: parameter('"site"', '{ "type": "string" }') },
      ...['int', 'bool', 'oauthSetting', 'clientCertificate'].map((type) => ({
        properties: parameter('"site"', `{ "type": "${type}" }`),
      })),
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
    reason: 'Some tools compare types case-sensitively.',
    sources: ['JP'],
    good: [
      { properties: parameter('"key"', '{ "type": "securestring" }') },
      { properties: parameter('"site"', '{ "type": "text" }') },
    ],
    bad: [
      { properties: parameter('"key"', '{ "type": ⟦"secureString"⟧ }') },
      { properties: parameter('"certificate"', '{ "type": ⟦"clientcertificate"⟧ }') },
    ],
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
    reason: 'The service ignores unknown properties. Check the spelling and the location.',
    sources: ['JP'],
    good: [
      {
        properties: parameter(
          '"key"',
          '{ "type": "string", "uiDefinition": {}, "allowedValues": [], "defaultValue": "", "metadata": {} }',
        ),
      },
      { properties: parameter('"token"', '{ "type": "oauthSetting", "uiDefinition": {}, "oAuthSettings": {} }') },
      { properties: parameter('"gateway"', '{ "type": "gatewaySetting", "uiDefinition": {}, "gatewaySettings": {} }') },
      { properties: parameter('"key"', '{ "defaultValue": "", "gatewaySettings": {} }') },
    ],
    bad: [
      { properties: parameter('"key"', '{ "type": "string", ⟦"uiDefintion"⟧: {} }') },
      { properties: parameter('"gateway"', '{ "type": "gatewaySetting", ⟦"defaultValue"⟧: "" }') },
      { properties: parameter('"token"', '{ "type": "oauthSetting", ⟦"allowedValues"⟧: [] }') },
      { properties: parameter('"key"', '{ "type": "securestring", ⟦"gatewaySettings"⟧: {} }') },
    ],
    check: {
      connectionParameter: (node, report) =>
        reportUnknownNames(node, membersOf[typeOf(node) ?? ''] ?? allMembers, report, {
          mayRename: fitting(propertiesMemberTypes.connectionParameter),
        }),
    },
  },
];
