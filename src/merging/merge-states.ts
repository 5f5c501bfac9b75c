import { type ConnectorPart, connectorParts, type ConnectorState } from '../connector/connector-state.ts';
import type { JsonDocument, RawJson } from '../json/document.ts';
import { mergeDocuments } from './merge-documents.ts';
import { mergeLines } from './merge-lines.ts';
import type { Conflict, Side } from './merge-nodes.ts';

/** The parts of a connector in three versions: the state both sides began with, the files here, and another state. */
export interface StateVersions {
  readonly base: ConnectorState;
  /** As the files have them: client secrets, and what no state knows of, stay. */
  readonly ours: Pick<ConnectorState, ConnectorPart>;
  readonly theirs: ConnectorState;
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
  readonly parts: Readonly<Record<ConnectorPart, MergedPart>>;
  readonly conflicts: readonly PartConflict[];
}

/**
 * Merges what theirs has changed since the base into ours: API definition and API properties by structure, the script by
 * lines, the icon as a whole.
 *
 * @param decided Whose value is taken in a conflict; it is still listed.
 */
export function mergeStates({ base, ours, theirs }: StateVersions, decided?: Side): MergedStates {
  const merged = {
    apiDefinition: mergeJson('apiDefinition', [base.apiDefinition, ours.apiDefinition, theirs.apiDefinition], decided),
    apiProperties: mergeJson('apiProperties', [base.apiProperties, ours.apiProperties, theirs.apiProperties], decided),
    icon: mergeIcons([base.icon, ours.icon, theirs.icon], decided),
    script: mergeScripts([base.script, ours.script, theirs.script], decided),
  };
  const { apiDefinition, apiProperties, icon, script } = merged;
  return {
    parts: {
      apiDefinition: apiDefinition.part,
      apiProperties: apiProperties.part,
      icon: icon.part,
      script: script.part,
    },
    conflicts: connectorParts.flatMap((part) => merged[part].conflicts),
  };
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
  [base, ours, theirs]: Versions<JsonDocument>,
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
  { pointer, ours, theirs }: Conflict,
  ourDocument: RawJson,
  theirDocument: RawJson,
): PartConflict {
  return { part, place: pointer, ours: sliceOf(ourDocument, ours), theirs: sliceOf(theirDocument, theirs) };
}

function sliceOf({ text }: RawJson, node: Conflict['ours']): string | undefined {
  return node && text.slice(node.start, node.end);
}

function mergeIcons([base, ours, theirs]: Versions<Uint8Array>, decided: Side | undefined): Merge {
  if (isSameContent(ours, theirs) || isSameContent(base, theirs)) return kept;
  if (isSameContent(base, ours)) return { part: taken(theirs), conflicts: [] };
  return wholeConflict('icon', ours, theirs, decided);
}

function mergeScripts([base, ours, theirs]: Versions<Uint8Array>, decided: Side | undefined): Merge {
  if (isSameContent(ours, theirs) || isSameContent(base, theirs)) return kept;
  if (isSameContent(base, ours)) return { part: taken(theirs), conflicts: [] };
  const [baseText, ourText, theirText] = [base ?? new Uint8Array(), ours, theirs].map(textOf);
  if (baseText === undefined || ourText === undefined || theirText === undefined) {
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
function textOf(content: Uint8Array | undefined): string | undefined {
  try {
    return content && new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    // Bytes that are no text can only be taken or left.
    return undefined;
  }
}

function wholeConflict(
  part: 'icon' | 'script',
  ours: Uint8Array | undefined,
  theirs: Uint8Array | undefined,
  decided: Side | undefined,
): Merge {
  const conflict = { part, place: '', ours: sizeOf(ours), theirs: sizeOf(theirs) };
  return { part: decided === 'theirs' ? taken(theirs) : kept.part, conflicts: [conflict] };
}

function taken(theirs: Uint8Array | undefined): MergedPart {
  return theirs ? { kind: 'written', content: theirs } : { kind: 'removed' };
}

function sizeOf(content: Uint8Array | undefined): string | undefined {
  return content && `${content.length} bytes`;
}

function isSameContent(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one && other ? Buffer.compare(one, other) === 0 : one === other;
}
