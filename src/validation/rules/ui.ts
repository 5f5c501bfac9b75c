import { has, isAbsent, isObject, isString, isText } from '../../json/value.ts';
import { isNoText, mustHave, reportMissing, reportUnknownNames } from '../engine/checks.ts';
import { ConnectionParameterNode, type ObjectNode } from '../engine/nodes.ts';
import type { Rule } from '../engine/rule.ts';
import { isClaim, typeOf } from './connection-parameter.ts';
import { fitting, propertiesMemberTypes } from '../knowledge/member-types.ts';

const uiMembers = { displayName: '', description: '', tooltip: '', tabIndex: '', constraints: '', schema: '' } as const;

const setMembers = { ...uiMembers, displayname: '' } as const;

/** Whether it is that of a set, or of all sets, where the name in lower case is read, too. */
function isOfSets({ parent }: ObjectNode<'uiDefinition'>): boolean {
  return !(parent instanceof ConnectionParameterNode);
}

const withSets = (uiDefinition: string, ofSet = ''): string =>
  `{ "properties": { "connectionParameterSets": { "uiDefinition": ${uiDefinition}, "values": [{ ${ofSet} "name": "key", "parameters": {} }] } } }`;

export function ui(uiDefinition: string, type = 'string'): string {
  return `{ "properties": { "connectionParameters": { "site": { "type": "${type}", "uiDefinition": ${uiDefinition} } } } }`;
}

/** Nobody is asked for the parts of a sign-in, so they need no words. */
function isAskedFor(node: ObjectNode<'uiDefinition'>): boolean {
  return !(node.parent instanceof ConnectionParameterNode && isClaim(node.parent));
}

const claim = '{ "properties": { "connectionParameters": { "token:TenantId": { "uiDefinition": {} } } } }';

export const uiRules: readonly Rule[] = [
  {
    id: 'ui-definition-missing',
    level: 'certification',
    message: "Add 'uiDefinition'.",
    reason: 'Without it, users see only the technical name.',
    sources: ['PC'],
    good: [
      { properties: ui('{ "displayName": "Site", "description": "URL of the site." }') },
      { properties: '{ "properties": { "connectionParameters": { "token": { "type": "oauthSetting" } } } }' },
      { properties: '{ "properties": { "connectionParameters": { "token:TenantId": { "type": "string" } } } }' },
      { properties: withSets('{}', '"uiDefinition": {},') },
    ],
    bad: [
      { properties: '{ "properties": { "connectionParameters": { "site": ⟦{⟧ "type": "string" } } } }' },
      { properties: withSets('{}').replace('{  "name"', '⟦{⟧ "name"') },
      {
        properties: withSets('{}', '"uiDefinition": {},').replace('{ "uiDefinition": {}, "values"', '⟦{⟧ "values"'),
      },
    ],
    check: {
      connectionParameter: (node, report) => {
        if (typeOf(node) === 'oauthSetting' || isClaim(node)) return;
        reportMissing(node, ['uiDefinition'], report, isAbsent);
      },
      parameterSets: mustHave(['uiDefinition'], isAbsent),
      parameterSet: mustHave(['uiDefinition'], isAbsent),
    },
  },
  {
    id: 'ui-display-name-missing',
    level: 'certification',
    message: "Add 'displayName'.",
    reason: "It's the label of the field.",
    sources: ['PC'],
    good: [
      { properties: ui('{ "displayName": "Site", "description": "URL of the site." }') },
      { properties: claim },
      { properties: withSets('{ "displayname": "Sign-in", "description": "How you sign in." }') },
      // Reported as an unknown property.
      { properties: ui('{ "displayname": "Site" }') },
    ],
    bad: [{ properties: ui('⟦{⟧ "description": "URL of the site." }') }],
    check: {
      uiDefinition: (node, report) => {
        const isThere = isOfSets(node) && isText(node.value['displayname']);
        if (isAskedFor(node) && !isThere) reportMissing(node, ['displayName'], report, isNoText);
      },
    },
  },
  {
    id: 'ui-description-missing',
    level: 'certification',
    message: "Add 'description'.",
    reason: 'It explains the value to enter, and where to find it.',
    sources: ['PC'],
    good: [
      { properties: ui('{ "displayName": "Site", "description": "URL of the site." }') },
      { properties: claim },
      { properties: ui('{ "displayName": "Site", "schema": {} }') },
    ],
    bad: [{ properties: ui('⟦{⟧ "displayName": "Site" }') }],
    check: {
      uiDefinition: (node, report) => {
        const isThere = isText(node.value['description']) || has(node.value, 'schema');
        if (!isThere && isAskedFor(node)) report(node.at('description'));
      },
    },
  },
  {
    id: 'ui-unknown-property',
    level: 'warning',
    message: "Unknown property '{name}'{suggestion}.",
    reason: 'The service ignores unknown properties. Check the spelling and the location.',
    sources: ['JP'],
    good: [{ properties: ui('{ "displayName": "Site" }') }, { properties: withSets('{ "displayname": "Sign-in" }') }],
    bad: [{ properties: ui('{ ⟦"displayname"⟧: "Site" }') }],
    check: {
      uiDefinition: (node, report) =>
        reportUnknownNames(node, isOfSets(node) ? setMembers : uiMembers, report, {
          mayRename: fitting(propertiesMemberTypes.uiDefinition),
        }),
    },
  },
  {
    id: 'ui-schema-invalid',
    level: 'warning',
    message: "'schema' must be an object with the strings 'type' and 'description'.",
    reason: 'It describes the value to enter. Other properties have no effect.',
    sources: ['JP'],
    good: [
      { properties: ui('{ "schema": { "type": "string", "description": "URL of the site." } }') },
      { properties: ui('{ "displayName": "Site" }') },
    ],
    bad: [
      { properties: ui('{ "schema": ⟦"string"⟧ }') },
      { properties: ui('{ "schema": { "type": ⟦5⟧, "description": ⟦null⟧ } }') },
      { properties: ui('{ "schema": ⟦{⟧ "type": "string" } }') },
      { properties: ui('{ "schema": ⟦{⟧ "description": "URL of the site." } }') },
      { properties: ui('{ "schema": { "type": "string", "description": "Site.", ⟦"title"⟧: "Site" } }') },
    ],
    checkMember: {
      names: ['schema'],
      of: {
        uiDefinition: (schema, report) => {
          if (!isObject(schema.value)) return report(schema);
          for (const name of ['type', 'description']) {
            if (!isString(schema.value[name])) report(schema.at(name));
          }
          for (const name of Object.keys(schema.value)) {
            if (name !== 'type' && name !== 'description') report(schema.at(name), {}, { mark: 'name' });
          }
        },
      },
    },
  },
];
