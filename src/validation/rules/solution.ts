import { findFile, nameInArchive } from '../../solution/archive.ts';
import { overlongValues, overlongWords } from '../../solution/column-limits.ts';
import {
  connectorComponent,
  flowComponent,
  plainGuid,
  rootComponents,
  workflowsOf,
} from '../../solution/connector-package.ts';
import { identityFaults } from '../../solution/identity.ts';
import { rootFiles, solutionMembers } from '../../solution/layout.ts';
import type { Solution } from '../../solution/solution.ts';
import { childOf, type XmlElement } from '../../solution/xml.ts';
import { TextRange, wholeFile } from '../engine/location.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import type { ArchiveExample, Report, Rule } from '../engine/rule.ts';
import {
  connectorSolution,
  exampleComponent,
  exampleId,
  flowSolution,
  pluginSolution,
  replaced,
  withConnectorSolution,
  without,
  withPlugin,
} from '../knowledge/package-example.ts';

export const solutionRules: readonly Rule[] = [
  {
    id: 'solution-xml-invalid',
    level: 'error',
    message: "The file isn't well-formed XML.",
    hint: 'Export the solution again.',
    reason: 'An import fails without this file, and the connectors that it lists are unknown.',
    sources: ['CE'],
    good: [{ solution: connectorSolution }],
    bad: [
      { solution: { ...connectorSolution, 'customizations.xml': '<ImportExportXml><Connectors></ImportExportXml>' } },
      { solution: { ...connectorSolution, 'solution.xml': '' } },
      { solution: { ...connectorSolution, '[Content_Types].xml': '<Types>&own;</Types>' } },
      { solution: { 'Connectors/new_pets.xml': '<Connector>', 'Connectors/new_pets_openapidefinition.json': '{}' } },
    ],
    check: {
      solution: ({ xmlFaults }, report, connector) => {
        for (const { file, offset } of xmlFaults) {
          report(new TextRange(connector.archiveFile(file.name, file.text, file.size), offset, offset));
        }
      },
    },
  },
  {
    id: 'solution-file-missing',
    level: 'warning',
    certified: 'error',
    message: "'{name}' is missing.",
    reason: 'An import fails without the files that the solution names.',
    sources: ['CE'],
    good: [{ solution: connectorSolution }],
    bad: [
      // In a folder these are the files of a connector alone, and an unpacked solution. In a ZIP file neither can be imported.
      { solution: { 'Connector/new_pets_openapidefinition.json': '{}' } },
      { solution: { 'Other/Solution.xml': '<a />', 'Other/Customizations.xml': '<a />' } },
      { solution: without(connectorSolution, 'Connector/new_pets_iconblob.Png') },
      { solution: without(connectorSolution, 'solution.xml') },
      { solution: without(connectorSolution, 'customizations.xml') },
      { solution: without(connectorSolution, '[Content_Types].xml') },
    ],
    check: {
      solution: (solution, report, connector) => {
        const { archive, connectors } = solution;
        for (const name of missingAtRoot(solution)) report(wholeFile(connector.archiveFile(archive.name)), { name });
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
    good: [
      { solution: connectorSolution },
      { solution: { 'a_openapidefinition.json': '{}' } },
      // It isn't known what that names.
      { solution: { ...connectorSolution, 'customizations.xml': '<ImportExportXml>' } },
    ],
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
      { solution: { ...connectorSolution, 'solution.xml': '<ImportExportXml>' } },
      { solution: { ...connectorSolution, 'customizations.xml': '<ImportExportXml>' } },
      // A connector that a flow or an app needs is no component of its solution.
      { solution: replaced(flowSolution, 'solution.xml', exampleComponent, '') },
      { solution: replaced(connectorSolution, 'solution.xml', 'type="372"', 'type="300"') },
    ],
    bad: [
      { solution: replaced(connectorSolution, 'solution.xml', 'type="372"', 'type="29"') },
      { solution: replaced(connectorSolution, 'solution.xml', 'type="372"', 'type="371"') },
      { solution: replaced(connectorSolution, 'solution.xml', exampleComponent, '') },
      { solution: replaced(connectorSolution, 'solution.xml', '000000000001', '000000000009') },
      { solution: replaced(connectorSolution, 'customizations.xml', '000000000001', '000000000009') },
    ],
    check: {
      solution: (solution, report, connector) => {
        if (!solution.manifest || !solution.customizations || solution.xmlFaults.length > 0) return;
        const all = rootComponents(solution);
        const components = all.filter(({ attributes }) => attributes['type'] === connectorComponent);
        if (components.length === 0 && isOfOthers(solution, all)) return;
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
    id: 'solution-value-too-long',
    level: 'warning',
    certified: 'error',
    message: '{problem}',
    hint: 'Shorten it, or create the connector with: paconn deploy',
    reason: 'The tables of Dataverse have limits, some of which are shorter than the limits of the service.',
    sources: ['CE'],
    good: [{ solution: connectorSolution }, { package: withPlugin(withLongTitle(pluginSolution)) }],
    bad: [
      { solution: withLongTitle(connectorSolution) },
      {
        solution: { ...connectorSolution, 'Connector/new_pets_openapidefinition.json': ' '.repeat(1_000_001) },
      },
      { package: withConnectorSolution(withLongTitle(connectorSolution)) },
      {
        solution: replaced(
          connectorSolution,
          'solution.xml',
          '<Managed>',
          `<Version>${'1'.repeat(257)}</Version><Managed>`,
        ),
      },
    ],
    check: {
      solution: (solution, report, connector) => reportOverlong(solution, report, connector),
      package: ({ solutions }, report, connector) => {
        // The other solutions have the same connector.
        for (const { kind, solution } of solutions) {
          if (kind === 'connector' && solution) reportOverlong(solution, report, connector);
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
        solution: replaced(connectorSolution, 'customizations.xml', `<connectorid>${exampleId}</connectorid>`, ''),
      },
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
          if (element && !id) report(connector.rangeOf(element), { problem: 'The connector has no ID.' });
          if (!id) continue;
          const plain = plainGuid(id.text);
          if (identityFaults.connectorId(plain) !== undefined)
            report(connector.rangeOf(id), { problem: "The ID of the connector isn't a GUID." });
          else if (seen.has(plain)) report(connector.rangeOf(id), { problem: 'Two connectors have the same ID.' });
          seen.add(plain);
        }
      },
    },
  },
];

/** The files that an exported solution has at its root, as far as it doesn't have them. */
function missingAtRoot({ archive }: Solution): readonly string[] {
  return archive.isZip ? rootFiles.filter((name) => findFile(archive, name) === undefined) : [];
}

/** Components that need no connector: a flow without its file, and what a connector is called in another kind of solutions. */
const needless = new Set([flowComponent, '371']);

/** Whether the connectors can be there because something else needs them. */
function isOfOthers(solution: Solution, components: readonly XmlElement[]): boolean {
  const { element, files } = workflowsOf(solution);
  const hasFlow = (element?.children.length ?? 0) > 0 || files.length > 0;
  return hasFlow || components.some(({ attributes }) => !needless.has(attributes['type'] ?? ''));
}

function reportOverlong(solution: Solution, report: Report, connector: ParsedConnector): void {
  for (const value of overlongValues(solution)) {
    const place = value.element
      ? connector.rangeOf(value.element)
      : wholeFile(connector.archiveFile(value.file?.name ?? value.column));
    report(place, { problem: overlongWords(value) });
  }
}

function withLongTitle(solution: Readonly<Record<string, string>>): ArchiveExample {
  return replaced(
    solution,
    'customizations.xml',
    '<name>',
    '<displayname>Orders of all of the shops of Contoso</displayname><name>',
  );
}
