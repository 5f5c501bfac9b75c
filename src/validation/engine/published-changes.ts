import { compareDefinitions } from '../../comparison/compare-definitions.ts';
import { compareProperties } from '../../comparison/compare-properties.ts';
import type { Change } from '../../comparison/change.ts';
import { pointerPath } from '../../json/pointer.ts';
import { type JsonNode, parseTree } from '../../json/tree.ts';
import type { PublishedFiles } from './connector-source.ts';
import { JsonFile } from './json-file.ts';
import type { Location } from './location.ts';

/** By what a connector differs from what is published of it, and where in its files. */
export interface PublishedChange {
  readonly change: Change;
  readonly location: Location;
}

/** The changes since a connector was published, in its documents that can be read. */
export function publishedChanges(
  { definition, properties }: PublishedFiles,
  now: { readonly definition: JsonFile | undefined; readonly properties: JsonFile | undefined },
): readonly PublishedChange[] {
  return [
    ...changesIn(
      definition && new JsonFile(definition.name, definition.bytes, definition.json),
      now.definition,
      compareDefinitions,
    ),
    ...changesIn(
      properties && new JsonFile(properties.name, properties.bytes, properties.json),
      now.properties,
      compareProperties,
    ),
  ];
}

function changesIn(
  before: JsonFile | undefined,
  after: JsonFile | undefined,
  compare: (before: JsonNode, after: JsonNode) => readonly Change[],
): readonly PublishedChange[] {
  const root = after?.root;
  if (before?.json === undefined || after?.json === undefined || !root) return [];
  const changes = compare(parseTree(before.json), parseTree(after.json));
  return changes.map((change) => ({ change, location: root.at(...pointerPath(change.place)) }));
}
