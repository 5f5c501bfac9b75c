import { reportUnknownName } from '../engine/checks.ts';
import { has, isAbsent, isText, jsonType } from '../../json/value.ts';
import { shownValue } from '../engine/message.ts';
import { ConnectionParameterNode, type ObjectNode } from '../engine/nodes.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';
import { isClaim, typeOf } from './connection-parameters.ts';

const uiMembers = { displayName: '', description: '', tooltip: '', tabIndex: '', constraints: '', schema: '' } as const;

const constraintNames = {
  clearText: '',
  required: '',
  tabIndex: '',
  capability: '',
  hidden: '',
  allowedValues: '',
  dependencies: '',
  default: '',
} as const;

function ui(uiDefinition: string, type = 'string'): string {
  return `{ "properties": { "connectionParameters": { "site": { "type": "${type}", "uiDefinition": ${uiDefinition} } } } }`;
}

/** Nobody is asked for the parts of a sign-in, so they need no words. */
function isAskedFor(node: ObjectNode<'uiDefinition'>): boolean {
  return !(node.parent instanceof ConnectionParameterNode && isClaim(node.parent));
}

function reportUnknownNames(node: ObjectNode<string>, known: object, report: Report): void {
  for (const name of Object.keys(node.value)) {
    if (!Object.hasOwn(known, name)) reportUnknownName(node.at(name), known, report);
  }
}

/** The value that was most likely meant by one of the wrong type or case; undefined when none was. */
function meantConstraint({ name, value }: Location): unknown {
  const text = shownValue(value).trim().toLowerCase();
  const isBoolean = text === 'true' || text === 'false';
  switch (name) {
    case 'clearText':
      return isBoolean ? text === 'true' : undefined;
    case 'tabIndex':
      return /^\d{1,9}$/u.test(text) ? Number(text) : undefined;
    default:
      return isBoolean ? text : undefined;
  }
}

function isRightConstraint({ name, value }: Location): boolean {
  switch (name) {
    case 'clearText':
      return jsonType(value) === 'boolean';
    case 'tabIndex':
      return jsonType(value) === 'number';
    default:
      // Of booleans another rule speaks.
      return value === 'true' || value === 'false' || jsonType(value) === 'boolean';
  }
}

const claim = '{ "properties": { "connectionParameters": { "token:TenantId": { "uiDefinition": {} } } } }';

/** How a connection parameter is shown to the one who makes a connection. */
export const uiDefinitionRules: readonly Rule[] = [
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
        const uiDefinition = node.at('uiDefinition');
        if (isAbsent(uiDefinition.value)) report(uiDefinition);
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
        if (!isText(node.value['displayName']) && isAskedFor(node)) report(node.at('displayName'));
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
  {
    id: 'constraint-unknown',
    level: 'warning',
    message: "Unknown constraint '{name}'{suggestion}.",
    reason: 'Nobody reads it: most likely it is misspelled, or belongs to another place.',
    sources: ['JP'],
    good: [{ properties: ui('{ "constraints": { "required": "true" } }') }],
    bad: [{ properties: ui('{ "constraints": { ⟦"requird"⟧: "true" } }') }],
    check: { constraints: (node, report) => reportUnknownNames(node, constraintNames, report) },
  },
  {
    id: 'constraint-boolean',
    level: 'warning',
    message: 'Use the string "{text}".',
    reason: 'Of these two the values are texts, unlike those of clearText.',
    sources: ['JP'],
    good: [{ properties: ui('{ "constraints": { "required": "true" } }') }],
    bad: [
      { properties: ui('{ "constraints": { "required": ⟦true⟧ } }') },
      { properties: ui('{ "constraints": { "hidden": ⟦true⟧ } }') },
    ],
    checkMember: {
      names: ['required', 'hidden'],
      of: {
        constraints: (member, report) => {
          if (typeof member.value !== 'boolean') return;
          const text = String(member.value);
          report(member, { text }, { fix: { replace: text } });
        },
      },
    },
  },
  {
    id: 'constraint-value-invalid',
    level: 'error',
    message: "'{value}' is not valid for '{name}'.",
    hint: 'required and hidden are "true" or "false", clearText is true or false, tabIndex is a number.',
    reason: 'A constraint with another value is not understood.',
    sources: ['JP'],
    good: [
      { properties: ui('{ "constraints": { "clearText": true, "tabIndex": 2 } }') },
      { properties: ui('{ "constraints": { "required": true, "hidden": "true" } }') },
      { properties: ui('{ "constraints": { "required": "false" } }') },
    ],
    bad: [
      { properties: ui('{ "constraints": { "clearText": ⟦"true"⟧, "required": ⟦"yes"⟧ } }') },
      { properties: ui('{ "constraints": { "hidden": ⟦"yes"⟧, "tabIndex": ⟦"2"⟧ } }') },
    ],
    checkMember: {
      names: ['required', 'hidden', 'clearText', 'tabIndex'],
      of: {
        constraints: (member, report) => {
          if (isRightConstraint(member)) return;
          const meant = meantConstraint(member);
          const fix = meant === undefined ? undefined : { replace: meant };
          report(member, { value: shownValue(member.value), name: member.name }, { fix });
        },
      },
    },
  },
  {
    id: 'securestring-clear-text',
    level: 'info',
    common: true,
    message: 'A securestring should not be shown as clear text.',
    reason: 'Who looks over the shoulder of a user can read the secret.',
    sources: ['PC'],
    good: [
      { properties: ui('{ "constraints": { "clearText": false } }', 'securestring') },
      { properties: ui('{ "constraints": { "clearText": true } }') },
    ],
    bad: [{ properties: ui('{ "constraints": { "clearText": ⟦true⟧ } }', 'securestring') }],
    checkMember: {
      names: ['clearText'],
      of: {
        constraints: (member, report, node) => {
          const parameter = node.parent?.parent;
          const isSecret = parameter instanceof ConnectionParameterNode && typeOf(parameter) === 'securestring';
          if (member.value === true && isSecret) report(member);
        },
      },
    },
  },
];
