import { rm } from 'node:fs/promises';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petIcon, petScript, petStore } from '../support/pet-store.ts';
import { signedIn } from '../support/signed-in.ts';
import { inSequence } from './in-sequence.ts';

const latency = 100;
const runs = 5;
/** Without looking for conflicts: validation beside resource storage, then the uploads. */
const mostInSequence = 2;

/** What an update waits for before its own request, with and without a look for conflicts that finds something to do. */
export async function benchUpdates(): Promise<void> {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ script: petScript(), icon: petIcon() });
  await using workspace = await signedIn(cloud, { connector });
  await workspace.paconn('download', '-s', 'settings.json', '-d', '.', '-w');
  cloud.latency = latency;
  const cases = {
    'a base, nothing changed': async () => await Promise.resolve(),
    'a base, changed by others': async () => {
      cloud.edit(connector.id, { apiDefinition: JSON.stringify(JSON.parse(petStore())) });
      await Promise.resolve();
    },
    'no base': async () => await rm(workspace.path('paconn.base.json')),
  };
  console.log(`Before the request of an update, at ${latency} ms latency, median of ${runs} runs:`);
  for (const [name, arrange] of Object.entries(cases)) {
    const times: number[] = [];
    let depth = 0;
    let asked = 0;
    for (let run = 0; run < runs; run += 1) {
      await arrange();
      cloud.forgetRequests();
      const { exitCode, stderr } = await workspace.paconn('update', '-s', 'settings.json');
      if (exitCode !== 0) throw new Error(stderr);
      const patch = cloud.requests.findIndex(({ method }) => method === 'PATCH');
      const before = cloud.requests.slice(0, patch);
      times.push((cloud.requests[patch]?.startedAt ?? 0) - (before[0]?.startedAt ?? 0));
      depth = inSequence(before, latency);
      asked = before.length;
    }
    const time = times.toSorted((a, b) => a - b)[Math.floor(runs / 2)] ?? 0;
    const isGood = depth <= mostInSequence;
    console.log(
      `${isGood ? 'ok  ' : 'SLOW'} ${name.padEnd(26)} ${asked} requests, ${depth} in sequence, ${time.toFixed(0)} ms`,
    );
    if (!isGood) process.exitCode = 1;
  }
}
