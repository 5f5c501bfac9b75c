import type { ReferenceFailure, ReferenceResolver } from './references.ts';
import { childrenOf, type SourceNode } from './source.ts';

/** A reference, and whether what it leads to is converted: callbacks and links aren't. */
interface Edge {
  readonly from: SourceNode;
  readonly reference: string;
  readonly isConverted: boolean;
}

/** A part of the source that is looked through once: an operation, or what a reference leads to. */
interface Vertex {
  readonly root: SourceNode;
  readonly edges: readonly Edge[];
  /** Operations that extensions name. */
  readonly operationIds: readonly string[];
}

/** A reference that can't be followed. */
export interface BrokenReference {
  readonly node: SourceNode;
  readonly reference: string;
  readonly failure: ReferenceFailure;
}

/** Values in which a `$ref` is no reference. */
const opaque = new Set(['example', 'examples', 'default', 'enum', 'const', 'x-example', 'x-ms-examples']);
/** Callbacks, links, and keywords of schemas that have no counterpart. */
const unconverted = new Set(
  (
    'callbacks links extends dependencies dependentSchemas propertyNames contains contentSchema not ' +
    'unevaluatedProperties unevaluatedItems additionalItems'
  ).split(' '),
);

/** What operations refer to, directly or through other parts. Each part is looked through once, however many refer to it. */
export class Reach {
  readonly #references: ReferenceResolver;
  readonly #vertices = new Map<SourceNode, Vertex>();

  constructor(references: ReferenceResolver) {
    this.#references = references;
  }

  /** Loads all files that these parts need, and gives everything that they reach, themselves included. */
  async explore(roots: readonly SourceNode[]): Promise<ReadonlySet<SourceNode>> {
    const reached = new Set(roots);
    for (const root of reached) {
      const { edges } = this.#vertexOf(root);
      for (const { from, reference } of edges) {
        await this.#references.load(from, reference);
        const target = this.#references.resolve(from, reference);
        if ('node' in target) reached.add(target.node);
      }
    }
    return reached;
  }

  /** The same for parts whose files are loaded, without those that were passed before, and what only they reach. */
  from(roots: readonly SourceNode[], passed: ReadonlySet<SourceNode> = new Set()): ReadonlySet<SourceNode> {
    const reached = new Set(roots);
    for (const root of reached) {
      for (const { from, reference } of this.#vertexOf(root).edges) {
        const target = this.#references.resolve(from, reference);
        if ('node' in target && !passed.has(target.node)) reached.add(target.node);
      }
    }
    return reached;
  }

  operationIdsIn(root: SourceNode): readonly string[] {
    return this.#vertexOf(root).operationIds;
  }

  /** For each part that was explored the first reference below it, or below what it refers to, that leads nowhere. */
  broken(): ReadonlyMap<SourceNode, readonly BrokenReference[]> {
    const users = new Map<SourceNode, SourceNode[]>();
    const found = new Map<SourceNode, BrokenReference[]>();
    for (const { root, edges } of this.#vertices.values()) {
      for (const { from, reference, isConverted } of edges) {
        if (!isConverted) continue;
        const target = this.#references.resolve(from, reference);
        const end = 'node' in target ? this.#references.follow(from) : target;
        if ('failure' in end && ('failure' in target || end.failure.rule === 'ref-cycle')) {
          const broken = { node: from, reference, failure: end.failure };
          found.set(root, [...(found.get(root) ?? []), broken]);
        }
        if ('node' in target) users.set(target.node, [...(users.get(target.node) ?? []), root]);
      }
    }
    for (const [node, broken] of found) {
      for (const user of users.get(node) ?? []) if (!found.has(user)) found.set(user, broken.slice(0, 1));
    }
    return found;
  }

  #vertexOf(root: SourceNode): Vertex {
    let vertex = this.#vertices.get(root);
    if (!vertex) this.#vertices.set(root, (vertex = lookThrough(root)));
    return vertex;
  }
}

function lookThrough(root: SourceNode): Vertex {
  const edges: Edge[] = [];
  const operationIds: string[] = [];
  const open: { readonly node: SourceNode; readonly isConverted: boolean; readonly isDynamic: boolean }[] = [
    { node: root, isConverted: true, isDynamic: false },
  ];
  for (let part = open.pop(); part; part = open.pop()) {
    const { node, isConverted, isDynamic } = part;
    const isNames = hasOwnNames(node);
    const below: typeof open = [];
    for (const child of childrenOf(node)) {
      const { name } = child;
      if (child.kind === 'string') {
        const isReference = name === '$ref' || name === '$dynamicRef' || name === '$recursiveRef';
        if (isReference && !isNames) edges.push({ from: node, reference: child.text, isConverted });
        if (isDynamic && name === 'operationId') operationIds.push(child.text);
      }
      if (child.kind !== 'object' && child.kind !== 'array') continue;
      if (!isNames && opaque.has(name)) {
        // Named examples of a media type may be references.
        if (name === 'examples' && child.kind === 'object')
          for (const example of child.members.values()) {
            const reference = example.members.get('$ref');
            if (reference?.kind === 'string')
              edges.push({ from: example, reference: reference.text, isConverted: false });
          }
        continue;
      }
      below.push({
        node: child,
        isConverted: isConverted && (isNames || !unconverted.has(name)),
        isDynamic: isDynamic || name.startsWith('x-ms-dynamic') || name === 'x-ms-capabilities',
      });
    }
    for (const one of below.toReversed()) open.push(one);
  }
  return { root, edges, operationIds };
}

/** Whether no member of an object is a keyword: of schemas, or of other parts, such as the response `default`. */
function hasOwnNames(node: SourceNode): boolean {
  const isOfParts = mapsOfParts.has(node.name) && node.kind === 'object';
  return isMapOfNames(node) || (isOfParts && node.parent !== undefined && !hasOwnNames(node.parent));
}

const mapsOfParts = new Set(
  (
    'callbacks content encoding headers links parameters pathItems paths requestBodies responses securityDefinitions ' +
    'securitySchemes variables webhooks'
  ).split(' '),
);

/** Whether the members of an object are schemas that are named by whoever wrote the document. */
export function isMapOfNames(node: SourceNode): boolean {
  return (
    mapsOfNames.has(node.name) && node.parent !== undefined && node.kind === 'object' && !isMapOfNames(node.parent)
  );
}

const mapsOfNames = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas', 'schemas']);
