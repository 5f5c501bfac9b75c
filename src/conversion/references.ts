import { pointerPath } from '../json/pointer.ts';
import type { ConversionRuleId } from './rules.ts';
import { childrenOf, memberOf, referenceOf, type DescriptionFile, type SourceNode } from './source.ts';

/** Why a reference can't be followed. */
export interface ReferenceFailure {
  readonly rule: Extract<ConversionRuleId, `ref-${string}`>;
  readonly values: Readonly<Record<string, string>>;
}

/** Reads the file at a URL, or says why not. */
export type LoadFile = (url: string, from: DescriptionFile) => Promise<DescriptionFile | ReferenceFailure>;

export type ReferenceTarget = { readonly node: SourceNode } | { readonly failure: ReferenceFailure };

const missing: ReferenceFailure = { rule: 'ref-missing', values: {} };

/** More references after one another than this lead in a circle, or nowhere. */
const longestChain = 100;

/** Where references lead. Other files are loaded first, one after another; then nothing has to be waited for. */
export class ReferenceResolver {
  readonly #load: LoadFile;
  readonly #files: Map<string, DescriptionFile | ReferenceFailure>;
  readonly #anchors = new Map<DescriptionFile, ReadonlyMap<string, SourceNode>>();
  /** Where chains of references end, so that long ones are followed once. Known when all files are. */
  readonly #ends = new Map<SourceNode, ReferenceTarget>();
  readonly #ids = new Map<string, SourceNode>();
  /** How many references are being followed inside each other, and how many were for the outermost one. */
  #depth = 0;
  #hops = 0;

  constructor(root: DescriptionFile, load: LoadFile) {
    this.#load = load;
    this.#files = new Map([[root.url, root]]);
    this.#index(root);
  }

  /** All files that have been read. */
  get files(): readonly DescriptionFile[] {
    return [...this.#files.values()].filter((file) => 'root' in file);
  }

  /** Reads the file that a reference leads to, unless it's known. */
  async load(node: SourceNode, reference: string): Promise<void> {
    const url = this.#fileUrl(node, reference);
    if (url === undefined || this.#files.has(url) || this.#ids.has(url)) return;
    const file = await this.#load(url, node.file);
    this.#files.set(url, file);
    if ('root' in file) this.#index(file);
  }

  /** The value that a reference in this object leads to; that may be a reference again. */
  resolve(node: SourceNode, reference: string): ReferenceTarget {
    // The way to a value can lead through references, which can lead here again.
    if (this.#depth === 0) this.#hops = 0;
    this.#hops += 1;
    if (this.#depth > longestChain || this.#hops > longestChain) return { failure: missing };
    this.#depth += 1;
    const target = this.#resolved(node, reference);
    this.#depth -= 1;
    return target;
  }

  #resolved(node: SourceNode, reference: string): ReferenceTarget {
    const url = this.#fileUrl(node, reference);
    if (url === undefined) return { failure: missing };
    const fragment = /#.*$/u.exec(reference)?.[0] ?? '';
    const withId = this.#ids.get(url) ?? this.#ids.get(`${url}${fragment}`);
    const file = this.#files.get(url);
    if (file && 'rule' in file) return { failure: file };
    const root = withId ?? file?.root;
    if (!root) return { failure: missing };
    const found = this.#at(root, fragment);
    return found ? { node: found } : { failure: missing };
  }

  /** The value behind a chain of references, or the value itself. */
  follow(node: SourceNode): ReferenceTarget {
    const passed = new Set<SourceNode>();
    let end: ReferenceTarget = { node };
    while ('node' in end) {
      const at: SourceNode = end.node;
      const known = this.#ends.get(at);
      const reference = referenceOf(at);
      if (known || reference === undefined) {
        end = known ?? end;
        break;
      }
      if (passed.has(at)) end = { failure: { rule: 'ref-cycle', values: {} } };
      else end = this.resolve(at, reference);
      passed.add(at);
    }
    for (const at of passed) this.#ends.set(at, end);
    return end;
  }

  /** The value behind a chain of references; undefined where it leads nowhere, which has been reported then. */
  valueOf(node: SourceNode | undefined): SourceNode | undefined {
    if (!node) return undefined;
    const target = this.follow(node);
    return 'node' in target ? target.node : undefined;
  }

  #fileUrl(node: SourceNode, reference: string): string | undefined {
    const [path = ''] = reference.split('#');
    if (path === '') return node.file.url;
    const url = URL.canParse(path, node.file.url) ? new URL(path, node.file.url) : undefined;
    return url?.href;
  }

  #at(root: SourceNode, fragment: string): SourceNode | undefined {
    if (fragment === '' || fragment === '#') return root;
    if (!fragment.startsWith('#/')) {
      const name = fragment.slice(1);
      return this.#anchors.get(root.file)?.get(name);
    }
    let at: SourceNode | undefined = root;
    for (const step of pointerPath(fragment)) {
      let next = memberOf(at, step);
      // A part of the way may be in another place.
      while (!next && at && referenceOf(at) !== undefined) {
        const target: ReferenceTarget = this.resolve(at, referenceOf(at) ?? '');
        at = 'node' in target ? target.node : undefined;
        next = memberOf(at, step);
      }
      at = next;
      if (!at) return undefined;
    }
    return at;
  }

  /** Remembers the names that schemas give themselves. */
  #index(file: DescriptionFile): void {
    const anchors = new Map<string, SourceNode>();
    const open = [file.root];
    for (let node = open.pop(); node; node = open.pop()) {
      for (const keyword of ['$anchor', '$dynamicAnchor']) {
        const anchor = node.members.get(keyword);
        if (anchor?.kind === 'string' && !anchors.has(anchor.text)) anchors.set(anchor.text, node);
      }
      const id = node.members.get('$id');
      if (id?.kind === 'string' && URL.canParse(id.text, file.url)) {
        const { href } = new URL(id.text, file.url);
        if (!this.#ids.has(href) && node !== file.root) this.#ids.set(href, node);
        if (node === file.root && !this.#files.has(href)) this.#ids.set(href, node);
      }
      for (const child of childrenOf(node)) if (child.kind === 'object' || child.kind === 'array') open.push(child);
    }
    this.#anchors.set(file, anchors);
  }
}
