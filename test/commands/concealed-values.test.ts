import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readDirectory } from '../../src/io/fs/files.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcessWith } from '../support/run-in-process.ts';
import { clientIdPointer, type Shop, shop, title, valuesFile, written } from '../support/shop.ts';

const definition = 'apiDefinition.swagger.json';
const pointer = '/paths/~1pets~1{id}/get/parameters/0/x-ms-summary';
const inTest = ['-e', 'Contoso Test'];

/** A connector in two environments, whose value in Contoso Test is the one of a variable which is called like a secret. */
async function secretShop(): Promise<Shop> {
  const one = await shop({ 'Contoso Test': { [pointer]: 'env:PETS_API_KEY' } });
  expect(await paconn(one, undefined, 'deploy', '--client-secret', 'hunter2hunter2')).toMatchObject({ exitCode: 0 });
  return one;
}

async function paconn({ workspace }: Shop, value: string | undefined, ...argv: readonly string[]) {
  const ran = await runInProcessWith(workspace, argv, { variables: { PETS_API_KEY: value } });
  return { ...ran, output: ran.stdout + ran.stderr };
}

async function deploy(one: Shop, value: string, ...argv: readonly string[]) {
  return await paconn(one, value, 'deploy', '--client-secret', 'hunter2hunter2', ...inTest, '--yes', ...argv);
}

/** All that the base has, as text. */
async function baseText({ workspace }: Shop): Promise<string> {
  const folder = join(workspace.directory, 'paconn.base');
  const { files = [] } = (await readDirectory(folder)) ?? {};
  const contents = await Promise.all(
    files.map(async (name) => brotliDecompressSync(await readFile(join(folder, name))).toString()),
  );
  return [await workspace.read('paconn.base.json'), ...contents].join('\n');
}

function definitionWith(description: string, summary: string): string {
  return petStore({ title, description }).replace('"Number"', JSON.stringify(summary));
}

describe('the value of a variable that is called like a secret', () => {
  test.each([
    ['long', 'k3y0123456789abcdef', 'b3f0re0123456789abc'],
    ['short', 'Zq8xVery0815Kt', 'Zq8xOther0815Kt'],
    ['a plain word', 'swordfish', 'barracuda'],
  ])('is not shown when the variable has another one, nor is the other one: %s', async (_, now, before) => {
    await using one = await secretShop();
    expect(await deploy(one, before)).toMatchObject({ exitCode: 0 });
    const different = await paconn(one, now, 'diff', ...inTest);
    expect(different.stdout).toContain('x-ms-summary');
    const data = await paconn(one, now, 'diff', ...inTest, '-o', 'json', '--query', 'changes[].[before, after]');
    expect(JSON.parse(data.stdout)).toEqual([['"***"', '"***"']]);
    for (const argv of [
      ['diff', ...inTest, '--text'],
      ['diff', 'environment', 'local', ...inTest, '-o', 'tsv'],
      ['deploy', ...inTest, '-n', '-o', 'json'],
      ['deploy', ...inTest, '-n', '--verbose'],
      ['deploy', ...inTest, '-y'],
    ]) {
      const { output } = await paconn(one, now, ...argv);
      expect(output).toMatch(/\*{3}|x-ms-summary changed/u);
      expect(output).not.toContain(now);
      expect(output).not.toContain(before);
    }
  });

  test('is not shown where the variable is not set', async () => {
    await using one = await secretShop();
    const { workspace } = one;
    await deploy(one, 'Zq8xVery0815Kt');
    await workspace.write(definition, petStore({ title }).replace('"int64"', '"int32"'));
    for (const argv of [['diff'], ['diff', '--text'], ['diff', '-o', 'json'], ['pull'], ['pull', '-n']]) {
      const { output, exitCode } = await paconn(one, undefined, ...argv, ...inTest);
      expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.not.stringContaining('Zq8x') });
    }
    expect((await paconn(one, undefined, 'diff', 'base', ...inTest)).output).not.toContain('Zq8x');
  });

  test('is not shown where someone has changed it', async () => {
    await using one = await secretShop();
    const { cloud, testing } = one;
    await deploy(one, 'Zq8xVery0815Kt');
    const [there] = cloud.connectors(testing.id);
    cloud.edit(there?.id ?? '', { apiDefinition: definitionWith('Sells pets.', 'Zq8xOther0815Kt') });
    const conflict = await deploy(one, 'Zq8xVery0815Kt');
    expect(conflict).toMatchObject({ exitCode: 4, output: expect.stringContaining('x-ms-summary') });
    const pulled = await paconn(one, 'Zq8xVery0815Kt', 'pull', ...inTest);
    expect(pulled.output).toContain(`Warning: ${pointer} was changed in the environment.`);
    expect(conflict.output + pulled.output).not.toContain('Zq8x');
    expect(await baseText(one)).not.toContain('Zq8x');
    expect(await deploy(one, 'Zq8xVery0815Kt')).toMatchObject({ exitCode: 0 });
  });

  test('is not in the base, and both sides are merged without it', async () => {
    await using one = await secretShop();
    const { cloud, workspace, testing } = one;
    const value = 'Zq8xVery0815Kt';
    await deploy(one, value);
    expect(await baseText(one)).toContain('Sells pets.');
    expect(await baseText(one)).not.toContain('Zq8x');
    const place = ['-e', testing.id];
    expect((await paconn(one, value, 'deploy', ...place)).stderr).toContain(' is up to date.');
    expect((await paconn(one, value, 'diff', ...place)).stderr).toContain('No differences.');
    expect((await paconn(one, value, 'diff', 'base', ...place)).stderr).toContain('No differences.');
    expect((await paconn(one, value, 'pull', ...place)).stderr).toBe('Already up to date.\n');

    await workspace.write(definition, petStore({ title }).replace('"int64"', '"int32"'));
    const [there] = cloud.connectors(testing.id);
    cloud.edit(there?.id ?? '', { apiDefinition: definitionWith('Changed there.', value) });
    expect(await paconn(one, value, 'deploy', ...place)).toMatchObject({ exitCode: 4 });
    const pulled = await paconn(one, value, 'pull', ...place);
    expect(pulled).toMatchObject({ exitCode: 0, output: expect.not.stringContaining('Warning') });
    expect(await workspace.read(definition)).toContain('Changed there.');
    expect(await workspace.read(definition)).toContain('"int32"');
    expect(await baseText(one)).not.toContain('Zq8x');
    expect((await paconn(one, value, 'diff', ...place)).output).toContain('1 difference');

    expect(await deploy(one, 'Zq8xOther0815Kt')).toMatchObject({ exitCode: 0 });
    expect(cloud.connectors(testing.id)[0]?.apiDefinition).toContain('Zq8xOther0815Kt');
  });

  test('is not shown by the problem that it causes', async () => {
    await using one = await shop({ 'Contoso Test': { '/host': 'env:PETS_API_KEY' } });
    const { output, exitCode } = await deploy(one, 'https://Zq8xV');
    expect({ exitCode, output }).toMatchObject({ exitCode: 1, output: expect.stringContaining('host-invalid') });
    expect(output).not.toContain('Zq8x');
  });

  test('is not shown by restore', async () => {
    await using one = await secretShop();
    await deploy(one, 'Zq8xVery0815Kt');
    await deploy(one, 'Zq8xOther0815Kt');
    for (const argv of [['-n'], ['-n', '-o', 'json'], ['--yes']]) {
      const { output, exitCode } = await paconn(one, undefined, 'restore', 'latest', ...inTest, ...argv);
      expect({ exitCode, output }).toMatchObject({ exitCode: 0, output: expect.stringContaining('x-ms-summary') });
      expect(output).not.toContain('Zq8x');
    }
    expect(one.cloud.connectors(one.testing.id)[0]?.apiDefinition).toContain('Zq8xVery0815Kt');
  });

  test('of one run alone is not in the base, and both sides are merged without it', async () => {
    await using one = await shop({ 'Contoso Test': {} });
    const { cloud, workspace, testing } = one;
    await paconn(one, undefined, 'deploy', '--client-secret', 'hunter2hunter2');
    const value = 'Zq8xVery0815Kt';
    expect(await deploy(one, value, '--set', `${pointer}=env:PETS_API_KEY`)).toMatchObject({ exitCode: 0 });
    expect(await baseText(one)).not.toContain('Zq8x');
    await workspace.write(definition, petStore({ title }).replace('"int64"', '"int32"'));
    const [there] = cloud.connectors(testing.id);
    cloud.edit(there?.id ?? '', { apiDefinition: definitionWith('Changed there.', value) });
    const pulled = await paconn(one, undefined, 'pull', ...inTest);
    expect(pulled).toMatchObject({ exitCode: 0, output: expect.not.stringContaining('Zq8x') });
    expect(await workspace.read(definition)).toContain('Changed there.');
    expect(await workspace.read(definition)).toContain('"Number"');
    expect(await baseText(one)).not.toContain('Zq8x');
    for (const argv of [['diff'], ['diff', '--text'], ['deploy', '-n']])
      expect((await paconn(one, undefined, ...argv, ...inTest)).output).not.toContain('Zq8x');
  });

  test('is not in the base where it is in the API properties', async () => {
    await using one = await shop({ 'Contoso Test': { [clientIdPointer]: 'env:PETS_API_KEY' } });
    await paconn(one, undefined, 'deploy', '--client-secret', 'hunter2hunter2');
    expect(await deploy(one, 'Zq8xVery0815Kt')).toMatchObject({ exitCode: 0 });
    expect(await baseText(one)).toContain('"clientId"');
    expect(await baseText(one)).not.toContain('Zq8x');
    expect((await paconn(one, 'Zq8xVery0815Kt', 'deploy', ...inTest)).stderr).toContain(' is up to date.');
    const rotated = await paconn(one, 'Zq8xOther0815Kt', 'deploy', ...inTest, '-n');
    expect(rotated.output).toContain('clientId changed');
    expect(rotated.output).not.toContain('Zq8x');
  });

  test('is not in the base after a download over the files', async () => {
    await using one = await secretShop();
    const { cloud, workspace, testing } = one;
    await deploy(one, 'Zq8xVery0815Kt');
    const target = ['--environment', testing.id, '--connector', cloud.connectors(testing.id)[0]?.id ?? ''];
    const argv = ['download', ...target, '--pau', cloud.url, '--output-dir', '.', '--overwrite'];
    expect(await paconn(one, 'Zq8xVery0815Kt', ...argv)).toMatchObject({ exitCode: 0 });
    expect(await workspace.read(definition)).toContain('"Number"');
    expect(await baseText(one)).not.toContain('Zq8x');
  });

  test('leaves a base that had it in plain text with the next deployment, also of one that is up to date', async () => {
    await using one = await shop({ 'Contoso Test': { [pointer]: 'Zq8xVery0815Kt' } });
    const { cloud, workspace, testing } = one;
    await paconn(one, undefined, 'deploy', '--client-secret', 'hunter2hunter2');
    await deploy(one, 'Zq8xVery0815Kt');
    expect(await baseText(one)).toContain('Zq8x');
    await workspace.write(valuesFile, written({ [testing.id]: { [pointer]: 'env:PETS_API_KEY' } }));
    const upToDate = async () => await paconn(one, 'Zq8xVery0815Kt', 'deploy', '-e', testing.id);
    expect((await paconn(one, 'Zq8xVery0815Kt', 'deploy', '-e', testing.id, '-n')).exitCode).toBe(0);
    expect(await baseText(one)).toContain('Zq8x');
    expect(await upToDate()).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(' is up to date.') });
    const base = await baseText(one);
    expect(base).not.toContain('Zq8x');
    expect((await paconn(one, 'Zq8xVery0815Kt', 'pull', '-e', testing.id)).stderr).toBe('Already up to date.\n');
    expect((await upToDate()).stderr).toContain(' is up to date.');
    expect(await baseText(one)).toBe(base);
    const [there] = cloud.connectors(testing.id);
    cloud.edit(there?.id ?? '', { apiDefinition: definitionWith('Changed there.', 'Zq8xVery0815Kt') });
    await workspace.write(definition, petStore({ title }).replace('"int64"', '"int32"'));
    expect(await deploy(one, 'Zq8xVery0815Kt')).toMatchObject({ exitCode: 4 });
  });

  test('is not downloaded over the files where its list has other elements', async () => {
    await using one = await secretShop();
    const { cloud, workspace, testing } = one;
    await deploy(one, 'Zq8xVery0815Kt');
    const { id = '' } = cloud.connectors(testing.id)[0] ?? {};
    const more = '"parameters": [{ "name": "page", "in": "query", "type": "string" },';
    const there = definitionWith('Sells pets.', 'Zq8xVery0815Kt').replace('"parameters": [', more);
    cloud.edit(id, { apiDefinition: there });
    const [files, base] = [await workspace.read(definition), await baseText(one)];
    const argv = ['download', '--environment', testing.id, '--connector', id, '--pau', cloud.url, '-d', '.', '-w'];
    for (const flags of [[], ['-n']]) {
      const { exitCode, output } = await paconn(one, undefined, ...argv, ...flags);
      expect({ exitCode, output }).toEqual({
        exitCode: 4,
        output: expect.stringMatching(
          /has values in it by position: \S+parameters\/0\. Nothing was downloaded, so that/u,
        ),
      });
      expect(output).not.toContain('Zq8x');
    }
    expect([await workspace.read(definition), await baseText(one)]).toEqual([files, base]);
  });

  test.each([
    ['under another path', (text: string) => text.replaceAll('/pets/{id}', '/animals/{id}')],
    ['also at another place', (text: string) => text.replace('"Get a pet"', '"Zq8xVery0815Kt"')],
  ])('gets into no file where the environment has it %s', async (_what, edit) => {
    await using one = await secretShop();
    const { cloud, workspace, testing } = one;
    await deploy(one, 'Zq8xVery0815Kt');
    const { id = '' } = cloud.connectors(testing.id)[0] ?? {};
    cloud.edit(id, { apiDefinition: edit(definitionWith('Sells pets.', 'Zq8xVery0815Kt')) });
    const [files, base] = [await workspace.read(definition), await baseText(one)];
    const named = ['--environment', testing.id, '--connector', id, '--pau', cloud.url];
    for (const argv of [['pull'], ['pull', '--theirs'], ['download', '-d', '.', '-w']]) {
      const { exitCode, output } = await paconn(one, 'Zq8xVery0815Kt', ...argv, ...named);
      expect({ exitCode, output }).toEqual({
        exitCode: 4,
        output: expect.stringMatching(/has another place in the environment: \S+\. Nothing was/u),
      });
      expect(output).not.toContain('Zq8x');
    }
    expect([await workspace.read(definition), await baseText(one)]).toEqual([files, base]);
  });

  test('reaches no other environment by a deployment from one that has it at another place', async () => {
    const values = { [pointer]: 'env:PETS_API_KEY' };
    await using one = await shop({ 'Contoso Test': values, 'Contoso (default)': { [pointer]: 'Number' } });
    const { cloud, testing } = one;
    await deploy(one, 'Zq8xVery0815Kt');
    const { id = '' } = cloud.connectors(testing.id)[0] ?? {};
    const more = '"parameters": [{ "name": "page", "in": "query", "type": "string", "x-ms-summary": "Page" },';
    const moved = definitionWith('Sells pets.', 'Zq8xVery0815Kt').replace('"parameters": [', more);
    cloud.edit(id, { apiDefinition: moved });
    const argv = [
      '--from-environment',
      testing.id,
      '--connector',
      id,
      '--to-environment',
      cloud.environment.id,
      '--yes',
    ];
    const { exitCode, output } = await paconn(one, 'Zq8xVery0815Kt', 'deploy', ...argv);
    expect({ exitCode, output }).toEqual({
      exitCode: 4,
      output: expect.stringMatching(/in the environment that you deploy from: \S+\. Nothing was deployed, so/u),
    });
    expect(output).not.toContain('Zq8x');
    expect(cloud.connectors(cloud.environment.id)).toEqual([]);
  });
});

test('values that are an element, or several members of one, are no change of others', async () => {
  const element = '/paths/~1pets~1{id}/get/parameters/0';
  const values = { [`${element}/name`]: 'petId', [`${element}/x-ms-summary`]: 'env:PETS_API_KEY' };
  const header = { name: 'X-Prod', in: 'header', required: true, type: 'string', 'x-ms-summary': 'Region' };
  for (const placed of [values, { [element]: { ...header, name: 'id', in: 'path', description: 'In production.' } }]) {
    await using one = await shop({ 'Contoso Test': placed });
    const { cloud, workspace, testing } = one;
    const deployed = await deploy(one, 'Zq8xVery0815Kt', '--skip-validation');
    expect(deployed.exitCode).toBe(0);
    const { id = '' } = cloud.connectors(testing.id)[0] ?? {};
    const files = await workspace.readJson(definition);
    for (const argv of [['pull'], ['download', '-d', '.', '-w']]) {
      const named = ['--environment', testing.id, '--connector', id, '--pau', cloud.url];
      expect(await paconn(one, 'Zq8xVery0815Kt', ...argv, ...named)).toMatchObject({ exitCode: 0 });
    }
    expect(await workspace.readJson(definition)).toEqual(files);
  }
});
