import type { ArchiveExample } from '../engine/rule.ts';

export const exampleId = '00000000-0000-4000-8000-000000000001';

const connector = `<Connectors><Connector>
<connectorid>${exampleId}</connectorid><name>new_pets</name>
<openapidefinition>/Connector/new_pets_openapidefinition.json</openapidefinition>
<iconblob>/Connector/new_pets_iconblob.Png</iconblob>
</Connector></Connectors>`;

const connectorFiles = {
  'Connector/new_pets_openapidefinition.json': '{ "swagger": "2.0" }',
  'Connector/new_pets_iconblob.Png': 'picture',
} as const;

function manifest(component: string): string {
  return `<ImportExportXml><SolutionManifest><UniqueName>Pets</UniqueName><Managed>0</Managed>
<RootComponents>${component}</RootComponents></SolutionManifest></ImportExportXml>`;
}

export const exampleComponent = `<RootComponent type="372" id="{${exampleId}}" schemaName="new_pets" />`;

/** A solution with a connector alone. */
export const connectorSolution = {
  '[Content_Types].xml': '<Types />',
  'solution.xml': manifest(exampleComponent),
  'customizations.xml': `<ImportExportXml><Workflows />${connector}</ImportExportXml>`,
  ...connectorFiles,
} as const;

/** A solution with a flow that uses the connector. */
export const flowSolution = {
  '[Content_Types].xml': '<Types />',
  'solution.xml': manifest(
    `${exampleComponent}<RootComponent type="29" id="{00000000-0000-4000-8000-000000000002}" />`,
  ),
  'customizations.xml': `<ImportExportXml><Workflows>
<Workflow Name="Feed"><JsonFileName>/Workflows/Feed.json</JsonFileName></Workflow>
</Workflows>${connector}</ImportExportXml>`,
  ...connectorFiles,
  'Workflows/Feed.json':
    '{ "properties": { "connectionReferences": { "pets": { "api": { "logicalName": "new_pets" } } } } }',
} as const;

/** A solution without anything in it. */
export const withoutConnector = {
  '[Content_Types].xml': '<Types />',
  'solution.xml': manifest(''),
  'customizations.xml': '<ImportExportXml><Workflows /><Connectors /></ImportExportXml>',
} as const;

/** A solution with an AI plugin for the connector. */
export const pluginSolution = {
  ...connectorSolution,
  'customizations.xml': `<ImportExportXml><Workflows />${connector}
<aiplugins><aicopilot_aiplugin name="pets"><n /></aicopilot_aiplugin></aiplugins></ImportExportXml>`,
  'aiplugins/pets/aiplugin.xml': '<a />',
} as const;

/** A package with these solutions. */
export function packageOf(solutions: ArchiveExample): ArchiveExample {
  const assets = Object.entries(solutions).map(([name, solution]) => [`PkgAssets/${name}`, solution] as const);
  return { 'intro.md': '# Pets', 'package.zip': Object.fromEntries(assets) };
}

/** A package without a problem. */
export const wholePackage = packageOf({
  'ConnectorSolution.zip': connectorSolution,
  'FlowSolution.zip': flowSolution,
});

/** The same with another solution of the connector, or of the flow. */
export function withConnectorSolution(solution: ArchiveExample | string): ArchiveExample {
  return packageOf({ 'ConnectorSolution.zip': solution, 'FlowSolution.zip': flowSolution });
}

export function withFlowSolution(solution: ArchiveExample | string): ArchiveExample {
  return packageOf({ 'ConnectorSolution.zip': connectorSolution, 'FlowSolution.zip': solution });
}

/** A package with a third solution. */
export function withPlugin(solution: ArchiveExample): ArchiveExample {
  return packageOf({
    'ConnectorSolution.zip': connectorSolution,
    'FlowSolution.zip': flowSolution,
    'PluginSolution.zip': solution,
  });
}

/** Some of the files of a solution. */
export function without(solution: ArchiveExample, ...names: readonly string[]): ArchiveExample {
  return Object.fromEntries(Object.entries(solution).filter(([name]) => !names.includes(name)));
}

/** A file of a solution with another text in place of one in it. */
export function replaced(
  solution: Readonly<Record<string, string>>,
  name: string,
  text: string,
  by: string,
): ArchiveExample {
  return { ...solution, [name]: (solution[name] ?? '').replaceAll(text, by) };
}
