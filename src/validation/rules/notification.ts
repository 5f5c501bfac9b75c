import type { Nodes } from '../engine/node-kinds.ts';
import { has, isString, type JsonObject } from '../../json/value.ts';
import { fixFromText } from '../engine/any-schema.ts';
import { mustHave } from '../engine/checks.ts';
import { isObjectLocation, type Location } from '../engine/location.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import type { Report, Rule } from '../engine/rule.ts';
import { notificationUrlsOf } from '../engine/notification-urls.ts';
import { content, contentName, hasContent, takesUrl, url, webhook } from './webhook.ts';

const names = ['x-ms-notification-url'];

function mustBeBoolean(member: Location, report: Report): void {
  if (typeof member.value === 'boolean') return;
  report(member, {}, { isInvalid: true, fix: fixFromText(member.value, 'boolean') });
}

function mustBeOnText(member: Location, report: Report, node: Location<JsonObject>): void {
  const type = node.at('type');
  if (member.value === true && isString(type.value) && type.value !== 'string') report(type);
}

/** The text is what a reference leads to, where the extension is beside one. */
function mustLeadToText(
  member: Location,
  report: Report,
  node: Location<JsonObject>,
  { definition }: ParsedConnector,
): void {
  const target = definition?.follow(node);
  if (target && isObjectLocation(target)) mustBeOnText(member, report, target);
}

function mustBeInput(
  member: Location,
  report: Report,
  { use }: Nodes['usedSchema'],
  { definition }: ParsedConnector,
): void {
  if (member.value !== true || use.role !== 'output') return;
  // One definition is often both the body and the answer.
  if (!definition || !notificationUrlsOf(definition).isInInput(member)) report(member, {}, { mark: 'name' });
}

function mustBeInternal(member: Location, report: Report, node: Nodes['usedSchema']): void {
  if (isInput(member, node) && !node.use.isInternal) report(node, {}, { because: [node.at('x-ms-visibility')] });
}

function mustBeRequired(member: Location, report: Report, node: Nodes['usedSchema']): void {
  if (isInput(member, node) && !node.use.isRequired) report(node);
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

const byReference = (members: string): string =>
  `{ "required": ["url"], "properties": { "url": { "$ref": "#/definitions/Url", ${members} } } }`;

/** The same definition with a shared schema for the URL. */
const withUrl = (definition: string, members = '"type": "string"'): string =>
  definition.replace('{', `{ "definitions": { "Url": { ${members} } },`);

const referring = withUrl(body(byReference('"x-ms-notification-url": true, "x-ms-visibility": "internal"')));

const right = body(`{ "required": ["url"], "properties": {
    "url": { "type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal" } } }`);

export const notificationRules: readonly Rule[] = [
  {
    id: 'notification-url-invalid',
    level: 'error',
    message: "'x-ms-notification-url' must be true or false.",
    reason: 'It marks the property that contains the notification URL.',
    sources: ['JD', 'SV'],
    good: [{ definition: right }, { definition: referring }],
    bad: [
      { definition: body('{ "properties": { "url": { "x-ms-notification-url": ⟦"true"⟧ } } }') },
      { definition: body(byReference('"x-ms-notification-url": ⟦"true"⟧')) },
    ],
    checkMember: { names, of: { schema: mustBeBoolean, parameter: mustBeBoolean, reference: mustBeBoolean } },
  },
  {
    id: 'notification-url-type',
    level: 'error',
    message: 'The notification URL must be a string.',
    reason: 'A URL is a string.',
    sources: ['SV'],
    good: [
      { definition: right },
      { definition: referring },
      { definition: body('{ "properties": { "url": { "x-ms-notification-url": true } } }') },
      { definition: body('{ "properties": { "url": { "type": ["string"], "x-ms-notification-url": true } } }') },
      { definition: body('{ "properties": { "url": { "type": "object", "x-ms-notification-url": false } } }') },
    ],
    bad: [
      { definition: body('{ "properties": { "url": { "type": ⟦"object"⟧, "x-ms-notification-url": true } } }') },
      { definition: withUrl(body(byReference('"x-ms-notification-url": true')), '"type": ⟦"object"⟧') },
    ],
    checkMember: { names, of: { schema: mustBeOnText, parameter: mustBeOnText, reference: mustLeadToText } },
  },
  {
    id: 'notification-url-position',
    level: 'error',
    message: 'The notification URL is allowed only in the input.',
    hint: 'Remove "x-ms-notification-url".',
    reason: "The platform sends this URL to the API. It doesn't read it from a response.",
    sources: ['SV'],
    good: [
      { definition: right },
      { definition: referring },
      { definition: answer('{ "type": "string", "x-ms-notification-url": false }') },
      {
        definition: `{ "definitions": { "Hook": { "properties": { "url": { "type": "string", "x-ms-notification-url": true } } } },
  "paths": { "/hooks": { "post": {
    "parameters": [{ "name": "body", "in": "body", "schema": { "$ref": "#/definitions/Hook" } }],
    "responses": { "201": { "schema": { "$ref": "#/definitions/Hook" } } } } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "paths": { "/hooks": { "get": { "responses": { "200": { "schema": { "properties": {
  "url": { "type": "string", ⟦"x-ms-notification-url"⟧: true } } } } } } } } }`,
      },
      { definition: withUrl(answer('{ "$ref": "#/definitions/Url", ⟦"x-ms-notification-url"⟧: true }')) },
    ],
    checkMember: { names, of: { usedSchema: mustBeInput, usedReference: mustBeInput } },
  },
  {
    id: 'notification-url-internal',
    level: 'warning',
    message: 'The notification URL must be internal.',
    hint: 'Add "x-ms-visibility": "internal".',
    reason: "The platform sets the notification URL, so users shouldn't see it.",
    sources: ['SV'],
    good: [
      { definition: right },
      { definition: referring },
      { definition: body('{ "required": ["url"], "properties": { "url": { "x-ms-notification-url": false } } }') },
      { definition: answer('{ "type": "string", "x-ms-notification-url": true }') },
      {
        definition: withUrl(
          body('{ "required": ["url"], "properties": { "url": { "$ref": "#/definitions/Url" } } }'),
          '"type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal"',
        ),
      },
      {
        definition: withUrl(
          body(byReference('"x-ms-notification-url": true')),
          '"type": "string", "x-ms-visibility": "internal"',
        ),
      },
    ],
    bad: [
      {
        definition: body(`{ "required": ["url"], "properties": {
    "url": ⟦{ "type": "string", "x-ms-notification-url": true }⟧ } }`),
      },
      {
        definition: withUrl(
          body(`{ "required": ["url"], "properties": {
    "url": ⟦{ "$ref": "#/definitions/Url", "x-ms-notification-url": true }⟧ } }`),
        ),
      },
    ],
    checkMember: { names, of: { usedSchema: mustBeInternal, usedReference: mustBeInternal } },
  },
  {
    id: 'notification-url-required',
    level: 'info',
    common: true,
    message: 'The notification URL must be required.',
    hint: "Add the property to 'required' of its object, and do the same for each enclosing object up to the body.",
    reason: 'The platform may not send an optional internal value, and then the API has no notification URL.',
    sources: ['SV'],
    good: [
      { definition: right },
      { definition: referring },
      { definition: body('{ "properties": { "url": { "x-ms-notification-url": false } } }') },
      { definition: answer('{ "type": "string", "x-ms-notification-url": true }') },
    ],
    bad: [
      {
        definition: body(`{ "properties": {
    "url": ⟦{ "type": "string", "x-ms-notification-url": true, "x-ms-visibility": "internal" }⟧ } }`),
      },
      {
        definition: withUrl(
          body(`{ "properties": {
    "url": ⟦{ "$ref": "#/definitions/Url", "x-ms-notification-url": true, "x-ms-visibility": "internal" }⟧ } }`),
        ),
      },
    ],
    checkMember: { names, of: { usedSchema: mustBeRequired, usedReference: mustBeRequired } },
  },
  {
    id: 'notification-content-no-schema',
    level: 'warning',
    message: "'x-ms-notification-content' needs a schema.",
    reason: 'The schema describes the content of an event. Later steps of a flow can use only this content.',
    sources: ['OX'],
    good: [{ definition: '{ "paths": { "/hooks": { "x-ms-notification-content": { "schema": {} } } } }' }],
    bad: [{ definition: '{ "paths": { "/hooks": { "x-ms-notification-content": ⟦{⟧ "description": "Event" } } } }' }],
    check: { notificationContent: mustHave(['schema']) },
  },
  {
    id: 'notification-url-non-trigger',
    level: 'warning',
    message: 'Only a trigger can have a notification URL.',
    hint: 'For a trigger, add "x-ms-trigger". For an action that waits for a response, add "x-ms-notification-content".',
    reason:
      'Without "x-ms-trigger", the operation is an action. An action that waits for a response describes it in "x-ms-notification-content".',
    sources: ['OX'],
    good: [
      { definition: webhook(url, content) },
      { definition: webhook(url, content, '').replace('"post"', '"put"') },
      { definition: webhook('', content, '') },
      { definition: webhook(url, content, '') },
      { definition: webhook(url, '', '').replace('"operationId": "OnEvent"', '"x-ms-notification-content": {}') },
    ],
    bad: [{ definition: webhook(url, '', '').replace('"post": {', '"post": ⟦{⟧') }],
    check: {
      operation: (node, report, connector) => {
        // With a notification beside it, it is an action that waits for an answer.
        if (node.method !== 'post' || node.isTrigger || hasContent(node)) return;
        // One level too deep, which has a rule of its own.
        if (has(node.value, contentName)) return;
        if (takesUrl(node, connector)) report(node.at('x-ms-trigger'));
      },
    },
  },
];
