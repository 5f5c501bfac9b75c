import type { NodeKind } from '../engine/node-kinds.ts';
import { has } from '../../json/value.ts';
import { reportUnknownName } from '../engine/checks.ts';
import type { Rule } from '../engine/rule.ts';
import { memberTypes } from '../knowledge/member-types.ts';

/** The objects in which Swagger 2.0 allows no other names. Of schemas there is a rule of its own. */
const closedKinds = ['definition', 'info', 'pathItem', 'operation', 'parameter', 'response'] as const;

function isUnknown(name: string, kind: NodeKind): boolean {
  const closed = closedKinds.find((one) => one === kind);
  return closed !== undefined && !has(memberTypes[closed], name) && !name.startsWith('x-') && name !== 'openapi';
}

export const unknownPropertyRules: readonly Rule[] = [
  {
    id: 'unknown-property',
    level: 'error',
    message: 'Unknown property \'{name}\'{suggestion}. Extensions must start with "x-".',
    reason: 'OpenAPI 2.0 allows only its own properties and extensions (x-…).',
    sources: ['SV', 'S2'],
    good: [
      { definition: '{ "host": "api.contoso.com", "x-note": 1 }' },
      { definition: '{ "openapi": "3.0.1" }' },
      { definition: '{ "tags": [{ "label": "Orders" }] }' },
    ],
    bad: [
      { definition: '{ "swagger": "2.0", ⟦"hosts"⟧: "api.contoso.com" }' },
      { definition: '{ "info": { ⟦"titel"⟧: "Orders" } }' },
      {
        definition: `{ "paths": { "/a": { ⟦"fetch"⟧: {}, "get": { ⟦"operationID"⟧: "GetA",
  "parameters": [{ ⟦"label"⟧: "top" }], "responses": { "200": { ⟦"text"⟧: "OK" } } } } } }`,
      },
    ],
    checkMember: {
      names: isUnknown,
      of: { object: (member, report, { kind }) => reportUnknownName(member, memberTypes[kind], report) },
    },
  },
];
