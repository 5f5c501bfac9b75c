import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import type { RecordedRequest } from '../support/fake-cloud/request-log.ts';
import { petIcon, petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { Workspace } from '../support/workspace.ts';
import { type Command, median, timeByTurns, timeOnce, type Timing, trustingVariables } from './cpu-time.ts';
import { inSequence } from './in-sequence.ts';

const runs = 15;

/** What we promise: time on the clock as multiples of the floor, by the latency of each request in milliseconds. */
const limits: ReadonlyMap<number, number> = new Map([
  [0, 1.6],
  [100, 1.2],
]);

const lines = {
  download: ['download', '-s', 'settings.json', '-d', '.', '--overwrite'],
  update: ['update', '-s', 'settings.json'],
  validate: ['validate', '-s', 'settings.json'],
} as const;

const floorProgram = fileURLToPath(new URL('floor.mjs', import.meta.url));

/** A command and its floor. */
interface Pair<T> {
  readonly floor: T;
  readonly tool: T;
}

/** What commands take that ask the service, against a bare program that makes the same requests: `floor.mjs`. */
export async function benchFloor(): Promise<void> {
  await using cloud = await FakeCloud.start();
  await using workspace = await Workspace.create(cloud);
  await workspace.signIn();
  const pairs = await commandPairs(cloud, workspace);
  cloud.latency = 100;
  const asked: Pair<Asked>[] = [];
  for (const { floor, tool } of pairs) {
    asked.push({ floor: await askedBy(floor, cloud), tool: await askedBy(tool, cloud) });
  }

  console.log(
    '\nOn the clock against the floor, a bare program with the same requests; in brackets CPU time, all in ms.',
  );
  console.log(`Median of ${runs} runs by turns, Node ${process.version}.`);
  console.log(`     ${row(['', 'latency', 'floor', 'paconn', 'ratio', 'at most', 'requests', 'in sequence'])}`);
  for (const [latency, limit] of limits) {
    cloud.latency = latency;
    const timings = await timeByTurns(
      pairs.flatMap(({ floor, tool }) => [floor, tool]),
      runs,
    );
    for (const [index, counts] of asked.entries()) {
      const [floor, tool] = timings.slice(2 * index);
      if (floor && tool) report({ floor, tool }, counts, latency, limit);
    }
  }
}

/** Each of the two has a connector of its own, so that neither makes the base of the other stale. */
async function commandPairs(cloud: FakeCloud, workspace: Workspace): Promise<readonly Pair<Command>[]> {
  const token = { token: cloud.accessToken().text, objectId: cloud.signIn.user.objectId };
  const tokenFile = await workspace.write('token.json', JSON.stringify(token));
  const floorDirectory = await downloadNew(cloud, workspace, 'floor');
  const toolDirectory = await downloadNew(cloud, workspace, 'tool');
  const variables = trustingVariables(workspace);
  return Object.entries(lines).map(([name, line]) => {
    const bare = [process.execPath, floorProgram, name, tokenFile] as const;
    const whole = [process.execPath, ...workspace.command(...line).slice(1)] as const;
    return {
      floor: { name, line: bare, directory: floorDirectory, variables },
      tool: { name, line: whole, directory: toolDirectory, variables },
    };
  });
}

/** Downloads a new connector into a folder, whose path it gives. */
async function downloadNew(cloud: FakeCloud, workspace: Workspace, name: string): Promise<string> {
  const content = {
    apiDefinition: petStore(),
    apiProperties: petStoreProperties,
    icon: petIcon(),
    script: petScript(),
  };
  const { id } = cloud.addConnector(content);
  const target = ['-e', cloud.environment.id, '-c', id, '-u', cloud.url];
  const { exitCode, stderr } = await workspace.paconn('download', ...target, '-d', name);
  if (exitCode !== 0) throw new Error(stderr);
  return workspace.path(name);
}

interface Asked {
  readonly requests: readonly string[];
  /** How many of them wait for one another. */
  readonly depth: number;
}

async function askedBy(command: Command, cloud: FakeCloud): Promise<Asked> {
  cloud.forgetRequests();
  await timeOnce(command);
  return { requests: cloud.requests.map(requestWords).toSorted(), depth: inSequence(cloud.requests, cloud.latency) };
}

/** What the requests of two connectors have in common. */
function requestWords({ method, path }: RecordedRequest): string {
  return `${method} ${basename(path).replace(/^shared_.*/u, 'connector')}`;
}

function report({ floor, tool }: Pair<Timing>, asked: Pair<Asked>, latency: number, limit: number): void {
  const ratio = median(tool.wall) / median(floor.wall);
  const isFast = ratio <= limit && asked.tool.depth <= asked.floor.depth;
  const figures = [floor, tool].map(({ wall, cpu }) => `${median(wall).toFixed(0)} (${median(cpu).toFixed(0)})`);
  const counts = [String(asked.tool.requests.length), `${asked.tool.depth}, floor ${asked.floor.depth}`];
  const cells = [floor.name, String(latency), ...figures, `${ratio.toFixed(2)} ×`, `${limit} ×`, ...counts];
  console.log(`${isFast ? 'ok  ' : 'SLOW'} ${row(cells)}`);
  const isSame = asked.floor.requests.join() === asked.tool.requests.join();
  if (!isSame) {
    console.log(
      `FAIL floor.mjs asks ${asked.floor.requests.join(', ')}; paconn asks ${asked.tool.requests.join(', ')}`,
    );
  }
  if (!isFast || !isSame) process.exitCode = 1;
}

function row([name = '', ...cells]: readonly string[]): string {
  return name.padEnd(10) + cells.map((cell) => cell.padStart(12)).join('');
}
