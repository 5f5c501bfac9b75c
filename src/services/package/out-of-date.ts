import { compareStates } from '../../comparison/compare-states.ts';
import { stateAsSent } from '../../connector/as-sent.ts';
import type { Connector } from '../../connector/connector.ts';
import { PaconnError } from '../../errors.ts';
import type { Terminal } from '../../io/terminal/terminal.ts';
import { connectorOfSolution } from '../../solution/connector-of-solution.ts';
import type { ConnectorPackage } from '../../solution/connector-package.ts';

/** What a solution has of the API properties, and certification looks at. */
const compared = /^\/properties\/(?:connectionParameters|connectionParameterSets|policyTemplateInstances)(?:\/|$)/u;

/**
 * Raises {@link PaconnError} where a solution in a package has another version of the connector than the files; a warning where
 * that is wanted. What the service writes itself is no difference.
 */
export function requireUpToDate(
  files: Connector,
  { solutions }: ConnectorPackage,
  { force }: { readonly force: boolean },
  { note }: Pick<Terminal, 'note'>,
): void {
  for (const { name, solution } of solutions) {
    if (!solution) continue;
    // The flow may use other connectors, too.
    const own = solution.connectors.length === 1 ? solution.connectors : solution.connectors.filter(isCalled(files));
    for (const one of own) {
      const state = stateAsSent(connectorOfSolution(one, solution), files);
      const change = compareStates(files, state).find(
        ({ part, pointer }) => part === 'apiDefinition' || (part === 'apiProperties' && compared.test(pointer)),
      );
      if (!change) continue;
      const problem = `${name} has another version of the connector: ${change.pointer || change.area} differs.`;
      if (!force) {
        throw new PaconnError(`${problem} Nothing was written.`, {
          hint: 'Update the connector, export the solution again, or pass --force.',
        });
      }
      note(`Warning: ${problem}`);
    }
  }
}

function isCalled(files: Connector): (one: ConnectorInSolution) => boolean {
  const title = files.apiDefinition?.document.value.info?.title;
  return ({ element }) => element?.children.find(({ name }) => name === 'displayname')?.text === title;
}

type ConnectorInSolution = NonNullable<ConnectorPackage['solutions'][number]['solution']>['connectors'][number];
