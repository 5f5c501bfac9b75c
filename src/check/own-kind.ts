import { isApiDefinition } from '../connector/api-definition.ts';
import { DefinitionContent, type PartContent, PropertiesContent, ScriptContent } from '../connector/part-content.ts';
import type { PerPart } from '../connector/part.ts';
import { isPicture } from '../connector/picture.ts';
import { isObject, member } from '../json/value.ts';
import { isScript } from '../validation/csharp/is-script.ts';

/** The kind of content of each part, for sentences. */
export const kindWords: PerPart<string> = {
  apiDefinition: 'an OpenAPI 2.0 definition',
  apiProperties: "API properties (a JSON object with 'properties')",
  icon: 'a complete picture',
  script: "a complete script with 'class Script : ScriptBase'",
};

/** Whether bytes are what their part of a connector is, by what is in them: names come from whoever wrote the settings. */
export function isOfOwnKind(content: PartContent): boolean {
  if (content instanceof PropertiesContent) return isObject(member(content.json.value, 'properties'));
  if (content instanceof DefinitionContent) return isApiDefinition(content.json.value);
  return content instanceof ScriptContent ? isScript(content.bytes) : isPicture(content.bytes);
}
