import { FileError } from '../errors.ts';
import type { ConversionOptions, SourceKindName } from './conversion.ts';
import { Ledger, type LossEntry } from './ledger.ts';
import { writtenWithinLimits } from './limits.ts';
import { objectMember, type OutObject } from './output-tree.ts';
import type { LoadFile } from './references.ts';
import { memberOf, type DescriptionFile, sourceText } from './source.ts';

/** What a source has become. */
export interface Conversion {
  readonly kind: SourceKindName;
  readonly root: OutObject;
  /** The text of the API definition; undefined where there is none that the platform can have. */
  readonly definition: string | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly entries: readonly LossEntry[];
  readonly files: readonly DescriptionFile[];
  readonly sourceOperations: number;
  readonly definitions: number;
  readonly notes: readonly string[];
}

/**
 * Makes an API definition of OpenAPI 2.0 and API properties out of a source. Nothing but these values decides. Raises
 * {@link FileError} for what isn't an API description, and `UsageError` for options that don't fit it.
 */
export async function convertSource(
  source: DescriptionFile,
  options: ConversionOptions,
  load: LoadFile,
): Promise<Conversion> {
  const kind = kindOf(source);
  const converted = await (await converterFor(kind))(source, options, load);
  const ledger = new Ledger();
  for (const { losses } of converted.files) for (const { rule, node, values } of losses) ledger.add(rule, node, values);
  const version = source.root.members.get('openapi');
  if (version && /^3\.[2-9]/u.test(version.text)) ledger.add('version-newer', version, { version: version.text });
  const { root: document, shown, format, losses } = source;
  const keepsText = kind === 'openapi-2.0' && format === 'JSON' && losses.length === 0;
  const definition = writtenWithinLimits(converted.root, { ledger, document, shown, keepsText });
  return {
    ...converted,
    kind,
    definition,
    entries: [...converted.entries, ...ledger.entries],
    definitions: objectMember(converted.root, 'definitions')?.members.size ?? 0,
  };
}

async function converterFor(kind: SourceKindName) {
  switch (kind) {
    case 'openapi-3.0':
    case 'openapi-3.1':
      return (await import('./openapi3.ts')).convertOpenApi3;
    case 'openapi-2.0':
      return (await import('./openapi2.ts')).convertOpenApi2;
    case 'postman-2.0':
    case 'postman-2.1':
      return (await import('./postman.ts')).convertPostman;
  }
}

const others: readonly (readonly [member: string, words: string])[] = [
  ['asyncapi', 'an AsyncAPI document'],
  ['arazzo', 'an Arazzo document'],
  ['swaggerVersion', 'an OpenAPI 1 document'],
  ['_postman_variable_scope', 'a Postman environment, not a collection'],
];

const kindWords = { array: 'an array', string: 'a string', number: 'a number', boolean: 'a Boolean', null: 'null' };

/** The kind of a source. Raises {@link FileError} for a source that can't be converted. */
export function kindOf({ root, shown }: DescriptionFile): SourceKindName {
  const { kind, members } = root;
  if (kind !== 'object')
    throw new FileError(`${shown} isn't an API description: expected an object, found ${kindWords[kind]}.`);
  for (const [member, words] of others)
    if (members.has(member)) throw new FileError(`${shown} is ${words}. It can't be converted.`);
  const openapi = sourceText(members.get('openapi'));
  if (openapi !== undefined) {
    if (/^3\.0(?:\.|$)/u.test(openapi)) return 'openapi-3.0';
    if (/^3\.[1-9]/u.test(openapi)) return 'openapi-3.1';
    throw new FileError(`${shown} is OpenAPI ${openapi}. OpenAPI 2.0, 3.0, and 3.1 can be converted.`);
  }
  const swagger = sourceText(members.get('swagger'));
  if (swagger !== undefined) {
    if (/^2(?:\.0)?$/u.test(swagger)) return 'openapi-2.0';
    throw new FileError(`${shown} is OpenAPI ${swagger}. OpenAPI 2.0, 3.0, and 3.1 can be converted.`);
  }
  const collection = memberOf(root, 'collection', 'info') ?? members.get('info');
  const schema = sourceText(collection?.members.get('schema')) ?? '';
  if (/\/collection\/v2\.0/u.test(schema)) return 'postman-2.0';
  if (/\/collection\/v2\.1/u.test(schema)) return 'postman-2.1';
  // An export that has been edited can lack the schema.
  if (members.get('info')?.members.has('_postman_id') && members.has('item')) return 'postman-2.1';
  if (members.has('requests') && members.has('order'))
    throw new FileError(`${shown} is a Postman collection v1.`, { hint: 'Export the collection as Collection v2.1.' });
  throw new FileError(`${shown} isn't an API description: 'openapi', 'swagger', or a Postman 'info' is missing.`);
}
