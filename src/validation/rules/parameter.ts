import { isArray, isString, type JsonObject, member } from '../../json/value.ts';
import { oneOf, reportMissing } from '../engine/checks.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import type { Location } from '../engine/location.ts';
import { objectItems, type ParameterNode } from '../engine/nodes.ts';
import type { MemberCheck, NodeCheck, Rule } from '../engine/rule.ts';
import { lacksText, sameAs } from '../engine/text-checks.ts';

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
    else report(location, { name, in: kind }, { related: [{ location: other, message: 'The first use.' }] });
  }
};

const good = {
  definition: `{ "paths": { "/orders": { "get": { "parameters": [{ "name": "top", "in": "query", "type": "integer",
  "x-ms-summary": "Number of orders", "description": "How many orders to get at most." }] } } } }`,
};

/** What a maker does not see: an internal operation, an internal parameter, a body. */
const hidden = [
  '"get": { "x-ms-visibility": "internal", "parameters": [{ "name": "top", "in": "query", "type": "integer" }] }',
  '"get": { "parameters": [{ "name": "top", "in": "query", "type": "integer", "x-ms-visibility": "internal" }] }',
  '"post": { "parameters": [{ "name": "order", "in": "body", "schema": {} }] }',
].map((operation) => ({ definition: `{ "paths": { "/orders": { ${operation} } } }` }));

/** Each parameter that a maker sees, wherever it is written: of an operation that is not internal, and no body. */
function visibleParameters({ definition }: ParsedConnector): readonly ParameterNode[] {
  const visible = new Map<JsonObject, ParameterNode>();
  for (const operation of definition?.operations ?? []) {
    if (operation.isInternal) continue;
    for (const parameter of definition?.parametersOf(operation) ?? []) {
      if (parameter.isOutsideBody && !parameter.isInternal) visible.set(parameter.value, parameter);
    }
  }
  return [...visible.values()];
}

function mustHaveText(name: string): NodeCheck<'connector'> {
  return (connector, report) => {
    for (const parameter of visibleParameters(connector)) reportMissing(parameter, [name], report, lacksText);
  };
}

const isLocation = oneOf(['query', 'header', 'path', 'formData', 'body']);

const isParameterType = oneOf(['string', 'number', 'integer', 'boolean', 'array', 'file']);

export const parameterRules: readonly Rule[] = [
  {
    id: 'parameter-duplicate',
    level: 'error',
    message: "Duplicate parameter '{name}' in '{in}'.",
    reason: 'Name and location identify a parameter. An operation can override only a parameter of its path.',
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
    hint: 'Combine them into one object.',
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
        const [first, ...others] = (definition?.parametersOf(node) ?? []).filter((parameter) => parameter.isBody);
        for (const other of others) {
          const related = first && [{ location: first.usedAt, message: 'The first body parameter.' }];
          report(other.usedAt, {}, related && { related });
        }
      },
    },
  },
  {
    id: 'parameter-body-and-form',
    level: 'error',
    message: 'Use either a body or form data parameters.',
    reason: 'A form is the body of the request, and a request has one body.',
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
        const parameters = definition?.parametersOf(node) ?? [];
        const body = parameters.find((parameter) => parameter.isBody);
        const form = body && parameters.find((parameter) => parameter.in === 'formData');
        if (!form) return;
        const related = [
          { location: body.usedAt, message: 'The body.' },
          { location: form.usedAt, message: 'The form data.' },
        ];
        report(node.at('parameters'), {}, { mark: 'name', related });
      },
    },
  },
  {
    id: 'parameter-summary-missing',
    level: 'certification',
    message: "The 'x-ms-summary' property is required.",
    hint: 'Add a title of a few words, or "x-ms-visibility": "internal" if users shouldn\'t see the parameter.',
    reason: 'The summary is the label of the field. Without it, users see the technical name.',
    sources: ['CS', 'I3407'],
    good: [good, ...hidden],
    bad: [
      {
        definition: `{ "paths": { "/orders": { "get": { "parameters": [
  ⟦{⟧ "name": "top", "in": "query", "type": "integer", "description": "How many orders to get at most." }] } } } }`,
      },
    ],
    check: { connector: mustHaveText('x-ms-summary') },
  },
  {
    id: 'parameter-description-missing',
    level: 'certification',
    message: "The 'description' property is required.",
    hint: 'Add a sentence, or "x-ms-visibility": "internal" if users shouldn\'t see the parameter.',
    reason: 'The empty field shows the description, which explains the value to enter.',
    sources: ['CS', 'I4160'],
    good: [good, ...hidden],
    bad: [
      {
        definition: `{ "paths": { "/orders": { "get": { "parameters": [
  ⟦{⟧ "name": "top", "in": "query", "type": "integer", "x-ms-summary": "Number of orders" }] } } } }`,
      },
    ],
    check: { connector: mustHaveText('description') },
  },
  {
    id: 'parameter-summary-equals-description',
    level: 'info',
    common: true,
    message: 'The description repeats the summary.',
    reason: "The portal shows both. Use the description for details that aren't in the summary.",
    sources: ['SG'],
    good: [good],
    bad: [
      {
        definition: `{ "parameters": { "top": { "name": "top", "in": "query", "type": "integer",
  "x-ms-summary": "Number of orders", "description": ⟦"Number of orders"⟧ } } }`,
      },
    ],
    checkMember: { names: ['description'], of: { parameter: sameAs('x-ms-summary') } },
  },
  {
    id: 'parameter-in-invalid',
    level: 'error',
    message: "'{value}' isn't a parameter location{suggestion}.",
    reason: 'The locations are query, header, path, formData, and body.',
    sources: ['S2'],
    good: [
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "type": "string" } } }' },
      ...['header', 'path', 'formData', 'body'].map((location) => ({
        definition: `{ "parameters": { "id": { "name": "id", "in": "${location}", "type": "string" } } }`,
      })),
      { definition: '{ "parameters": { "id": { "name": "id", "in": 5, "type": "string" } } }' },
    ],
    bad: [{ definition: '{ "parameters": { "id": { "name": "id", "in": ⟦"querry"⟧, "type": "string" } } }' }],
    checkMember: {
      names: ['in'],
      of: {
        parameter: (location, report, node, connector) => {
          if (isString(location.value)) isLocation(location, report, node, connector);
        },
      },
    },
  },
  {
    id: 'parameter-type-missing',
    level: 'error',
    message: "The parameter needs a 'type'.",
    hint: 'Add "type": "string" or another type.',
    reason: 'The type determines the field that users see and the value that is sent.',
    sources: ['S2'],
    good: [
      { definition: '{ "parameters": { "top": { "name": "top", "in": "query", "type": "integer" } } }' },
      { definition: '{ "parameters": { "top": { "name": "top" } } }' },
      { definition: '{ "parameters": { "order": { "name": "order", "in": "bdy", "schema": {} } } }' },
      { definition: '{ "parameters": { "order": { "name": "order", "in": "body", "schema": {} } } }' },
    ],
    bad: [{ definition: '{ "parameters": { "top": ⟦{⟧ "name": "top", "in": "query" } } }' }],
    check: {
      parameter: (node, report) => {
        if (node.isOutsideBody) reportMissing(node, ['type'], report);
      },
    },
  },
  {
    id: 'parameter-type-invalid',
    level: 'error',
    message: "'{value}' isn't a parameter type{suggestion}.",
    hint: 'Use string, number, integer, boolean, array, or file. Move objects to the body.',
    reason: 'Only the body supports objects.',
    sources: ['S2'],
    good: [
      { definition: '{ "parameters": { "top": { "name": "top", "in": "query", "type": "integer" } } }' },
      ...['string', 'number', 'boolean', 'array', 'file'].map((type) => ({
        definition: `{ "parameters": { "top": { "name": "top", "in": "formData", "type": "${type}" } } }`,
      })),
      { definition: '{ "parameters": { "order": { "name": "order", "in": "body", "type": "object" } } }' },
      { definition: '{ "parameters": { "top": { "name": "top", "in": "query", "type": ["integer"] } } }' },
    ],
    bad: [{ definition: '{ "parameters": { "top": { "name": "top", "in": "query", "type": ⟦"int"⟧ } } }' }],
    checkMember: {
      names: ['type'],
      of: {
        parameter: (type, report, node, connector) => {
          // Of a body it is in the wrong place, whatever it says. Lists have a rule of their own.
          if (!node.isBody && !isArray(type.value)) isParameterType(type, report, node, connector);
        },
      },
    },
  },
  {
    id: 'parameter-connection-id',
    level: 'error',
    message: "A parameter can't be named 'connectionId'.",
    hint: 'Rename it. If your API requires this name, set it with a policy.',
    reason: "The platform reserves this name for the user's connection.",
    sources: ['SV'],
    good: [{ definition: '{ "parameters": { "id": { "name": "linkId", "in": "query", "type": "string" } } }' }],
    bad: [{ definition: '{ "parameters": { "id": { "name": ⟦"connectionId"⟧, "in": "query", "type": "string" } } }' }],
    checkMember: {
      names: ['name'],
      of: {
        parameter: (name, report) => {
          if (name.value === 'connectionId') report(name);
        },
      },
    },
  },
];
