import { commandWord } from '../io/terminal/command-word.ts';
import { withThousands } from '../with-thousands.ts';
import type { Ledger } from './ledger.ts';
import { objectMember, type OutObject, textsOf } from './output-tree.ts';
import type { SourceNode } from './source.ts';
import { connectorMethods } from './source-operations.ts';
import { Sizes, writeOutput } from './write-output.ts';

/** The platform refuses larger definitions. */
export const largestDefinition = 1_048_576;

const mostOperations = 256;

/** The operations of a definition. */
export function convertedOperations(
  root: OutObject,
): readonly { readonly path: string; readonly operation: OutObject }[] {
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
}

/** The text of the definition; undefined for one that the platform can't have, which is reported. */
export function writtenWithinLimits(root: OutObject, { ledger, document, shown }: LimitContext): string | undefined {
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

/** The parts of the API that could be converted alone, the largest first. */
function choicesFor(root: OutObject, sizes: Sizes, shown: string): string {
  const parts = new Map<string, { count: number; bytes: number; readonly option: string }>();
  const operations = convertedOperations(root);
  const partOf = partsOf(operations);
  for (const one of operations) {
    const { name, option } = partOf(one);
    const part = parts.get(name) ?? { count: 0, bytes: 0, option };
    part.count += 1;
    part.bytes += sizes.of(one.operation).compact;
    parts.set(name, part);
  }
  const largest = [...parts].toSorted(([, one], [, other]) => other.bytes - one.bytes);
  const list = largest
    .slice(0, 10)
    .map(([name, { count, bytes }]) => `${name} (${count} operations, ${withThousands(bytes)} bytes)`);
  const example = largest.find(([, { bytes }]) => bytes < largestDefinition) ?? largest[0];
  const more = largest.length > list.length ? ` and ${largest.length - list.length} more` : '';
  return `Select a part: ${list.join(', ')}${more}. For example: paconn convert ${commandWord(shown)} ${example?.[1].option ?? ''}`;
}

/** By tag. Operations of one tag, or without any, are told apart by the beginning of their paths, as long as that takes. */
function partsOf(operations: ReturnType<typeof convertedOperations>): (one: (typeof operations)[number]) => Part {
  const tagOf = ({ operation }: (typeof operations)[number]): string | undefined =>
    textsOf(operation.members.get('tags'))[0];
  const tags = new Set(operations.map(tagOf));
  const [tag] = tags;
  const selected = tags.size === 1 && tag !== undefined ? `--tag ${commandWord(tag)} ` : '';
  const beginnings = (count: number): Set<string> => new Set(operations.map(({ path }) => beginning(path, count)));
  const depths = [1, 2, 3, 4, 5, 6];
  const depth = depths.find((count) => beginnings(count).size > 1) ?? depths.length;
  return (one) => {
    const own = tags.size > 1 ? tagOf(one) : undefined;
    if (own !== undefined) return { name: own, option: `--tag ${commandWord(own)}` };
    const name = beginning(one.path, depth);
    return { name, option: `${selected}--operations ${commandWord(`${name}*`)}` };
  };
}

function beginning(path: string, segments: number): string {
  return path
    .split('/')
    .slice(0, segments + 1)
    .join('/');
}
