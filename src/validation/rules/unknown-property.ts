import type { DefinitionKind, NodeKind } from '../engine/node-kinds.ts';
import { has, isString } from '../../json/value.ts';
import { likelyName } from '../../nearest-name.ts';
import { reportUnknownName } from '../engine/checks.ts';
import type { Location } from '../engine/location.ts';
import type { Report, Rule } from '../engine/rule.ts';
import { extensionsOfConnectors } from '../knowledge/known-extensions.ts';
import { fitting, memberTypes } from '../knowledge/member-types.ts';
import { foreignKeywords } from './schema.ts';

/** The objects in which the service allows no other names. */
const closedKinds: ReadonlySet<NodeKind> = new Set<DefinitionKind>([
  'definition',
  'info',
  'pathItem',
  'operation',
  'parameter',
  'response',
]);

/** Those with names that users choose. */
const freeKinds: ReadonlySet<NodeKind> = new Set<DefinitionKind>(['securityRequirement']);

const extensions = Object.fromEntries(extensionsOfConnectors.map((name) => [name, true]));

/** The objects that a reference can stand for. */
const sharedKinds: ReadonlySet<NodeKind> = new Set<DefinitionKind>(['parameter', 'response', 'schema']);

/** The names that one in an object can be meant as. */
function namesLike(name: string, kind: DefinitionKind): Readonly<Record<string, unknown>> {
  if (/^x[-_]/iu.test(name)) return extensions;
  return sharedKinds.has(kind) ? { ...memberTypes[kind], ...memberTypes.reference } : memberTypes[kind];
}

function mayRename(name: string, value: unknown, kind: DefinitionKind): boolean {
  return name === '$ref' ? isString(value) && value.startsWith('#/') : fitting(memberTypes[kind])(name, value);
}

/** A name that other objects have has a meaning of its own, such as `example` of a schema for the `examples` of a response. */
function isElsewhere(name: string): boolean {
  return Object.values(memberTypes).some((types) => has(types, name));
}

function isOfDefinition(kind: NodeKind): kind is DefinitionKind {
  return has(memberTypes, kind);
}

function isUnknown(name: string, kind: NodeKind): kind is DefinitionKind {
  return isOfDefinition(kind) && !has(memberTypes[kind], name) && !name.startsWith('x-');
}

function reportName(member: Location, report: Report, { kind }: { readonly kind: DefinitionKind }): void {
  reportUnknownName(member, namesLike(member.name, kind), report, {
    mayRename: (name, value) => !isElsewhere(member.name) && mayRename(name, value, kind),
  });
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
      { definition: '{ "swagger": "2.0", ⟦"openapi"⟧: "2.0", "definitions": {} }' },
      { definition: '{ "info": { ⟦"titel"⟧: "Orders" } }' },
      {
        definition: `{ "paths": { "/a": { ⟦"fetch"⟧: {}, "get": { ⟦"operationID"⟧: "GetA",
  "parameters": [{ ⟦"label"⟧: "top" }], "responses": { "200": { ⟦"text"⟧: "OK" } } } } } }`,
      },
    ],
    checkMember: {
      names: (name, kind) => closedKinds.has(kind) && isUnknown(name, kind),
      of: { object: reportName },
    },
  },
  {
    id: 'unknown-property-misspelled',
    level: 'warning',
    message: "Unknown property '{name}'{suggestion}.",
    reason: 'A misspelled property has no effect.',
    sources: ['S2'],
    good: [
      { definition: '{ "definitions": { "Pet": { "properties": { "titel": { "type": "string", "x-titel": 1 } } } } }' },
      { definition: '{ "definitions": { "Pet": { "type": "string", "remark": "", "examples": [] } } }' },
      { definition: '{ "security": [{ "typ": [] }], "info": { "titel": "Orders" } }' },
    ],
    bad: [
      { definition: '{ "definitions": { "List": { "items": { ⟦"ref"⟧: "#/definitions/Pet" } } } }' },
      { definition: '{ "definitions": { "Pet": { ⟦"propertis"⟧: {}, ⟦"desc"⟧: "A pet.", ⟦"X-ms-summary"⟧: "" } } }' },
      { definition: '{ "info": { "contact": { ⟦"mail"⟧: "help@contoso.com" } }, "tags": [{ ⟦"Name"⟧: "Pets" }] }' },
      {
        definition: `{ "securityDefinitions": { "key": { ⟦"typ"⟧: "apiKey" } }, "parameters": { "ids": {
  "items": { ⟦"Type"⟧: "string" } } }, "responses": { "Done": { "headers": { "x-id": { ⟦"fromat"⟧: "uuid" } } } } }`,
      },
    ],
    checkMember: {
      names: (name, kind) =>
        !closedKinds.has(kind) &&
        !freeKinds.has(kind) &&
        isUnknown(name, kind) &&
        !foreignKeywords.includes(name) &&
        likelyName(name, Object.keys(namesLike(name, kind))) !== undefined,
      of: { object: reportName },
    },
  },
];
