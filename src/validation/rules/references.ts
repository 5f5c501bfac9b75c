import { nearestName } from '../nearest-name.ts';
import type { ReferenceNode } from '../nodes.ts';
import type { Connector } from '../connector.ts';
import type { Rule } from '../rule.ts';

function isLocal(target: string): boolean {
  return target.startsWith('#/');
}

function nearestTarget({ target, section }: ReferenceNode, { definition }: Connector): string | undefined {
  const name = nearestName(target.replace(/^.*\//u, ''), definition?.sharedNames(section) ?? []);
  return name === undefined ? undefined : `#/${section}/${name}`;
}

export const referenceRules: readonly Rule[] = [
  {
    id: 'ref-unresolved',
    level: 'error',
    message: "'{ref}' was not found{suggestion}.",
    reason: 'A reference must lead to something in the same document.',
    sources: ['SV'],
    good: { definition: '{ "definitions": { "A": { "type": "string" }, "B": { "$ref": "#/definitions/A" } } }' },
    bad: { definition: '{ "definitions": { "Item": { "type": "string" }, "B": { "$ref": ⟦"#/definitions/Itme"⟧ } } }' },
    check: {
      reference: (node, report, connector) => {
        const { target } = node;
        if (!isLocal(target) || connector.definition?.resolve(target)) return;
        report(node.at('$ref'), { ref: target }, () => ({ suggestion: nearestTarget(node, connector) }));
      },
    },
  },
  {
    id: 'ref-external',
    level: 'error',
    message: 'Only local references are supported.',
    hint: 'Copy what is referenced into the document.',
    reason: 'The service reads one file and follows no reference out of it.',
    sources: ['SV'],
    good: { definition: '{ "definitions": { "A": { "type": "string" }, "B": { "$ref": "#/definitions/A" } } }' },
    bad: { definition: '{ "definitions": { "B": { "$ref": ⟦"types.json#/A"⟧ } } }' },
    check: {
      reference: (node, report) => {
        if (!isLocal(node.target)) report(node.at('$ref'));
      },
    },
  },
];
