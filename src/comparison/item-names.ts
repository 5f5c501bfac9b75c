import { type JsonArrayNode, type JsonNode, nodeAt, stringOf } from '../json/tree.ts';

/** Gives what a reference stands for; any other value stands for itself. */
export type Resolve = (node: JsonNode) => JsonNode | undefined;

const itself: Resolve = (node) => node;

/** Gives an item its name, or undefined when it has none of this kind. */
type Naming = (item: JsonNode, resolve: Resolve) => string | undefined;

const byMember =
  (name: string): Naming =>
  (item) =>
    stringOf(nodeAt(item, name));

const byItself: Naming = (item) => {
  if (!('value' in item)) return undefined;
  return item.type === 'string' ? JSON.stringify(item.value) : item.value;
};

const byNameAndPlace: Naming = (item, resolve) => {
  const parameter = resolve(item);
  const [name, place] = [stringOf(nodeAt(parameter, 'name')), stringOf(nodeAt(parameter, 'in'))];
  return name === undefined ? stringOf(nodeAt(item, '$ref')) : `${name} (${place ?? 'nowhere'})`;
};

const byTitleAndTemplate: Naming = (item) => {
  const [title, template] = [stringOf(nodeAt(item, 'title')), stringOf(nodeAt(item, 'templateId'))];
  return title === undefined && template === undefined ? undefined : `${title ?? ''} (${template ?? ''})`;
};

/** The same policy for several operations. */
const byOperations: Naming = (item, resolve) => {
  const operations = nodeAt(item, 'parameters', 'x-ms-apimTemplate-operationName');
  const names = operations?.type === 'array' ? operations.items.map((name) => stringOf(name) ?? '') : [];
  const policy = byTitleAndTemplate(item, resolve);
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
  ['allOf', [byMember('$ref')]],
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
 * @param resolvers Of each version: a parameter that operations share has the name of the one that it stands for.
 */
export function itemNames(
  arrays: readonly JsonArrayNode[],
  holder: string | undefined,
  resolvers: readonly Resolve[] = [],
): readonly (readonly string[])[] | undefined {
  for (const naming of namings.get(holder ?? '') ?? defaultAnswer) {
    const names: readonly (readonly (string | undefined)[])[] = arrays.map(({ items }, version) =>
      items.map((item) => naming(item, resolvers[version] ?? itself)),
    );
    if (names.every(areDistinct)) return names;
  }
  return undefined;
}

function areDistinct(names: readonly (string | undefined)[]): names is readonly string[] {
  return !names.includes(undefined) && new Set(names).size === names.length;
}
