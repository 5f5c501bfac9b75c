import { type ConvertedParameter, convertParameter } from './parameters.ts';
import { NamesInUse } from './names-in-use.ts';
import { type OutNode, outObject, type OutObject, outText } from './output-tree.ts';
import { type ConvertedResponse, convertResponse } from './responses.ts';
import { cleanName } from './schema-names.ts';
import { referenceOf, type SourceNode } from './source.ts';
import type { ConversionState } from './state.ts';

/** Parameters and responses of the document that operations refer to, and that are referred to in the result as well. */
export class SharedParts {
  readonly #components: SourceNode | undefined;
  readonly #parameters = new Map<SourceNode, ConvertedParameter>();
  readonly #responses = new Map<SourceNode, ConvertedResponse>();
  readonly #names = { parameters: new Map<SourceNode, string>(), responses: new Map<SourceNode, string>() };
  readonly #inUse = {
    parameters: new NamesInUse({ separator: '_' }),
    responses: new NamesInUse({ separator: '_' }),
  };

  constructor(components: SourceNode | undefined) {
    this.#components = components;
  }

  /** What a parameter has become, however many operations have it. */
  converted(target: SourceNode, state: ConversionState): ConvertedParameter {
    let converted = this.#parameters.get(target);
    if (!converted) this.#parameters.set(target, (converted = convertParameter(target, state)));
    return converted;
  }

  /** A reference to a parameter of the result; undefined for one that isn't shared. */
  parameterReference(written: SourceNode, target: SourceNode): OutObject | undefined {
    return this.#reference('parameters', written, target);
  }

  /** A response of the result that others refer to, too. */
  response(
    written: SourceNode,
    target: SourceNode,
    code: string,
    state: ConversionState,
  ): (ConvertedResponse & { readonly reference: OutObject }) | undefined {
    const reference = this.#reference('responses', written, target);
    if (!reference) return undefined;
    let converted = this.#responses.get(target);
    if (!converted) this.#responses.set(target, (converted = convertResponse(target, code, state)));
    return { ...converted, reference };
  }

  /** Whether a component is one of the result, too. */
  has(node: SourceNode): boolean {
    return this.#names.parameters.has(node) || this.#names.responses.has(node);
  }

  /** The members of the result that hold them. */
  members(): Readonly<Record<'parameters' | 'responses', OutObject | undefined>> {
    return {
      parameters: this.#collected('parameters', (node) => this.#parameters.get(node)?.parameters[0]),
      responses: this.#collected('responses', (node) => this.#responses.get(node)?.response),
    };
  }

  #reference(kind: 'parameters' | 'responses', written: SourceNode, target: SourceNode): OutObject | undefined {
    const components = this.#components?.members.get(kind);
    if (referenceOf(written) === undefined || !components || target.parent !== components) return undefined;
    const names = this.#names[kind];
    let name = names.get(target);
    if (name === undefined) {
      name = this.#inUse[kind].take(cleanName(target.name));
      names.set(target, name);
    }
    return outObject({ $ref: outText(`#/${kind}/${name}`, written.members.get('$ref')) }, written);
  }

  #collected(
    kind: 'parameters' | 'responses',
    valueOf: (node: SourceNode) => OutNode | undefined,
  ): OutObject | undefined {
    const names = this.#names[kind];
    if (names.size === 0) return undefined;
    const result = outObject({}, this.#components?.members.get(kind));
    // In the order of the source.
    for (const node of this.#components?.members.get(kind)?.members.values() ?? []) {
      const name = names.get(node);
      const value = valueOf(node);
      if (name !== undefined && value) result.members.set(name, value);
    }
    return result;
  }
}
