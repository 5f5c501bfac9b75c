import {
  connectorComponent,
  flowComponent,
  plainGuid,
  rootComponents,
  workflowsOf,
} from '../../solution/connector-package.ts';
import { textOf } from '../../solution/xml.ts';
import { wholeFile } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';
import {
  connectorSolution,
  exampleComponent,
  flowSolution,
  packageOf,
  replaced,
  wholePackage,
  withConnectorSolution,
  withFlowSolution,
  withoutConnector,
  withPlugin,
} from '../knowledge/package-example.ts';

export const packageConnectorRules: readonly Rule[] = [
  {
    id: 'package-connector-missing',
    level: 'warning',
    certified: 'error',
    message: '{problem}',
    hint: 'Add the connector to the solution, and export it again.',
    reason: 'An import creates only the components that the solution lists.',
    sources: ['CE'],
    // Beside a solution with a connector, another one is only one too many.
    good: [{ package: wholePackage }, { package: withPlugin(withoutConnector) }],
    bad: [
      { package: withConnectorSolution(replaced(connectorSolution, 'solution.xml', '000000000001', '000000000009')) },
      { package: withConnectorSolution(withoutConnector) },
      { package: withFlowSolution(replaced(flowSolution, 'solution.xml', exampleComponent, '')) },
    ],
    check: {
      package: ({ solutions }, report, connector) => {
        const hasConnector = solutions.some(({ kind }) => kind === 'connector');
        for (const { kind, solution, contents } of solutions) {
          if (contents.length === 0 && !hasConnector && solution?.customizations?.root) {
            const problem = 'The solution has no connector.';
            report(connector.rangeOf(solution.customizations.root), { problem });
          }
          if ((kind !== 'connector' && kind !== 'flow') || !solution?.manifest?.root) continue;
          const components = rootComponents(solution).filter(
            ({ attributes }) => attributes['type'] === connectorComponent,
          );
          const ids = new Set(components.map(({ attributes }) => plainGuid(attributes['id'] ?? '')));
          for (const { element } of solution.connectors) {
            const id = textOf(element, 'connectorid');
            if (!element || ids.has(plainGuid(id ?? ''))) continue;
            const problem = 'solution.xml has no RootComponent of type 372 with the ID of the connector.';
            report(connector.rangeOf(element), { problem });
          }
        }
      },
    },
  },
  {
    id: 'package-connector-solution-invalid',
    level: 'warning',
    certified: 'error',
    message: 'The solution with the connector {problem}.',
    hint: 'Export a solution that has only this connector.',
    reason: 'Certification needs a solution with one connector and nothing else.',
    sources: ['CE'],
    good: [
      { package: wholePackage },
      { package: withConnectorSolution(replaced(connectorSolution, 'solution.xml', 'type="372"', 'type="371"')) },
    ],
    bad: [
      { package: withConnectorSolution(flowSolution) },
      {
        package: withConnectorSolution(
          replaced(connectorSolution, 'solution.xml', '</RootC', '<RootComponent type="1" id="{x}" /></RootC'),
        ),
      },
      {
        package: packageOf({
          'ConnectorSolution.zip': replaced(
            connectorSolution,
            'customizations.xml',
            '</Connectors>',
            '<Connector><name>new_b</name></Connector></Connectors>',
          ),
        }),
      },
      { package: withConnectorSolution(moved(connectorSolution)) },
      {
        package: withConnectorSolution(
          replaced(connectorSolution, 'customizations.xml', '<Workflows />', '<Workflows><Workflow /></Workflows>'),
        ),
      },
    ],
    check: {
      package: ({ solutions }, report, connector) => {
        for (const { name, kind, solution } of solutions) {
          if (kind !== 'connector' || !solution) continue;
          const [, second] = solution.connectors;
          const { element: workflows } = workflowsOf(solution);
          const hasFlows = workflows !== undefined && workflows.children.length > 0;
          if (hasFlows) report(connector.rangeOf(workflows), { problem: 'has flows' });
          const ids = new Set(
            solution.connectors.map(({ element }) => plainGuid(textOf(element, 'connectorid') ?? '')),
          );
          for (const component of rootComponents(solution)) {
            const { type, id = '' } = component.attributes;
            // The flows are reported, and that the connector has another type.
            if (type === connectorComponent || (type === flowComponent && hasFlows) || ids.has(plainGuid(id))) continue;
            report(connector.rangeOf(component), { problem: 'has another component' });
          }
          if (second?.element) report(connector.rangeOf(second.element), { problem: 'has a second connector' });
          if (!solution.archive.folders.has('Connector')) {
            report(wholeFile(connector.archiveFile(name)), { problem: "has no folder 'Connector'" });
          }
        }
      },
    },
  },
];

/** With the files of the connector in another folder. */
function moved(solution: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(solution).map(([name, text]) => [name.replace('Connector/', 'Connectors/'), text]),
  );
}
