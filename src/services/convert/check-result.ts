import type { Conversion } from '../../conversion/convert.ts';
import { Ledger } from '../../conversion/ledger.ts';
import { originAt } from '../../conversion/report.ts';
import { pointerPath } from '../../json/pointer.ts';
import { checkConnector } from '../../validation/check.ts';
import { definitionName, ownProperties } from './connector-files.ts';

/** A conversion with entries for the errors that the offline check finds in the result, at the places that they come from. */
export function withFaults(conversion: Conversion): Conversion {
  const { definition, root, files, entries } = conversion;
  const [source] = files;
  if (definition === undefined || !source) return conversion;
  const properties = Buffer.from(JSON.stringify({ properties: ownProperties(conversion) }));
  const findings = checkConnector({
    definition: { name: definitionName, bytes: Buffer.from(definition) },
    properties: { name: 'apiProperties.json', bytes: properties },
  });
  const ledger = new Ledger();
  for (const { level, file, pointer, message, rule, hint } of findings) {
    if (level !== 'error') continue;
    const origin = file === definitionName ? originAt(root, pointerPath(pointer)) : undefined;
    ledger.add('result-invalid', origin ?? source.root, { message, rule, ...(hint && { hint }) });
  }
  return { ...conversion, entries: [...entries, ...ledger.entries] };
}
