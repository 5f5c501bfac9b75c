import { secretTest } from '../../connector/secret-stretches.ts';
import type { JsonFault } from '../../json/faults.ts';
import { type JsonObject, jsonType } from '../../json/value.ts';
import type { JsonFile } from '../engine/json-file.ts';
import type { PropertiesObject } from '../engine/node-kinds.ts';
import { dynamicCalls, dynamicNames, ofDynamic } from '../engine/dynamic-calls.ts';
import { isObjectLocation, type Location, TextRange } from '../engine/location.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import type { Placeholders } from '../engine/message.ts';
import type { Report, ReportOptions, Rule } from '../engine/rule.ts';
import {
  dynamicCallTypes,
  extensionTypes,
  type MemberType,
  memberTypes,
  propertiesMemberTypes,
  type TypeFault,
  typeFaults,
} from '../knowledge/member-types.ts';
import { settingsMemberTypes } from '../knowledge/settings-members.ts';

type FaultOf<Kind extends JsonFault['kind']> = Extract<JsonFault, { kind: Kind }>;

interface FaultReport {
  readonly placeholders?: Placeholders;
  readonly options?: ReportOptions;
}

/** A rule about one kind of fault in the text of any JSON file. */
function reportFaults<Kind extends JsonFault['kind']>(
  kind: Kind,
  describe: (fault: FaultOf<Kind>, file: JsonFile) => FaultReport = () => ({}),
  isAbout: (file: JsonFile, connector: ParsedConnector) => boolean = () => true,
): Rule['check'] & object {
  const isOfKind = (fault: JsonFault): fault is FaultOf<Kind> => fault.kind === kind;
  return {
    jsonFile: (file, report, connector) => {
      if (!isAbout(file, connector)) return;
      for (const fault of file.faults) {
        if (!isOfKind(fault)) continue;
        const { placeholders, options } = describe(fault, file);
        report(new TextRange(file, fault.start, fault.end, fault.path), placeholders, options);
      }
    },
  };
}

function reportTypes(
  node: Location<JsonObject>,
  types: Readonly<Record<string, MemberType>>,
  report: Report,
  isNullAllowed = false,
  isWanted: (name: string, fault: TypeFault) => boolean = () => true,
): void {
  for (const name of Object.keys(node.value)) {
    const expected = Object.hasOwn(types, name) ? types[name] : undefined;
    if (expected === undefined || expected === 'any') continue;
    const value = node.value[name];
    if (typeof value === expected && expected === 'string') continue;
    if (isNullAllowed && value === null) continue;
    for (const fault of typeFaults(value, expected)) {
      if (!isWanted(name, fault)) continue;
      const location = node.at(name, ...fault.steps);
      const found = jsonType(location.value) ?? 'nothing';
      report(location, { expected: fault.expected, found }, { isInvalid: true });
    }
  }
}

/** The members of API properties without which the service can't read a connector: themselves, not what is in them. */
const decisive: ReadonlySet<string> = new Set([
  'properties',
  'connectionParameters',
  'connectionParameterSets',
  'policyTemplateInstances',
  'capabilities',
  'scriptOperations',
  'oAuthSettings',
]);

/** Also a list of sets that is none. */
function isDecisive({ kind }: PropertiesObject, name: string, { steps }: TypeFault): boolean {
  const isOfSets =
    (kind === 'parameterSets' && name === 'values') || (kind === 'parameterSet' && name !== 'uiDefinition');
  return steps.length === 0 && (kind === 'oAuthSettings' ? false : decisive.has(name) || isOfSets);
}

/** At the beginning of a text. */
const conflictMarker = /^(?:<{7}|={7}|>{7})(?=\s|$)/u;

export const jsonRules: readonly Rule[] = [
  {
    id: 'json-syntax',
    level: 'error',
    message: 'Invalid JSON: expected {expected} but found {found}.',
    reason: "The service can't read invalid JSON. paconn doesn't check the rest of the file.",
    sources: ['RFC'],
    good: [{ definition: '{ "swagger": "2.0" }' }, { definition: '{ /* production */ "host": "api.contoso.com" }' }],
    bad: [{ definition: '{ "swagger": "2.0" ⟦"host"⟧: "api.contoso.com" }' }],
    check: {
      jsonFile: (file, report) => {
        if (file.faults.length === 0) return;
        const isSecret = secretTest(file.text);
        for (const fault of file.faults) {
          if (fault.kind !== 'syntax' || conflictMarker.test(file.text.slice(fault.start))) continue;
          const { start, end, path, expected } = fault;
          const found = isSecret({ start, end }) ? 'other text' : fault.found;
          report(new TextRange(file, start, end, path), { expected, found });
        }
      },
    },
  },
  {
    id: 'json-merge-marks',
    level: 'error',
    message: 'Unresolved conflict markers.',
    hint: 'Remove the markers and keep one version of each conflict.',
    reason: "A merge writes these markers around lines that both sides changed. A file with markers isn't valid JSON.",
    sources: ['RFC'],
    good: [{ definition: '{ "swagger": "2.0" }' }, { definition: '{ "swagger": "<<<<<<<" ' }],
    bad: [
      {
        definition: `{
⟦<<<<<<<⟧ local
  "host": "a.contoso.com",
=======
  "host": "b.contoso.com",
⟦>>>>>>>⟧ environment
⟦<<<<<<<⟧ local
  "basePath": "/a"
=======
  "basePath": "/b"
⟦>>>>>>>⟧ environment
}`,
      },
    ],
    check: {
      jsonFile: (file, report) => {
        // Nothing that is JSON has a line like that.
        if (file.json !== undefined) return;
        for (const { index } of file.text.matchAll(/^(?:<{7}|>{7})(?=\s|$)/gmu))
          report(new TextRange(file, index, index + 7));
      },
    },
  },
  {
    id: 'json-trailing-comma',
    level: 'error',
    message: "JSON doesn't allow a trailing comma before '{bracket}'.",
    hint: 'Remove the comma.',
    reason: 'JSON allows commas only between properties and between items.',
    sources: ['RFC'],
    good: [
      { definition: '{ "schemes": ["https"] }' },
      { definition: '{ /* production */ "host": "api.contoso.com" }' },
    ],
    bad: [{ definition: '{ "schemes": ["https"⟦,⟧] }' }],
    check: reportFaults('trailing-comma', ({ bracket }) => ({
      placeholders: { bracket },
      options: { fix: { remove: true } },
    })),
  },
  {
    id: 'json-comment',
    level: 'error',
    message: "JSON doesn't allow comments.",
    hint: 'Remove the comment.',
    reason: 'The service rejects a file that contains comments.',
    sources: ['RFC'],
    good: [{ definition: '{ "host": "api.contoso.com" }' }, { definition: '{ "schemes": ["https",] }' }],
    bad: [{ definition: '{ ⟦/* production */⟧ "host": "api.contoso.com" }' }],
    check: reportFaults('comment', () => ({ options: { fix: { remove: true } } })),
  },
  {
    id: 'json-control-char',
    level: 'error',
    message: 'Control character U+{hex} must be escaped in a JSON string.',
    hint: 'Use \\n for a line break, \\t for a tab, and \\uXXXX for other characters.',
    reason: "JSON strings can't contain unescaped control characters.",
    sources: ['RFC'],
    good: [{ definition: '{ "host": "one\\ttwo" }' }, { definition: '{ "schemes": ["https",] }' }],
    bad: [{ definition: '{ "host": "one⟦\t⟧two" }' }],
    check: reportFaults('control-character', ({ hex }) => ({ placeholders: { hex } })),
  },
  {
    id: 'json-trailing-data',
    level: 'error',
    message: 'Unexpected data after the end of the JSON document.',
    reason: 'A JSON file contains exactly one value. An extra closing bracket ends it early.',
    sources: ['RFC'],
    good: [{ definition: '{ "swagger": "2.0" }' }, { definition: '{ "schemes": ["https",] }' }],
    bad: [{ definition: '{ "swagger": "2.0" } ⟦}⟧' }],
    check: reportFaults('trailing-data'),
  },
  {
    id: 'json-encoding',
    level: 'error',
    message: "The file isn't valid UTF-8 at byte {byte}.",
    hint: 'Save the file as UTF-8.',
    reason: 'JSON files must be UTF-8. A byte order mark is allowed.',
    sources: ['PAC'],
    good: [{ definition: '{ "host": "\u00fcber.example" }' }],
    bad: [{ definition: Uint8Array.from([0x7b, 0x22, 0xfc, 0x22, 0x3a, 0x31, 0x7d]) }],
    check: {
      jsonFile: (file, report) => {
        const fault = file.encodingFault;
        if (!fault) return;
        const hint = fault.encoding && `The file is ${fault.encoding}: save it as UTF-8.`;
        report(new TextRange(file, fault.offset, fault.offset + 1), { byte: fault.byte }, { hint });
      },
    },
  },
  {
    id: 'json-duplicate-key',
    level: 'warning',
    message: "Duplicate key '{key}'. The first value at {line}:{column} is ignored.",
    reason: 'If a key occurs more than once, parsers silently keep only the last value.',
    sources: ['RFC'],
    good: [
      { definition: '{ "host": "a.contoso.com", "basePath": "/" }' },
      { definition: '{ "schemes": ["https",] }' },
      { environments: '{ "Contoso Test": {}, "Contoso Test": {} }' },
    ],
    bad: [{ definition: '{ "host": "a.contoso.com", ⟦"host"⟧: "b.contoso.com" }' }],
    check: reportFaults(
      'duplicate-name',
      ({ name, first: [start, end], path }, file) => ({
        placeholders: { key: name },
        options: { related: [{ location: new TextRange(file, start, end, path), message: 'The first value.' }] },
      }),
      // There it is an error: environments-duplicate.
      (file, { environmentsFile }) => file !== environmentsFile,
    ),
  },
  {
    id: 'json-type',
    level: 'error',
    message: 'Expected {expected} but found {found}.',
    reason: "The service can't read a value that doesn't have the expected JSON type.",
    sources: ['SV'],
    good: [
      { definition: '{ "schemes": ["https"] }', properties: '{ "properties": {} }' },
      { definition: '{ "x-note": 1, "definitions": { "Color": { "default": "red" } } }' },
      { properties: '{ "properties": { "iconBrandColor": null } }' },
      { definition: Uint8Array.from([0xff]) },
      { definition: '{ "constructor": 1 }' },
      { definition: '{ "definitions": { "Map": { "additionalProperties": false }, "List": { "items": [] } } }' },
      { settings: '"icon": "icon.png"' },
    ],
    bad: [
      { definition: '{ "schemes": ⟦"https"⟧ }', properties: '{ "properties": ⟦[]⟧ }' },
      { settings: '⟦[]⟧' },
      { definition: '{ "host": ⟦null⟧, "basePath": ⟦1⟧ }' },
      { definition: '{ "definitions": { "List": { "items": ⟦"string"⟧, "additionalProperties": ⟦"string"⟧ } } }' },
      { definition: '{ "definitions": { "Pet": { "$ref": ⟦5⟧ } }, "responses": { "Done": { "$ref": ⟦null⟧ } } }' },
      {
        definition: '{ "paths": { "/a": { "x-ms-notification-content": ⟦[]⟧, "get": { "x-ms-trigger-hint": ⟦5⟧ } } } }',
      },
      {
        definition: `{ "definitions": { "Pet": {
  "x-ms-dynamic-values": { "operationId": "GetPets", "parameters": ⟦[]⟧, "value-path": ⟦5⟧ } } } }`,
      },
      { properties: '{ "properties": { "capabilities": ⟦"actions"⟧ } }' },
      { properties: '{ "properties": { "connectionParameterSets": { "values": ⟦{}⟧ } } }' },
    ],
    check: {
      jsonFile: (file, report, { partFiles }) => {
        const { root } = file;
        // Of a text with faults it isn't known what it is meant to be.
        const isSound = file.json === file.text;
        if (!root || !isSound || jsonType(root.value) === 'object' || partFiles.includes(file)) return;
        report(root, { expected: 'object', found: jsonType(root.value) ?? 'nothing' });
      },
      object: (node, report) => {
        reportTypes(node, memberTypes[node.kind], report);
        reportTypes(node, extensionTypes, report);
      },
      propertiesObject: (node, report) =>
        reportTypes(node, propertiesMemberTypes[node.kind], report, node.kind !== 'propertiesFile', (name, fault) =>
          isDecisive(node, name, fault),
        ),
      settings: (node, report) => reportTypes(node, settingsMemberTypes, report, true),
    },
    checkMember: {
      names: dynamicNames,
      of: ofDynamic((extension, report) => {
        for (const call of dynamicCalls(extension).filter(isObjectLocation))
          reportTypes(call, dynamicCallTypes, report);
      }),
    },
  },
  {
    id: 'json-type-unexpected',
    level: 'warning',
    message: 'Expected {expected} but found {found}.',
    reason: "The schema of API properties expects another JSON type. The service isn't known to reject this value.",
    sources: ['JP'],
    good: [
      { properties: '{ "properties": { "iconBrandColor": null } }' },
      { properties: '{ "properties": { "capabilities": "actions" } }' },
      {
        properties:
          '{ "properties": { "connectionParameters": { "token": { "type": "oauthSetting", "oAuthSettings": { "scopes": "read write" } } } } }',
      },
    ],
    bad: [
      { properties: '{ "properties": { "iconBrandColor": ⟦5⟧, "capabilities": [⟦5⟧] } }' },
      {
        properties:
          '{ "properties": { "connectionParameters": { "token": { "oAuthSettings": { "scopes": [⟦5⟧], "redirectUrl": ⟦[]⟧, "properties": ⟦[]⟧ } } } } }',
      },
    ],
    check: {
      propertiesObject: (node, report) =>
        reportTypes(
          node,
          propertiesMemberTypes[node.kind],
          report,
          node.kind !== 'propertiesFile',
          (name, fault) => !isDecisive(node, name, fault),
        ),
    },
  },
];
