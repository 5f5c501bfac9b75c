import type { Connector } from '../engine/connector.ts';
import type { JsonObject } from '../../json/value.ts';
import type { ParameterNode } from '../engine/nodes.ts';
import type { NodeCheck, Rule } from '../engine/rule.ts';
import { lacksText, longerThan, sameAs } from '../engine/text-checks.ts';

const longestSummary = 80;

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
function visibleParameters({ definition }: Connector): readonly ParameterNode[] {
  const visible = new Map<JsonObject, ParameterNode>();
  for (const operation of definition?.operations ?? []) {
    if (operation.isInternal) continue;
    for (const parameter of definition?.parametersOf(operation) ?? []) {
      if (parameter.in !== 'body' && !parameter.isInternal) visible.set(parameter.value, parameter);
    }
  }
  return [...visible.values()];
}

function mustHaveText(name: string): NodeCheck<'connector'> {
  return (connector, report) => {
    for (const parameter of visibleParameters(connector)) {
      if (lacksText(parameter.value[name])) report(parameter.at(name));
    }
  };
}

/** What makers read of a parameter. */
export const parameterTextRules: readonly Rule[] = [
  {
    id: 'parameter-summary-missing',
    level: 'certification',
    message: "The 'x-ms-summary' property is required.",
    hint: 'Add a title of a few words, or "x-ms-visibility": "internal" if nobody should see the parameter.',
    reason: 'The summary is the label of the field; without it the technical name is shown.',
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
    hint: 'Add a sentence, or "x-ms-visibility": "internal" if nobody should see the parameter.',
    reason: 'The description stands in the empty field and tells what to enter.',
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
    id: 'summary-too-long-param',
    level: 'certification',
    message: `x-ms-summary has {count} characters; at most ${longestSummary} are allowed.`,
    hint: 'Say the rest in the description.',
    reason: 'The summary is the label of a field, and there is no room for more.',
    sources: ['CS', 'SG'],
    good: [good],
    bad: [
      {
        definition: `{ "parameters": { "top": { "name": "top", "in": "query", "type": "integer",
  "x-ms-summary": ⟦"The number of orders of the customer that are given at most, the newest of them first"⟧ } } }`,
      },
    ],
    checkMember: { names: ['x-ms-summary'], of: { parameter: longerThan(longestSummary) } },
  },
  {
    id: 'parameter-summary-equals-description',
    level: 'info',
    common: true,
    message: 'Description should say more than the summary.',
    reason: 'Both are shown together: the same words twice help nobody.',
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
];
