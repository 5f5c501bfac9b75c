import { unknownOperation } from '../engine/unknown-operation.ts';
import { methods } from '../../connector/methods.ts';
import { has, isAbsent, isArray, isObject, isString, isText } from '../../json/value.ts';
import { nearestName } from '../../nearest-name.ts';
import { isEmpty, mustHave, oneOf, reportUnknownName } from '../engine/checks.ts';
import type { Location } from '../engine/location.ts';
import type { MemberCheck, Rule } from '../engine/rule.ts';
import {
  operationsParameter,
  parameterNames,
  parameterPrefix,
  policyTemplate,
  policyTemplates,
  sectionParameter,
} from '../knowledge/policy-templates.ts';

const setHeader = `{ "templateId": "setheader", "title": "Version", "parameters": {
    "x-ms-apimTemplateParameter.name": "version", "x-ms-apimTemplateParameter.value": "2" } }`;

function withPolicy(policy: string): string {
  return `{ "properties": { "policyTemplateInstances": [
  ${policy}] } }`;
}

/** Whether a value is worked out when a request comes, so that nothing is known of it. */
function isExpression(value: unknown): boolean {
  return isString(value) && value.startsWith('@');
}

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

const httpMethods = [...methods, 'trace'].map((method) => method.toUpperCase());

const isOneOfMethods = oneOf(httpMethods);

/** In any case. */
const isMethod: MemberCheck = (member, report, node, connector) => {
  const { value } = member;
  if (!isString(value) || !httpMethods.includes(value.toUpperCase())) isOneOfMethods(member, report, node, connector);
};

/** All texts in a value that hold an expression: mostly none. */
function* textsIn(location: Location): Generator<Location> {
  if (isString(location.value)) {
    if (location.value.includes('(')) yield location;
  } else for (const below of location.members()) yield* textsIn(below);
}

export const policyRules: readonly Rule[] = [
  {
    id: 'policy-instances-empty',
    level: 'certification',
    common: true,
    message: "An empty 'policyTemplateInstances' is exported as [], which can make packages fail. Remove it.",
    reason: 'According to two reports of a publisher, certification rejects a solution with an empty list of policies.',
    sources: ['CE'],
    good: [
      { properties: withPolicy(setHeader) },
      { properties: '{ "properties": { "capabilities": [] } }' },
      { properties: '{ "properties": { "policyTemplateInstances": null } }' },
    ],
    bad: [{ properties: '{ "properties": { "policyTemplateInstances": ⟦[]⟧ } }' }],
    checkMember: {
      names: ['policyTemplateInstances'],
      of: {
        properties: (member, report) => {
          if (isArray(member.value) && member.value.length === 0) report(member, {}, { fix: { remove: true } });
        },
      },
    },
  },
  {
    id: 'policy-template-id-missing',
    level: 'warning',
    message: "'templateId' is required.",
    reason: 'A policy is always an instance of a template.',
    sources: ['JP'],
    good: [{ properties: withPolicy(setHeader) }],
    bad: [
      { properties: withPolicy('⟦{⟧ "title": "Version", "parameters": {} }') },
      { properties: withPolicy('{ "templateId": ⟦""⟧, "title": "Version", "parameters": {} }') },
    ],
    check: { policy: mustHave(['templateId'], isEmpty) },
  },
  {
    id: 'policy-template-unknown',
    level: 'warning',
    message: "Unknown policy template '{value}'{suggestion}.",
    reason: `The templates are ${Object.keys(policyTemplates).join(', ')}.`,
    sources: ['JP', 'PT'],
    good: [
      { properties: withPolicy(setHeader) },
      { properties: withPolicy('{ "templateId": "", "title": "Version", "parameters": {} }') },
    ],
    bad: [{ properties: withPolicy('{ "templateId": ⟦"setheaders"⟧, "title": "Version", "parameters": {} }') }],
    checkMember: {
      names: ['templateId'],
      of: {
        policy: (member, report) => {
          const { value } = member;
          if (!isText(value) || policyTemplate(value)) return;
          report(member, { value }, () => ({ suggestion: nearestName(value, Object.keys(policyTemplates)) }));
        },
      },
    },
  },
  {
    id: 'policy-title-missing',
    level: 'warning',
    message: "Add a 'title'.",
    reason: 'The title identifies the policy in the portal.',
    sources: ['JP'],
    good: [{ properties: withPolicy(setHeader) }],
    bad: [
      { properties: withPolicy('⟦{⟧ "templateId": "setheader", "parameters": {} }') },
      { properties: withPolicy('{ "templateId": "setheader", "title": ⟦""⟧, "parameters": {} }') },
    ],
    check: { policy: mustHave(['title'], isEmpty) },
  },
  {
    id: 'policy-parameters-missing',
    level: 'warning',
    message: "'parameters' is required.",
    reason: 'The parameters define what the policy does and for which operations.',
    sources: ['JP'],
    good: [{ properties: withPolicy(setHeader) }],
    bad: [{ properties: withPolicy('⟦{⟧ "templateId": "setheader", "title": "Version" }') }],
    check: { policy: mustHave(['parameters'], isAbsent) },
  },
  {
    id: 'policy-parameter-missing',
    level: 'warning',
    message: "Template '{id}' requires '{name}'.",
    reason: "The template doesn't work without this parameter.",
    sources: ['JP', 'PT'],
    good: [
      { properties: withPolicy(setHeader) },
      { properties: withPolicy('{ "templateId": "setheaders", "parameters": {} }') },
      { properties: withPolicy('{ "templateId": "setheader", "parameters": "none" }') },
    ],
    bad: [
      {
        properties: withPolicy(`{ "templateId": "setheader", "title": "Version",
    "parameters": ⟦{⟧ "x-ms-apimTemplateParameter.name": "version" } }`),
      },
    ],
    checkMember: {
      names: ['parameters'],
      of: {
        policy: (member, report, node) => {
          const id = node.text('templateId') ?? '';
          const template = policyTemplate(id);
          if (!template || !isObject(member.value)) return;
          const given = new Set(Object.keys(member.value).map((name) => name.toLowerCase()));
          for (const short of template.required) {
            const name = parameterPrefix + short;
            if (!given.has(name.toLowerCase())) report(member.at(name), { id, name });
          }
        },
      },
    },
  },
  {
    id: 'policy-parameter-unknown',
    level: 'warning',
    message: "Template '{id}' has no parameter '{name}'{suggestion}.",
    reason: 'The template ignores unknown parameters. Check the spelling and the template.',
    sources: ['JP', 'PT'],
    good: [
      { properties: withPolicy(setHeader) },
      { properties: withPolicy('{ "templateId": "setheaders", "parameters": { "name": "version" } }') },
      { properties: withPolicy('{ "templateId": "setheader", "parameters": "none" }') },
    ],
    bad: [
      {
        properties: withPolicy(`{ "templateId": "updatenextlink", "title": "Pages", "parameters": {
    "x-ms-apimTemplateParameter.nextLinkPropertyName": "next", ⟦"x-ms-apimTemplateParameter.value"⟧: "2" } }`),
      },
    ],
    checkMember: {
      names: ['parameters'],
      of: {
        policy: (member, report, node) => {
          const id = node.text('templateId') ?? '';
          const template = policyTemplate(id);
          if (!template || !isObject(member.value)) return;
          const known = parameterNames(template);
          for (const name of Object.keys(member.value)) {
            if (!has(known, name)) reportUnknownName(member.at(name), known, report, { more: { id } });
          }
        },
      },
    },
  },
  {
    id: 'policy-operation-unknown',
    level: 'warning',
    message: "Operation '{id}' doesn't exist{suggestion}.",
    reason: "The policy never runs for an operation that doesn't exist.",
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
            report(item, { id }, () => unknownOperation(id, api));
          }
        },
      },
    },
  },
  {
    id: 'policy-section-invalid',
    level: 'warning',
    message: "'{value}' isn't a policy section{suggestion}.",
    reason: 'The section determines when a policy runs: on the request, the response, or a failure.',
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
    level: 'warning',
    message: "'{value}' isn't valid{suggestion}.",
    hint: 'Use override, skip, or append.',
    reason: 'It determines what happens if the header or query parameter already exists.',
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
    level: 'warning',
    message: "'{value}' isn't valid{suggestion}.",
    hint: 'Use a method such as GET, or @Request.OriginalHTTPMethod.',
    reason: 'The policy sends its request with this method.',
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
    message: "Connection parameter '{name}' isn't defined.",
    hint: "Define it, or specify a default: @connectionParameters('{name}', '').",
    reason: "A request fails if the policy uses a parameter that the connection doesn't have.",
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
          for (const text of textsIn(member)) {
            for (const { groups: { name = '', comma } = {} } of String(text.value).matchAll(connectionParameterCall)) {
              if (comma === '' && !properties?.lowerCaseNames.has(name.toLowerCase())) report(text, { name });
            }
          }
        },
      },
    },
  },
];
