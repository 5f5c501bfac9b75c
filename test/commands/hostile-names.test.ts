import { expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { diego } from '../support/fake-cloud/users.ts';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';

/** A name with every kind of line end, each before a word that would be seen at the beginning of a line. */
const hostile = (name: string): string =>
  `${name}\nHOSTILE\r\nHOSTILE\rHOSTILE\u2028HOSTILE\u2029HOSTILE\u0085HOSTILE\vHOSTILE`;

const definition = (word: string): string => {
  const written = JSON.stringify(hostile(word)).slice(1, -1);
  return petStore({ title: hostile('Pets'), description: hostile(word) })
    .replaceAll('GetPet', written)
    .replaceAll('Get a pet', written)
    .replaceAll('"Pet"', `"${written}"`)
    .replaceAll('/pets/{id}', `/pets/{id}/${written}`)
    .replaceAll('"integer"', `"${written}"`);
};

test('a name of a service or a file begins no line', async () => {
  await using cloud = await FakeCloud.start();
  const seed = {
    environment: cloud.addEnvironment({ displayName: hostile('Contoso') }).id,
    displayName: hostile('Pets'),
    apiDefinition: definition('old'),
    apiProperties: petStoreProperties,
    createdBy: { ...diego, displayName: hostile('Diego') },
  };
  const connector = cloud.addConnector(seed);
  cloud.addConnector(seed);
  await using workspace = await signedIn(cloud, { connector });
  const found: string[] = [];
  const exitCodes: number[] = [];
  const run = async (...argv: readonly string[]): Promise<void> => {
    const { stdout, stderr, exitCode } = await runInProcess(workspace, ...argv);
    exitCodes.push(exitCode);
    const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => /^HOSTILE|[\r\v\u0085\u2028\u2029]/u.test(line));
    found.push(...lines.map((line) => `${argv.join(' ')}: ${line}`));
  };
  await run('download', '-s', 'settings.json', '-d', '.', '-w');
  await workspace.write('apiDefinition.swagger.json', definition('new'));
  const name = hostile('Pets');
  const environment = hostile('Contoso');
  for (const argv of [
    ['environments'],
    ['list'],
    ['list', '--all-makers'],
    ['show'],
    ['diff'],
    ['diff', '--unified'],
    ['validate', '--offline', '--info'],
    ['deploy', '--dry-run'],
    ['pull', '--dry-run'],
    ['share'],
    ['delete', '--dry-run'],
    ['restore', '--list'],
    ['show', '-c', name],
    ['show', '-e', name],
    ['diff', '-e', environment, '-c', name],
    ['deploy', '-e', 'x\nHOSTILE'],
    ['delete', '-c', 'x\nHOSTILE', '-e', 'y\nHOSTILE'],
    ['download', 'x\nHOSTILE/y', '-e', environment, '-c', name],
    ['validate', 'x\nHOSTILE'],
    ['x\nHOSTILE'],
    ['show', '--x\nHOSTILE'],
    ['config', 'set', 'environment', 'x\nHOSTILE'],
    ['share', 'add', '--user', 'x\nHOSTILE'],
    ['init', 'x\nHOSTILE'],
    ['convert', 'x\nHOSTILE'],
    ['package', 'x\nHOSTILE'],
    ['completion', 'x\nHOSTILE'],
  ]) {
    await run(...argv);
  }
  cloud.edit(connector.id, { apiDefinition: definition('theirs') });
  await workspace.write('settings.json', (await workspace.read('settings.json')).replace('{', '{ "x\\nHOSTILE": 1,'));
  for (const argv of [
    ['deploy'],
    ['pull'],
    ['update', '-s', 'settings.json', '--force'],
    ['deploy'],
    ['restore', '--list'],
    ['restore', 'latest', '--yes'],
    ['delete', '--yes'],
  ]) {
    await run(...argv);
  }
  expect(found).toEqual([]);
  expect(new Set(exitCodes)).toEqual(new Set([0, 1, 2, 4]));
});
