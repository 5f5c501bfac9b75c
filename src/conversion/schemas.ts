import { type Combination, type CombinationBudget, merged, newBudget, schemaProperties, united } from './combine.ts';
import type { DefinitionNames } from './definitions.ts';
import { convertMapping } from './discriminator-mapping.ts';
import { finishSchema } from './finish-schema.ts';
import type { Ledger } from './ledger.ts';
import {
  clone,
  memberText,
  inOrderOf,
  outArray,
  outBoolean,
  outObject,
  type OutNode,
  type OutObject,
  outText,
} from './output-tree.ts';
import type { ReferenceResolver } from './references.ts';
import { keywordHandlers, readKeyword } from './schema-keywords.ts';
import { acceptsOnlyNull, AllOfCycles, allPartsOf, isObjectSchema } from './schema-parts.ts';
import { schemaName } from './schema-names.ts';
import { isTrue, referenceOf, type SourceNode, sourceText } from './source.ts';
import { reportType } from './wrong-type.ts';

/** Members that say something about a schema, but nothing about its values. */
const annotations = new Set(
  (
    'title description default example examples deprecated readOnly writeOnly nullable externalDocs ' +
    '$comment summary'
  ).split(' '),
);

const references = new Set(['$ref', '$dynamicRef', '$recursiveRef']);
const combining = new Set(['allOf', 'oneOf', 'anyOf', 'if', 'then', 'else', 'prefixItems']);

/** Schemas that need one another to be made, one inside the other: more than this would need more stack than there is. */
const mostOpen = 200;

export interface SchemaSurroundings {
  readonly ledger: Ledger;
  /** Of the document. */
  readonly version: string;
  readonly references: ReferenceResolver;
  readonly names: DefinitionNames;
  /** Whether members next to a reference count, as in OpenAPI 3.1. */
  readonly hasSiblings: boolean;
  /** Whether allOf and what is next to references stay as they're written, because the source is OpenAPI 2.0 as well. */
  readonly keepsForm: boolean;
  /** Whether a part of the source is sent in requests. */
  readonly isInput: (node: SourceNode) => boolean;
  readonly extension: (node: SourceNode) => OutNode;
  readonly example: (node: SourceNode) => OutNode | undefined;
}

/** Makes schemas of OpenAPI 2.0 out of those of OpenAPI 3, each one once. */
export class Schemas {
  readonly #around: SchemaSurroundings;
  readonly #drafts = new Map<SourceNode, OutObject>();
  readonly #finished = new Map<SourceNode, OutObject>();
  /** Drafts, and what they have become, with what they have become. */
  readonly #finishedDrafts = new Map<OutObject, OutObject>();
  readonly #open = new Set<SourceNode>();
  readonly #budget: CombinationBudget = newBudget();
  readonly #cycles: AllOfCycles;

  constructor(around: SchemaSurroundings) {
    this.#around = around;
    this.#cycles = new AllOfCycles(around.references);
  }

  /** The schema for a place in the result. A reference stays one. */
  readonly convert = (node: SourceNode): OutObject => {
    const known = this.#finished.get(node);
    if (known) return known;
    const finished = this.#finish(this.#draft(node) ?? outObject({}, node), node);
    this.#finished.set(node, finished);
    return finished;
  };

  #finish(draft: OutObject, node: SourceNode): OutObject {
    const known = this.#finishedDrafts.get(draft);
    if (known) return known;
    const { ledger, isInput, keepsForm, references: resolver } = this.#around;
    const finishPart = (part: OutObject) => this.#finish(part, part.origin ?? node);
    const valueOf = (part: SourceNode | undefined) => resolver.valueOf(part);
    const parts = keepsForm ? { parts: () => allPartsOf(node, resolver) } : {};
    const readOnly = { isReadOnly: this.#isReadOnly, isInput: isInput(node) };
    const finished = finishSchema(draft, { node, ledger, finishPart, valueOf, ...readOnly, ...parts });
    for (const one of [draft, finished]) this.#finishedDrafts.set(one, finished);
    return finished;
  }

  readonly #isReadOnly = (schema: OutObject): boolean => {
    const reference = memberText(schema, '$ref');
    const readOnly = (this.resolved(schema) ?? schema).members.get('readOnly');
    // One that is being made contains itself.
    const target = reference === undefined ? undefined : this.#around.names.nodeOf(reference);
    return readOnly ? readOnly.kind === 'scalar' && readOnly.json === 'true' : isTrue(target?.members.get('readOnly'));
  };

  /** The schema itself, whatever references lead to it; undefined for one that contains itself. */
  readonly resolved = (schema: OutObject): OutObject | undefined => this.#behind(schema, (node) => this.#draft(node));

  /** The same as the result has it. */
  readonly written = (schema: OutObject): OutObject | undefined => this.#behind(schema, this.convert);

  #behind(schema: OutObject, targetOf: (node: SourceNode) => OutObject | undefined): OutObject | undefined {
    let at = schema;
    for (const seen = new Set<OutObject>(); !seen.has(at);) {
      seen.add(at);
      const reference = memberText(at, '$ref');
      if (reference === undefined) return at;
      const node = this.#around.names.nodeOf(reference);
      const target = node && targetOf(node);
      if (!target) return undefined;
      at = target;
    }
    return undefined;
  }

  /** Whether a schema has become a part of the result. */
  has(node: SourceNode): boolean {
    return this.#drafts.has(node);
  }

  /** What a schema is before what only a whole one can say; undefined for one that is being made. */
  #draft(node: SourceNode): OutObject | undefined {
    const known = this.#drafts.get(node);
    if (known) return known;
    if (this.#open.has(node)) return undefined;
    if (this.#open.size >= mostOpen) {
      this.#around.ledger.add('schema-deep', node, { name: schemaName(node), n: mostOpen });
      return outObject({}, node);
    }
    this.#open.add(node);
    const draft = this.#make(node);
    this.#open.delete(node);
    this.#drafts.set(node, draft);
    return draft;
  }

  #make(node: SourceNode): OutObject {
    const { ledger } = this.#around;
    const name = schemaName(node);
    if (node.kind === 'boolean') {
      ledger.add('schema-boolean', node, { name }, isTrue(node) ? 'kept' : 'dropped');
      return outObject({}, node);
    }
    if (node.kind !== 'object') {
      reportType(ledger, node, 'a schema');
      return outObject({}, node);
    }
    const dynamic = node.members.get('$dynamicRef') ?? node.members.get('$recursiveRef');
    const reference = referenceOf(node) ?? sourceText(dynamic);
    if (reference !== undefined) {
      if (dynamic) ledger.add('schema-dynamic-ref', dynamic, { name: reference });
      return this.#makeReference(node, reference, name);
    }
    const allOf = this.#around.keepsForm ? undefined : node.members.get('allOf');
    const [only] = allOf?.items ?? [];
    const onlyReference = allOf?.items.length === 1 ? referenceOf(only) : undefined;
    const others = [...node.members.keys()].filter((member) => member !== 'allOf');
    if (only && onlyReference !== undefined && only.members.size === 1 && others.every(isAnnotation)) {
      return this.#makeReference(node, onlyReference, name, only);
    }
    return this.#combine(node, name, this.#own(node, name));
  }

  /** The members of a schema itself, without what it's combined with. */
  #own(node: SourceNode, name: string): OutObject {
    const { ledger, version, extension, example } = this.#around;
    const out = outObject({}, node);
    const context = { schema: node, name, out, ledger, version, convert: this.convert, extension, example };
    for (const [member, value] of node.members) {
      if (references.has(member)) {
        if (value.kind !== 'string') reportType(ledger, value, 'text');
      } else if (!combining.has(member)) readKeyword(value, context);
    }
    return out;
  }

  #makeReference(node: SourceNode, reference: string, name: string, holder = node): OutObject {
    const { ledger, names, hasSiblings, keepsForm } = this.#around;
    const target = this.#around.references.resolve(holder, reference);
    // Whatever uses it is left out, and that has been reported.
    if ('failure' in target) return outObject({}, node);
    const siblings = [...node.members.values()].filter(
      (member) => member !== holder.parent && !references.has(member.name),
    );
    const alone = (): OutObject => {
      const definition = outText(names.referenceTo(target.node, reference), holder.members.get('$ref'));
      return outObject({ $ref: definition }, node);
    };
    if (siblings.length === 0) return alone();
    if (keepsForm) return this.#keepSiblings(node, name, alone());
    const isAnnotated = siblings.every((member) => isAnnotation(member.name));
    if (!isAnnotated && hasSiblings) return this.#mergeWithReference(node, name, alone());
    const base = isObjectSchema(target.node, this.#around.references) ? undefined : this.resolved(alone());
    const members = siblings.map((member) => member.name).join(', ');
    if (!base || !isAnnotated || schemaProperties(base).size > 0) {
      for (const sibling of siblings) ledger.add('schema-ref-siblings', sibling, { members: sibling.name }, 'dropped');
      if (holder !== node && holder.parent) ledger.add('schema-all-of', holder.parent);
      return alone();
    }
    const copy = clone(base, node);
    for (const [member, value] of this.#own(node, name).members) copy.members.set(member, value);
    ledger.add('schema-ref-siblings', holder, { name, members }, 'kept');
    return copy;
  }

  /** A reference with the members next to it that OpenAPI 2.0 has as well. */
  #keepSiblings(node: SourceNode, name: string, reference: OutObject): OutObject {
    for (const keyword of combining) {
      const member = node.members.get(keyword);
      if (member) this.#around.ledger.add('schema-ref-siblings', member, { members: keyword }, 'dropped');
    }
    for (const [member, value] of this.#own(node, name).members) reference.members.set(member, value);
    return inOrderOf(node, reference);
  }

  #mergeWithReference(node: SourceNode, name: string, reference: OutObject): OutObject {
    const own = this.#own(node, name);
    const around = this.#combination(node, name);
    const base = this.resolved(reference);
    if (!base) {
      this.#around.ledger.add('schema-all-of-cycle', node.members.get('$ref') ?? node, { name });
      return this.#combine(node, name, own);
    }
    this.#around.ledger.add('schema-all-of', node.members.get('$ref') ?? node);
    return this.#combine(node, name, merged([base], own, around));
  }

  #combination(node: SourceNode, name: string): Combination {
    const { ledger } = this.#around;
    return { node, name, ledger, resolved: this.resolved, budget: this.#budget, depth: 0 };
  }

  /** Adds what allOf, oneOf, anyOf, conditions, and lists by position say. */
  #combine(node: SourceNode, name: string, own: OutObject): OutObject {
    const parts = [
      ...(this.#around.keepsForm ? [] : this.#allOf(node, name)),
      ...['oneOf', 'anyOf'].flatMap((keyword) => this.#choice(node.members.get(keyword), name, own) ?? []),
      ...(this.#condition(node, name, own) ?? []),
    ];
    this.#prefixItems(node, name, own);
    const result = parts.length === 0 ? own : merged(parts, own, this.#combination(node, name));
    convertMapping(node, result, this.#around.ledger);
    return this.#around.keepsForm ? this.#keepAllOf(node, name, result) : result;
  }

  #keepAllOf(node: SourceNode, name: string, result: OutObject): OutObject {
    const allOf = node.members.get('allOf');
    if (!allOf) return result;
    if (allOf.kind !== 'array') reportType(this.#around.ledger, allOf, 'a list');
    else if (allOf.items.length === 0)
      this.#around.ledger.add('schema-choice-empty', allOf, { keyword: 'allOf', name });
    else {
      const branches = allOf.items.filter((branch) => {
        const isClosing = this.#cycles.isClosing(node, branch);
        if (isClosing) this.#around.ledger.add('schema-all-of-cycle', branch, { name });
        return !isClosing;
      });
      if (branches.length > 0) result.members.set('allOf', outArray(branches.map(this.convert), allOf));
    }
    return inOrderOf(node, result);
  }

  #allOf(node: SourceNode, name: string): readonly OutObject[] {
    const { ledger } = this.#around;
    const allOf = node.members.get('allOf');
    if (!allOf) return [];
    if (allOf.kind !== 'array') {
      reportType(ledger, allOf, 'a list');
      return [];
    }
    ledger.add('schema-all-of', allOf);
    return allOf.items.flatMap((item) => {
      const draft = this.#draft(item);
      const part = draft && this.resolved(draft);
      if (!part) ledger.add('schema-all-of-cycle', item, { name });
      return part ?? [];
    });
  }

  #choice(list: SourceNode | undefined, name: string, own: OutObject): readonly OutObject[] | undefined {
    const { ledger } = this.#around;
    if (!list) return undefined;
    if (list.kind !== 'array') {
      reportType(ledger, list, 'a list');
      return undefined;
    }
    const branches = list.items.filter((item) => {
      const isNull = acceptsOnlyNull(item);
      if (isNull) {
        own.members.set('x-nullable', outBoolean(true, item));
        ledger.add('schema-nullable', item, { name });
      }
      return !isNull;
    });
    if (list.items.length === 0) ledger.add('schema-choice-empty', list, { keyword: list.name, name });
    if (branches.length === 0) return undefined;
    const around = this.#combination(list, name);
    const drafts = branches.flatMap((branch) => this.#draft(branch) ?? []);
    const baseKind = memberText(own, 'type') ?? (own.members.has('properties') ? 'object' : undefined);
    const [only] = drafts;
    if (branches.length === 1 && only) {
      ledger.add('schema-one-of', list, { name });
      return [this.resolved(only) ?? outObject()];
    }
    // One that contains itself says nothing more than the others.
    return [united(drafts, around, baseKind)];
  }

  #condition(node: SourceNode, name: string, own: OutObject): readonly OutObject[] | undefined {
    const condition = node.members.get('if');
    const cases = ['then', 'else'].flatMap((keyword) => node.members.get(keyword) ?? []);
    for (const part of condition ? [condition, ...cases] : cases) this.#around.ledger.add('schema-if', part, { name });
    const drafts = condition ? cases.flatMap((branch) => this.#draft(branch) ?? []) : [];
    const baseKind = memberText(own, 'type') ?? (own.members.has('properties') ? 'object' : undefined);
    return drafts.length === 0 ? undefined : [united(drafts, this.#combination(node, name), baseKind)];
  }

  #prefixItems(node: SourceNode, name: string, own: OutObject): void {
    const items = node.members.get('items');
    const prefix = node.members.get('prefixItems') ?? (items?.kind === 'array' ? items : undefined);
    const { ledger } = this.#around;
    if (prefix && prefix.kind !== 'array') reportType(ledger, prefix, 'a list');
    if (prefix?.kind !== 'array') return;
    ledger.add('schema-prefix-items', prefix, { name });
    const rest = items && items.kind === 'object' ? [items] : [];
    if (items && items !== prefix) ledger.add('schema-prefix-items', items, { name });
    const drafts = [...prefix.items, ...rest].flatMap((item) => this.#draft(item) ?? []);
    const all = drafts.length === 0 ? outObject() : united(drafts, this.#combination(prefix, name));
    own.members.set('items', all);
  }
}

function isAnnotation(name: string): boolean {
  return annotations.has(name) || name.startsWith('x-') || !(keywordHandlers.has(name) || combining.has(name));
}
