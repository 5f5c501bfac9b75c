import { oneOf, reportUnknownName } from '../checks.ts';
import { has } from '../json-value.ts';
import { memberTypes } from '../member-types.ts';
import { shownValue } from '../message.ts';
import type { DefinitionObject } from '../nodes.ts';
import type { Place } from '../place.ts';
import type { Report, Rule } from '../rule.ts';

/** The members of which one is reported when it is absent, for an object of the definition. */
const requiredMembers: Readonly<Partial<Record<DefinitionObject['kind'], readonly string[]>>> = {
  definition: ['swagger', 'info', 'paths'],
  info: ['title', 'version'],
  parameter: ['name', 'in'],
};

/** The objects in which Swagger 2.0 allows no other names. Of schemas there is a rule of its own. */
const closedKinds: ReadonlySet<DefinitionObject['kind']> = new Set([
  'definition',
  'info',
  'pathItem',
  'operation',
  'parameter',
  'response',
]);

function reportAbsent(node: Place, names: readonly string[], report: Report): void {
  for (const name of names) {
    const place = node.at(name);
    if (place.value === undefined) report(place, { name });
  }
}

export const documentRules: readonly Rule[] = [
  {
    id: 'swagger-version',
    level: 'error',
    message: '\'swagger\' must be the string "2.0".',
    reason: 'Custom connectors are described in OpenAPI 2.0, formerly Swagger, alone.',
    sources: ['SV'],
    good: { definition: '{ "swagger": "2.0" }' },
    bad: { definition: '{ "swagger": ⟦2.0⟧ }' },
    checkMember: {
      names: ['swagger'],
      of: {
        definition: (member, report) => {
          if (member.value !== '2.0') report(member, {}, { fix: { replace: '2.0' } });
        },
      },
    },
  },
  {
    id: 'openapi3-unsupported',
    level: 'error',
    message: 'OpenAPI {version} is not supported; convert the document to OpenAPI (Swagger) 2.0.',
    reason: 'Custom connectors are described in OpenAPI 2.0, formerly Swagger, alone.',
    sources: ['DO', 'FAQ'],
    good: { definition: '{ "swagger": "2.0" }' },
    bad: { definition: '{ "openapi": ⟦"3.0.1"⟧ }' },
    checkMember: {
      names: ['openapi'],
      of: { definition: (member, report) => report(member, { version: shownValue(member.value) }) },
    },
  },
  {
    id: 'required-property',
    level: 'error',
    message: "The '{name}' property is required.",
    reason: 'Without these members the service cannot read the file.',
    sources: ['SV', 'JD'],
    good: {
      definition: '{ "swagger": "2.0", "info": { "title": "Orders", "version": "1.0" }, "paths": {} }',
    },
    bad: { definition: '{ "swagger": "2.0", "info": ⟦{⟧ "version": "1.0" }, "paths": {} }' },
    check: {
      object: (node, report) => {
        const names = requiredMembers[node.kind];
        if (!names) return;
        // A document of OpenAPI 3 lacks them for another reason, which has a rule of its own.
        if (node.kind === 'definition' && has(node.value, 'openapi')) return;
        reportAbsent(node, names, report);
      },
      propertiesFile: (node, report) => reportAbsent(node, ['properties'], report),
    },
  },
  {
    id: 'unknown-property',
    level: 'error',
    message: 'The property \'{name}\' is not valid here{suggestion}. Extensions must begin with "x-".',
    reason: 'OpenAPI 2.0 allows no other names, save extensions.',
    sources: ['SV', 'S2'],
    good: { definition: '{ "host": "api.contoso.com", "x-note": 1 }' },
    bad: { definition: '{ ⟦"hosts"⟧: "api.contoso.com" }' },
    check: {
      object: (node, report) => {
        if (!closedKinds.has(node.kind)) return;
        const known = memberTypes[node.kind];
        for (const name of Object.keys(node.value)) {
          if (has(known, name) || name.startsWith('x-') || name === 'openapi') continue;
          reportUnknownName(node.at(name), known, report);
        }
      },
    },
  },
  {
    id: 'host-missing',
    level: 'warning',
    message: "The connector needs a 'host'.",
    reason: 'Without a host the service does not know where to send requests.',
    sources: ['DO'],
    good: { definition: '{ "host": "api.contoso.com" }' },
    bad: { definition: '⟦{⟧ "swagger": "2.0" }' },
    check: {
      definition: (node, report) => {
        const host = node.at('host');
        if (host.value === undefined) report(host);
      },
    },
  },
  {
    id: 'scheme-invalid',
    level: 'error',
    message: "'{value}' is not a supported scheme{suggestion}.",
    reason: 'Connectors call their service over https or http.',
    sources: ['SV'],
    good: { definition: '{ "schemes": ["https"] }' },
    bad: { definition: '{ "schemes": ["https", ⟦"wss"⟧] }' },
    checkMember: {
      names: ['schemes'],
      of: {
        definition: (member, report, node, connector) => {
          for (const item of member.members()) {
            if (typeof item.value === 'string') isScheme(item, report, node, connector);
          }
        },
      },
    },
  },
];

const isScheme = oneOf(['https', 'http']);
