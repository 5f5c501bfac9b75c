import { beforeAll, describe, expect, test } from 'vitest';
import { type Scene, together } from '../support/downloaded.ts';
import type { FaultOrder } from '../support/fake-cloud/faults.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { adele, diego } from '../support/fake-cloud/users.ts';
import { petIcon, petScript, petStore } from '../support/pet-store.ts';
import { runInProcessWith } from '../support/run-in-process.ts';
import type { ToolResult } from '../support/running-tool.ts';
import { signedIn } from '../support/signed-in.ts';
import type { Workspace } from '../support/workspace.ts';

/**
 * `npm run faults` tries the kinds that have lost work with each request of each command, and all others pairwise: each with each
 * request, and with each command. A usual run tries two kinds with each request of each command, of those that have lost work.
 */
const isWhole = process.env['MODE'] === 'faults';

/** What does not go as it should, with one request of a command, or from then on with all to the same place. */
type Kind = Omit<FaultOrder, 'path' | 'method' | 'skip'>;

/** Of all trials of a command, on a busy machine. */
const limit = 14_400_000;

const always = 99;

/** An answer in the form of the service that says something else than it did. */
const lie = {
  name: 'shared_other',
  value: [],
  properties: { displayName: 'Other', changedTime: 7, apiDefinitions: {} },
};

const usualKinds: Readonly<Record<string, Kind>> = {
  'a web page with status 200': {
    status: 200,
    html: '<!DOCTYPE html><title>Sign in to the network</title>',
    times: always,
  },
  'nothing with status 200': { status: 200, text: '', times: always },
  'another connector': { status: 200, json: lie, times: always },
  'an answer that is cut short': { action: 'truncate', times: always },
  'a refusal': { status: 404, json: { error: { code: 'NotFound', message: 'Not found.' } } },
  'an error of the service': { status: 500, json: { error: { code: 'Failed', message: 'Failed.' } } },
};

const otherKinds: Readonly<Record<string, Kind>> = {
  'null with status 200': { status: 200, json: null, times: always },
  'a list with status 200': { status: 200, json: [[]], times: always },
  'brackets with status 200': { status: 200, text: '['.repeat(100_000), times: always },
  'bytes that mean nothing': { action: 'garbage', times: always },
  'a broken connection': { action: 'reset', times: always },
  'a connection that breaks once it is done': { action: 'resetAfter' },
  'no answer': { action: 'hang', times: always },
  'an answer that falls silent': { action: 'stall', times: always },
  'an answer that is late': { latency: 300 },
  'an answer that is huge': { status: 200, text: 'x'.repeat(140_000_000), times: always },
  'a redirection to elsewhere': { redirect: 'http://elsewhere.example/', times: always },
  'a bad request': { status: 400, text: 'Bad' },
  'a refused token': { status: 401, json: { error: { code: 'Unauthorized', message: 'No.' } }, times: always },
  'no permission': { status: 403, json: { error: { code: 'Forbidden', message: 'No.' } } },
  'a conflict': { status: 409, json: { error: { code: 'Conflict', message: 'No.' } } },
  'too many requests': { status: 429, headers: { 'retry-after': '0' } },
  'a bad gateway': { status: 502, html: '<html>Bad gateway</html>' },
  'a gateway that gives up what goes on': { status: 504, html: '<html>Timeout</html>', hasEffect: true },
};

const s = ['-s', 'settings.json'];

/** The ID of a group that the connector is shared with. */
const sharedGroup = '0c5a1f4e-7d1b-4a52-9c9d-1b2f3a4c5d6e';

/** Each command that asks the service, and how many connectors it makes. */
const commands: readonly (readonly [line: readonly string[], makes: number])[] = [
  [['download', ...s, '-d', '.', '-w'], 0],
  [['download', '--all', ...s, '-d', 'all'], 0],
  [['create', ...s, '-w'], 1],
  [['update', ...s], 0],
  [['deploy'], 0],
  [['pull'], 0],
  [['diff'], 0],
  [['delete', ...s, '--yes'], -1],
  [['restore', 'latest', ...s], 0],
  [['list', ...s], 0],
  [['show', ...s], 0],
  [['validate', ...s], 0],
  [['environments', ...s], 0],
  [['login', ...s, '--force'], 0],
  [['list', '--all-environments', ...s], 0],
  [['update', ...s, '--dry-run'], 0],
  [['deploy', '--dry-run'], 0],
  [['deploy', '--from-environment', 'default', '--to-environment', 'Contoso Test', '--yes'], 0],
  [['share', 'add', '--user', diego.objectId, '--can-edit'], 0],
  [['share', 'remove', '--group', sharedGroup], 0],
  [['list', '--admin', ...s], 0],
  [['diff', '--all'], 0],
];

/** Somebody is signed in, has sent what the files say, and has changed them since. */
async function begin(): Promise<Scene> {
  const cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ script: petScript('theirs'), icon: petIcon('theirs') });
  const files = { apiDefinition: petStore(), script: petScript('ours'), icon: petIcon('ours') };
  const workspace = await signedIn(cloud, { connector, ...files });
  const { exitCode, stderr } = await run(workspace, ['update', ...s, '--force']);
  if (exitCode !== 0) throw new Error(stderr);
  await workspace.write('script.csx', petScript('mine'));
  cloud.sharing.addGroup('Makers', sharedGroup);
  await runInProcessWith(workspace, ['share', 'add', '--group', sharedGroup]);
  cloud.addEnvironment({ displayName: 'Contoso Test' });
  cloud.sharing.administrators.add(adele.objectId);
  cloud.forgetRequests();
  return together({ cloud, workspace });
}

async function run(workspace: Workspace, line: readonly string[], { action }: Kind = {}): Promise<ToolResult> {
  // Long enough to do without on a busy machine, where nothing is to be waited for.
  const seconds = action === 'hang' || action === 'stall' ? '5' : '60';
  return await runInProcessWith(workspace, line, { variables: { PACONN_HTTP_TIMEOUT: seconds } });
}

async function filesOf(workspace: Workspace, folder = '.'): Promise<ReadonlyMap<string, string>> {
  const names = (await workspace.listAll(folder)).filter((name) => !name.endsWith('/'));
  return new Map(
    await Promise.all(names.map(async (name) => [name, await workspace.read(`${folder}/${name}`)] as const)),
  );
}

/** What of a run that met a fault is not as it must be. */
async function violations(
  { cloud, workspace }: Scene,
  result: ToolResult,
  makes: number,
  token: string,
): Promise<readonly string[]> {
  const output = `${result.stdout}${result.stderr}`;
  const files = await filesOf(workspace);
  const connectors = cloud.connectors();
  const kept = [...(await filesOf(workspace, '../home/.paconn/kept')).values()];
  const isReplaced = connectors.every(({ script = '' }) => !script.includes('ours'));
  const rules: Readonly<Record<string, boolean>> = {
    'ends with a code of its own': [0, 1, 2, 3, 4].includes(result.exitCode),
    'says what is wrong where it fails':
      result.exitCode === 0 || /(?:^|\n)(?:Error|Not listed): \S/u.test(result.stderr),
    'is no bug': !/bug in paconn|\n\s+at /u.test(output),
    'shows no token': !output.includes(token),
    'leaves no half file': [...files.keys()].every((name) => !/(?:^|\/)\.paconn-/u.test(name)),
    'writes no page into a file': [...files.values()].every((text) => !/<!DOCTYPE html|<html/iu.test(text)),
    'keeps what the user has written':
      result.exitCode === 0 ||
      (files.get('script.csx') ?? '').includes('mine') ||
      files.get('script.csx')?.includes('ours') === true,
    'has a backup of what was deleted or replaced': !isReplaced || kept.some((text) => text.includes('// ours')),
    'makes one connector at most': connectors.length <= 1 + Math.max(makes, 0),
    'sends no page': connectors.every(({ script = '', apiDefinition }) => !/<html/iu.test(`${script}${apiDefinition}`)),
  };
  return Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [rule]));
}

interface Place {
  readonly method: string;
  readonly path: RegExp;
}

/** A kind of fault that one request of a command meets. */
interface Trial {
  readonly place: Place;
  readonly kind: Kind;
  readonly name: string;
}

/** The requests that a command makes, each kind of them once. */
async function placesOf(line: readonly string[]): Promise<ReadonlyMap<string, Place>> {
  await using scene = await begin();
  await run(scene.workspace, line);
  const places = new Map<string, Place>();
  for (const { method, path } of scene.cloud.requests) {
    // IDs differ from run to run.
    const pattern = path.replaceAll(/[\\^$.|?*+()[\]{}]/gu, String.raw`\$&`).replaceAll(/[\da-f-]{16,}/gu, '[^/]+');
    places.set(`${method} ${pattern}`, { method, path: new RegExp(`${pattern}$`, 'u') });
  }
  return places;
}

/** What each command meets, by its number. */
function trialsOf(placesOfCommands: readonly ReadonlyMap<string, Place>[]): readonly (readonly Trial[])[] {
  const trials = placesOfCommands.map((places) =>
    [...places.values()].flatMap((place, index) =>
      Object.entries(usualKinds)
        .filter((_kind, number) => isWhole || number % 3 === index % 3)
        .map(([name, kind]) => ({ place, kind, name })),
    ),
  );
  if (!isWhole) return trials;
  const keys = new Set(placesOfCommands.flatMap((places) => [...places.keys()]));
  for (const [name, kind] of Object.entries(otherKinds)) {
    const met = placesOfCommands.map(() => 0);
    const meet = (command: number, place: Place | undefined): void => {
      if (place === undefined) return;
      trials[command]?.push({ place, kind, name });
      met[command] = (met[command] ?? 0) + 1;
    };
    for (const key of keys) {
      // With the command that has met the kind least so far.
      const makers = [...placesOfCommands.keys()].filter((command) => placesOfCommands[command]?.has(key));
      const [command = 0] = makers.toSorted((left, right) => (met[left] ?? 0) - (met[right] ?? 0));
      meet(command, placesOfCommands[command]?.get(key));
    }
    for (const [command, places] of placesOfCommands.entries()) {
      if (met[command] === 0) meet(command, [...places.values()].at(-1));
    }
  }
  return trials;
}

describe('a command', () => {
  let trials: readonly (readonly Trial[])[] = [];

  beforeAll(async () => {
    const places: ReadonlyMap<string, Place>[] = [];
    for (const [line] of commands) places.push(await placesOf(line));
    trials = trialsOf(places);
  }, limit);

  test.concurrent.each(commands.map(([line, makes], number) => ({ line, makes, number })))(
    '$line meets faults of its requests without loss',
    { timeout: limit },
    async ({ line, makes, number }) => {
      const found: string[] = [];
      for (const { place, kind, name } of trials[number] ?? []) {
        await using scene = await begin();
        const { text } = scene.cloud.accessToken();
        scene.cloud.fault({ ...place, ...kind });
        const result = await run(scene.workspace, line, kind);
        for (const rule of await violations(scene, result, makes, text)) {
          const finding = `${place.method} ${place.path.source} answers ${name}: ${rule}`;
          found.push(`${finding}\n${result.exitCode} ${result.stdout}${result.stderr}`);
          // As they come: a whole run takes long, and may be ended.
          if (isWhole) console.log(`${line.join(' ')}: ${found.at(-1)}`);
        }
      }
      expect(trials[number]).not.toEqual([]);
      expect(found).toEqual([]);
    },
  );
});
