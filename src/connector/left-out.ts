import { canonicalJson } from '../json/canonical.ts';
import { type JsonDocument, type RawJson, toJson } from '../json/document.ts';
import { type ApiProperties, downloadedProperties } from './api-properties.ts';
import { isEmptyValue, valueAt } from './service-writing.ts';

type Properties = JsonDocument<ApiProperties>;
type Name = (typeof downloadedProperties)[number];

/** API properties that a connector has and that files leave out: what isn't sent stays as it is in the service. */
export interface LeftOutProperties {
  /** Those that are sent empty, so that they go. */
  readonly emptied: readonly Name[];
  /** Those that stay. */
  readonly kept: readonly Name[];
}

/** How those that can be empty are written then. */
const emptyValues: ReadonlyMap<Name, RawJson> = new Map([
  ['connectionParameters', toJson({})],
  ['scriptOperations', toJson([])],
  ['capabilities', toJson([])],
  ['policyTemplateInstances', toJson([])],
]);

/** @param empties Whether those that can be empty are to be sent so. */
export function leftOutProperties(current: Properties, sent: Properties, empties: boolean): LeftOutProperties {
  // Without a publisher the service writes the name of the creator, so it's unknown whether one was sent.
  const names = downloadedProperties.filter(
    (name) => name !== 'publisher' && !sent.at(pathOf(name)) && !isEmptyValue(valueAt(current, pathOf(name))),
  );
  const isEmptied = (name: Name): boolean => empties && canBeEmpty(name);
  return { emptied: names.filter(isEmptied), kept: names.filter((name) => !isEmptied(name)) };
}

/** Those that stay, and that are as they were when files and connector were last synced. */
export async function keptUnchanged(
  current: Properties,
  sent: Properties,
  readSynced: () => Promise<Properties | undefined>,
): Promise<readonly Name[]> {
  const { kept } = leftOutProperties(current, sent, true);
  const synced = kept.length > 0 ? await readSynced() : undefined;
  if (!synced) return [];
  const textIn = (document: Properties, name: Name): string => canonicalJson(document.at(pathOf(name)) ?? toJson(null));
  return kept.filter((name) => textIn(current, name) === textIn(synced, name));
}

/** Whether a property can be sent empty. */
export function canBeEmpty(name: Name): boolean {
  return emptyValues.has(name);
}

/** The API properties that are sent, so that the connector loses what it is to lose. */
export function withEmptied(sent: Properties, { emptied }: LeftOutProperties): Properties {
  return sent.withEach(emptied.map((name) => ({ path: pathOf(name), value: emptyValues.get(name) })));
}

/** The same without what was added for that. */
export function withoutEmptied(sent: Properties, { emptied }: LeftOutProperties): Properties {
  return sent.withEach(emptied.map((name) => ({ path: pathOf(name), value: undefined })));
}

/** The API properties that the connector has afterwards. */
export function withKept(sent: Properties, current: Properties, { kept }: LeftOutProperties): Properties {
  return sent.withEach(kept.map((name) => ({ path: pathOf(name), value: current.at(pathOf(name)) })));
}

function pathOf(name: Name): readonly string[] {
  return ['properties', name];
}
