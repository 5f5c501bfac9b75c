import { has, isAbsent, isText } from '../../json/value.ts';
import { isNoText, reportMissing, reportUnknownNames } from '../engine/checks.ts';
import { ConnectionParameterNode, type ObjectNode } from '../engine/nodes.ts';
import type { Rule } from '../engine/rule.ts';
import { typeOf } from './connection-parameter.ts';

/** A parameter such as `token:TenantId` is part of another, and often not shown. */
function isClaim({ name }: ConnectionParameterNode): boolean {
  return name.includes(':');
}

const uiMembers = { displayName: '', description: '', tooltip: '', tabIndex: '', constraints: '', schema: '' } as const;

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
    reason: 'Without it users are asked for a bare name.',
    sources: ['PC'],
    good: [
      { properties: ui('{ "displayName": "Site", "description": "Address of the site." }') },
      { properties: '{ "properties": { "connectionParameters": { "token": { "type": "oauthSetting" } } } }' },
      { properties: '{ "properties": { "connectionParameters": { "token:TenantId": { "type": "string" } } } }' },
    ],
    bad: [{ properties: '{ "properties": { "connectionParameters": { "site": ⟦{⟧ "type": "string" } } } }' }],
    check: {
      connectionParameter: (node, report) => {
        if (typeOf(node) === 'oauthSetting' || isClaim(node)) return;
        reportMissing(node, ['uiDefinition'], report, isAbsent);
      },
    },
  },
  {
    id: 'ui-display-name-missing',
    level: 'certification',
    message: "Add 'displayName'.",
    reason: 'It stands above the field in which the value is given.',
    sources: ['PC'],
    good: [
      { properties: ui('{ "displayName": "Site", "description": "Address of the site." }') },
      { properties: claim },
    ],
    bad: [{ properties: ui('⟦{⟧ "description": "Address of the site." }') }],
    check: {
      uiDefinition: (node, report) => {
        if (isAskedFor(node)) reportMissing(node, ['displayName'], report, isNoText);
      },
    },
  },
  {
    id: 'ui-description-missing',
    level: 'certification',
    message: "Add 'description'.",
    reason: 'It tells users what to give, and where to find it.',
    sources: ['PC'],
    good: [
      { properties: ui('{ "displayName": "Site", "description": "Address of the site." }') },
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
    reason: 'Nobody reads it: most likely it is misspelled, or belongs to another place.',
    sources: ['JP'],
    good: [{ properties: ui('{ "displayName": "Site" }') }],
    bad: [{ properties: ui('{ ⟦"displayname"⟧: "Site" }') }],
    check: { uiDefinition: (node, report) => reportUnknownNames(node, uiMembers, report) },
  },
];
