import { DefinitionContent, type PartContent, PropertiesContent, ScriptContent } from '../connector/part-content.ts';
import type { PerPart } from '../connector/part.ts';
import { isPicture } from '../connector/picture.ts';
import { decodeBytes } from '../json/decode.ts';
import { isObject, isString, member } from '../json/value.ts';
import { scriptClass } from '../validation/csharp/script-class.ts';
import { ScriptFile } from '../validation/csharp/script-file.ts';

/** What the content of each part is, in a sentence. */
export const kindWords: PerPart<string> = {
  apiDefinition: 'an OpenAPI definition',
  apiProperties: "API properties (a JSON object with 'properties')",
  icon: 'a picture',
  script: "a script with 'class Script : ScriptBase'",
};

/** Whether bytes are what their part of a connector is, by what is in them: names come from whoever wrote the settings. */
export function isOfOwnKind(content: PartContent): boolean {
  if (content instanceof PropertiesContent) return isObject(member(content.json.value, 'properties'));
  if (content instanceof DefinitionContent) {
    const { value } = content.json;
    return isString(member(value, 'swagger')) || isObject(member(value, 'paths'));
  }
  const { name, bytes } = content;
  if (!(content instanceof ScriptContent)) return isPicture(bytes);
  return scriptClass(new ScriptFile(name, decodeBytes(bytes).text ?? '', bytes.length).code) !== undefined;
}
