import type { Connector } from '../connector/connector.ts';
import type { Terminal } from '../io/terminal/terminal.ts';

/** Shows what of a connector a solution has no place for, and what has to be done after its import. */
export function reportOmitted(
  { connector, omitted }: { readonly connector: Connector; readonly omitted: readonly string[] },
  { note }: Pick<Terminal, 'note'>,
): void {
  if (omitted.length > 0) note(`Note: Not in a solution: ${omitted.join(', ')}.`);
  if (connector.script) {
    note("Note: An import doesn't compile the script. After it, run paconn update with the script.");
  }
}
