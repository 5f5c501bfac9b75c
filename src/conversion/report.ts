import { shownPointer } from '../connector/secret-stretches.ts';
import type { Conversion } from './convert.ts';
import type { LossEntry } from './ledger.ts';
import { memberText, type OutNode, type OutObject } from './output-tree.ts';
import type { LossClass } from './loss-class.ts';
import { convertedOperations } from './limits.ts';
import { pointerOf, positionIn, type SourceNode } from './source.ts';
import { placesOf } from './write-output.ts';

/** An entry as programs get it. */
export interface ReportEntry {
  readonly rule: string;
  readonly class: LossClass;
  readonly message: string;
  readonly hint: string | null;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly pointer: string;
  readonly operation: string | null;
  readonly target: { readonly file: string; readonly pointer: string } | null;
}

/** The entries of a conversion in order of files and places. */
export function reportEntries(conversion: Conversion, definitionName: string): readonly ReportEntry[] {
  const { entries, files, root, definition } = conversion;
  const order = new Map(files.map((file, index) => [file, index] as const));
  const around = withAncestors(entries.map(({ node }) => node));
  const places = definition === undefined ? new Map<SourceNode, string>() : placesOf(root, around);
  const operations = operationOrigins(root);
  return entries
    .map((entry) => ({ entry, start: startOf(entry), file: order.get(entry.node.file) ?? 0 }))
    .toSorted(
      (one, other) => one.file - other.file || one.start - other.start || compare(one.entry.rule, other.entry.rule),
    )
    .map(({ entry, start }) => {
      const { node, rule, message, hint } = entry;
      const { line, column } = positionIn(node.file, start);
      const end = positionIn(node.file, Math.max(node.end, start));
      const pointer = nearest(node, places);
      return {
        rule,
        class: entry.class,
        message,
        hint: hint ?? null,
        file: node.file.shown,
        line,
        column,
        endLine: end.line,
        endColumn: end.column,
        pointer: shownPointer(pointerOf(node)),
        operation: nearest(node, operations) ?? null,
        target: pointer === undefined ? null : { file: definitionName, pointer: shownPointer(pointer) },
      };
    });
}

export function summaryOfEntries(entries: readonly Pick<LossEntry, 'class'>[]): Readonly<Record<LossClass, number>> {
  const counts = { kept: 0, made: 0, narrowed: 0, dropped: 0, invalid: 0, refused: 0 };
  for (const entry of entries) counts[entry.class] += 1;
  return counts;
}

/** Whether something is gone, says less than in the source, or is a fault of the source that stays. */
export function isLossy({ class: lossClass }: Pick<LossEntry, 'class'>): boolean {
  return lossClass !== 'kept' && lossClass !== 'made';
}

/** A member begins at its name, and an item of a list or the document itself where it is. */
function startOf({ node }: LossEntry): number {
  return node.parent ? node.nameStart : 0;
}

function withAncestors(nodes: readonly SourceNode[]): ReadonlySet<SourceNode> {
  const found = new Set<SourceNode>();
  for (const node of nodes)
    for (let at: SourceNode | undefined = node; at && !found.has(at); at = at.parent) found.add(at);
  return found;
}

/** What is known of a part of the source, or else of the smallest part around it of which anything is. */
function nearest(node: SourceNode, known: ReadonlyMap<SourceNode, string>): string | undefined {
  for (let at: SourceNode | undefined = node; at; at = at.parent) {
    const value = known.get(at);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The IDs that operations of the source have in the result. */
function operationOrigins(root: OutObject): ReadonlyMap<SourceNode, string> {
  return new Map(
    convertedOperations(root).flatMap(({ operation }) => {
      const id = memberText(operation, 'operationId');
      return operation.origin && id !== undefined ? [[operation.origin, id] as const] : [];
    }),
  );
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The nearest part of the source that a place of the result is made from. */
export function originAt(root: OutObject, path: readonly string[]): SourceNode | undefined {
  let node: OutNode | undefined = root;
  let origin: SourceNode | undefined = root.origin;
  for (const step of path) {
    node =
      node?.kind === 'object' ? node.members.get(step) : node?.kind === 'array' ? node.items[Number(step)] : undefined;
    origin = node?.origin ?? origin;
  }
  return origin;
}
