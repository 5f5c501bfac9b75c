import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { sharedConnectors } from '../support/shared-connectors.ts';
import { Workspace } from '../support/workspace.ts';
import { median } from './cpu-time.ts';
import { largeDefinition } from './large-definition.ts';

/** What we promise: 1 MB as a multiple of JSON.parse on the same text, 20 MB as a multiple of 1 MB. */
const limits = { one: 20, twenty: 25 } as const;

const runs = 5;

/** Measures offline validation beyond the start of the tool, against JSON.parse and another validator in the same run. */
export async function benchValidation(): Promise<void> {
  await using workspace = await Workspace.create();
  await workspace.write('empty.mjs', '');
  await workspace.write('1.json', largeDefinition(1));
  await workspace.write('20.json', largeDefinition(20));
  await workspace.write('tiny.json', '{ "swagger": "2.0", "info": { "title": "Tiny", "version": "1" }, "paths": {} }');
  const set = await connectorSet(workspace);

  const validate = (...paths: readonly string[]): readonly string[] => [
    ...hooked,
    ...workspace.command('validate', '--offline', ...paths).slice(1),
  ];
  const other = (...paths: readonly string[]): readonly string[] => [...hooked, script('swagger-parser.mjs'), ...paths];
  const times = timesByTurns(
    {
      empty: [...hooked, 'empty.mjs'],
      tiny: validate('tiny.json'),
      parse: [script('parse.mjs'), '1.json'],
      one: validate('1.json'),
      twenty: validate('20.json'),
      set: validate(...set.folders),
      otherOne: other('1.json'),
      otherTwenty: other('20.json'),
      otherSet: other(...set.definitions),
    },
    workspace.directory,
  );

  const time = (name: string): number => times.get(name) ?? Number.NaN;
  const beyondStart = (name: string): number => time(name) - time('empty');
  const beyondTiny = (name: string): number => time(name) - time('tiny');
  const one = beyondTiny('one');
  console.log(
    `\nOffline validation: time of the main thread beyond an empty start of Node, median of ${runs} runs by turns. Of ` +
      `that ${ms(beyondStart('tiny'))} are the start of paconn and its rules, which the multiples leave out. In brackets: ` +
      '@apidevtools/swagger-parser.',
  );
  report(
    '1 MB',
    one / time('parse'),
    `JSON.parse (${ms(time('parse'))})`,
    limits.one,
    beyondStart('one'),
    beyondStart('otherOne'),
  );
  report('20 MB', beyondTiny('twenty') / one, '1 MB', limits.twenty, beyondStart('twenty'), beyondStart('otherTwenty'));
  console.log(
    `     ${set.name.padEnd(16)} ${ms(beyondStart('set'))} [${ms(beyondStart('otherSet'))}], ` +
      `${ms(beyondStart('set') / set.folders.length)} for each connector`,
  );
}

function report(name: string, ratio: number, of: string, limit: number, own: number, other: number): void {
  const verdict = ratio <= limit ? 'ok  ' : 'SLOW';
  console.log(
    `${verdict} ${name.padEnd(16)} ${ratio.toFixed(1)} × ${of}: ${ms(own)} [${ms(other)}], at most ${limit} ×`,
  );
  if (!(ratio <= limit)) process.exitCode = 1;
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(0)} ms`;
}

interface ConnectorSet {
  readonly name: string;
  readonly folders: readonly string[];
  readonly definitions: readonly string[];
}

/** The published connectors where they are, else as many of our own. */
async function connectorSet(workspace: Workspace): Promise<ConnectorSet> {
  const shared = sharedConnectors();
  if (shared.length > 0) {
    const folders = shared.map(({ directory }) => directory);
    return { name: `${shared.length} published`, folders, definitions: shared.map((one) => one.apiDefinition) };
  }
  const folders = [...Array(50).keys()].map((index) => `set/${index}`);
  const definitions = folders.map((folder) => `${folder}/apiDefinition.swagger.json`);
  for (const [index, path] of definitions.entries()) await workspace.write(path, largeDefinition((index + 1) / 250));
  return { name: `${folders.length} generated`, folders, definitions };
}

function script(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

const hooked = ['--import', new URL('main-thread.mjs', import.meta.url).href] as const;

/** The median of the milliseconds that each says in the last line on stderr. */
function timesByTurns(
  lines: Readonly<Record<string, readonly string[]>>,
  directory: string,
): ReadonlyMap<string, number> {
  const times = new Map(Object.keys(lines).map((name) => [name, [] as number[]]));
  for (let round = 0; round < runs; round += 1) {
    for (const [name, line] of Object.entries(lines)) {
      const { stderr } = spawnSync(process.execPath, line, { cwd: directory, encoding: 'utf8', maxBuffer: 1e9 });
      times.get(name)?.push(Number(stderr.trim().split('\n').at(-1)));
    }
  }
  return new Map([...times].map(([name, each]) => [name, median(each)]));
}
