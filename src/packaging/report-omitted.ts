import type { SolutionSource } from '../check/solution-source.ts';
import { type Connector, titleOf } from '../connector/connector.ts';
import type { Terminal } from '../io/terminal/terminal.ts';

/** Shows what of a connector a solution has no place for, and what has to be done after its import. */
export function reportOmitted(
  { connector, omitted }: { readonly connector: Connector; readonly omitted: readonly string[] },
  { note }: Pick<Terminal, 'note'>,
): void {
  if (omitted.length > 0) note(`Note: Not in a solution: ${omitted.join(', ')}.`);
  if (connector.script) {
    note(
      "Note: An import doesn't compile the script. After the import, upload the script with paconn update --script <file>.",
    );
  }
}

/** Shows what of a solution isn't in the files of its connectors, so that a solution made of them doesn't have it. */
export function reportLeftBehind(
  sources: readonly Pick<SolutionSource, 'leftBehind' | 'connector' | 'name'>[],
  { note }: Pick<Terminal, 'note'>,
): void {
  const ofAll = (sources[0]?.leftBehind ?? []).filter((one) =>
    sources.every(({ leftBehind }) => leftBehind.includes(one)),
  );
  if (ofAll.length > 0) note(`Note: Not in the files: ${ofAll.join(', ')}.`);
  for (const { leftBehind, connector, name } of sources) {
    const own = leftBehind.filter((one) => !ofAll.includes(one));
    if (own.length > 0) note(`Note: Not in the files of ${titleOf(connector) ?? name}: ${own.join(', ')}.`);
  }
}
