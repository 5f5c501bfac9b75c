import { fromText } from '../engine/any-schema.ts';
import { isString, type JsonObject } from '../../json/value.ts';
import type { Nodes } from '../engine/nodes.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';

const names = ['x-ms-notification-url'];

function mustBeBoolean(member: Location, report: Report): void {
  if (typeof member.value === 'boolean') return;
  const meant = fromText(member.value, 'boolean');
  report(member, {}, { fix: meant === undefined ? undefined : { replace: meant } });
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

export const notificationUrlRules: readonly Rule[] = [
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
];
