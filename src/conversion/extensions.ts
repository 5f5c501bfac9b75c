import type { CalledOperations } from './called-operations.ts';
import type { DefinitionNames } from './definitions.ts';
import type { Ledger } from './ledger.ts';
import { copied, outArray, outObject, type OutNode, type OutObject, outText } from './output-tree.ts';
import type { ReferenceResolver } from './references.ts';
import { referenceOf, type SourceNode, sourceText } from './source.ts';

interface ExtensionContext {
  readonly references: ReferenceResolver;
  readonly names: DefinitionNames;
  readonly called: CalledOperations;
  readonly ledger: Ledger;
}

/** A value of an extension. Its references go where their targets go, and operations and their parameters have the names of the result. */
export function extensionCopier({
  references,
  names,
  called,
  ledger,
}: ExtensionContext): (node: SourceNode) => OutNode {
  const copy = (node: SourceNode): OutNode => {
    if (node.kind === 'array') return outArray(node.items.map(copy), node);
    if (node.kind !== 'object') {
      const id = node.name === 'operationId' ? called.id(sourceText(node) ?? '') : undefined;
      return id === undefined ? copied(node) : outText(id, node);
    }
    const reference = referenceOf(node);
    const target = reference === undefined ? undefined : references.resolve(node, reference);
    const result = outObject({}, node);
    const operation = sourceText(node.members.get('operationId'));
    for (const [name, member] of node.members) {
      const isReference = name === '$ref' && target && 'node' in target;
      if (isReference) result.members.set(name, outText(names.referenceTo(target.node, reference), member));
      else if (name === 'parameters' && operation !== undefined && member.kind === 'object')
        result.members.set(name, copyArguments(member, operation));
      else result.members.set(name, copy(member));
    }
    return result;
  };
  const copyArguments = (node: SourceNode, operation: string): OutObject => {
    const result = outObject({}, node);
    for (const [name, argument] of node.members) {
      const parameter = called.parameter(operation, name);
      if (parameter === undefined) ledger.add('parameter-header-ignored', argument, { name });
      else result.members.set(parameter, copyArgument(argument));
    }
    return result;
  };
  const copyArgument = (node: SourceNode): OutNode => {
    const result = copy(node);
    if (result.kind !== 'object') return result;
    for (const name of ['parameter', 'parameterReference']) {
      const member = node.members.get(name);
      const text = sourceText(member);
      if (text !== undefined) result.members.set(name, outText(called.ownParameter(text), member));
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
