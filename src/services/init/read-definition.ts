import { type ApiDefinition, apiDefinitionSchema } from '../../connector/api-definition.ts';
import type { Context } from '../../context.ts';
import type { Conversion } from '../../conversion/convert.ts';
import { PaconnError } from '../../errors.ts';
import { pathWord } from '../../io/terminal/command-word.ts';
import { JsonDocument } from '../../json/document.ts';
import { convertDescription, type DescriptionFlags } from '../../reading/convert-description.ts';
import { type OpenedDescription, openDescription } from '../../reading/open-description.ts';

/** An API definition that is published or stored. */
export interface SourceDefinition {
  readonly document: JsonDocument<ApiDefinition>;
  /** Where it comes from, when that is a URL: an API is there unless its definition says otherwise. */
  readonly url: URL | undefined;
  /** Members of API properties that belong to a definition that has been converted. */
  readonly properties?: Readonly<Record<string, unknown>>;
}

/**
 * Reads an API definition from a file or a URL. OpenAPI 2.0 in JSON stays as it's written where it's valid; everything else is converted. Raises
 * `UsageError` for a URL without https, `FileError` for what isn't an API description, `PaconnError` and `NetworkError` when it
 * isn't available.
 */
export async function readDefinition(
  from: string,
  flags: DescriptionFlags,
  context: Context,
): Promise<SourceDefinition> {
  const opened = await openDescription(from, context);
  const { file, url } = opened;
  const repairsOnly = isJson(opened) && file.root.members.get('swagger')?.text === '2.0' && !isSelection(flags);
  const conversion = await convertDescription(opened, { ...flags, repairsOnly }, context);
  const { definition, properties } = conversion;
  // Who begins with a document without operations writes them.
  if (repairsOnly && definition === undefined)
    return { document: JsonDocument.parse(file.text, apiDefinitionSchema, file.shown), url };
  if (definition === undefined) {
    throw new PaconnError(`${file.shown} can't be converted.`, {
      hint: `For the reasons:\n  paconn convert --dry-run ${pathWord(from)}`,
    });
  }
  for (const note of [...conversion.notes, ...lossWords(conversion, from)]) context.terminal.note(note);
  const document = JsonDocument.parse(definition, apiDefinitionSchema, file.shown);
  return repairsOnly ? { document, url } : { document, url, properties };
}

function isJson({ file }: OpenedDescription): boolean {
  try {
    JSON.parse(file.text);
    return true;
  } catch {
    return false;
  }
}

function isSelection({ operations = [], tag = [] }: DescriptionFlags): boolean {
  return operations.length > 0 || tag.length > 0;
}

function lossWords({ entries }: Conversion, from: string): readonly string[] {
  const count = (lossClass: string): number => entries.filter((entry) => entry.class === lossClass).length;
  const [narrowed, dropped] = [count('narrowed') + count('refused'), count('dropped')];
  if (narrowed + dropped === 0) return [];
  const verb = narrowed === 1 ? 'thing was' : 'things were';
  return [
    `${narrowed} ${verb} narrowed and ${dropped} dropped. For the list:\n  paconn convert --dry-run ${pathWord(from)}`,
  ];
}
