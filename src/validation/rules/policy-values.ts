import { oneOf } from '../engine/checks.ts';
import { isString } from '../../json/value.ts';
import { nearestOperation } from '../engine/nearest-operation.ts';
import { operationsParameter, parameterPrefix, sectionParameter } from '../knowledge/policy-templates.ts';
import type { Location } from '../engine/location.ts';
import type { MemberCheck, Rule } from '../engine/rule.ts';
import { isExpression } from './policies.ts';

const definition = '{ "paths": { "/a": { "get": { "operationId": "GetA" } } } }';

/** A parameter's name between quotes, and the comma after it if there is a value to take when it is not given. */
const connectionParameterCall = /connectionParameters\(\s*'(?<name>[^']*)'\s*(?<comma>,?)/giu;

function withParameter(name: string, value: string): string {
  return `{ "properties": { "policyTemplateInstances": [{ "parameters": {
  "${name}": ${value} } }] } }`;
}

/** A check of one parameter of policies, if it is given as a text that stands for itself. */
function ofParameter(name: string, check: MemberCheck): Rule['checkMember'] & object {
  return {
    names: ['parameters'],
    of: {
      policy: (member, report, node, connector) => {
        const parameter = member.at(name);
        if (isString(parameter.value) && !isExpression(parameter.value)) check(parameter, report, node, connector);
      },
    },
  };
}

const methods: ReadonlySet<string> = new Set(['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE']);

const isOneOfMethods = oneOf([...methods]);

/** In any case. */
const isMethod: MemberCheck = (member, report, node, connector) => {
  const { value } = member;
  if (!isString(value) || !methods.has(value.toUpperCase())) isOneOfMethods(member, report, node, connector);
};

/** The values that a policy is given. */
export const policyValueRules: readonly Rule[] = [
  {
    id: 'policy-operation-unknown',
    level: 'warning',
    message: "Operation '{id}' was not found{suggestion}.",
    reason: 'The policy would never run for an operation that does not exist.',
    sources: ['JP'],
    good: [
      { definition, properties: withParameter(operationsParameter, '["GetA"]') },
      { definition, properties: withParameter(operationsParameter, '[5]') },
      { properties: withParameter(operationsParameter, '["GetB"]') },
    ],
    bad: [{ definition, properties: withParameter(operationsParameter, '[⟦"GetB"⟧]') }],
    checkMember: {
      names: ['parameters'],
      of: {
        policy: (member, report, _node, { definition: api }) => {
          if (!api) return;
          for (const item of member.at(operationsParameter).members()) {
            const id = item.value;
            if (!isString(id) || api.operationsById.has(id)) continue;
            report(item, { id }, () => ({ suggestion: nearestOperation(id, api) }));
          }
        },
      },
    },
  },
  {
    id: 'policy-section-invalid',
    level: 'error',
    message: "'{value}' is not a policy section{suggestion}.",
    reason: 'A policy works on the request, on the response, or when something fails.',
    sources: ['JP'],
    good: [
      { properties: withParameter(sectionParameter, '"Request"') },
      ...['"Response"', '"Failure"', '"@section"', '5'].map((section) => ({
        properties: withParameter(sectionParameter, section),
      })),
    ],
    bad: [{ properties: withParameter(sectionParameter, '⟦"Inbound"⟧') }],
    checkMember: ofParameter(sectionParameter, oneOf(['Request', 'Response', 'Failure'])),
  },
  {
    id: 'policy-exists-action-invalid',
    level: 'error',
    message: "'{value}' is not valid{suggestion}.",
    hint: 'Use override, skip or append.',
    reason: 'It says what to do when the header or query parameter is there already.',
    sources: ['JP'],
    good: [
      { properties: withParameter(`${parameterPrefix}existsAction`, '"override"') },
      ...['skip', 'append'].map((action) => ({
        properties: withParameter(`${parameterPrefix}existsAction`, `"${action}"`),
      })),
    ],
    bad: [{ properties: withParameter(`${parameterPrefix}existsAction`, '⟦"replace"⟧') }],
    checkMember: ofParameter(`${parameterPrefix}existsAction`, oneOf(['override', 'skip', 'append'])),
  },
  {
    id: 'policy-http-method-invalid',
    level: 'error',
    message: "'{value}' is not valid{suggestion}.",
    hint: 'Use a method such as GET, or @Request.OriginalHTTPMethod.',
    reason: 'It is the method of the request that the policy sends.',
    sources: ['JP'],
    good: [
      { properties: withParameter(`${parameterPrefix}httpMethod`, '"@Request.OriginalHTTPMethod"') },
      ...['get', 'GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'].map((method) => ({
        properties: withParameter(`${parameterPrefix}httpMethod`, `"${method}"`),
      })),
    ],
    bad: [{ properties: withParameter(`${parameterPrefix}httpMethod`, '⟦"FETCH"⟧') }],
    checkMember: ofParameter(`${parameterPrefix}httpMethod`, isMethod),
  },
  {
    id: 'policy-connection-parameter-unknown',
    level: 'warning',
    message: "Connection parameter '{name}' is not defined.",
    hint: "Define it, or give a value to take instead: @connectionParameters('{name}', '').",
    reason: 'A request fails when the policy asks for a parameter that the connection does not have.',
    sources: ['PT'],
    good: [
      { properties: withParameter(`${parameterPrefix}value`, `"@connectionParameters('key', '')"`) },
      {
        properties: `{ "properties": { "connectionParameters": { "key": { "type": "securestring" } },
  "policyTemplateInstances": [{ "parameters": {
    "${parameterPrefix}value": "@connectionParameters('Key')" } }] } }`,
      },
    ],
    bad: [{ properties: withParameter(`${parameterPrefix}value`, `⟦"Bearer @connectionParameters('key')"⟧`) }],
    checkMember: {
      names: ['parameters'],
      of: {
        policy: (member, report, _node, { properties }) => {
          const known = new Set((properties?.connectionParameters ?? []).map(({ name }) => name.toLowerCase()));
          for (const text of textsIn(member)) {
            for (const { groups: { name = '', comma } = {} } of String(text.value).matchAll(connectionParameterCall)) {
              if (comma === '' && !known.has(name.toLowerCase())) report(text, { name });
            }
          }
        },
      },
    },
  },
];

/** All texts in a value that hold an expression: mostly none. */
function* textsIn(location: Location): Generator<Location> {
  if (isString(location.value)) {
    if (location.value.includes('(')) yield location;
  } else for (const below of location.members()) yield* textsIn(below);
}
