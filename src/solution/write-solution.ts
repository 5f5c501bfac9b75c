import { hasClientSecret } from '../connector/client-secret.ts';
import type { Connector } from '../connector/connector.ts';
import { FileError } from '../errors.ts';
import { decodeText } from '../json/decode.ts';
import { indented, type RawJson } from '../json/document.ts';
import { isArray, isString } from '../json/value.ts';
import type { SolutionIdentity } from './identity.ts';
import { memberFiles, type SolutionMember, solutionMembers } from './layout.ts';
import { connectorXml, contentTypesXml, customizationsXml, manifestXml, withDeclaration } from './solution-xml.ts';
import type { ArchiveEntry } from './write-zip.ts';

/** How a solution is laid out: as Dataverse exports and imports it, or unpacked for source control. */
export type SolutionForm = 'exported' | 'unpacked';

export interface WrittenSolution {
  /** In the order in which they are written. */
  readonly entries: readonly ArchiveEntry[];
  /** Members of the API properties for which a solution has no place. */
  readonly omitted: readonly string[];
}

/** The members of API properties that go into a solution. */
const placed: ReadonlySet<string> = new Set([
  'connectionParameters',
  'connectionParameterSets',
  'policyTemplateInstances',
  'iconBrandColor',
  'scriptOperations',
]);

/**
 * A solution with one connector. Raises `FileError` for files that can't be read, for a client secret in them, and for texts that
 * XML can't have.
 */
export function writeSolution(connector: Connector, identity: SolutionIdentity, form: SolutionForm): WrittenSolution {
  const { apiProperties } = connector;
  const { value } = apiProperties.document;
  if (hasClientSecret(apiProperties.document)) {
    throw new FileError(`${apiProperties.name} has a client secret. Nothing was written.`, {
      hint: 'Remove it, or use an environment variable: "@environmentVariables(\\"cr_Secret\\")".',
    });
  }
  const files = memberContents(connector);
  const color = value.properties['iconBrandColor'];
  const operations = member(connector, 'scriptOperations');
  const element = connectorXml({
    identity,
    title: connector.apiDefinition?.document.value.info?.title ?? '',
    description: connector.apiDefinition?.document.value.info?.description ?? '',
    color: isString(color) ? color : '',
    scriptOperations: operations && indented(operations, { lineBreak: undefined, unit: '', colon: ': ' }),
    members: solutionMembers.filter((one) => files[one] !== undefined),
  });
  const folder = form === 'exported' ? 'Connector' : 'Connectors';
  const ofConnector = solutionMembers.flatMap((one) => {
    const bytes = files[one];
    return bytes ? [{ name: `${folder}/${identity.connectorName}${memberFiles[one]}`, bytes }] : [];
  });
  const manifest = manifestXml(identity);
  const entries =
    form === 'exported'
      ? [
          textEntry('[Content_Types].xml', contentTypesXml(ofConnector.map(({ name }) => name))),
          textEntry('solution.xml', manifest),
          textEntry('customizations.xml', customizationsXml(element, identity)),
          ...ofConnector,
        ]
      : [
          textEntry('Other/Solution.xml', manifest),
          textEntry('Other/Customizations.xml', customizationsXml(undefined, identity)),
          textEntry(`Connectors/${identity.connectorName}.xml`, withDeclaration(element)),
          ...ofConnector,
        ];
  return {
    entries,
    omitted: [...Object.keys(value).filter((name) => name !== 'properties'), ...omittedIn(value.properties)],
  };
}

/** An empty list means the same as none. */
function omittedIn(properties: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(properties).filter((name) => !placed.has(name) && !isEmptyList(properties[name]));
}

function textEntry(name: string, text: string): ArchiveEntry {
  return { name, bytes: Buffer.from(text) };
}

function memberContents(connector: Connector): Partial<Record<SolutionMember, Uint8Array>> {
  const { apiDefinition, icon, script } = connector;
  const sets = member(connector, 'connectionParameterSets');
  const policies = member(connector, 'policyTemplateInstances');
  const hasPolicies =
    policies && !isEmptyList(connector.apiProperties.document.value.properties['policyTemplateInstances']);
  return {
    ...(apiDefinition && { openapidefinition: Buffer.from(decodeText(apiDefinition.bytes, apiDefinition.name)) }),
    connectionparameters: jsonFile(member(connector, 'connectionParameters') ?? { text: '{}' }),
    ...(sets && { connectionparametersets: jsonFile(sets) }),
    // An empty list has made packages fail.
    policytemplateinstances: jsonFile(hasPolicies ? policies : { text: 'null' }),
    ...(script && { customcodeblobcontent: script.bytes }),
    ...(icon && { iconblob: icon.bytes }),
  };
}

/** A member of the API properties; null is as good as none. */
function member({ apiProperties }: Connector, name: string): RawJson | undefined {
  const value = apiProperties.document.at(['properties', name]);
  return value?.text === 'null' ? undefined : value;
}

function isEmptyList(value: unknown): boolean {
  return isArray(value) && value.length === 0;
}

function jsonFile(value: RawJson): Uint8Array {
  return Buffer.from(`${indented(value)}\n`);
}
