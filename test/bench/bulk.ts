import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { Workspace } from '../support/workspace.ts';

const connectors = 200;
/** So many of them are enough to tell how long one takes after the other. */
const sample = 20;
const latency = 50;

/** What we promise, on a machine that has other things to do as well. */
const leastGain = { inTurn: 2, single: 8 };
const mostRequests = 4.1;
/** Eight connectors at a time, of each three files side by side, and some that are just becoming free. */
const mostConnections = 8 * 4;

/** How long `download --all` of many connectors takes, against one after the other, and what it asks of the service. */
export async function benchBulk(): Promise<void> {
  await using workspace = await Workspace.create();
  await using cloud = await FakeCloud.start();
  const few = cloud.addEnvironment({ displayName: 'Few' }).id;
  for (const [environment, count] of [
    [cloud.environment.id, connectors],
    [few, sample],
  ] as const) {
    for (let number = 1; number <= count; number += 1) {
      const displayName = `Pets ${number}`;
      const apiDefinition = petStore({ title: displayName });
      cloud.addConnector({
        environment,
        displayName,
        apiDefinition,
        apiProperties: petStoreProperties,
        script: '// c',
      });
    }
  }
  cloud.latency = latency;
  const variables = { PACONN_ACCESS_TOKEN: cloud.accessToken().text, NODE_EXTRA_CA_CERTS: cloud.certificate.certFile };
  const download = async (target: Readonly<Record<string, string>>, ...flags: readonly string[]): Promise<number> => {
    await workspace.write('bulk.json', JSON.stringify({ ...cloud.settings, ...target }));
    const started = performance.now();
    const line = ['download', '-s', 'bulk.json', ...flags];
    const { exitCode, stderr } = await workspace.run(line, { variables });
    if (exitCode !== 0) throw new Error(stderr);
    return performance.now() - started;
  };

  const all = await download({ environment: cloud.environment.id }, '--all', '-d', 'all');
  const requests = cloud.requests.length;
  const opened = cloud.connections;
  cloud.forgetRequests();
  const again = await download({ environment: cloud.environment.id }, '--all', '-d', 'all');
  const requestsAgain = cloud.requests.length;
  const inTurn =
    ((await download({ environment: few }, '--all', '-d', 'few', '--concurrency', '1')) / sample) * connectors;
  const [one] = cloud.connectors(few);
  const single = (await download({ environment: few, connectorId: one?.id ?? '' }, '-d', 'one')) * connectors;

  console.log(`download --all of ${connectors} connectors at ${latency} ms latency: ${seconds(all)}`);
  report(inTurn / all >= leastGain.inTurn, `one after the other ${seconds(inTurn)}, at least ${leastGain.inTurn} ×`);
  report(single / all >= leastGain.single, `a command for each ${seconds(single)}, at least ${leastGain.single} ×`);
  const each = requests / connectors;
  report(each <= mostRequests, `${each.toFixed(2)} requests for each connector, at most ${mostRequests}`);
  report(opened <= mostConnections, `${opened} connections, at most ${mostConnections}`);
  report(requestsAgain <= 2, `again, with nothing changed: ${requestsAgain} requests, ${seconds(again)}`);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

function report(isKept: boolean, words: string): void {
  console.log(`${isKept ? 'ok  ' : 'FAIL'} ${words}`);
  if (!isKept) process.exitCode = 1;
}
