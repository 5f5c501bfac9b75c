import type { Connector } from '../connector/connector.ts';
import type { PartContent } from '../connector/part-content.ts';
import { type ConnectorPart, connectorParts, type PerPart, perPart } from '../connector/part.ts';
import type { RawJson } from '../json/document.ts';
import { mergeDocuments } from './merge-documents.ts';
import { mergeLines } from './merge-lines.ts';
import type { NodeConflict, Side } from './merge-nodes.ts';

/** The parts of a connector in three versions: the state both sides began with, the files here, and another state. */
export interface StateVersions {
  readonly base: Connector;
  /** Of these the documents as they are written: client secrets, and what no environment knows of, stay. */
  readonly ours: Connector;
  readonly theirs: Connector;
}

/** Something that both sides have changed, to different values. */
export interface PartConflict {
  readonly part: ConnectorPart;
  /** A JSON pointer, or the line of a script; empty for a part as a whole. */
  readonly place: string;
  /** The values; undefined where a side has none. */
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
}

/** What becomes of a part. */
export type MergedPart =
  | { readonly kind: 'kept' }
  | { readonly kind: 'written'; readonly content: string | Uint8Array }
  /** The other side has none any more. */
  | { readonly kind: 'removed' };

export interface MergedStates {
  readonly parts: PerPart<MergedPart>;
  readonly conflicts: readonly PartConflict[];
}

/**
 * Merges what theirs has changed since the base into ours: API definition and API properties by structure, the script by
 * lines, the icon as a whole.
 *
 * @param decided Whose value is taken in a conflict; it is still listed.
 */
export function mergeStates({ base, ours, theirs }: StateVersions, decided?: Side): MergedStates {
  const merged: PerPart<Merge> = {
    apiDefinition: mergeJson(
      'apiDefinition',
      [base.apiDefinition?.comparedJson, ours.apiDefinition?.document, theirs.apiDefinition?.comparedJson],
      decided,
    ),
    apiProperties: mergeJson(
      'apiProperties',
      [base.apiProperties.comparedJson, ours.apiProperties.document, theirs.apiProperties.comparedJson],
      decided,
    ),
    icon: mergeIcons([base.icon, ours.icon, theirs.icon], decided),
    script: mergeScripts([base.script, ours.script, theirs.script], decided),
  };
  return {
    parts: perPart((part) => merged[part].part),
    conflicts: connectorParts.flatMap((part) => merged[part].conflicts),
  };
}

/** The parts in conflict that can only be taken or left as a whole: pictures, scripts that aren't text or that one side removed. */
export function indivisibleParts(conflicts: readonly PartConflict[]): readonly ConnectorPart[] {
  return conflicts.filter(({ place }) => place === '').map(({ part }) => part);
}

type Versions<Content> = readonly [base: Content | undefined, ours: Content | undefined, theirs: Content | undefined];

interface Merge {
  readonly part: MergedPart;
  readonly conflicts: readonly PartConflict[];
}

const kept: Merge = { part: { kind: 'kept' }, conflicts: [] };

const nothing: RawJson = { text: '{}' };

function mergeJson(
  part: 'apiDefinition' | 'apiProperties',
  [base, ours, theirs]: Versions<RawJson>,
  decided: Side | undefined,
): Merge {
  // A connector cannot be without them: what is missing was never there.
  if (!theirs) return kept;
  if (!ours) return { part: { kind: 'written', content: theirs.text }, conflicts: [] };
  const { text, conflicts } = mergeDocuments({ base: base ?? nothing, ours, theirs }, decided);
  return {
    part: text === ours.text ? kept.part : { kind: 'written', content: text },
    conflicts: conflicts.map((conflict) => jsonConflict(part, conflict, ours, theirs)),
  };
}

function jsonConflict(
  part: ConnectorPart,
  { pointer, ours, theirs }: NodeConflict,
  ourDocument: RawJson,
  theirDocument: RawJson,
): PartConflict {
  return { part, place: pointer, ours: sliceOf(ourDocument, ours), theirs: sliceOf(theirDocument, theirs) };
}

function sliceOf({ text }: RawJson, node: NodeConflict['ours']): string | undefined {
  return node && text.slice(node.start, node.end);
}

function mergeIcons([base, ours, theirs]: Versions<PartContent>, decided: Side | undefined): Merge {
  if (isSameContent(ours, theirs) || isSameContent(base, theirs)) return kept;
  if (isSameContent(base, ours)) return { part: taken(theirs), conflicts: [] };
  return wholeConflict('icon', ours, theirs, decided);
}

function mergeScripts([base, ours, theirs]: Versions<PartContent>, decided: Side | undefined): Merge {
  if (isSameContent(ours, theirs) || isSameContent(base, theirs)) return kept;
  const ourText = textOf(ours);
  const [baseText, theirText] = [base ? textOf(base) : '', textOf(theirs)];
  if (baseText === undefined || ourText === undefined || theirText === undefined) {
    if (isSameContent(base, ours)) return { part: taken(theirs), conflicts: [] };
    return wholeConflict('script', ours, theirs, decided);
  }
  const { text, conflicts } = mergeLines({ base: baseText, ours: ourText, theirs: theirText }, decided);
  return {
    part: text === ourText ? kept.part : { kind: 'written', content: text },
    conflicts: conflicts.map(({ line, ours: mine, theirs: their }) => ({
      part: 'script',
      place: `line ${line}`,
      ours: mine.join('\n'),
      theirs: their.join('\n'),
    })),
  };
}

/** Text as it is, its byte order mark, too; undefined for what is none. */
function textOf(content: PartContent | undefined): string | undefined {
  try {
    return content && new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content.bytes);
  } catch {
    // Bytes that are no text can only be taken or left.
    return undefined;
  }
}

function wholeConflict(
  part: 'icon' | 'script',
  ours: PartContent | undefined,
  theirs: PartContent | undefined,
  decided: Side | undefined,
): Merge {
  const conflict = { part, place: '', ours: sizeOf(ours), theirs: sizeOf(theirs) };
  return { part: decided === 'theirs' ? taken(theirs) : kept.part, conflicts: [conflict] };
}

function taken(theirs: PartContent | undefined): MergedPart {
  return theirs ? { kind: 'written', content: theirs.bytes } : { kind: 'removed' };
}

function sizeOf(content: PartContent | undefined): string | undefined {
  return content && `${content.bytes.length} bytes`;
}

function isSameContent(one: PartContent | undefined, other: PartContent | undefined): boolean {
  return one?.hash === other?.hash;
}
