import type { Ledger } from './ledger.ts';
import { NamesInUse } from './names-in-use.ts';
import { type OutNode, outObject, type OutObject, stringOfOut } from './output-tree.ts';
import { pointerPath } from '../json/pointer.ts';
import { cleanName, madeName } from './schema-names.ts';
import { pointerOf, type SourceNode, sourceText } from './source.ts';

const prefix = '#/definitions/';

/** The names of definitions. Names of components always win; others are numbered when they're taken. */
export class DefinitionNames {
  readonly #names = new Map<SourceNode, string>();
  readonly #nodes = new Map<string, SourceNode>();
  readonly #inUse = new NamesInUse({ separator: '_' });
  readonly #kept: readonly SourceNode[];
  readonly #renamed = new Map<SourceNode, string>();

  /**
   * @param components The schemas of the document that have a name.
   * @param kept Parts of the source whose members are in the result by the same names. References to them stay as they're written.
   */
  constructor(components: SourceNode | undefined, kept: readonly SourceNode[] = []) {
    this.#kept = kept;
    for (const section of kept) this.#rename(section);
    const nodes = [...(components?.members.values() ?? [])];
    if (components && kept.includes(components)) {
      for (const node of nodes) this.#set(node, this.nameOf(node));
      return;
    }
    // One that keeps its name is not in the way of one that is cleaned.
    for (const node of nodes) if (cleanName(node.name) === node.name) this.#set(node, node.name);
    for (const node of nodes) if (cleanName(node.name) !== node.name) this.#take(cleanName(node.name), node);
  }

  /**
   * What refers to the definition that a schema of the source is, or becomes.
   * @param written How the source refers to it.
   */
  referenceTo(node: SourceNode, written = ''): string {
    const renamed = this.#renamed.get(node);
    if (renamed !== undefined) return `#/${node.parent?.name ?? ''}/${renamed}`;
    if (this.keeps(node)) return written.startsWith('#/') ? written : `#${pointerOf(node)}`;
    return `${prefix}${this.#names.get(node) ?? this.#take(cleanName(madeName(node)), node)}`;
  }

  /** What a member of a part that is kept is called in the result: its name, unless no reference can have that. */
  nameOf(node: SourceNode): string {
    return this.#renamed.get(node) ?? node.name;
  }

  /** Tools decode references, and fail at a percent sign that is one. */
  #rename(section: SourceNode): void {
    const inUse = new NamesInUse({ separator: '_' });
    for (const name of section.members.keys()) inUse.add(name);
    for (const node of section.members.values())
      if (node.name.includes('%')) this.#renamed.set(node, inUse.take(cleanName(node.name)));
  }

  /** Whether a part of the source is in the result by its name. */
  keeps({ parent }: SourceNode): boolean {
    return parent !== undefined && this.#kept.includes(parent);
  }

  /** The schema of the source that a reference of the result leads to. */
  nodeOf(reference: string): SourceNode | undefined {
    const [section, name, ...below] = pointerPath(reference);
    return section === 'definitions' && name !== undefined && below.length === 0 ? this.#nodes.get(name) : undefined;
  }

  /** Names with their schemas: those of components in the order of the source, then the others in the order of their use. */
  entries(): readonly (readonly [name: string, node: SourceNode])[] {
    return [...this.#nodes];
  }

  /** Reports definitions that are called otherwise than in the source, or are none there. */
  report(written: OutObject, ledger: Ledger): void {
    for (const [name, node] of this.#nodes) {
      if (!written.members.has(name)) continue;
      const isComponent = node.parent?.name === 'schemas';
      const old = isComponent ? node.name : cleanName(madeName(node));
      if (old !== name) ledger.add('definition-renamed', node, { old, new: name });
      else if (!isComponent && isDefinedInside(node)) ledger.add('schema-defs', node, { name });
    }
  }

  #set(node: SourceNode, name: string): void {
    this.#names.set(node, name);
    this.#nodes.set(name, node);
    this.#inUse.add(name);
  }

  #take(wanted: string, node: SourceNode): string {
    const name = this.#inUse.take(wanted);
    this.#set(node, name);
    return name;
  }
}

/** Whether a schema is below `$defs`, or names itself. */
function isDefinedInside(node: SourceNode): boolean {
  const keyword = node.parent?.name;
  const named = node.members.get('$anchor') ?? node.members.get('$id');
  return keyword === '$defs' || keyword === 'definitions' || sourceText(named) !== undefined;
}

/** The definitions that these values refer to, directly or through others, in the order of their names. */
export function definitionsFor(
  values: readonly (OutNode | undefined)[],
  names: DefinitionNames,
  convert: (node: SourceNode) => OutObject,
  origin: SourceNode | undefined,
): OutObject {
  const found = new Map<SourceNode, OutObject>();
  const seen = new Set<OutNode>();
  const open = values.flatMap((value) => value ?? []);
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'scalar' || seen.has(node)) continue;
    seen.add(node);
    if (node.kind === 'array') {
      for (const item of node.items) open.push(item);
      continue;
    }
    for (const member of node.members.values()) open.push(member);
    const reference = stringOfOut(node.members.get('$ref'));
    const target = reference?.startsWith(prefix) ? names.nodeOf(reference) : undefined;
    if (!target || found.has(target)) continue;
    const definition = convert(target);
    found.set(target, definition);
    open.push(definition);
  }
  const result = outObject({}, origin);
  for (const [name, node] of names.entries()) {
    const definition = found.get(node);
    if (definition) result.members.set(name, definition);
  }
  return result;
}
