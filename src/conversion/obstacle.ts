import type { Ledger } from './ledger.ts';
import type { SourceOperation } from './source-operations.ts';
import { isWithin, positionIn, type SourceNode } from './source.ts';

/** A part of the source that an operation can't be converted for, which has an entry of its own. */
export interface Obstacle {
  readonly node: SourceNode;
  /** What it is, for a sentence. */
  readonly words: string;
}

/** Leaves out an operation. It has an entry itself, unless it's within the part that says why. */
export function leaveOutFor(
  { node: operation, id }: Pick<SourceOperation, 'node' | 'id'>,
  { node, words }: Obstacle,
  ledger: Ledger,
): void {
  ledger.leaveOut(operation);
  if (isWithin(operation, node)) return;
  const { line } = positionIn(node.file, node.start);
  ledger.add('operation-left-out', operation, { id, cause: words, place: `${node.file.shown}:${line}` });
}
