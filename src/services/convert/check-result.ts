import type { Conversion } from '../../conversion/convert.ts';
import { originAt } from '../../conversion/report.ts';
import { positionIn } from '../../conversion/source.ts';
import { pointerPath } from '../../json/pointer.ts';
import { checkConnector } from '../../validation/check.ts';
import { definitionName, ownProperties } from './connector-files.ts';

/** Errors that the offline check finds in the result, with the lines of the source that they come from. */
export function faultsOf(conversion: Conversion): readonly string[] {
  const { definition, root, files } = conversion;
  if (definition === undefined) return [];
  const properties = Buffer.from(JSON.stringify({ properties: ownProperties(conversion) }));
  const findings = checkConnector({
    definition: { name: definitionName, bytes: Buffer.from(definition) },
    properties: { name: 'apiProperties.json', bytes: properties },
  });
  return findings
    .filter(({ level }) => level === 'error')
    .map(({ file, pointer, message, rule }) => {
      const origin = file === definitionName ? originAt(root, pointerPath(pointer)) : undefined;
      const place = origin && positionIn(origin.file, origin.parent ? origin.nameStart : 0);
      const where = origin && place ? `${origin.file.shown}:${place.line}:${place.column}` : (files[0]?.shown ?? file);
      return `${where} causes an error: ${message} (${rule})`;
    });
}
