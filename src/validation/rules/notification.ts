import type { Nodes } from '../engine/node-kinds.ts';
import { isString, type JsonObject } from '../../json/value.ts';
import { fixFromText } from '../engine/any-schema.ts';
import { mustHave } from '../engine/checks.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';
import { content, takesUrl, url, webhook } from './webhook.ts';

const names = ['x-ms-notification-url'];

function mustBeBoolean(member: Location, report: Report): void {
  if (typeof member.value === 'boolean') return;
  report(member, {}, { fix: fixFromText(member.value, 'boolean') });
}

function mustBeOnText(member: Location, report: Report, node: Location<JsonObject>): void {
  const type = node.at('type');
  if (member.value === true && isString(type.value) && type.value !== 'string') report(type);
}

function isInput(member: Location, node: Nodes['usedSchema']): boolean {
  return member.value === true && node.use.role === 'input';
}

const body = (schema: string): string =>
  `{ "paths": { "/hooks": { "post": { "parameters": [{ "name": "body", "in": "body", "required": true,
  "schema": ${schema} }] } } } }`;

const answer = (schema: string): string =>
  `{ "paths": { "/hooks": { "get": { "responses": { "200": { "schema": { "properties": {
  "url": ${schema} } } } } } } } }`;

const right = body(`{ "required": ["url"], "properties": {
    "url": { "type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal" } } }`);

export const notificationRules: readonly Rule[] = [
  {
    id: 'notification-url-invalid',
    level: 'error',
    message: "'x-ms-notification-url' must be true or false.",
    reason: 'It marks a property as the one for the address of the events, or does not.',
    sources: ['JD'],
    good: [{ definition: right }],
    bad: [{ definition: body('{ "properties": { "url": { "x-ms-notification-url": ⟦"true"⟧ } } }') }],
    checkMember: { names, of: { schema: mustBeBoolean, parameter: mustBeBoolean } },
  },
  {
    id: 'notification-url-type',
    level: 'error',
    message: 'The notification URL must be a string.',
    reason: 'An address is a text.',
    sources: ['SV'],
    good: [
      { definition: right },
      { definition: body('{ "properties": { "url": { "x-ms-notification-url": true } } }') },
      { definition: body('{ "properties": { "url": { "type": ["string"], "x-ms-notification-url": true } } }') },
      { definition: body('{ "properties": { "url": { "type": "object", "x-ms-notification-url": false } } }') },
    ],
    bad: [{ definition: body('{ "properties": { "url": { "type": ⟦"object"⟧, "x-ms-notification-url": true } } }') }],
    checkMember: { names, of: { schema: mustBeOnText, parameter: mustBeOnText } },
  },
  {
    id: 'notification-url-position',
    level: 'error',
    message: 'The notification URL is allowed in the input only.',
    hint: 'Remove "x-ms-notification-url" here.',
    reason: 'The platform gives the address to the service; it does not get it from there.',
    sources: ['SV'],
    good: [{ definition: right }, { definition: answer('{ "type": "string", "x-ms-notification-url": false }') }],
    bad: [
      {
        definition: `{ "paths": { "/hooks": { "get": { "responses": { "200": { "schema": { "properties": {
  "url": { "type": "string", ⟦"x-ms-notification-url"⟧: true } } } } } } } } }`,
      },
    ],
    checkMember: {
      names,
      of: {
        usedSchema: (member, report, node) => {
          if (member.value === true && node.use.role === 'output') report(member, {}, { mark: 'name' });
        },
      },
    },
  },
  {
    id: 'notification-url-internal',
    level: 'warning',
    message: 'The notification URL must be internal.',
    hint: 'Add "x-ms-visibility": "internal".',
    reason: 'The platform fills the notification URL in; a user who sees it can only spoil it.',
    sources: ['SV'],
    good: [
      { definition: right },
      { definition: body('{ "required": ["url"], "properties": { "url": { "x-ms-notification-url": false } } }') },
      { definition: answer('{ "type": "string", "x-ms-notification-url": true }') },
    ],
    bad: [
      {
        definition: body(`{ "required": ["url"], "properties": {
    "url": ⟦{ "type": "string", "x-ms-notification-url": true }⟧ } }`),
      },
    ],
    checkMember: {
      names,
      of: {
        usedSchema: (member, report, node) => {
          if (isInput(member, node) && !node.use.isInternal) report(node);
        },
      },
    },
  },
  {
    id: 'notification-url-required',
    level: 'info',
    common: true,
    message: 'The notification URL must be required.',
    hint: "Name the property in 'required' of its object, and so with all around it up to the body.",
    reason: 'What is internal and not required may not be sent, and then the service knows of no address.',
    sources: ['SV'],
    good: [
      { definition: right },
      { definition: body('{ "properties": { "url": { "x-ms-notification-url": false } } }') },
      { definition: answer('{ "type": "string", "x-ms-notification-url": true }') },
    ],
    bad: [
      {
        definition: body(`{ "properties": {
    "url": ⟦{ "type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal" }⟧ } }`),
      },
    ],
    checkMember: {
      names,
      of: {
        usedSchema: (member, report, node) => {
          if (isInput(member, node) && !node.use.isRequired) report(node);
        },
      },
    },
  },
  {
    id: 'notification-content-no-schema',
    level: 'warning',
    message: "'x-ms-notification-content' needs a schema.",
    reason: 'The schema says what an event brings: later steps of a flow can use nothing else.',
    sources: ['OX'],
    good: [{ definition: '{ "paths": { "/hooks": { "x-ms-notification-content": { "schema": {} } } } }' }],
    bad: [{ definition: '{ "paths": { "/hooks": { "x-ms-notification-content": ⟦{⟧ "description": "Event" } } } }' }],
    check: { notificationContent: mustHave(['schema']) },
  },
  {
    id: 'notification-url-non-trigger',
    level: 'warning',
    message: 'A notification URL makes sense on a trigger only.',
    hint: 'Add "x-ms-trigger", or remove "x-ms-notification-url"; ignore this for an action that waits for an answer.',
    reason:
      'Without "x-ms-trigger" the operation is offered as an action. That is right only for the rare one that waits for an answer, such as an approval.',
    sources: ['OX'],
    good: [
      { definition: webhook(url, content) },
      { definition: webhook(url, content, '').replace('"post"', '"put"') },
      { definition: webhook('', content, '') },
    ],
    bad: [{ definition: webhook(url, content, '').replace('"post": {', '"post": ⟦{⟧') }],
    check: {
      operation: (node, report, connector) => {
        if (node.method !== 'post' || node.isTrigger) return;
        if (takesUrl(node, connector)) report(node.at('x-ms-trigger'));
      },
    },
  },
];
