import type { Definition } from '../engine/definition.ts';
import { has, isArray, isString, member } from '../../json/value.ts';
import { objectItems, type OperationNode, type ParameterNode } from '../engine/nodes.ts';
import type { Location } from '../engine/location.ts';
import type { MemberCheck, Rule } from '../engine/rule.ts';

function isBody(parameter: ParameterNode): boolean {
  return parameter.in === 'body';
}

/** Those of its path included. Most operations without any are told by a look. */
function parametersOf(operation: OperationNode, definition: Definition | undefined): readonly ParameterNode[] {
  const hasAny = has(operation.value, 'parameters') || has(operation.pathItem.value, 'parameters');
  return hasAny && definition ? definition.parametersOf(operation) : [];
}

/** Reports each parameter of a list whose name and location another before it has. */
const mustDiffer: MemberCheck = (list, report, _node, { definition }) => {
  const items = objectItems(list.value);
  if (items.length < 2) return;
  const first = new Map<string, Location>();
  for (const [index, item] of items) {
    const location = list.at(index);
    const parameter = isString(member(item, '$ref')) ? definition?.follow(location)?.value : item;
    const name = member(parameter, 'name');
    const kind = member(parameter, 'in');
    if (!isString(name) || !isString(kind)) continue;
    const key = `${kind} ${name}`;
    const other = first.get(key);
    if (!other) first.set(key, location);
    else report(location, { name, in: kind }, { related: [{ location: other, message: 'The first one is here.' }] });
  }
};

/** Which parameters go together. */
export const parameterListRules: readonly Rule[] = [
  {
    id: 'parameter-duplicate',
    level: 'error',
    message: "Duplicate parameter '{name}' in '{in}'.",
    reason: 'Parameters are told apart by name and location. An operation can only replace one of its path.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "paths": { "/orders": { "get": { "parameters": [
  { "name": "top", "in": "query", "type": "integer" }, { "name": "skip", "in": "query", "type": "integer" }] } } } }`,
      },
      {
        definition: '{ "paths": { "/orders": { "get": { "parameters": [{ "in": "query" }, { "in": "query" }] } } } }',
      },
      {
        definition: '{ "paths": { "/orders": { "get": { "parameters": [{ "name": "top" }, { "name": "top" }] } } } }',
      },
    ],
    bad: [
      {
        definition: `{ "paths": { "/orders": { "get": { "parameters": [
  { "name": "top", "in": "query", "type": "integer" }, ⟦{ "name": "top", "in": "query", "type": "string" }⟧] } } } }`,
      },
      {
        definition: `{ "parameters": { "top": { "name": "top", "in": "query", "type": "integer" } },
  "paths": { "/orders": { "parameters": [
  { "$ref": "#/parameters/top" }, ⟦{ "$ref": "#/parameters/top" }⟧] } } }`,
      },
    ],
    checkMember: { names: ['parameters'], of: { pathItem: mustDiffer, operation: mustDiffer } },
  },
  {
    id: 'parameter-multiple-body',
    level: 'error',
    message: 'At most one body parameter is allowed.',
    hint: 'Make one object of both.',
    reason: 'A request has one body.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "paths": { "/orders": { "post": { "parameters": [
  { "name": "order", "in": "body", "schema": { "type": "object" } }] } } } }`,
      },
      {
        definition: `{ "paths": { "/orders": { "post": { "parameters": [
  { "name": "order", "in": "body", "schema": { "type": "object" } },
  { "name": "top", "in": "query", "type": "integer" }] } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "paths": { "/orders": { "post": { "parameters": [
  { "name": "order", "in": "body", "schema": { "type": "object" } },
  ⟦{ "name": "lines", "in": "body", "schema": { "type": "array", "items": {} } }⟧] } } } }`,
      },
    ],
    check: {
      operation: (node, report, { definition }) => {
        const [first, ...others] = parametersOf(node, definition).filter(isBody);
        for (const other of others) {
          const related = first && [{ location: first.usedAt, message: 'The first body parameter is here.' }];
          report(other.usedAt, {}, related && { related });
        }
      },
    },
  },
  {
    id: 'parameter-body-and-form',
    level: 'error',
    message: 'Use either a body or form data parameters.',
    reason: 'A form is sent as the body of the request, so there can be no other.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "paths": { "/orders": { "post": { "parameters": [
  { "name": "number", "in": "formData", "type": "string" }] } } } }`,
      },
      {
        definition: `{ "paths": { "/orders": { "post": { "parameters": [
  { "name": "order", "in": "body", "schema": { "type": "object" } }] } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "paths": { "/orders": { "post": { ⟦"parameters"⟧: [
  { "name": "number", "in": "formData", "type": "string" },
  { "name": "order", "in": "body", "schema": { "type": "object" } }] } } } }`,
      },
    ],
    check: {
      operation: (node, report, { definition }) => {
        const parameters = parametersOf(node, definition);
        const body = parameters.find(isBody);
        const form = body && parameters.find((parameter) => parameter.in === 'formData');
        if (!form) return;
        const related = [
          { location: body.usedAt, message: 'The body is here.' },
          { location: form.usedAt, message: 'Form data is here.' },
        ];
        report(node.at('parameters'), {}, { mark: 'name', related });
      },
    },
  },
  {
    id: 'get-with-body',
    level: 'warning',
    message: 'Body or form parameters are not supported in a fetch operation.',
    hint: 'Put the values into the query, or use POST.',
    reason: 'A GET or HEAD request has no body; many servers leave it out or refuse it.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "paths": { "/orders": { "get": { "parameters": [
  { "name": "filter", "in": "query", "type": "string" }] } } } }`,
      },
      {
        definition: `{ "paths": { "/orders": { "post": { "parameters": [
  { "name": "order", "in": "body", "schema": { "type": "object" } }] } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "paths": { "/orders": { "get": { "parameters": [
  ⟦{ "name": "filter", "in": "body", "schema": { "type": "object" } }⟧] } } } }`,
      },
      {
        definition: `{ "paths": { "/orders": { "head": { "parameters": [
  ⟦{ "name": "filter", "in": "formData", "type": "string" }⟧] } } } }`,
      },
      {
        definition: `{ "paths": { "/orders": { "get": {}, "parameters": [
  ⟦{ "name": "filter", "in": "body", "schema": { "type": "object" } }⟧] } } }`,
      },
    ],
    check: {
      operation: (node, report, { definition }) => {
        if (node.method !== 'get' && node.method !== 'head') return;
        for (const parameter of parametersOf(node, definition)) {
          if (parameter.in === 'body' || parameter.in === 'formData') report(parameter.usedAt);
        }
      },
    },
  },
  {
    id: 'file-parameter-consumes',
    level: 'warning',
    message: 'The operation must consume multipart/form-data.',
    hint: 'Add "consumes": ["multipart/form-data"].',
    reason: 'A file is sent as part of a form, and the Content-Type of the request must say so.',
    sources: ['SV', 'S2'],
    good: [
      {
        definition: `{ "paths": { "/scans": { "post": { "consumes": ["multipart/form-data"], "parameters": [
  { "name": "scan", "in": "formData", "type": "file" }] } } } }`,
      },
      {
        definition: `{ "paths": { "/scans": { "post": { "consumes": ["application/json"], "parameters": [
  { "name": "scan", "in": "formData", "type": "string" }] } } } }`,
      },
      {
        definition: `{ "consumes": ["multipart/form-data"], "paths": { "/scans": { "post": { "parameters": [
  { "name": "scan", "in": "formData", "type": "file" }] } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "paths": { "/scans": { "post": { "consumes": ⟦["application/json"]⟧, "parameters": [
  { "name": "scan", "in": "formData", "type": "file" }] } } } }`,
      },
      {
        definition: `{ "paths": { "/scans": { "post": ⟦{⟧ "parameters": [
  { "name": "scan", "in": "formData", "type": "file" }] } } } }`,
      },
    ],
    check: {
      operation: (node, report, { definition }) => {
        if (!parametersOf(node, definition).some((parameter) => parameter.value['type'] === 'file')) return;
        const consumes = node.value['consumes'] ?? definition?.root.value['consumes'];
        if (!isArray(consumes) || !consumes.some(isForm)) report(node.at('consumes'));
      },
    },
  },
];

function isForm(type: unknown): boolean {
  return isString(type) && /^\s*(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/iu.test(type);
}
