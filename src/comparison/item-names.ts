import { type JsonArrayNode, type JsonNode, nodeAt, stringOf } from '../json/tree.ts';

/** Gives an item its name, or undefined when it has none of this kind. */
type Naming = (item: JsonNode) => string | undefined;

const byMember =
  (name: string): Naming =>
  (item) =>
    stringOf(nodeAt(item, name));

const byItself: Naming = (item) => {
  if (!('value' in item)) return undefined;
  return item.type === 'string' ? JSON.stringify(item.value) : item.value;
};

const byReference = byMember('$ref');

const byNameAndPlace: Naming = (item) => {
  const [name, place] = [stringOf(nodeAt(item, 'name')), stringOf(nodeAt(item, 'in'))];
  return name === undefined ? byReference(item) : `${name} (${place ?? 'nowhere'})`;
};

const byTitleAndTemplate: Naming = (item) => {
  const [title, template] = [stringOf(nodeAt(item, 'title')), stringOf(nodeAt(item, 'templateId'))];
  return title === undefined && template === undefined ? undefined : `${title ?? ''} (${template ?? ''})`;
};

/** The same policy for several operations. */
const byOperations: Naming = (item) => {
  const operations = nodeAt(item, 'parameters', 'x-ms-apimTemplate-operationName');
  const names = operations?.type === 'array' ? operations.items.map((name) => stringOf(name) ?? '') : [];
  const policy = byTitleAndTemplate(item);
  return policy && [policy, ...names].join(' ');
};

/** Such as `{"api_key": []}`. */
const byMembers: Naming = (item) =>
  item.type === 'object' ? [...item.byName.keys()].toSorted().join(' and ') : undefined;

const set: readonly Naming[] = [byItself];

/** What tells the items of an array from each other, by the member that holds the array; the first that does is taken. */
const namings: ReadonlyMap<string, readonly Naming[]> = new Map([
  ['parameters', [byNameAndPlace]],
  ['policyTemplateInstances', [byTitleAndTemplate, byOperations]],
  ['security', [byMembers]],
  ['tags', [byItself, byMember('name')]],
  ['allOf', [byReference]],
  ['x-ms-connector-metadata', [byMember('propertyName')]],
  ['x-ms-enum-values', [byMember('value'), byMember('name')]],
  ['values', [byMember('name'), byMember('value')]],
  ['required', set],
  ['enum', set],
  ['schemes', set],
  ['consumes', set],
  ['produces', set],
  ['capabilities', set],
  ['scriptOperations', set],
  ['scopes', set],
  ['x-ms-apimTemplate-operationName', set],
]);

const defaultAnswer: readonly Naming[] = [byMember('name')];

/**
 * The names of the items of several versions of an array, where each item has one of its own: arrays of named things are
 * compared and merged by name, others by position.
 *
 * @param holder The name of the member that holds the array.
 */
export function itemNames(
  arrays: readonly JsonArrayNode[],
  holder: string | undefined,
): readonly (readonly string[])[] | undefined {
  for (const naming of namings.get(holder ?? '') ?? defaultAnswer) {
    const names: readonly (readonly (string | undefined)[])[] = arrays.map(({ items }) => items.map(naming));
    if (names.every(areDistinct)) return names;
  }
  return undefined;
}

function areDistinct(names: readonly (string | undefined)[]): names is readonly string[] {
  return !names.includes(undefined) && new Set(names).size === names.length;
}
