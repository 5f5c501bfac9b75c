import { isArray, isString, member } from '../../json/value.ts';
import { nearestName } from '../../nearest-name.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import type { Location } from '../engine/location.ts';
import { objectItems, type OperationNode } from '../engine/nodes.ts';
import type { Rule } from '../engine/rule.ts';

/** The names of the variables of an operation's path; undefined when the path cannot be read. */
function variablesOf({ pathItem }: OperationNode): ReadonlySet<string> | undefined {
  const { fault, variables } = pathItem.parsedTemplate;
  return fault === undefined ? variables : undefined;
}

function pathParameterNames(operation: OperationNode, { definition }: ParsedConnector): readonly string[] {
  const parameters = definition?.parametersOf(operation) ?? [];
  return parameters.flatMap((parameter) => (parameter.in === 'path' ? (parameter.parameterName ?? []) : []));
}

/** What has no partner: variables of the path without a parameter, and path parameters without a variable. */
interface Unmatched {
  readonly undeclared: readonly string[];
  readonly unused: readonly string[];
  /** The variable that a parameter was meant for. */
  readonly meant: ReadonlyMap<string, string>;
}

function unmatched(operation: OperationNode, connector: ParsedConnector): Unmatched | undefined {
  const variables = variablesOf(operation);
  if (!variables) return undefined;
  const names = new Set(pathParameterNames(operation, connector));
  const undeclared = [...variables].filter((name) => !names.has(name));
  const unused = [...names].filter((name) => !variables.has(name));
  const isOne = undeclared.length === 1 && unused.length === 1;
  const meant = new Map<string, string>();
  for (const name of unused) {
    const variable = isOne ? undeclared[0] : nearestName(name, undeclared);
    if (variable !== undefined && ![...meant.values()].includes(variable)) meant.set(name, variable);
  }
  return { undeclared, unused, meant };
}

function mayBePath(place: unknown): boolean {
  return place === 'path' || !isString(place);
}

/** Whether what is there under a wrong name are parameters with one of this name, its name, or the location that it lacks. */
function declares(written: unknown, name: string): boolean {
  if (isArray(written)) return written.some((parameter) => member(parameter, 'name') === name);
  return written === name || written === 'path';
}

/** The lists of parameters that an operation has, and what is in them. */
function listedIn(operation: OperationNode): readonly Location[] {
  return [operation, operation.pathItem].flatMap((owner) => {
    const list = owner.at('parameters');
    return isArray(list.value) ? list.value.map((_item, index) => list.at(index)) : [list];
  });
}

/** Then it is not known which parameters there are; the reference itself is reported. */
function hasBrokenReference(operation: OperationNode, { definition }: ParsedConnector): boolean {
  return [operation.pathItem.at('parameters'), operation.at('parameters')].some((list) =>
    objectItems(list.value).some(
      ([index, item]) => isString(member(item, '$ref')) && !definition?.follow(list.at(index)),
    ),
  );
}

export const pathParameterRules: readonly Rule[] = [
  {
    id: 'path-parameter-undeclared',
    level: 'error',
    message: "The operation doesn't define the path parameter '{name}'.",
    hint: 'Add { "name": "{name}", "in": "path", "required": true, "type": "string" } to its parameters.',
    reason: 'A variable in the path gets its value from the parameter with the same name.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "paths": { "/orders/{id}": { "get": { "parameters": [
  { "name": "id", "in": "path", "required": true, "type": "string" }] } } } }`,
      },
      { definition: '{ "paths": { "/orders/{id/lines": { "get": {} } } }' },
      {
        definition: '{ "paths": { "/orders/{id}": { "get": { "parameters": [{ "$ref": "#/parameters/id" }] } } } }',
      },
      // Reported of the parameter.
      {
        definition: `{ "paths": { "/orders/{id}/{line}": { "get": { "parameters": [
  { "name": "orderId", "in": "path", "required": true, "type": "string" },
  { "name": "line", "in": "path", "required": true, "type": "string" }] } } } }`,
      },
      {
        definition: `{ "paths": { "/orders/{orderId}/{line}": { "get": { "parameters": [
  { "name": "orderid", "in": "path", "required": true, "type": "string" },
  { "name": "lines", "in": "path", "required": true, "type": "string" }] } } } }`,
      },
    ],
    bad: [
      { definition: '{ "paths": { "/orders/{id}": { ⟦"get"⟧: { "operationId": "GetOrder" } } } }' },
      {
        definition: `{ "paths": { "/orders/{id}": { ⟦"get"⟧: { "parameters": [
  { "name": "id", "in": "query", "type": "string" }] } } } }`,
      },
      {
        definition: `{ "parameters": { "top": { "name": "top", "in": "query", "type": "integer" } },
  "paths": { "/orders/{id}": { ⟦"get"⟧: { "parameters": [{ "$ref": "#/parameters/top" }] } } } }`,
      },
    ],
    check: {
      operation: (node, report, connector) => {
        const { undeclared = [], meant } = unmatched(node, connector) ?? {};
        if (undeclared.length === 0 || hasBrokenReference(node, connector)) return;
        // That one has the wrong name is said of the parameter.
        const misnamed = new Set(meant?.values());
        const parameters = connector.definition?.parametersOf(node) ?? [];
        const unnamed = parameters.filter(
          ({ in: place, parameterName }) => parameterName === undefined && mayBePath(place),
        );
        const oneOf = unnamed.map((parameter) => parameter.at('name'));
        for (const name of undeclared) {
          if (misnamed.has(name)) continue;
          const named = parameters.filter(({ parameterName }) => parameterName === name);
          const because = [...listedIn(node), ...named.map((parameter) => parameter.at('in'))];
          const lack = { name, oneOf, isIn: (written: unknown) => declares(written, name) };
          report(node, { name }, { mark: 'name', because, lack });
        }
      },
    },
  },
  {
    id: 'path-parameter-not-in-template',
    level: 'error',
    message: "Path parameter '{name}' isn't in the path template{suggestion}.",
    reason: 'The value of a path parameter replaces its name in braces in the path.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "paths": { "/orders/{id}": { "get": { "parameters": [
  { "name": "id", "in": "path", "required": true, "type": "string" }] } } } }`,
      },
      {
        definition: `{ "paths": { "/orders/{id/lines": { "get": { "parameters": [
  { "name": "id", "in": "path", "required": true, "type": "string" }] } } } }`,
      },
      {
        definition: `{ "paths": { "/orders": { "get": { "parameters": [
  { "name": "top", "in": "query", "type": "integer" }, { "in": "path", "required": true, "type": "string" }] } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "paths": { "/orders/{orderId}": { "get": { "parameters": [
  ⟦{ "name": "orderid", "in": "path", "required": true, "type": "string" }⟧] } } } }`,
      },
      {
        definition: `{ "paths": { "/orders": { "get": { "parameters": [
  ⟦{ "name": "id", "in": "path", "required": true, "type": "string" }⟧] } } } }`,
      },
    ],
    check: {
      operation: (node, report, connector) => {
        const { unused = [], meant } = unmatched(node, connector) ?? {};
        if (unused.length === 0) return;
        const names = new Set(unused);
        for (const parameter of connector.definition?.parametersOf(node) ?? []) {
          const name = parameter.parameterName;
          if (parameter.in !== 'path' || name === undefined || !names.has(name)) continue;
          report(parameter.usedAt, { name }, { suggestion: meant?.get(name) });
        }
      },
    },
  },
  {
    id: 'path-parameter-required',
    level: 'error',
    message: 'Path parameters must be required.',
    hint: 'Add "required": true.',
    reason: "A path isn't complete without the values of its variables.",
    sources: ['SV'],
    good: [
      { definition: '{ "parameters": { "id": { "name": "id", "in": "path", "required": true } } }' },
      { definition: '{ "parameters": { "top": { "name": "top", "in": "query" } } }' },
    ],
    bad: [{ definition: '{ "parameters": { "id": ⟦{⟧ "name": "id", "in": "path" } } }' }],
    check: {
      parameter: (node, report) => {
        if (node.in !== 'path' || node.value['required'] === true) return;
        const required = node.at('required');
        const isThere = required.value !== undefined;
        const fix = isThere ? { replace: true } : { insert: { name: 'required', value: true } };
        report(required, {}, { fix });
      },
    },
  },
  {
    id: 'path-parameter-encoding',
    level: 'info',
    common: true,
    message: 'Add "x-ms-url-encoding": "single".',
    hint: 'Use "double" if your service decodes twice.',
    reason: 'It specifies whether characters such as / in a value are encoded once or twice.',
    sources: ['SV', 'OX'],
    good: [
      {
        definition: `{ "parameters": { "id": {
  "name": "id", "in": "path", "required": true, "type": "string", "x-ms-url-encoding": "single" } } }`,
      },
      { definition: '{ "parameters": { "top": { "name": "top", "in": "query", "type": "integer" } } }' },
    ],
    bad: [
      {
        definition: '{ "parameters": { "id": ⟦{⟧ "name": "id", "in": "path", "required": true, "type": "string" } } }',
      },
    ],
    check: {
      parameter: (node, report) => {
        if (node.in !== 'path') return;
        const encoding = node.at('x-ms-url-encoding');
        if (encoding.value !== undefined) return;
        report(encoding, {}, { fix: { insert: { name: 'x-ms-url-encoding', value: 'single' } } });
      },
    },
  },
];
