import type { DefinitionNames } from './definitions.ts';
import { copied, outArray, outObject, type OutNode, outText } from './output-tree.ts';
import type { ReferenceResolver } from './references.ts';
import { referenceOf, type SourceNode, sourceText } from './source.ts';

/** A value of an extension. Its references go where their targets go, and operations have the IDs of the result. */
export function extensionCopier(
  references: ReferenceResolver,
  names: DefinitionNames,
  operationIds: ReadonlyMap<string, string>,
): (node: SourceNode) => OutNode {
  const copy = (node: SourceNode): OutNode => {
    if (node.kind === 'array') return outArray(node.items.map(copy), node);
    if (node.kind !== 'object') {
      const id = node.name === 'operationId' ? operationIds.get(sourceText(node) ?? '') : undefined;
      return id === undefined ? copied(node) : outText(id, node);
    }
    const reference = referenceOf(node);
    const target = reference === undefined ? undefined : references.resolve(node, reference);
    const result = outObject({}, node);
    for (const [name, member] of node.members) {
      const isReference = name === '$ref' && target && 'node' in target;
      result.members.set(name, isReference ? outText(names.referenceTo(target.node), member) : copy(member));
    }
    return result;
  };
  return copy;
}

/** Copies of examples. A reference in one is replaced by its target, because readers of OpenAPI 2.0 look for it. */
export function exampleCopier(references: ReferenceResolver): (node: SourceNode) => OutNode {
  const copy = (node: SourceNode, depth: number): OutNode => {
    if (node.kind === 'array') {
      return outArray(
        node.items.map((item) => copy(item, depth)),
        node,
      );
    }
    if (node.kind !== 'object') return copied(node);
    const reference = referenceOf(node);
    if (reference !== undefined) {
      const target = references.follow(node);
      // One that leads nowhere, or into itself, is text for whoever reads the example.
      if ('failure' in target || depth > deepestExample) return outText(reference, node);
      return copy(target.node, depth + 1);
    }
    const result = outObject({}, node);
    for (const [name, member] of node.members) result.members.set(name, copy(member, depth));
    return result;
  };
  return (node) => copy(node, 0);
}

const deepestExample = 5;
