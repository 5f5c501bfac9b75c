import { reportUnknownName } from '../engine/checks.ts';
import { has, isArray, isObject, isString, isText } from '../../json/value.ts';
import { memberTypes } from '../knowledge/member-types.ts';
import { shownValue } from '../engine/message.ts';
import { type DefinitionObject, objectItems } from '../engine/nodes.ts';
import type { Location } from '../engine/location.ts';
import type { NodeKind, Report, Rule } from '../engine/rule.ts';

/** The members of which one is reported when it is absent, for an object of the definition. */
const requiredMembers: Readonly<Partial<Record<DefinitionObject['kind'], readonly string[]>>> = {
  definition: ['swagger', 'info', 'paths'],
  info: ['title', 'version'],
  parameter: ['name', 'in'],
};

/** The objects in which Swagger 2.0 allows no other names. Of schemas there is a rule of its own. */
const closedKinds = ['definition', 'info', 'pathItem', 'operation', 'parameter', 'response'] as const;

function isUnknown(name: string, kind: NodeKind): boolean {
  const closed = closedKinds.find((one) => one === kind);
  return closed !== undefined && !has(memberTypes[closed], name) && !name.startsWith('x-') && name !== 'openapi';
}

function reportAbsent(node: Location, names: readonly string[], report: Report): void {
  for (const name of names) {
    const location = node.at(name);
    if (location.value === undefined) report(location, { name });
  }
}

const mostOperations = 256;

/** Type and subtype, each a token of RFC 9110, before any parameters. */
const mimeType = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+$/u;

function mustBeMimeTypes(member: Location, report: Report): void {
  const { value } = member;
  if (!isArray(value)) return;
  for (const [index, item] of value.entries()) {
    if (!isString(item)) continue;
    const [type = ''] = item.split(';', 1);
    if (!mimeType.test(type.trim())) report(member.at(index), { value: item });
  }
}

export const documentRules: readonly Rule[] = [
  {
    id: 'swagger-version',
    level: 'error',
    message: '\'swagger\' must be the string "2.0".',
    reason: 'Custom connectors are described in OpenAPI 2.0, formerly Swagger, alone.',
    sources: ['SV'],
    good: [{ definition: '{ "swagger": "2.0" }' }],
    bad: [{ definition: '{ "swagger": ⟦2.0⟧ }' }],
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
    good: [{ definition: '{ "swagger": "2.0" }' }],
    bad: [{ definition: '{ "openapi": ⟦"3.0.1"⟧ }' }],
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
    good: [
      {
        definition: '{ "swagger": "2.0", "info": { "title": "Orders", "version": "1.0" }, "paths": {} }',
      },
      { definition: '{ "openapi": "3.0.1" }' },
      {
        definition: '{ "swagger": "2.0", "info": { "title": "Orders", "version": "1.0" }, "paths": {}, "tags": [{}] }',
      },
    ],
    bad: [
      { definition: '{ "swagger": "2.0", "info": ⟦{⟧ "version": "1.0" }, "paths": {} }' },
      { definition: '⟦{⟧ "info": { "title": "Orders", "version": "1.0" }, "paths": {} }' },
      { definition: '⟦{⟧ "swagger": "2.0", "paths": {} }' },
      { definition: '⟦{⟧ "swagger": "2.0", "info": { "title": "Orders", "version": "1.0" } }' },
      { definition: '{ "swagger": "2.0", "info": ⟦{⟧ "title": "Orders", "openapi": "" }, "paths": {} }' },
      { properties: '⟦{⟧ "displayName": "Orders" }' },
      {
        definition:
          '{ "swagger": "2.0", "info": { "title": "Orders", "version": "1.0" }, "paths": {}, "parameters": { "top": ⟦{⟧ "in": "query" } } }',
      },
      {
        definition:
          '{ "swagger": "2.0", "info": { "title": "Orders", "version": "1.0" }, "paths": {}, "parameters": { "top": ⟦{⟧ "name": "top" } } }',
      },
    ],
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
    good: [
      { definition: '{ "host": "api.contoso.com", "x-note": 1 }' },
      { definition: '{ "openapi": "3.0.1" }' },
      { definition: '{ "tags": [{ "label": "Orders" }] }' },
    ],
    bad: [
      { definition: '{ ⟦"hosts"⟧: "api.contoso.com" }' },
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
  {
    id: 'required-value-empty',
    level: 'error',
    message: "The '{name}' property must not be empty.",
    reason: 'The title is the name of the connector.',
    sources: ['SV'],
    good: [
      { definition: '{ "info": { "title": "Orders", "version": "1.0" } }' },
      { definition: '{ "info": { "title": 5 } }' },
    ],
    bad: [{ definition: '{ "info": { "title": ⟦""⟧, "version": "1.0" } }' }],
    checkMember: {
      names: ['title'],
      of: {
        info: (member, report) => {
          if (isString(member.value) && !isText(member.value)) report(member, { name: member.name });
        },
      },
    },
  },
  {
    id: 'tag-duplicate',
    level: 'error',
    message: "Tag '{name}' is defined more than once.",
    reason: 'Operations name their tags, so each name stands for one tag.',
    sources: ['SV'],
    good: [
      { definition: '{ "tags": [{ "name": "Orders" }, { "name": "Customers" }] }' },
      { definition: '{ "tags": [{ "description": "What customers buy." }, { "description": "Who buys." }] }' },
    ],
    bad: [{ definition: '{ "tags": [{ "name": "Orders" }, ⟦{ "name": "Orders" }⟧] }' }],
    checkMember: {
      names: ['tags'],
      of: {
        definition: (member, report) => {
          const first = new Map<string, number>();
          for (const [index, { name }] of objectItems(member.value)) {
            if (!isString(name)) continue;
            const other = first.get(name);
            if (other === undefined) first.set(name, index);
            else {
              const related = [{ location: member.at(other), message: 'The first tag of this name is here.' }];
              report(member.at(index), { name }, { related });
            }
          }
        },
      },
    },
  },
  {
    id: 'tag-invalid',
    level: 'error',
    message: "A tag needs a 'name'.",
    reason: "Operations name their tags: one without a name is nobody's.",
    sources: ['S2'],
    good: [{ definition: '{ "tags": [{ "name": "Orders", "description": "What customers buy." }] }' }],
    bad: [{ definition: '{ "tags": [⟦{⟧ "description": "What customers buy." }] }' }],
    check: {
      tag: (node, report) => {
        const name = node.at('name');
        if (name.value === undefined) report(name);
      },
    },
  },
  {
    id: 'mime-invalid',
    level: 'error',
    message: "'{value}' is not a valid MIME type.",
    hint: 'Write type and subtype, such as application/json.',
    reason: 'What an operation takes and gives is told by the MIME types of the Content-Type header.',
    sources: ['SV'],
    good: [
      { definition: '{ "consumes": ["application/json"], "produces": ["text/plain; charset=utf-8"] }' },
      { definition: '{ "consumes": { "0": "json" } }' },
      { definition: '{ "consumes": [5] }' },
    ],
    bad: [
      { definition: '{ "consumes": [⟦"json"⟧], "produces": ["text/plain; charset=utf-8"] }' },
      { definition: '{ "paths": { "/orders": { "get": { "produces": [⟦"json"⟧] } } } }' },
    ],
    checkMember: { names: ['consumes', 'produces'], of: { definition: mustBeMimeTypes, operation: mustBeMimeTypes } },
  },
  {
    id: 'no-operations',
    level: 'error',
    message: 'The connector has no operations.',
    reason: 'A connector without operations can do nothing.',
    sources: ['CS'],
    good: [
      { definition: '{ "paths": { "/orders": { "get": { "operationId": "ListOrders" } } } }' },
      { definition: '{ "paths": [] }' },
    ],
    bad: [{ definition: '{ "paths": ⟦{}⟧ }' }],
    checkMember: {
      names: ['paths'],
      of: {
        definition: (member, report) => {
          const { value } = member;
          if (isObject(value) && Object.keys(value).every((name) => name.startsWith('x-'))) report(member);
        },
      },
    },
  },
  {
    id: 'too-many-operations',
    level: 'info',
    message: 'The definition has {count} operations.',
    hint: 'Consider several connectors, each for one kind of work.',
    reason: `The service has a limit that is not public; no published connector has more than ${mostOperations}.`,
    sources: ['SV'],
    good: [{ definition: '{ "paths": { "/orders": { "get": { "operationId": "ListOrders" } } } }' }],
    bad: [
      {
        definition: `{ ⟦"paths"⟧: { ${Array.from({ length: mostOperations + 1 }, (_, index) => `"/${index}": { "get": {} }`).join()} } }`,
      },
    ],
    check: {
      definition: (node, report, { definition }) => {
        const count = definition?.operations.length ?? 0;
        if (count > mostOperations) report(node.at('paths'), { count }, { mark: 'name' });
      },
    },
  },
];
