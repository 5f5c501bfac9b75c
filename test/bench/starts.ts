import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { Workspace } from '../support/workspace.ts';
import { type Command, median, timeByTurns, type Timing, trustingVariables } from './cpu-time.ts';

const runs = 15;

/** What we promise, as multiples of an empty start of Node. */
const limits: Readonly<Record<string, number>> = {
  '--version': 1.5,
  '--help': 1.5,
  'download --help': 1.5,
  complete: 3,
  download: 6,
};

/** How much CPU time commands take, as a multiple of what Node takes to do nothing. */
export async function benchStarts(): Promise<void> {
  await using cloud = await FakeCloud.start();
  await using workspace = await Workspace.create(cloud);
  await workspace.signIn();
  const connector = cloud.addConnector({ apiDefinition: petStore(), apiProperties: petStoreProperties });
  await workspace.write('empty.mjs', '');

  const { NODE_EXTRA_CA_CERTS: _, ...variables } = workspace.environmentVariables();
  const command = (name: string, line: readonly string[], environment: Command['variables'] = variables): Command => ({
    name,
    line: [process.execPath, ...line],
    directory: workspace.directory,
    variables: environment,
  });
  const tool = (...argv: readonly string[]): readonly string[] => [...workspace.command(...argv)].slice(1);
  const target = ['-e', cloud.environment.id, '-c', connector.id, '-u', cloud.url];

  const [floor, ...timings] = await timeByTurns(
    [
      command('an empty module', ['empty.mjs']),
      command('--version', tool('--version')),
      command('--help', tool('--help')),
      command('download --help', tool('download', '--help')),
      command('complete', tool('complete', 'zsh', '=con', 'update', '--env')),
      command('download', tool('download', ...target, '-d', 'out', '--overwrite'), trustingVariables(workspace)),
    ],
    runs,
  );
  report(floor, timings);
}

function report(empty: Timing | undefined, others: readonly Timing[]): void {
  if (!empty) throw new Error('Nothing was measured.');
  const base = median(empty.cpu);
  console.log(
    `CPU time, median of ${runs} runs by turns, Node ${process.version}; ${empty.name}: ${base.toFixed(0)} ms`,
  );
  for (const { name, cpu, wall } of others) {
    const ratio = median(cpu) / base;
    const limit = limits[name] ?? Infinity;
    const figures = `${ratio.toFixed(2)} × (${median(cpu).toFixed(0)} ms; ${median(wall).toFixed(0)} ms on the clock)`;
    console.log(`${ratio <= limit ? 'ok  ' : 'SLOW'} ${name.padEnd(16)} ${figures}, at most ${limit} ×`);
    if (ratio > limit) process.exitCode = 1;
  }
}
