import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { mapBounded } from '../../src/io/async.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { jsonText, type SharedConnector, sharedConnectors } from '../support/shared-connectors.ts';
import { signedIn } from '../support/signed-in.ts';

/** Some of them are enough: others are compared, merged and sent by other tests. */
const connectors = sharedConnectors().filter((_connector, index) => index % 4 === 0);

/** What a download, an update without a change and a dry run have to say. */
async function sayings(cloud: FakeCloud, given: SharedConnector): Promise<string[]> {
  const [apiDefinition, apiProperties] = [jsonText(given.apiDefinition), jsonText(given.apiProperties)];
  if (apiDefinition === undefined || apiProperties === undefined) return [];
  const content = (path: string | undefined): Uint8Array | null => (path === undefined ? null : readFileSync(path));
  const parts = { apiDefinition, apiProperties, icon: content(given.icon), script: content(given.script) };
  const connector = cloud.addConnector({ displayName: given.name, ...parts });
  await using workspace = await signedIn(cloud, { connector });
  const run = async (...line: readonly string[]): Promise<string> => {
    const { exitCode, stderr } = await runInProcess(workspace, ...line);
    return exitCode === 0 ? stderr : `${exitCode}: ${stderr}`;
  };
  await run('download', '-s', 'settings.json', '-d', '.', '-w');
  const update = ['update', '-s', 'settings.json', '--skip-validation'];
  const updated = await run(...update);
  const dryRun = await runInProcess(workspace, ...update, '--dry-run', '--query', 'changes', '-o', 'json');
  const asExpected = `${connector.id} updated successfully.\n`;
  const told = updated
    .split('\n')
    // Published files have placeholders as client IDs.
    .filter((line) => !/the title in the API definition is|^Warning: \S+ has the placeholder /u.test(line))
    .join('\n');
  return [told === asExpected ? '' : told, dryRun.stdout === '[]\n' ? '' : dryRun.stdout].filter(Boolean);
}

test.runIf(connectors.length > 0)(
  'real connectors come back as they were sent, and nothing is a conflict',
  async () => {
    await using cloud = await FakeCloud.start();
    cloud.validator = () => ({ status: 200, body: '""' });
    const told = await mapBounded(connectors, 8, async (connector) => await sayings(cloud, connector));
    expect(told.flat()).toEqual([]);
  },
);
