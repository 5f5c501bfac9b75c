/**
 * Solutions as `pac solution export` and `pac solution unpack` make them, written by the layouts that Microsoft's samples
 * show, without the code that is tested.
 */

import * as z from 'zod';

type Files = Record<string, string | Uint8Array>;

/** A connector as a solution has it. */
export interface SolutionConnectorFiles {
  /** Such as `new_orders`. */
  readonly name: string;
  readonly title?: string;
  readonly definition: string;
  readonly parameters?: string;
  readonly sets?: string;
  readonly policies?: string;
  readonly script?: string;
  readonly scriptOperations?: string;
  readonly icon?: Uint8Array;
  readonly color?: string;
  readonly id?: string;
}

export interface SolutionOptions {
  readonly isManaged?: boolean;
  /** Names of flows, each with a file. */
  readonly flows?: readonly string[];
  readonly plugin?: boolean;
  readonly texts?: SolutionTexts;
}

/** What a solution and its publisher say of themselves. */
export interface SolutionTexts {
  readonly displayName?: string;
  readonly description?: string;
  readonly publisherDisplayName?: string;
  readonly publisherDescription?: string;
  readonly email?: string;
  readonly website?: string;
  readonly optionValuePrefix?: number;
  readonly language?: number;
  /** Of the publisher's first address. */
  readonly city?: string;
}

const xmlHeader = '<?xml version="1.0" encoding="utf-8"?>\n';

/** The files of an exported solution. */
export function exportedSolution(connectors: readonly SolutionConnectorFiles[], options: SolutionOptions = {}): Files {
  const { flows = [], plugin = false } = options;
  const workflows = flows.map(
    (flow, index) =>
      `<Workflow WorkflowId="{${guid(50 + index)}}" Name="${flow}"><JsonFileName>/Workflows/${flow}-${guid(50 + index).toUpperCase()}.json</JsonFileName><Type>1</Type></Workflow>`,
  );
  const references = connectors.map(
    ({ name, id = guid(1) }) =>
      `<connectionreference connectionreferencelogicalname="new_${name}"><customconnectorid><connectorid>${id}</connectorid></customconnectorid></connectionreference>`,
  );
  return {
    '[Content_Types].xml':
      '<?xml version="1.0" encoding="utf-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/octet-stream" /><Default Extension="json" ContentType="application/octet-stream" /></Types>',
    'solution.xml': manifest(connectors, options),
    'customizations.xml': `<ImportExportXml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <Entities></Entities>
  <Roles></Roles>
  <Workflows>${workflows.join('')}</Workflows>
  <Connectors>
${connectors.map((connector) => connectorElement(connector)).join('\n')}
  </Connectors>${plugin ? '<aicopilot_aiplugins><aicopilot_aiplugin name="x"><n>1</n></aicopilot_aiplugin></aicopilot_aiplugins>' : ''}
  ${flows.length > 0 ? `<connectionreferences>${references.join('')}</connectionreferences>` : ''}
  <Languages><Language>1033</Language></Languages>
</ImportExportXml>`,
    ...connectorFiles(connectors, 'Connector'),
    ...(plugin && { 'aiplugins/x/aiplugin.xml': '<a />' }),
    ...Object.fromEntries(
      flows.map((flow, index) => [
        `Workflows/${flow}-${guid(50 + index).toUpperCase()}.json`,
        JSON.stringify({
          properties: {
            connectionReferences: { own: { api: { name: 'shared_x', logicalName: connectors[0]?.name ?? '' } } },
          },
        }),
      ]),
    ),
  };
}

/** The same, unpacked for source control. */
export function unpackedSolution(connectors: readonly SolutionConnectorFiles[], options: SolutionOptions = {}): Files {
  return {
    'Other/Solution.xml': `\uFEFF${manifest(connectors, options)}`,
    'Other/Customizations.xml': `\uFEFF${xmlHeader}<ImportExportXml><Workflows /><Connectors /><Languages /></ImportExportXml>`,
    ...Object.fromEntries(
      connectors.map((connector) => [`Connectors/${connector.name}.xml`, `\uFEFF${connectorElement(connector)}`]),
    ),
    ...connectorFiles(connectors, 'Connectors'),
  };
}

function connectorFiles(connectors: readonly SolutionConnectorFiles[], folder: string): Files {
  const files: Files = {};
  for (const { name, definition, parameters = '{}', sets, policies = 'null', script, icon } of connectors) {
    files[`${folder}/${name}_openapidefinition.json`] = definition;
    files[`${folder}/${name}_connectionparameters.json`] = parameters;
    if (sets !== undefined) files[`${folder}/${name}_connectionparametersets.json`] = sets;
    files[`${folder}/${name}_policytemplateinstances.json`] = policies;
    if (script !== undefined) files[`${folder}/${name}_customcodeblobcontent.csx`] = script;
    if (icon !== undefined) files[`${folder}/${name}_iconblob.Png`] = icon;
  }
  return files;
}

function connectorElement(connector: SolutionConnectorFiles): string {
  const { name, sets, script, scriptOperations, icon, color = '#0078d4', id = guid(1) } = connector;
  const info = infoOf(connector.definition);
  const title = connector.title ?? info.title ?? 'Orders';
  const path = (end: string): string => `/Connector/${name}_${end}`;
  const members = [
    ['connectorid', id],
    ['description', inXml(info.description ?? '')],
    ['displayname', inXml(title)],
    ['iconbrandcolor', color],
    ['name', name],
    ['connectortype', '1'],
    ['openapidefinition', path('openapidefinition.json')],
    ['connectionparameters', path('connectionparameters.json')],
    ...(sets === undefined ? [] : [['connectionparametersets', path('connectionparametersets.json')]]),
    ['policytemplateinstances', path('policytemplateinstances.json')],
    ...(script === undefined ? [] : [['customcodeblobcontent', path('customcodeblobcontent.csx')]]),
    ...(scriptOperations === undefined ? [] : [['scriptoperations', scriptOperations]]),
    ...(icon === undefined ? [] : [['iconblob', path('iconblob.Png')]]),
  ];
  return `<Connector>\n${members.map(([tag, text]) => `  <${tag}>${text}</${tag}>`).join('\n')}\n</Connector>`;
}

const infoSchema = z.object({
  info: z.object({ title: z.string().optional(), description: z.string().optional() }),
});

/** What a definition says of itself, if it can be read. */
function infoOf(definition: string): z.infer<typeof infoSchema>['info'] {
  try {
    return infoSchema.parse(JSON.parse(definition)).info;
  } catch {
    return {};
  }
}

function inXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll('\n', '&#xA;');
}

function manifest(
  connectors: readonly SolutionConnectorFiles[],
  { isManaged = false, flows = [], texts = {} }: SolutionOptions,
): string {
  const components = [
    ...connectors.map(
      ({ name, id = guid(1) }) => `<RootComponent type="372" id="{${id}}" schemaName="${name}" behavior="0" />`,
    ),
    ...flows.map((_, index) => `<RootComponent type="29" id="{${guid(50 + index)}}" behavior="0" />`),
  ];
  const {
    displayName = 'Orders',
    description,
    publisherDisplayName = 'contoso',
    publisherDescription,
    language = 1033,
  } = texts;
  const { email, website, optionValuePrefix = 10_000, city } = texts;
  const localized = (list: string, element: string, text: string | undefined): string =>
    text === undefined
      ? `<${list}></${list}>`
      : `<${list}><${element} description="${inXml(text)}" languagecode="${language}" /></${list}>`;
  const optional = (name: string, text: string | undefined): string =>
    text === undefined ? `<${name} xsi:nil="true"></${name}>` : `<${name}>${inXml(text)}</${name}>`;
  return `${xmlHeader}<ImportExportXml version="9.2.24104.199" SolutionPackageVersion="9.2" languagecode="${language}" generatedBy="CrmLive" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <SolutionManifest>
    <UniqueName>Orders</UniqueName>
    ${localized('LocalizedNames', 'LocalizedName', displayName)}
    ${localized('Descriptions', 'Description', description)}
    <Version>1.0.0.1</Version>
    <Managed>${isManaged ? 1 : 0}</Managed>
    <Publisher>
      <UniqueName>contoso</UniqueName>
      ${localized('LocalizedNames', 'LocalizedName', publisherDisplayName)}
      ${localized('Descriptions', 'Description', publisherDescription)}
      ${optional('EMailAddress', email)}
      ${optional('SupportingWebsiteUrl', website)}
      <CustomizationPrefix>new</CustomizationPrefix>
      <CustomizationOptionValuePrefix>${optionValuePrefix}</CustomizationOptionValuePrefix>
      <Addresses>
        <Address>
          <AddressNumber>1</AddressNumber>
          <AddressTypeCode>1</AddressTypeCode>
          ${optional('City', city)}
          <FreightTermsCode>1</FreightTermsCode>
        </Address>
      </Addresses>
    </Publisher>
    <RootComponents>${components.join('')}</RootComponents>
    <MissingDependencies />
  </SolutionManifest>
</ImportExportXml>`;
}

/** Ever the same ones. */
export function guid(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
}
