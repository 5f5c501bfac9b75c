import type { SolutionIdentity } from './identity.ts';
import { memberFiles, type SolutionMember } from './layout.ts';

const declaration = '<?xml version="1.0" encoding="utf-8"?>\n';
const instance = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

export function withDeclaration(element: string): string {
  return `${declaration}${element}\n`;
}

export interface ConnectorFacts {
  readonly identity: SolutionIdentity;
  readonly title: string;
  readonly description: string;
  readonly color: string;
  /** JSON on one line. */
  readonly scriptOperations: string | undefined;
  /** Those that are files. */
  readonly members: readonly SolutionMember[];
}

/** The component type of connectors. */
const connectorType = '372';

/** The element of a connector; its members are in the order of exports. */
export function connectorXml({
  identity,
  title,
  description,
  color,
  scriptOperations,
  members,
}: ConnectorFacts): string {
  const { connectorId, connectorName } = identity;
  const file = (member: SolutionMember): readonly string[] =>
    members.includes(member)
      ? [`<${member}>${escaped(`/Connector/${connectorName}${memberFiles[member]}`)}</${member}>`]
      : [];
  const lines = [
    `<connectorid>${connectorId}</connectorid>`,
    `<description>${escaped(description)}</description>`,
    `<displayname>${escaped(title)}</displayname>`,
    `<iconbrandcolor>${escaped(color)}</iconbrandcolor>`,
    `<name>${escaped(connectorName)}</name>`,
    // A custom connector.
    '<connectortype>1</connectortype>',
    ...file('openapidefinition'),
    ...file('connectionparameters'),
    ...file('connectionparametersets'),
    ...file('policytemplateinstances'),
    ...file('customcodeblobcontent'),
    ...(scriptOperations === undefined ? [] : [`<scriptoperations>${escaped(scriptOperations)}</scriptoperations>`]),
    ...file('iconblob'),
  ];
  return `<Connector>\n${lines.map((line) => `  ${line}`).join('\n')}\n</Connector>`;
}

/** What a solution without anything else says of everything else. */
const emptyElements = [
  'Entities',
  'Roles',
  'Workflows',
  'FieldSecurityProfiles',
  'Templates',
  'EntityMaps',
  'EntityRelationships',
  'OrganizationSettings',
  'optionsets',
  'CustomControls',
  'EntityDataProviders',
] as const;

/** @param connector The element of the connector; undefined in an unpacked solution, where it is a file of its own. */
export function customizationsXml(connector: string | undefined): string {
  const connectors =
    connector === undefined
      ? '  <Connectors />'
      : `  <Connectors>\n${connector.replaceAll(/^/gmu, '    ')}\n  </Connectors>`;
  return withDeclaration(`<ImportExportXml ${instance}>
${emptyElements.map((name) => `  <${name} />`).join('\n')}
${connectors}
  <Languages>
    <Language>1033</Language>
  </Languages>
</ImportExportXml>`);
}

/** The file solution.xml. */
export function manifestXml(identity: SolutionIdentity): string {
  const { uniqueName, version, publisherName, prefix, connectorId, connectorName } = identity;
  const localized = (text: string): string =>
    `<LocalizedNames>\n        <LocalizedName description="${escaped(text)}" languagecode="1033" />\n      </LocalizedNames>`;
  return withDeclaration(`<ImportExportXml version="9.2.0.0" SolutionPackageVersion="9.2" languagecode="1033" generatedBy="CrmLive" ${instance}>
  <SolutionManifest>
    <UniqueName>${escaped(uniqueName)}</UniqueName>
    ${localized(uniqueName).replaceAll('\n    ', '\n  ')}
    <Descriptions />
    <Version>${escaped(version)}</Version>
    <Managed>0</Managed>
    <Publisher>
      <UniqueName>${escaped(publisherName)}</UniqueName>
      ${localized(publisherName)}
      <Descriptions />
      <EMailAddress xsi:nil="true"></EMailAddress>
      <SupportingWebsiteUrl xsi:nil="true"></SupportingWebsiteUrl>
      <CustomizationPrefix>${escaped(prefix)}</CustomizationPrefix>
      <CustomizationOptionValuePrefix>10000</CustomizationOptionValuePrefix>
      <Addresses />
    </Publisher>
    <RootComponents>
      <RootComponent type="${connectorType}" id="{${connectorId}}" schemaName="${escaped(connectorName)}" behavior="0" />
    </RootComponents>
    <MissingDependencies />
  </SolutionManifest>
</ImportExportXml>`);
}

/** A type for each extension, as it is spelled in the names. */
export function contentTypesXml(names: readonly string[]): string {
  const extensions = new Set(['xml', ...names.map((name) => name.replace(/^.*\./su, ''))]);
  const types = [...extensions].map(
    (extension) => `  <Default Extension="${escaped(extension)}" ContentType="application/octet-stream" />`,
  );
  return withDeclaration(
    `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\n${types.join('\n')}\n</Types>`,
  );
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** A text in XML; characters that no XML can have are left out, lone halves of others among them. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll(/[&<>"\n\r]/gu, (character) => entities[character] ?? character);
}
