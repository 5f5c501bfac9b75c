import { jsonPointer, pointerPath } from '../../json/pointer.ts';
import { member } from '../../json/value.ts';
import { nearestName } from '../../nearest-name.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import type { ReferenceNode } from '../engine/nodes.ts';
import { readBesideReferences } from '../knowledge/known-extensions.ts';
import type { Rule } from '../engine/rule.ts';

function isLocal(target: string): boolean {
  return target.startsWith('#/');
}

function nearestTarget({ target, section }: ReferenceNode, { definition }: ParsedConnector): string | undefined {
  const name = nearestName(target.replace(/^.*\//u, ''), definition?.sharedNames(section) ?? []);
  // In a reference a percent sign begins an escape.
  return name === undefined ? undefined : `#${jsonPointer([section, name])}`.replaceAll('%', '%25');
}

export const refRules: readonly Rule[] = [
  {
    id: 'ref-unresolved',
    level: 'error',
    message: "'{ref}' doesn't exist{suggestion}.",
    reason: 'A reference must point to an object in the same document.',
    sources: ['SV'],
    good: [
      { definition: '{ "definitions": { "A": { "type": "string" }, "B": { "$ref": "#/definitions/A" } } }' },
      { definition: '{ "definitions": { "B": { "$ref": "types.json#/A" } } }' },
    ],
    bad: [
      { definition: '{ "definitions": { "Item": { "type": "string" }, "B": { "$ref": ⟦"#/definitions/Itme"⟧ } } }' },
      { definition: '{ "definitions": { "A%20B": { "type": "string" }, "C": { "$ref": ⟦"#/definitions/A%20B"⟧ } } }' },
    ],
    check: {
      reference: (node, report, connector) => {
        const { target, section } = node;
        const { definition } = connector;
        if (!isLocal(target) || definition?.resolve(target)) return;
        const [, name = '', ...below] = pointerPath(target);
        // Under the wrong name of the section there may be what it leads to.
        const isIn = (written: unknown): boolean => below.length > 0 || member(written, name) !== undefined;
        report(node.at('$ref'), { ref: target }, () => ({
          isInvalid: true,
          suggestion: nearestTarget(node, connector),
          because: definition && target.startsWith(`#/${section}/`) ? [definition.root.at(section)] : undefined,
          lack: { name, oneOf: [], isIn },
        }));
      },
    },
  },
  {
    id: 'ref-external',
    level: 'error',
    message: 'Only local references are supported.',
    hint: 'Copy the referenced object into the document.',
    reason: 'The service reads only this file.',
    sources: ['SV'],
    good: [{ definition: '{ "definitions": { "A": { "type": "string" }, "B": { "$ref": "#/definitions/A" } } }' }],
    bad: [{ definition: '{ "definitions": { "B": { "$ref": ⟦"types.json#/A"⟧ } } }' }],
    check: {
      reference: (node, report) => {
        if (!isLocal(node.target)) report(node.at('$ref'), {}, { isInvalid: true });
      },
    },
  },
  {
    id: 'ref-wrong-section',
    level: 'error',
    message: "The reference must start with '#/{section}/'.",
    hint: "Move the referenced object to '{section}', and update the reference.",
    reason:
      'The service looks for shared schemas, parameters, and responses only in their own sections of the document.',
    sources: ['SV'],
    good: [
      {
        definition: '{ "definitions": { "Item": { "type": "object" }, "Copy": { "$ref": "#/definitions/Item" } } }',
      },
      { definition: '{ "definitions": { "B": { "$ref": "types.json#/A" } } }' },
      { definition: '{ "definitions": { "B": { "$ref": "#/parameters/A" } } }' },
    ],
    bad: [
      {
        definition: '{ "x-types": { "Item": {} }, "definitions": { "Copy": { "$ref": ⟦"#/x-types/Item"⟧ } } }',
      },
    ],
    check: {
      reference: (node, report, { definition }) => {
        const { target, section } = node;
        // What is not there at all is reported as that.
        if (!isLocal(target) || target.startsWith(`#/${section}/`) || !definition?.resolve(target)) return;
        report(node.at('$ref'), { section });
      },
    },
  },
  {
    id: 'ref-siblings',
    level: 'warning',
    message: "Properties next to '$ref' are ignored.",
    hint: "Move them to the referenced object, or move the reference into an 'allOf'.",
    reason: 'The service replaces an object that has a $ref, and ignores its other properties.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "definitions": {
  "Id": { "type": "string" },
  "Owner": { "description": "Who owns it.", "allOf": [{ "$ref": "#/definitions/Id" }] } } }`,
      },
      {
        definition: `{ "definitions": { "Url": { "type": "string" }, "Hook": { "properties": { "url": {
  "$ref": "#/definitions/Url", "x-ms-notification-url": true, "x-ms-visibility": "internal" } } } } }`,
      },
    ],
    bad: [
      {
        definition: `{ "definitions": {
  "Id": { "type": "string" },
  "Owner": { ⟦"description"⟧: "Who owns it.", "$ref": "#/definitions/Id" } } }`,
      },
    ],
    check: {
      reference: (node, report) => {
        // Once for each object: its first sibling stands for all.
        const sibling = Object.keys(node.value).find((name) => name !== '$ref' && !readBesideReferences.has(name));
        if (sibling !== undefined) report(node.at(sibling), {}, { mark: 'name' });
      },
    },
  },
];
