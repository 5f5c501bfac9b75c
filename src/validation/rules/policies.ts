import { reportUnknownName } from '../engine/checks.ts';
import { has, isAbsent, isObject, isString, isText } from '../../json/value.ts';
import { nearestName } from '../../nearest-name.ts';
import { parameterNames, parameterPrefix, policyTemplate, policyTemplates } from '../knowledge/policy-templates.ts';
import type { Rule } from '../engine/rule.ts';

const setHeader = `{ "templateId": "setheader", "title": "Version", "parameters": {
    "x-ms-apimTemplateParameter.name": "version", "x-ms-apimTemplateParameter.value": "2" } }`;

function withPolicy(policy: string): string {
  return `{ "properties": { "policyTemplateInstances": [
  ${policy}] } }`;
}

/** Which template a policy is made from, and whether it has what the template takes. */
export const policyRules: readonly Rule[] = [
  {
    id: 'policy-template-id-missing',
    level: 'error',
    message: "'templateId' is required.",
    reason: 'A policy is an instance of a template.',
    sources: ['JP'],
    good: [{ properties: withPolicy(setHeader) }],
    bad: [
      { properties: withPolicy('⟦{⟧ "title": "Version", "parameters": {} }') },
      { properties: withPolicy('{ "templateId": ⟦""⟧, "title": "Version", "parameters": {} }') },
    ],
    check: {
      policy: (node, report) => {
        const id = node.at('templateId');
        if (isAbsent(id.value) || id.value === '') report(id);
      },
    },
  },
  {
    id: 'policy-template-unknown',
    level: 'warning',
    message: "Unknown policy template '{value}'{suggestion}.",
    reason: `There are the templates ${Object.keys(policyTemplates).join(', ')}.`,
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
    reason: 'The title is how a policy is found in the list of all.',
    sources: ['JP'],
    good: [{ properties: withPolicy(setHeader) }],
    bad: [
      { properties: withPolicy('⟦{⟧ "templateId": "setheader", "parameters": {} }') },
      { properties: withPolicy('{ "templateId": "setheader", "title": ⟦""⟧, "parameters": {} }') },
    ],
    check: {
      policy: (node, report) => {
        const title = node.at('title');
        if (isAbsent(title.value) || title.value === '') report(title);
      },
    },
  },
  {
    id: 'policy-parameters-missing',
    level: 'error',
    message: "'parameters' is required.",
    reason: 'They say what the policy does, and for which operations.',
    sources: ['JP'],
    good: [{ properties: withPolicy(setHeader) }],
    bad: [{ properties: withPolicy('⟦{⟧ "templateId": "setheader", "title": "Version" }') }],
    check: {
      policy: (node, report) => {
        const parameters = node.at('parameters');
        if (isAbsent(parameters.value)) report(parameters);
      },
    },
  },
  {
    id: 'policy-parameter-missing',
    level: 'error',
    message: "Template '{id}' requires '{name}'.",
    reason: 'The template cannot do its work without it.',
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
    reason: 'The template does not read it: most likely it is misspelled, or belongs to another template.',
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
            if (!has(known, name)) reportUnknownName(member.at(name), known, report, { id });
          }
        },
      },
    },
  },
];

/** Whether a value is worked out when a request comes, so that nothing is known of it. */
export function isExpression(value: unknown): boolean {
  return isString(value) && value.startsWith('@');
}
