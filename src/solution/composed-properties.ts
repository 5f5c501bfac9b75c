import { readJson } from '../json/reading.ts';
import type { SolutionMember } from './layout.ts';
import type { SolutionConnector } from './solution.ts';
import { childOf, type XmlElement } from './xml.ts';

/** Where a stretch of the composed text is from. */
export interface TextOrigin {
  /** In the composed text. */
  readonly start: number;
  readonly end: number;
  /** Of the value in the composed document. */
  readonly pointer: string;
  /** A file whose text stands there, or an element of an XML file, the value of which does. */
  readonly source: { readonly name: string; readonly text: string; readonly size: number } | XmlElement;
}

/** API properties that are put together from the files and elements of a solution. */
export interface ComposedProperties {
  readonly text: string;
  readonly origins: readonly TextOrigin[];
}

/** What an apiProperties.json has in place of these files. */
const names = {
  connectionparameters: 'connectionParameters',
  connectionparametersets: 'connectionParameterSets',
  policytemplateinstances: 'policyTemplateInstances',
} as const satisfies Partial<Record<SolutionMember, string>>;

interface Piece {
  readonly name: string;
  readonly json: string;
  readonly source: TextOrigin['source'];
}

/**
 * What an apiProperties.json of the connector has; what a solution has no place for (publisher, stack owner, capabilities) is
 * left out. A file that is no JSON is left out as well.
 *
 * @param hasEmptyPolicies Whether an empty list of policies, which a solution without policies can have, counts.
 */
export function composeProperties(
  connector: SolutionConnector,
  { hasEmptyPolicies = false }: { readonly hasEmptyPolicies?: boolean } = {},
): ComposedProperties {
  const color = childOf(connector.element, 'iconbrandcolor');
  const operations = childOf(connector.element, 'scriptoperations');
  const policies = ofFile(connector, 'policytemplateinstances');
  const pieces: readonly (Piece | undefined)[] = [
    ofFile(connector, 'connectionparameters'),
    ofFile(connector, 'connectionparametersets'),
    color?.text ? { name: 'iconBrandColor', json: JSON.stringify(color.text), source: color } : undefined,
    operations && isJson(operations.text) && !isNothing(operations.text)
      ? { name: 'scriptOperations', json: operations.text, source: operations }
      : undefined,
    hasEmptyPolicies || !isEmptyList(policies?.json) ? policies : undefined,
  ];
  let text = '{"properties":{';
  const origins: TextOrigin[] = [];
  for (const { name, json, source } of pieces.filter((piece) => piece !== undefined)) {
    text += `${origins.length === 0 ? '' : ','}${JSON.stringify(name)}:`;
    origins.push({ start: text.length, end: text.length + json.length, pointer: `/properties/${name}`, source });
    text += json;
  }
  return { text: `${text}}}`, origins };
}

function ofFile({ files }: SolutionConnector, member: keyof typeof names): Piece | undefined {
  const file = files[member];
  if (!file?.bytes) return undefined;
  // The text with its faults repaired has the same offsets; the faults are found in the file itself.
  const { text, json } = readJson(file.bytes);
  if (json === undefined || isNothing(json)) return undefined;
  return { name: names[member], json, source: { name: file.name, text, size: file.bytes.length } };
}

function isEmptyList(json: string | undefined): boolean {
  return json !== undefined && /^\s*\[\s*\]\s*$/u.test(json);
}

function isNothing(json: string): boolean {
  return json.trim() === '' || json.trim() === 'null';
}

function isJson(text: string): boolean {
  return readJson(Buffer.from(text)).json === text;
}
