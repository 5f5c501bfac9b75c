import type { Conversion } from '../../src/conversion/convert.ts';
import type { OutNode } from '../../src/conversion/output-tree.ts';
import { childrenOf, memberOf, pathOf, pointerOf, referenceOf, type SourceNode } from '../../src/conversion/source.ts';

/**
 * The values of a source that are neither in the result nor at or below the place of an entry. What only was added says nothing
 * about the source, so its entries don't count.
 */
export function forgotten(conversion: Conversion): readonly string[] {
  const { root, entries, files } = conversion;
  const [source] = files;
  if (!source) return [];
  const made = madeOf(root);
  const origins = new Set(made.keys());
  const accounted = new Set(entries.flatMap(({ node, class: lossClass }) => (lossClass === 'made' ? [] : node)));
  const atPlace = new Set(entries.map(({ node }) => node));
  const lost = new Set(
    entries.flatMap(({ node, class: lossClass }) => (lossClass === 'made' || lossClass === 'refused' ? [] : node)),
  );
  for (const node of unreachable(source.root, lost, origins)) accounted.add(node);
  return [...nodesIn(source.root, accounted)]
    .filter((node) =>
      origins.has(node)
        ? !atPlace.has(node) && isOther(node, made.get(node) ?? [])
        : isLeaf(node) && !isSaidElsewhere(node),
    )
    .map((node) => `${pointerOf(node)}: ${node.text}`);
}

/** A node with all below it that has no entry. */
function* nodesIn(root: SourceNode, accounted: ReadonlySet<SourceNode>): Iterable<SourceNode> {
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (accounted.has(node)) continue;
    yield node;
    for (const child of [...childrenOf(node)].toReversed()) open.push(child);
  }
}

function isLeaf(node: SourceNode): boolean {
  return node.members.size === 0 && node.items.length === 0;
}

/** Components that the result can't have because nothing refers to them but what is lost, and such components. */
function unreachable(
  root: SourceNode,
  accounted: ReadonlySet<SourceNode>,
  origins: ReadonlySet<SourceNode>,
): ReadonlySet<SourceNode> {
  const found = new Set<SourceNode>(accounted);
  for (const node of found)
    for (const inside of nodesIn(node, new Set())) {
      const reference = referenceOf(inside);
      if (reference === undefined || !reference.startsWith('#/components/')) continue;
      const target = memberOf(root, ...reference.slice(2).split('/'));
      if (target && !origins.has(target)) found.add(target);
    }
  return found;
}

/** Whether a value says nothing that isn't said by what stands around it. */
function isSaidElsewhere(node: SourceNode): boolean {
  const [first, second, ...rest] = pathOf(node);
  if (node.name === '$ref' && node.kind === 'string' && !isValue(node)) return true;
  if (isPostman(node) && isSaidByRequest(node)) return true;
  if (isEmptyMap(node) || (first === 'components' && second !== undefined && rest.length === 0)) return true;
  // Together they're the one type of OpenAPI 2.0.
  if (first === 'components' && second === 'securitySchemes' && /^(?:type|scheme)$/u.test(node.name)) return true;
  // A document that requires no sign-in says that without it, too.
  return first === 'security' && second === undefined;
}

const values = /^(?:default|enum|const|example|value|x-.*)$/u;
const mapsOfNames = new Set('properties responses headers schemas definitions parameters components paths'.split(' '));

/** Whether a reference is in a value of the source, and doesn't represent another part of it. */
function isValue(node: SourceNode): boolean {
  for (let at = node.parent; at; at = at.parent) {
    // In OpenAPI 3, the named examples of a media type may be references themselves.
    const isExample = at.name === 'examples' && (at.kind === 'array' || node.file.root.members.has('swagger'));
    if ((values.test(at.name) || isExample) && !mapsOfNames.has(at.parent?.name ?? '')) return true;
  }
  return false;
}

function isPostman({ file: { root } }: SourceNode): boolean {
  return !root.members.has('swagger') && !root.members.has('openapi');
}

/** What paths and methods of the result are made of, the format, and null and blank texts, which say nothing in a collection. */
function isSaidByRequest(node: SourceNode): boolean {
  const path = pathOf(node).join(' ');
  const isBlank = isLeaf(node) && (node.kind === 'null' || node.text.trim() === '');
  const isFormat =
    /^(?:collection )?info (?:schema|version (?:major|minor|patch))$| description (?:type|version)$/u.test(path);
  return (
    isBlank ||
    isFormat ||
    / request(?: method| url(?: (?:raw|protocol|port|hash|(?:host|path)(?: .+)?))?)?$/u.test(path)
  );
}

const maps = new Set(
  'components servers content headers links callbacks examples encoding variables webhooks parameters'.split(' '),
);

// `{}` in a requirement asks for no sign-in, as does a result without one.
const holders = new Set(['encoding', 'security']);

/** Whether something that holds others holds none, which says the same as if it weren't there. */
function isEmptyMap({ name, kind, parent }: SourceNode): boolean {
  return (maps.has(name) || holders.has(parent?.name ?? '')) && (kind === 'object' || kind === 'array');
}

/** What is said in other words: formats and references by name, and URLs in parts. */
const inOtherWords = /^(?:openapi|swagger|\$ref|url|authorizationCode|implicit|schema)$/u;
/** A name may be part of another, as in `page[size]`, and a long summary is in front of the description. */
const inOthers = new Set(['name', 'description']);

/** Whether a value of the source is in the result only as values that don't say the same. */
function isOther(node: SourceNode, results: readonly OutNode[]): boolean {
  const { name, kind, text, json = text } = node;
  if (inOtherWords.test(name) || isSaidElsewhere(node)) return false;
  // The version of a collection may have parts.
  if (kind === 'object' || kind === 'array') return name !== 'version' && !results.some((one) => one.kind === kind);
  const texts = [text, text.replaceAll(controls, '')].map((one) => JSON.stringify(one));
  return !results.some((one) => {
    if (one.kind !== 'scalar') return false;
    if (one.json === json || texts.includes(one.json)) return true;
    return inOthers.has(name) && texts.some((inside) => one.json.includes(inside.slice(1, -1)));
  });
}

const controls = new RegExp(String.raw`[\0-\x08\x0B\f\x0E-\x1F\x7F]`, 'gu');

/** The values of the result, by what they're made of. */
function madeOf(root: OutNode): ReadonlyMap<SourceNode, readonly OutNode[]> {
  const made = new Map<SourceNode, OutNode[]>();
  const seen = new Set<OutNode>();
  const open = [root];
  for (let node = open.pop(); node; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.origin) made.set(node.origin, [...(made.get(node.origin) ?? []), node]);
    if (node.kind === 'object') for (const member of node.members.values()) open.push(member);
    if (node.kind === 'array') for (const item of node.items) open.push(item);
  }
  return made;
}
