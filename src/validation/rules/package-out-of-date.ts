import { compareStates } from '../../comparison/compare-states.ts';
import { stateAsSent } from '../../connector/as-sent.ts';
import type { Connector } from '../../connector/connector.ts';
import { FileError } from '../../errors.ts';
import { connectorOfSolution } from '../../solution/connector-of-solution.ts';
import type { Solution, SolutionConnector } from '../../solution/solution.ts';
import { textOf } from '../../solution/xml.ts';
import { wholeFile } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';
import { connectorSolution, wholePackage, withConnectorSolution } from '../knowledge/package-example.ts';

/** What a solution has of the API properties, and certification looks at. */
const compared = /^\/properties\/(?:connectionParameters|connectionParameterSets|policyTemplateInstances)(?:\/|$)/u;

const files = { definition: '{ "swagger": "2.0" }', properties: '{ "properties": { "connectionParameters": {} } }' };

export const packageOutOfDateRules: readonly Rule[] = [
  {
    id: 'package-out-of-date',
    level: 'warning',
    certified: 'error',
    message: '{name} has another version of the connector than its files: {pointer} differs.',
    hint: 'Update the connector in the environment, export the solution, and create the package again.',
    reason: 'Certification publishes the connector in the package, not the files next to it.',
    sources: ['CE'],
    good: [
      { package: wholePackage },
      { package: wholePackage, packagedFrom: files },
      // Capabilities have no place in a solution.
      {
        package: wholePackage,
        packagedFrom: { ...files, properties: '{ "properties": { "capabilities": ["blob"] } }' },
      },
      { package: wholePackage, packagedFrom: { ...files, definition: '{' } },
    ],
    bad: [
      {
        package: wholePackage,
        packagedFrom: { ...files, definition: '{ "swagger": "2.0", "host": "a.contoso.com" }' },
      },
      {
        package: withConnectorSolution({
          ...connectorSolution,
          'customizations.xml': connectorSolution['customizations.xml'].replace(
            '<iconblob>',
            '<connectionparameters>/Connector/p.json</connectionparameters><iconblob>',
          ),
          'Connector/p.json': '{ "key": { "type": "securestring" } }',
        }),
        packagedFrom: files,
      },
    ],
    check: {
      package: ({ solutions }, report, connector) => {
        const { packagedFrom } = connector;
        if (!packagedFrom) return;
        for (const { name, solution } of solutions) {
          for (const one of solution ? sameConnector(packagedFrom.connector, solution) : []) {
            const pointer = solution && firstDifference(packagedFrom.connector, one, solution);
            if (pointer === undefined) continue;
            const place = one.element ? connector.rangeOf(one.element) : wholeFile(connector.archiveFile(name));
            report(place, { name, pointer }, { isMild: !packagedFrom.isRequired });
          }
        }
      },
    },
  },
];

/** A flow may use other connectors, too. */
function sameConnector(connector: Connector, { connectors }: Solution): readonly SolutionConnector[] {
  if (connectors.length === 1) return connectors;
  const title = connector.apiDefinition?.document.value.info?.title;
  return connectors.filter(({ element }) => textOf(element, 'displayname') === title);
}

/** Where they differ by value, if they do. What the service writes itself is no difference. */
function firstDifference(connector: Connector, one: SolutionConnector, solution: Solution): string | undefined {
  try {
    const state = stateAsSent(connectorOfSolution(one, solution), connector);
    const change = compareStates(connector, state).find(
      ({ part, pointer }) => part === 'apiDefinition' || (part === 'apiProperties' && compared.test(pointer)),
    );
    return change && (change.pointer || change.area);
  } catch (error) {
    // Other rules find what can't be read.
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
