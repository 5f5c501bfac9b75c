import type { RawJson } from '../json/document.ts';
import { type JsonNode, parseTree } from '../json/tree.ts';
import { mergeNodes, type NodeConflict, type Side } from './merge-nodes.ts';
import { writeMerged } from './write-merged.ts';

export interface DocumentVersions {
  readonly base: RawJson;
  readonly ours: RawJson;
  readonly theirs: RawJson;
}

export interface MergedDocument {
  /** That of ours where nothing has changed; with marks around conflicts that are not decided. */
  readonly text: string;
  readonly conflicts: readonly NodeConflict[];
}

/** Merges what theirs has changed since the base into the text of ours. */
export function mergeDocuments({ base, ours, theirs }: DocumentVersions, decided?: Side): MergedDocument {
  const [baseNode, oursNode, theirsNode] = [base, ours, theirs].map(({ text }): JsonNode => parseTree(text));
  const { merged, conflicts } = mergeNodes({ base: baseNode, ours: oursNode, theirs: theirsNode }, decided);
  // Both sides have a value, so there is one.
  const text = merged ? writeMerged(merged, { ours: ours.text, theirs: theirs.text }) : ours.text;
  return { text, conflicts };
}
