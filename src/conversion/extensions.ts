import type { CalledOperations } from './called-operations.ts';
import type { DefinitionNames } from './definitions.ts';
import type { Ledger } from './ledger.ts';
import {
  copied,
  copiedText,
  outArray,
  outObject,
  type OutNode,
  type OutObject,
  outText,
  setMembers,
} from './output-tree.ts';
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
      // What YAML takes for something else is text as written where makers read it.
      const isText = node.name === 'x-ms-summary' && node.file.format === 'YAML' && node.kind !== 'null';
      if (isText) return copiedText(node);
      const id = node.name === 'operationId' ? called.id(sourceText(node) ?? '') : undefined;
      return id === undefined ? copied(node) : outText(id, node);
    }
    const reference = referenceOf(node);
    const target = reference === undefined ? undefined : references.resolve(node, reference);
    const result = outObject({}, node);
    const operation = sourceText(node.members.get('operationId'));
    for (const [name, member] of node.members) {
      if (name === '$ref' && target) {
        // Readers of OpenAPI 2.0 follow it wherever it is.
        if ('node' in target) result.members.set(name, outText(names.referenceTo(target.node, reference), member));
        else ledger.add('value-reference', member, { ref: reference ?? '' }, 'dropped');
      } else if (name === 'parameters' && operation !== undefined && member.kind === 'object')
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

/**
 * Copies of values: examples, defaults, and lists of values. A reference in one is replaced by its target, because readers of OpenAPI
 * 2.0 follow it. What has one that can't be followed is left out; undefined where that is the whole value.
 */
export function valueCopier(references: ReferenceResolver, ledger: Ledger): (node: SourceNode) => OutNode | undefined {
  const copy = (node: SourceNode, depth: number): OutNode | undefined => {
    if (node.kind === 'array') {
      return outArray(
        node.items.flatMap((item) => copy(item, depth) ?? []),
        node,
      );
    }
    if (node.kind !== 'object') return copied(node);
    const reference = referenceOf(node);
    if (reference !== undefined) {
      const target = references.follow(node);
      const value = 'node' in target && depth < deepestValue ? copy(target.node, depth + 1) : undefined;
      ledger.add('value-reference', node, { ref: reference }, value ? 'kept' : 'dropped');
      return value;
    }
    const result = outObject({}, node);
    for (const [name, member] of node.members) setMembers(result, { [name]: copy(member, depth) });
    return result;
  };
  return (node) => copy(node, 0);
}

const deepestValue = 5;
