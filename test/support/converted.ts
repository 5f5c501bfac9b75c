import { type Conversion, convertSource } from '../../src/conversion/convert.ts';
import type { ConversionOptions } from '../../src/conversion/conversion.ts';
import { readSource } from '../../src/conversion/read-source.ts';
import type { LoadFile } from '../../src/conversion/references.ts';
import { type ReportEntry, reportEntries } from '../../src/conversion/report.ts';
import type { DescriptionFile } from '../../src/conversion/source.ts';
import { checkConnector } from '../../src/validation/check.ts';
import type { Finding } from '../../src/validation/engine/finding.ts';

/** What has become of a source, as tests look at it. */
export interface Converted {
  readonly conversion: Conversion;
  /** Empty where there is none. */
  readonly text: string;
  /** The API definition as a value. */
  readonly definition: unknown;
  readonly entries: readonly ReportEntry[];
  /** `class rule`, each once, in order. */
  readonly rules: readonly string[];
  /** Errors that the offline check finds. */
  readonly errors: readonly Finding[];
}

const defaults: ConversionOptions = {
  host: undefined,
  server: undefined,
  serverVariables: 'defaults',
  sourceUrl: undefined,
  title: undefined,
  description: undefined,
  titleFromName: 'Pets',
  security: undefined,
  clientId: undefined,
  authorizationUrl: undefined,
  tokenUrl: undefined,
  operations: [],
  tags: [],
};

export interface ConvertedOptions extends Partial<ConversionOptions> {
  /** Other files by URL. */
  readonly files?: Readonly<Record<string, string>>;
  readonly name?: string;
}

export async function sourceOf(text: string | Uint8Array, name = 'openapi.yaml'): Promise<DescriptionFile> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  return await readSource({ shown: name, url: `file:///source/${name}`, bytes });
}

/** Converts a text with nothing around it. */
export async function converted(
  text: string | Uint8Array,
  { files = {}, name, ...options }: ConvertedOptions = {},
): Promise<Converted> {
  const load: LoadFile = async (url) => {
    const file = files[url];
    if (file === undefined) return { rule: 'ref-unreadable', values: { why: 'it is not there' } };
    return await readSource({ shown: url.replace('file:///source/', ''), url, bytes: Buffer.from(file) });
  };
  const conversion = await convertSource(await sourceOf(text, name), { ...defaults, ...options }, load);
  const entries = reportEntries(conversion, 'apiDefinition.swagger.json');
  const { definition = '' } = conversion;
  return {
    conversion,
    text: definition,
    definition: definition === '' ? undefined : JSON.parse(definition),
    entries,
    rules: [...new Set(entries.map(({ class: lossClass, rule }) => `${lossClass} ${rule}`))].toSorted(),
    errors: errorsIn(conversion),
  };
}

function errorsIn({ definition, properties }: Conversion): readonly Finding[] {
  if (definition === undefined) return [];
  const findings = checkConnector({
    definition: { name: 'apiDefinition.swagger.json', bytes: Buffer.from(definition) },
    properties: { name: 'apiProperties.json', bytes: Buffer.from(JSON.stringify({ properties })) },
  });
  return findings.filter(({ level }) => level === 'error');
}

/** A document of one operation whose answer has a schema, given as YAML. */
export function withSchema(schema: string, version = '3.1.0'): string {
  return `openapi: ${version}
info: { title: Pets, version: '1', description: Pets. }
servers: [{ url: 'https://api.example/v1' }]
paths:
  /pets:
    get:
      operationId: listPets
      summary: List pets
      responses:
        '200':
          description: Fine
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Pet' }
components:
  schemas:
    Pet:
${indented(schema, 6)}
`;
}

/** A document of one operation, given as YAML. */
export function withOperation(operation: string, { method = 'get', path = '/pets', more = '' } = {}): string {
  return `openapi: 3.0.3
info: { title: Pets, version: '1', description: Pets. }
servers: [{ url: 'https://api.example/v1' }]
paths:
  ${path}:
    ${method}:
      operationId: callPets
      summary: Call pets
${indented(operation, 6)}
${/^responses:/mu.test(operation) ? '' : "      responses: { '204': { description: Done } }"}
${more}`;
}

/** A document of one operation at servers. */
export function withServers(...servers: readonly Readonly<Record<string, unknown>>[]): string {
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Pets', version: '1' },
    servers,
    paths: { '/pets': { get: { operationId: 'ListPets', responses: { 200: { description: 'OK' } } } } },
  });
}

export function indented(text: string, spaces: number): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `${' '.repeat(spaces)}${line}`)
    .join('\n');
}
