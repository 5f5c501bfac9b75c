import * as z from 'zod';
import type { Connector } from '../connector/connector.ts';
import { DefinitionContent, PartContent, PropertiesContent, ScriptContent } from '../connector/part-content.ts';
import { FileError } from '../errors.ts';
import { indented, JsonDocument } from '../json/document.ts';
import { readJson } from '../json/reading.ts';
import { nameInArchive } from './archive.ts';
import { composeProperties } from './composed-properties.ts';
import type { Solution, SolutionConnector } from './solution.ts';

/**
 * A connector of a solution, as if it were in files of its own. Raises `FileError` where its API definition is missing, or one
 * of its files isn't JSON.
 */
export function connectorOfSolution(found: SolutionConnector, { archive }: Solution): Connector {
  const { name, files } = found;
  const { openapidefinition: definition, iconblob: icon, customcodeblobcontent: script } = files;
  if (!definition?.bytes) {
    throw new FileError(`${nameInArchive(archive, name)} has no API definition.`);
  }
  for (const file of [files.connectionparameters, files.connectionparametersets, files.policytemplateinstances]) {
    if (file?.bytes) JsonDocument.of(readJson(file.bytes), z.unknown(), file.name);
  }
  const properties = `${indented(composeProperties(found))}\n`;
  return {
    displayName: undefined,
    apiDefinition: new DefinitionContent(definition.name, definition.bytes),
    apiProperties: new PropertiesContent(nameInArchive(archive, `${name} (properties)`), Buffer.from(properties)),
    icon: icon?.bytes && new PartContent(icon.name, icon.bytes),
    script: script?.bytes && new ScriptContent(script.name, script.bytes),
  };
}
