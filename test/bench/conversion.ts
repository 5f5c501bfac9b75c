import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import SwaggerParser from '@apidevtools/swagger-parser';
import { isObject, member } from '../../src/json/value.ts';
import { checkConnector } from '../../src/validation/check.ts';
import { timeOnce } from './cpu-time.ts';

/** A public document in a package of npm. */
interface PublicDocument {
  readonly path: string;
  /** The release that has it, where later ones don't. */
  readonly version?: string;
  /** For one without a host that the cloud can reach. */
  readonly host?: boolean;
  /** What selects a part of one that is too large for a connector. */
  readonly part?: readonly [option: string, value: string];
}

const documents: readonly PublicDocument[] = [
  { path: '@octokit/openapi/generated/api.github.com.json', part: ['--tag', 'pulls'] },
  { path: '@goauthentik/api/schema.yml', host: true, part: ['--tag', 'stages'] },
  {
    path: '@redocly/openapi-core/src/benchmark/benches/rebilly.yaml',
    version: '1.34.24',
    part: ['--tag', 'Subscriptions'],
  },
  { path: '@netlify/open-api/dist/swagger.json' },
  { path: '@ideal-postcodes/openapi/dist/openapi.json' },
  { path: '@ideal-postcodes/openapi/dist/openapi.yaml' },
  { path: '@readme/oas-examples/3.1/json/readme.json' },
  { path: '@readme/oas-examples/3.0/yaml/star-trek.yaml' },
  { path: '@blockfrost/openapi/openapi.yaml' },
  { path: '@directus/specs/dist/openapi.json', host: true },
  { path: '@digdir/dialogporten-schema/swagger.verified.json' },
  { path: '@mojaloop/api-snippets/thirdparty/v1_0/openapi3/thirdparty-pisp-api.yaml', host: true },
  { path: '@shipengine/connect-fulfillment-provider-api/spec.json', host: true },
];

const converter = 'api-spec-converter@2.12.0';
const tool = fileURLToPath(new URL('../../dist/paconn.js', import.meta.url));

/**
 * Converts public documents with the tool and with api-spec-converter, and prints the table of docs/convert.md. Neither the documents
 * nor that program are dependencies: BENCH_PACKAGES names a folder with them (the program in its folder `converter`), and BENCH_INSTALL=1 installs them in a temporary one.
 */
export async function benchConversion(): Promise<void> {
  const { BENCH_PACKAGES: given, BENCH_INSTALL: install } = process.env;
  if (given === undefined && install !== '1') {
    console.log('\nConversion: set BENCH_PACKAGES to a folder with the packages, or BENCH_INSTALL=1 to install them.');
    return;
  }
  const folder = given ?? mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    if (given === undefined) installInto(folder);
    console.log(`\n| Document | Size | Operations | paconn | ${converter.replace('@', ' ')} |\n| - | - | - | - | - |`);
    for (const document of documents) console.log(await rowOf(document, folder));
  } finally {
    if (given === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

function packageOf({ path }: PublicDocument): string {
  return path.split('/').slice(0, 2).join('/');
}

function installInto(folder: string): void {
  const options = ['--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps'];
  const install = (prefix: string, packages: Iterable<string>): Buffer =>
    execFileSync('npm', ['install', '--prefix', prefix, ...options, ...packages], { stdio: 'inherit' });
  install(folder, new Set(documents.map((one) => `${packageOf(one)}@${one.version ?? 'latest'}`)));
  install(join(folder, 'converter'), [converter]);
}

async function rowOf(document: PublicDocument, folder: string): Promise<string> {
  const modules = join(folder, 'node_modules');
  const source = join(modules, document.path);
  const version = member(
    JSON.parse(readFileSync(join(modules, packageOf(document), 'package.json'), 'utf8')),
    'version',
  );
  const scratch = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const own = await ofTool(source, document, scratch);
    const other = await ofConverter(source, join(folder, 'converter', 'node_modules'), scratch);
    const name = `\`${packageOf(document)}\` ${String(version)}, ${basename(source)}`;
    const megabytes = (statSync(source).size / 1_000_000).toFixed(1);
    return `| ${name} | ${megabytes} MB | ${own.operations} | ${own.words} | ${other} |`;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

interface OwnResult {
  readonly operations: string;
  readonly words: string;
}

async function ofTool(source: string, { host, part }: PublicDocument, scratch: string): Promise<OwnResult> {
  const report = join(scratch, 'report.json');
  const run = async (name: string, options: readonly string[]): Promise<OwnResult> => {
    const out = join(scratch, name);
    const given = [...(host ? ['--host', 'api.contoso.com'] : []), '--output-dir', out, '--output', 'json'];
    const time = await timed([tool, 'convert', source, ...given, ...options], report, scratch);
    const result: unknown = JSON.parse(readFileSync(report, 'utf8'));
    const operations = Number(member(member(result, 'source'), 'operations')).toLocaleString('en');
    const definition = join(out, 'apiDefinition.swagger.json');
    if (!existsSync(definition)) return { operations, words: `too large, ${time}` };
    const converted = String(member(member(result, 'target'), 'operations'));
    return { operations, words: `${converted} converted, ${await verdictOn(definition)}, ${time}` };
  };
  const whole = await run('whole', []);
  if (!part) return whole;
  const { words } = await run('part', part);
  return { ...whole, words: `${whole.words}; with \`${part.join(' ')}\` ${words}` };
}

async function ofConverter(source: string, modules: string, scratch: string): Promise<string> {
  const result = join(scratch, 'other.json');
  const program = join(modules, 'api-spec-converter', 'bin', 'api-spec-converter');
  const from = /^\s*\{?\s*"?swagger"?:/u.test(readFileSync(source, 'utf8')) ? 'swagger_2' : 'openapi_3';
  const time = await timed([program, `--from=${from}`, '--to=swagger_2', '--syntax=json', source], result, scratch);
  return `${await verdictOn(result)}, ${time}`;
}

/** Runs a program of Node that writes to a file, however it ends, and says how much CPU time it took. */
async function timed(command: readonly string[], output: string, directory: string): Promise<string> {
  const script = 'output=$1; shift; timeout 300 "$@" >"$output" 2>/dev/null || true';
  const line = ['bash', '-c', script, 'bash', output, process.execPath, ...command] as const;
  const { cpu } = await timeOnce({ name: '', line, directory, variables: process.env });
  return `${(cpu / 1000).toFixed(1)} s`;
}

/** Whether a file is an API definition that the service and swagger-parser accept. */
async function verdictOn(path: string): Promise<string> {
  const bytes = readFileSync(path);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString());
  } catch {
    return 'not converted';
  }
  if (!isObject(value)) return 'not converted';
  const findings = checkConnector({ definition: { name: basename(path), bytes } });
  const errors = findings.filter(({ level }) => level === 'error').length;
  const isAccepted = await SwaggerParser.validate(path).then(
    () => true,
    () => false,
  );
  if (errors === 0 && isAccepted) return 'valid';
  return `${errors.toLocaleString('en')} ${errors === 1 ? 'error' : 'errors'}${isAccepted ? '' : ', not OpenAPI 2.0'}`;
}
