import { FileError } from '../errors.ts';
import { connectorComponent } from './connector-package.ts';
import type { SolutionIdentity } from './identity.ts';
import { defaultLanguage, defaultOptionValuePrefix } from './manifest-texts.ts';
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
export function customizationsXml(connector: string | undefined, { texts }: SolutionIdentity): string {
  const connectors =
    connector === undefined
      ? '  <Connectors />'
      : `  <Connectors>\n${connector.replaceAll(/^/gmu, '    ')}\n  </Connectors>`;
  return withDeclaration(`<ImportExportXml ${instance}>
${emptyElements.map((name) => `  <${name} />`).join('\n')}
${connectors}
  <Languages>
    <Language>${texts.language ?? defaultLanguage}</Language>
  </Languages>
</ImportExportXml>`);
}

/** The file solution.xml. */
export function manifestXml(identity: SolutionIdentity): string {
  const { uniqueName, version, publisherName, prefix, connectorId, connectorName, texts } = identity;
  const { language = defaultLanguage, optionValuePrefix = defaultOptionValuePrefix } = texts;
  const localized = (list: string, element: string, text: string | undefined, indent: string): string =>
    text === undefined
      ? `<${list} />`
      : `<${list}>\n${indent}  <${element} description="${escaped(text)}" languagecode="${language}" />\n${indent}</${list}>`;
  const names = (text: string, indent: string): string => localized('LocalizedNames', 'LocalizedName', text, indent);
  const descriptions = (text: string | undefined, indent: string): string =>
    localized('Descriptions', 'Description', text, indent);
  const optional = (name: string, text: string | undefined): string =>
    text === undefined ? `<${name} xsi:nil="true"></${name}>` : `<${name}>${escaped(text)}</${name}>`;
  return withDeclaration(`<ImportExportXml version="9.2.0.0" SolutionPackageVersion="9.2" languagecode="${language}" generatedBy="CrmLive" ${instance}>
  <SolutionManifest>
    <UniqueName>${escaped(uniqueName)}</UniqueName>
    ${names(texts.displayName ?? uniqueName, '    ')}
    ${descriptions(texts.description, '    ')}
    <Version>${escaped(version)}</Version>
    <Managed>0</Managed>
    <Publisher>
      <UniqueName>${escaped(publisherName)}</UniqueName>
      ${names(texts.publisherDisplayName ?? publisherName, '      ')}
      ${descriptions(texts.publisherDescription, '      ')}
      ${optional('EMailAddress', texts.email)}
      ${optional('SupportingWebsiteUrl', texts.website)}
      <CustomizationPrefix>${escaped(prefix)}</CustomizationPrefix>
      <CustomizationOptionValuePrefix>${optionValuePrefix}</CustomizationOptionValuePrefix>
      <Addresses />
    </Publisher>
    <RootComponents>
      <RootComponent type="${connectorComponent}" id="{${connectorId}}" schemaName="${escaped(connectorName)}" behavior="0" />
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
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** A character that no XML can have, such as the lone half of another. */
const impossible = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/u;

/** A text in XML. Raises {@link FileError} for one that XML can't have. */
function escaped(text: string): string {
  const at = text.search(impossible);
  if (at !== -1) {
    const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
    const around = JSON.stringify(text.slice(Math.max(0, at - 20), at + 20));
    throw new FileError(`A solution can't contain the character U+${code}, which is in ${around}.`, {
      hint: 'Remove the character.',
    });
  }
  return text.replaceAll(/[&<>"\t\n\r]/gu, (character) => entities[character] ?? character);
}
