import type { Connector } from '../connector/connector.ts';
import { DefinitionContent, PropertiesContent } from '../connector/part-content.ts';
import type { DocumentPart } from '../connector/part.ts';
import { canonicalJson } from '../json/canonical.ts';
import type { RawJson } from '../json/document.ts';
import { pathIn, pointerPath } from '../json/pointer.ts';
import { isText, member } from '../json/value.ts';

/** The values of an environment by JSON pointer. Undefined for one that isn't known on this computer. */
export type EnvironmentValues = ReadonlyMap<string, RawJson | undefined>;

export const noValues: EnvironmentValues = new Map();

/** The only member at the root of API properties is `properties`; an API definition has none of that name. */
export function partOfPointer(pointer: string): DocumentPart {
  return pointerPath(pointer)[0] === 'properties' ? 'apiProperties' : 'apiDefinition';
}

/**
 * The connector with these values. What it has no place for isn't added, and with `replacing` a value is left that is another
 * one than that: someone else changed it. All text between the values stays as it is, so what was placed can be taken back by
 * placing {@link valuesAt}. Raises `FileError` for documents that can't be read.
 */
export function withValues(
  connector: Connector,
  values: EnvironmentValues,
  replacing: EnvironmentValues = noValues,
): Connector {
  const present = valuesAt(connector, [...values.keys()]);
  const placed = [...values].flatMap(([pointer, value]) => {
    const [before, expected] = [present.get(pointer), replacing.get(pointer)];
    const isOther = before !== undefined && expected !== undefined && !isSame(before, expected);
    return value === undefined || before === undefined || isOther ? [] : [[pointer, value] as const];
  });
  const { displayName, apiDefinition, apiProperties } = connector;
  const after = {
    apiDefinition: apiDefinition && definitionWith(apiDefinition, placed),
    apiProperties: propertiesWith(apiProperties, placed),
  };
  const isNamedByTitle = displayName !== undefined && displayName === titleIn(apiDefinition);
  return { ...connector, ...after, displayName: isNamedByTitle ? titleIn(after.apiDefinition) : displayName };
}

/** The connector with client secrets, which its files have no place for yet. */
export function withSecrets(connector: Connector, secrets: EnvironmentValues): Connector {
  const { apiProperties } = connector;
  const { document: before } = apiProperties;
  const after = [...secrets].reduce((document, [pointer, secret]) => {
    const end = pointer.lastIndexOf('/');
    const path = pathIn(apiProperties.json.value, pointer.slice(0, end));
    const [name = ''] = pointerPath(pointer.slice(end));
    return secret && path ? document.withMembers(path, { [name]: secret }) : document;
  }, before);
  return after === before ? connector : { ...connector, apiProperties: apiProperties.with(after) };
}

/** What a connector has where these pointers lead; undefined where they lead to nothing. */
export function valuesAt({ apiDefinition, apiProperties }: Connector, pointers: readonly string[]): EnvironmentValues {
  return new Map(
    pointers.map((pointer) => {
      const content = partOfPointer(pointer) === 'apiProperties' ? apiProperties : apiDefinition;
      const path = content && pathIn(content.json.value, pointer);
      return [pointer, path && content.document.at(path)] as const;
    }),
  );
}

/** The values, with what a connector in that environment has where they aren't known. */
export function completedBy(connector: Connector, values: EnvironmentValues): EnvironmentValues {
  const present = valuesAt(connector, [...values.keys()]);
  return new Map([...values].map(([pointer, value]) => [pointer, value ?? present.get(pointer)]));
}

/** The pointers where a connector has another value than the one that is known. */
export function differingPointers(connector: Connector, values: EnvironmentValues): readonly string[] {
  const present = valuesAt(connector, [...values.keys()]);
  return [...values].flatMap(([pointer, value]) => {
    const found = present.get(pointer);
    return value !== undefined && found !== undefined && !isSame(found, value) ? [pointer] : [];
  });
}

type Placed = readonly (readonly [pointer: string, value: RawJson])[];

function definitionWith(content: DefinitionContent, placed: Placed): DefinitionContent {
  const text = textWith(content, placed, 'apiDefinition');
  return text === undefined ? content : new DefinitionContent(content.name, Buffer.from(text));
}

function propertiesWith(content: PropertiesContent, placed: Placed): PropertiesContent {
  const text = textWith(content, placed, 'apiProperties');
  return text === undefined ? content : new PropertiesContent(content.name, Buffer.from(text));
}

/** The text with the values that belong into this part; undefined where there are none. */
function textWith(
  content: DefinitionContent | PropertiesContent,
  placed: Placed,
  part: DocumentPart,
): string | undefined {
  const own = placed.filter(([pointer]) => partOfPointer(pointer) === part);
  if (own.length === 0) return undefined;
  const { json, document } = content;
  return document.replaced(own.map(([pointer, value]) => [pathIn(json.value, pointer) ?? [], value] as const)).text;
}

function titleIn(apiDefinition: DefinitionContent | undefined): string | undefined {
  const title = member(member(apiDefinition?.json.value, 'info'), 'title');
  return isText(title) ? title : undefined;
}

function isSame(one: RawJson, other: RawJson): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
