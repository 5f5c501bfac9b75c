import {
  type Alias,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { FileError } from '../errors.ts';
import { maximumDepth } from '../json/scan.ts';
import { withThousands } from '../with-thousands.ts';
import {
  arrayNode,
  type NodePlace,
  objectNode,
  type ReadingLoss,
  scalarNode,
  type DescriptionFile,
  type ReadTree,
  type SourceNode,
  positionIn,
} from './source.ts';
import { mostValues, type ValueLimit } from './value-limit.ts';
import { tooDeepAt } from './yaml-depth.ts';
import { documentsIn } from './yaml-documents.ts';

/** The tree of a YAML text, and how many values it has with those that aliases repeat. Raises {@link FileError} with line and column. */
export function nodeOfYaml(text: string, file: DescriptionFile, losses: ReadingLoss[], limit: ValueLimit): ReadTree {
  const deep = tooDeepAt(text, maximumDepth);
  if (deep !== undefined) {
    const { line, column } = positionIn({ text }, deep);
    throw new FileError(`${file.shown}:${line}:${column}: ${tooDeep}`);
  }
  const lines = new LineCounter();
  const documents = documentsIn(text, lines, limit);
  const fail = (offset: number, words: string): never => {
    const { line, col } = lines.linePos(offset);
    throw new FileError(`${file.shown}:${line}:${col}: ${words}`);
  };
  const [document, second] = documents;
  const [error] = documents.flatMap(({ errors }) => errors);
  if (error) fail(error.pos[0], wordsFor(error.code, error.message));
  if (second) fail(second.range[0], "a YAML stream with several documents isn't supported.");
  if (!document?.contents) throw new FileError(`${file.shown} is empty.`);
  const { targets, values } = aliasTargets(document.contents, fail, limit);
  const reader = new Reader(file, losses, fail, targets);
  const place = { file, parent: undefined, name: '', nameStart: document.contents.range[0] };
  return { root: reader.read(document.contents, place, 0), values };
}

const tooDeep = `more than ${maximumDepth} objects and lists are inside each other.`;

const words: Readonly<Record<string, string>> = {
  TAB_AS_INDENT: "tabs aren't allowed as indentation.",
  BAD_INDENT: 'the indentation is wrong.',
  MISSING_CHAR: 'a closing character is missing.',
  BAD_ALIAS: "this alias isn't valid.",
  ALIAS_PROPS: "an alias can't have an anchor or a tag.",
  BAD_DIRECTIVE: "this directive isn't valid.",
  BAD_DQ_ESCAPE: "this escape sequence isn't valid in a string in double quotes.",
  BAD_PROP_ORDER: 'an anchor or a tag must be after the indicator.',
  BAD_SCALAR_START: "a value without quotes can't start with this character.",
  BLOCK_AS_IMPLICIT_KEY: 'a key must be in one line and followed by its value.',
  BLOCK_IN_FLOW: "indented values aren't allowed inside brackets.",
  DUPLICATE_KEY: 'this key occurs more than once.',
  KEY_OVER_1024_CHARS: 'a key is longer than 1,024 characters.',
  MULTILINE_IMPLICIT_KEY: 'a key must be in one line.',
  MULTIPLE_ANCHORS: 'a value can have only one anchor.',
  MULTIPLE_TAGS: 'a value can have only one tag.',
  TAG_RESOLVE_FAILED: 'this tag is unknown.',
};

/** The library's messages are written for its developers. */
function wordsFor(code: string, message: string): string {
  // The parser has no room to go deeper.
  if (message.startsWith('Maximum call stack')) return tooDeep;
  return words[code] ?? "this text isn't valid YAML.";
}

/** What an alias repeats counts as one more value for so many characters of a text. */
const charactersPerValue = 125;

/**
 * What each alias stands for: the last node before it that has its name. What all of them add is known before any is read, because
 * a few lines can grow without end.
 */
function aliasTargets(contents: Node, fail: Fail, limit: ValueLimit): AliasTargets {
  const anchors = new Map<string, Node>();
  const targets = new Map<Alias, Node>();
  /** How many nodes those with a name are, with what their aliases add. */
  const sizes = new Map<Node, number>();
  let values = 0;
  const sizeOfAlias = (alias: Alias): number => {
    const target = anchors.get(alias.source);
    if (!target) return 1;
    targets.set(alias, target);
    // Around itself it has no size yet, and is refused when it's read.
    const size = sizes.get(target) ?? 1;
    values += size;
    if (limit.isExceededBy(values, 'YAML'))
      fail(
        startOf(alias),
        `the aliases of this file grow to more than ${withThousands(mostValues.YAML)} values, or as much text as ${withThousands(mostValues.YAML * charactersPerValue)} characters.`,
      );
    return size;
  };
  const sizeOf = (node: Node | null): number => {
    if (isAlias(node)) return sizeOfAlias(node);
    values += 1;
    if (node === null) return 1;
    if (node.anchor !== undefined) anchors.set(node.anchor, node);
    // Text takes room each time that it's repeated.
    let size = 1 + (isScalar(node) ? Math.floor((node.source?.length ?? 0) / charactersPerValue) : 0);
    if (isSeq(node)) for (const item of node.items) size += sizeOf(nodeOf(item));
    if (isMap(node)) for (const { key, value } of node.items) size += sizeOfName(nodeOf(key)) + sizeOf(nodeOf(value));
    if (node.anchor !== undefined) sizes.set(node, size);
    return size;
  };
  /** A name is no value, but can hold anchors and aliases. */
  const sizeOfName = (node: Node | null): number => {
    values -= 1;
    return sizeOf(node) - 1;
  };
  sizeOf(contents);
  limit.requireFewer(values, 'YAML');
  return { targets, values };
}

interface AliasTargets {
  readonly targets: ReadonlyMap<Alias, Node>;
  readonly values: number;
}

type Fail = (offset: number, words: string) => never;

type Place = Omit<NodePlace, 'start' | 'end'>;

/** An object that others are merged into. */
interface MergeTarget {
  readonly parent: SourceNode;
  readonly members: Map<string, SourceNode>;
  /** What has been merged. */
  readonly merged: Set<Node>;
}

class Reader {
  readonly #file: DescriptionFile;
  readonly #losses: ReadingLoss[];
  readonly #fail: Fail;
  readonly #targets: ReadonlyMap<Alias, Node>;
  readonly #open = new Set<Node>();

  constructor(file: DescriptionFile, losses: ReadingLoss[], fail: Fail, targets: ReadonlyMap<Alias, Node>) {
    this.#file = file;
    this.#losses = losses;
    this.#fail = fail;
    this.#targets = targets;
  }

  read(node: Node | null, place: Place, depth: number): SourceNode {
    if (node === null) return scalarNode({ ...place, start: place.nameStart, end: place.nameStart }, 'null', 'null');
    const start = startOf(node);
    if (depth > maximumDepth) this.#fail(start, tooDeep);
    if (isAlias(node)) return this.#readAlias(node, place, depth);
    const whole = { ...place, start, end: node.range?.[1] ?? start };
    if (isMap(node)) return this.#readMap(node, whole, depth);
    if (isSeq(node)) return this.#readSequence(node, whole, depth);
    return isScalar(node) ? this.#readScalar(node, whole) : scalarNode(whole, 'null', 'null');
  }

  #readAlias(alias: Alias, place: Place, depth: number): SourceNode {
    const target = this.#targets.get(alias);
    if (!target) return this.#fail(startOf(alias), 'no anchor has this name.');
    if (this.#open.has(target)) return this.#fail(startOf(alias), `the alias '${alias.source}' contains itself.`);
    return this.read(target, place, depth);
  }

  #readMap(map: YAMLMap, place: NodePlace, depth: number): SourceNode {
    if (map.items.length === 0) return this.#withTag(map, objectNode(place));
    const members = new Map<string, SourceNode>();
    const node = objectNode(place, members);
    this.#open.add(map);
    const merges: Pair[] = [];
    for (const pair of map.items) {
      if (isMergeKey(pair.key)) merges.push(pair);
      else this.#readPair(pair, node, members, depth);
    }
    const target = { parent: node, members, merged: new Set<Node>() };
    for (const pair of merges) this.#merge(pair.value, target, depth);
    this.#open.delete(map);
    this.#letGo(map);
    return this.#withTag(map, node);
  }

  #readPair(pair: Pair, parent: SourceNode, members: Map<string, SourceNode>, depth: number): void {
    const key = nodeOf(pair.key);
    const resolved = isAlias(key) ? this.#targets.get(key) : key;
    const nameStart = key ? startOf(key) : parent.start;
    if (resolved && !isScalar(resolved)) this.#fail(nameStart, "an object or a list can't be a name.");
    const name = isScalar(resolved) ? nameOf(resolved) : 'null';
    if (members.has(name)) this.#fail(nameStart, 'this name is already used in the same object.');
    const value = this.read(nodeOf(pair.value), { file: this.#file, parent, name, nameStart }, depth + 1);
    if (isLost(value)) this.#losses.push({ rule: 'number-not-json', node: value, values: { name, value: value.text } });
    else members.set(name, value);
  }

  /** Members of what `<<` names, unless the object has them itself. What is named twice adds nothing the second time. */
  #merge(value: unknown, target: MergeTarget, depth: number): void {
    const { parent, members, merged } = target;
    const node = nodeOf(value);
    const start = node ? startOf(node) : parent.start;
    const resolved = isAlias(node) ? this.#targets.get(node) : node;
    if (isSeq(resolved)) {
      for (const item of resolved.items) this.#merge(item, target, depth);
      return;
    }
    if (!isMap(resolved)) return this.#fail(start, "'<<' needs an object.");
    if (this.#open.has(resolved)) this.#fail(start, 'this object contains itself.');
    if (merged.has(resolved)) return;
    merged.add(resolved);
    this.#open.add(resolved);
    const merges: Pair[] = [];
    for (const pair of resolved.items) {
      const key = nodeOf(pair.key);
      if (isMergeKey(key)) merges.push(pair);
      else if (isScalar(key) && !members.has(nameOf(key))) this.#readPair(pair, parent, members, depth);
    }
    for (const pair of merges) this.#merge(pair.value, target, depth);
    this.#open.delete(resolved);
  }

  #readSequence(sequence: YAMLSeq, place: NodePlace, depth: number): SourceNode {
    const items: SourceNode[] = [];
    const node = arrayNode(place, items);
    this.#open.add(sequence);
    for (const item of sequence.items) {
      const value = nodeOf(item);
      const name = String(items.length);
      const nameStart = value ? startOf(value) : place.start;
      const read = this.read(value, { file: this.#file, parent: node, name, nameStart }, depth + 1);
      if (isLost(read)) this.#losses.push({ rule: 'number-not-json', node: read, values: { name, value: read.text } });
      else items.push(read);
    }
    this.#open.delete(sequence);
    this.#letGo(sequence);
    return this.#withTag(sequence, node);
  }

  #readScalar(scalar: Scalar, place: NodePlace): SourceNode {
    const { value } = scalar;
    const written = scalar.source ?? String(value);
    const node =
      typeof value === 'string'
        ? scalarNode(place, 'string', value)
        : value === null || value === undefined
          ? scalarNode(place, 'null', 'null', 'null')
          : typeof value === 'boolean'
            ? scalarNode(place, 'boolean', String(value))
            : typeof value === 'number' || typeof value === 'bigint'
              ? scalarNode(place, 'number', written, jsonNumber(written, value))
              : scalarNode(place, 'string', written);
    return this.#withTag(scalar, node);
  }

  /** What is read isn't needed any more, unless an alias repeats it: the library takes more memory for it than the tree. */
  #letGo(collection: YAMLMap | YAMLSeq): void {
    if (this.#targets.size === 0) collection.items.length = 0;
  }

  #withTag({ tag }: Node, node: SourceNode): SourceNode {
    if (tag !== undefined && !tag.startsWith('tag:yaml.org,2002:'))
      this.#losses.push({ rule: 'yaml-tag', node, values: { tag } });
    return node;
  }
}

/** The library's value of such a key is a symbol, so its text decides. */
function isMergeKey(key: unknown): boolean {
  return isScalar(key) && key.source === '<<' && key.type === 'PLAIN';
}

/** Names that YAML takes for something else are text as written. */
function nameOf(key: Scalar): string {
  return typeof key.value === 'string' ? key.value : (key.source ?? String(key.value));
}

/** A number as JSON writes it; undefined where it is written so. */
function jsonNumber(written: string, value: unknown): string | undefined {
  if (/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/u.test(written)) return undefined;
  const decimal = /^([-+]?)0*((?:[1-9]\d*)?)(?:(\.)(\d*))?([eE][-+]?\d+)?$/u.exec(written);
  if (!decimal) return String(value);
  const [, sign = '', whole = '', point, fraction = '', exponent = ''] = decimal;
  const digits = whole === '' ? '0' : whole;
  const decimals = point === undefined ? '' : `.${fraction === '' ? '0' : fraction}`;
  return `${sign === '-' ? '-' : ''}${digits}${decimals}${exponent}`;
}

/** JSON has no infinity, and nothing that is no number. */
function isLost({ kind, json }: SourceNode): boolean {
  return kind === 'number' && json !== undefined && !/^-?\d/u.test(json);
}

function nodeOf(value: unknown): Node | null {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value) ? value : null;
}

function startOf(node: Node): number {
  return node.range?.[0] ?? 0;
}
