import { memberOf, type SourceNode, sourceText } from './source.ts';
import type { ConversionState } from './state.ts';

export type MediaKind = 'json' | 'form' | 'urlencoded' | 'binary' | 'text' | 'other';

/** A way in which a body or a response is written. */
export interface MediaType {
  /** As the source has it. */
  readonly written: string;
  /** Without parameters; an open one is what it's used as. */
  readonly name: string;
  readonly kind: MediaKind;
  readonly node: SourceNode;
}

const order: readonly MediaKind[] = ['json', 'form', 'urlencoded', 'binary', 'text', 'other'];

/** The media types of a body or response, the one that's used first. */
export function rankedMediaTypes(content: SourceNode, state: ConversionState): readonly MediaType[] {
  const all = [...content.members.values()].map((node) => mediaTypeOf(node, state));
  return all.toSorted((one, other) => rank(one) - rank(other));
}

function rank({ kind, name, written }: MediaType): number {
  const isExact = name === 'application/json' && !written.includes('*');
  const isOpen = written.includes('*') && kind !== 'binary';
  return order.indexOf(kind) * 4 + (isExact ? 0 : isOpen ? 2 : 1);
}

function mediaTypeOf(node: SourceNode, state: ConversionState): MediaType {
  const written = node.name;
  const base = (written.split(';')[0] ?? '').trim().toLowerCase();
  const schema = state.references.valueOf(node.members.get('schema'));
  if (base === '*/*' || base === 'application/*') {
    const isText = sourceText(schema?.members.get('type')) === 'string';
    if (isText && isBinary(schema)) return { written, name: 'application/octet-stream', kind: 'binary', node };
    return isText
      ? { written, name: 'text/plain', kind: 'text', node }
      : { written, name: 'application/json', kind: 'json', node };
  }
  return { written, name: base, kind: kindOf(base, schema), node };
}

const binaryTypes =
  /^(?:application\/(?:octet-stream|pdf|zip|gzip|x-zip-compressed|x-tar|x-gzip)|(?:image|audio|video)\/.*)$/u;

function kindOf(base: string, schema: SourceNode | undefined): MediaKind {
  if (/^(?:application|text)\/json$|\+json$/u.test(base) && base !== 'application/json-seq') return 'json';
  if (base === 'multipart/form-data') return 'form';
  if (base === 'application/x-www-form-urlencoded') return 'urlencoded';
  if (/^(?:image\/svg\+xml)$|\bxml$/u.test(base) || base === 'text/event-stream') return 'other';
  if (binaryTypes.test(base) || isBinary(schema)) return 'binary';
  return base.startsWith('text/') ? 'text' : 'other';
}

/** Whether a schema is that of a file. */
export function isBinary(schema: SourceNode | undefined): boolean {
  if (sourceText(memberOf(schema, 'format')) === 'binary') return true;
  return memberOf(schema, 'contentMediaType') !== undefined && memberOf(schema, 'contentEncoding') === undefined;
}
