import { commandWord } from '../io/terminal/command-word.ts';
import { withThousands } from '../with-thousands.ts';
import { keptText } from './kept-text.ts';
import type { Ledger } from './ledger.ts';
import { objectMember, type OutObject, textsOf } from './output-tree.ts';
import { type PlacedOperation, PartSizes } from './part-sizes.ts';
import type { SourceNode } from './source.ts';
import { connectorMethods } from './source-operations.ts';
import { Sizes, writeOutput } from './write-output.ts';

/** The platform refuses larger definitions. */
export const largestDefinition = 1_048_576;

const mostOperations = 256;

/** The operations of a definition. */
export function convertedOperations(root: OutObject): readonly PlacedOperation[] {
  return [...(objectMember(root, 'paths')?.members ?? [])].flatMap(([path, item]) =>
    item.kind === 'object'
      ? [...item.members].flatMap(([method, operation]) =>
          connectorMethods.has(method) && operation.kind === 'object' ? [{ path, operation }] : [],
        )
      : [],
  );
}

export interface LimitContext {
  readonly ledger: Ledger;
  readonly document: SourceNode;
  /** What the user calls the source. */
  readonly shown: string;
  /** Whether the text of the source stays as far as it can. */
  readonly keepsText: boolean;
}

/** The text of the definition; undefined for one that the platform can't have, which is reported. */
export function writtenWithinLimits(
  root: OutObject,
  { ledger, document, shown, keepsText }: LimitContext,
): string | undefined {
  const operations = convertedOperations(root);
  if (operations.length === 0) {
    ledger.add('no-operations', document, { source: shown });
    return undefined;
  }
  if (operations.length > mostOperations) ledger.add('too-many-operations', document, { n: operations.length });
  const sizes = new Sizes();
  const { compact } = sizes.of(root);
  if (compact > largestDefinition) {
    ledger.add('definition-too-large', document, {
      n: withThousands(compact),
      choices: choicesFor(root, sizes, shown),
    });
    return undefined;
  }
  const kept = keepsText ? keptText(document, root) : undefined;
  if (kept !== undefined && Buffer.byteLength(kept) <= largestDefinition) return kept;
  const indented = sizes.indented(root);
  const isCompact = indented > largestDefinition;
  if (isCompact) ledger.add('written-compact', document, { n: withThousands(indented) });
  return writeOutput(root, { compact: isCompact });
}

interface Part {
  readonly name: string;
  /** What selects it on the command line. */
  readonly option: string;
}

/** More have hardly any operations each. */
const mostMeasured = 100;

/** The parts of the API that could be converted alone, the largest first. */
function choicesFor(root: OutObject, sizes: Sizes, shown: string): string {
  const parts = new Map<string, { readonly option: string; readonly operations: PlacedOperation[] }>();
  const all = convertedOperations(root);
  const partsWith = partsOf(all);
  for (const one of all)
    for (const { name, option } of partsWith(one)) {
      const part = parts.get(name) ?? { option, operations: [] };
      part.operations.push(one);
      parts.set(name, part);
    }
  const sizesOfParts = new PartSizes(root, sizes);
  const most = [...parts].toSorted(([, one], [, other]) => other.operations.length - one.operations.length);
  const measured = most.slice(0, mostMeasured).map(([name, part]) => ({
    name,
    ...part,
    bytes: sizesOfParts.of(part.operations),
  }));
  const largest = measured.toSorted((one, other) => other.bytes - one.bytes);
  const list = largest
    .slice(0, 10)
    .map(
      ({ name, operations, bytes }) =>
        `${name} (${operations.length} ${operations.length === 1 ? 'operation' : 'operations'}, ${withThousands(bytes)} bytes)`,
    );
  // What has only one part can't be divided.
  if (parts.size === 1) return `It has only one part: ${list.join()}.`;
  const example = largest.find(({ bytes }) => bytes <= largestDefinition) ?? largest.at(-1);
  const more = parts.size > list.length ? ` and ${parts.size - list.length} more` : '';
  return `Select a part: ${list.join(', ')}${more}. For example: paconn convert ${shown} ${example?.option ?? ''}`;
}

function tagsOf({ operation }: PlacedOperation): readonly string[] {
  return textsOf(operation.members.get('tags'));
}

/** By tag. Operations of one tag, or without any, are told apart by the beginning of their paths, as long as that takes. */
function partsOf(operations: readonly PlacedOperation[]): (one: PlacedOperation) => readonly Part[] {
  const tags = new Set(operations.flatMap(tagsOf));
  const [tag] = tags;
  const isOfOne = tags.size === 1 && operations.every((one) => tagsOf(one).length > 0);
  const selected = isOfOne && tag !== undefined ? `--tag ${commandWord(tag)} ` : '';
  const beginnings = (count: number): Set<string> => new Set(operations.map(({ path }) => beginning(path, count)));
  const depths = [1, 2, 3, 4, 5, 6];
  const depth = depths.find((count) => beginnings(count).size > 1) ?? depths.length;
  return (one) => {
    // A tag selects all that have it among others.
    const own = isOfOne ? [] : tagsOf(one);
    if (own.length > 0) return own.map((name) => ({ name, option: `--tag ${commandWord(name)}` }));
    const name = beginning(one.path, depth);
    return [{ name, option: `${selected}--operations ${commandWord(`${name}*`)}` }];
  };
}

function beginning(path: string, segments: number): string {
  return path
    .split('/')
    .slice(0, segments + 1)
    .join('/');
}
