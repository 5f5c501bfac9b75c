import { nameInArchive } from '../../solution/archive.ts';
import { connectorComponent, plainGuid, rootComponents } from '../../solution/connector-package.ts';
import { solutionMembers } from '../../solution/layout.ts';
import { childOf } from '../../solution/xml.ts';
import { wholeFile } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';
import { connectorSolution, exampleId, replaced, without } from '../knowledge/package-example.ts';

const guid = /^\{?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\}?$/iu;

export const solutionRules: readonly Rule[] = [
  {
    id: 'solution-file-missing',
    level: 'warning',
    certified: 'error',
    message: "'{name}' is missing.",
    reason: 'An import fails without the files that the solution names.',
    sources: ['CE'],
    good: [{ solution: connectorSolution }],
    bad: [{ solution: without(connectorSolution, 'Connector/new_pets_iconblob.Png') }],
    check: {
      solution: ({ connectors }, report, connector) => {
        for (const { files } of connectors) {
          for (const member of solutionMembers) {
            const file = files[member];
            if (file?.element && !file.bytes) report(connector.rangeOf(file.element), { name: file.entry });
          }
        }
      },
    },
  },
  {
    id: 'solution-file-unused',
    level: 'warning',
    certified: 'error',
    message: 'No connector of the solution has this API definition.',
    reason: "An import ignores files that the solution doesn't name.",
    sources: ['CE'],
    good: [{ solution: connectorSolution }, { solution: { 'a_openapidefinition.json': '{}' } }],
    bad: [{ solution: { ...connectorSolution, 'Connector/new_b_openapidefinition.json': '{}' } }],
    check: {
      solution: ({ archive, unused }, report, connector) => {
        for (const entry of unused) report(wholeFile(connector.archiveFile(nameInArchive(archive, entry))));
      },
    },
  },
  {
    id: 'solution-root-component',
    level: 'warning',
    certified: 'error',
    message: '{problem}',
    reason: 'An import creates only the components that solution.xml lists.',
    sources: ['CE'],
    good: [
      { solution: connectorSolution },
      { solution: without(connectorSolution, 'solution.xml') },
      // A connector that a flow needs is no component of its solution.
      { solution: replaced(connectorSolution, 'solution.xml', 'type="372"', 'type="29"') },
    ],
    bad: [
      { solution: replaced(connectorSolution, 'solution.xml', '000000000001', '000000000009') },
      { solution: replaced(connectorSolution, 'customizations.xml', '000000000001', '000000000009') },
    ],
    check: {
      solution: (solution, report, connector) => {
        const components = rootComponents(solution).filter(
          ({ attributes }) => attributes['type'] === connectorComponent,
        );
        if (components.length === 0) return;
        const ids = new Set(components.map(({ attributes }) => plainGuid(attributes['id'] ?? '')));
        const elements = solution.connectors.flatMap(({ element }) => childOf(element, 'connectorid') ?? []);
        for (const element of elements) {
          if (ids.has(plainGuid(element.text))) continue;
          report(connector.rangeOf(element), { problem: 'solution.xml has no RootComponent for this connector.' });
        }
        const own = new Set(elements.map(({ text }) => plainGuid(text)));
        for (const component of components) {
          if (own.has(plainGuid(component.attributes['id'] ?? ''))) continue;
          report(connector.rangeOf(component), { problem: 'The solution has no connector with this ID.' });
        }
      },
    },
  },
  {
    id: 'solution-connector-id',
    level: 'warning',
    certified: 'error',
    message: '{problem}',
    reason: 'Dataverse finds the row of a connector by its ID.',
    sources: ['CE'],
    good: [{ solution: connectorSolution }],
    bad: [
      { solution: replaced(connectorSolution, 'customizations.xml', exampleId, 'pets') },
      {
        solution: replaced(
          connectorSolution,
          'customizations.xml',
          '</Connectors>',
          `<Connector><connectorid>${exampleId.toUpperCase()}</connectorid></Connector></Connectors>`,
        ),
      },
    ],
    check: {
      solution: ({ connectors }, report, connector) => {
        const seen = new Set<string>();
        for (const { element } of connectors) {
          const id = childOf(element, 'connectorid');
          if (!id) continue;
          const plain = plainGuid(id.text);
          if (!guid.test(id.text)) report(connector.rangeOf(id), { problem: "The ID of the connector isn't a GUID." });
          else if (seen.has(plain)) report(connector.rangeOf(id), { problem: 'Two connectors have the same ID.' });
          seen.add(plain);
        }
      },
    },
  },
];
