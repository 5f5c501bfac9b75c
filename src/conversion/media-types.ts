import { memberOf, type SourceNode, sourceText } from './source.ts';
import type { ConversionState } from './state.ts';
import { reportType } from './wrong-type.ts';

export type MediaKind = 'json' | 'form' | 'urlencoded' | 'binary' | 'text' | 'other';

/** A way in which a body or a response is written. */
export interface MediaType {
  /** As the source has it. */
  readonly written: string;
  /** As the connector has it: an open one is what it's used as. */
  readonly name: string;
  /** Its name without parameters. */
  readonly base: string;
  readonly kind: MediaKind;
  readonly node: SourceNode;
}

const order: readonly MediaKind[] = ['json', 'form', 'urlencoded', 'binary', 'text', 'other'];

/** The media types of a body or response, the one that's used first. */
export function rankedMediaTypes(content: SourceNode, state: ConversionState): readonly MediaType[] {
  const isMediaType = (node: SourceNode): boolean => {
    const isValid = isMediaTypeName(node.name);
    if (!isValid) state.ledger.add('media-type-invalid', node, { name: node.name });
    else if (node.kind !== 'object') reportType(state.ledger, node, 'an object');
    return isValid;
  };
  const all = [...content.members.values()].filter(isMediaType).map((node) => mediaTypeOf(node, state));
  return all.toSorted((one, other) => rank(one) - rank(other));
}

const mediaTypeName = /^\s*[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;.*)?$/u;

/** Whether a text names a media type. */
export function isMediaTypeName(text: string): boolean {
  return mediaTypeName.test(text);
}

function rank({ kind, base, written }: MediaType): number {
  const isExact = base === 'application/json' && !written.includes('*');
  const isOpen = written.includes('*') && kind !== 'binary';
  return order.indexOf(kind) * 4 + (isExact ? 0 : isOpen ? 2 : 1);
}

function mediaTypeOf(node: SourceNode, state: ConversionState): MediaType {
  const written = node.name;
  const [beginning = '', ...parameters] = written.split(';').map((part) => part.trim());
  const base = beginning.toLowerCase();
  const schema = state.references.valueOf(node.members.get('schema'));
  if (base === '*/*' || base === 'application/*') {
    const isText = sourceText(schema?.members.get('type')) === 'string';
    if (isText && isBinary(schema)) return openType('application/octet-stream', 'binary', node);
    return isText ? openType('text/plain', 'text', node) : openType('application/json', 'json', node);
  }
  const kind = kindOf(base, schema);
  // JSON is UTF-8 anyway.
  const meant = parameters.filter((one) => kind !== 'json' || !/^charset="?utf-8"?$/iu.test(one));
  return { written, name: [base, ...meant].join('; '), base, kind, node };
}

function openType(name: string, kind: MediaKind, node: SourceNode): MediaType {
  return { written: node.name, name, base: name, kind, node };
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
