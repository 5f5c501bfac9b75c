import { symlink } from 'node:fs/promises';
import { platform } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSuppressions, isSuppressed } from '../../src/check/suppressions.ts';
import { namedFolders } from '../../src/check/find-folders.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { ScriptedTerminal } from '../support/scripted-terminal.ts';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { hasModes } from '../support/system.ts';
import { Workspace } from '../support/workspace.ts';

async function withFolders(...names: readonly string[]): Promise<Workspace> {
  const parts = { 'apiDefinition.swagger.json': petStore(), 'apiProperties.json': petStoreProperties };
  const files = names.flatMap((name) =>
    Object.entries(parts).map(([file, content]) => [`all/${name}/${file}`, content] as const),
  );
  return await Workspace.create(undefined, { files: Object.fromEntries(files) });
}

describe('folders that are named', () => {
  test('with * are those that match, as where a shell looks for them', async () => {
    await using workspace = await withFolders('Cats', 'Cows', 'Dogs', '.Cache');
    const named = async (...paths: readonly string[]): Promise<readonly string[]> =>
      (await namedFolders(paths, workspace.directory)).folders.map((folder) => folder.replaceAll('\\', '/'));
    expect(await named('all/*')).toEqual(['all/Cats', 'all/Cows', 'all/Dogs']);
    expect(await named('all/c*s', 'all/Dogs')).toEqual(['all/Cats', 'all/Cows', 'all/Dogs']);
    // One without a connector is left out, as below a folder that is named.
    await workspace.write('all/Docs/README.md', '# Docs');
    expect(await named('all/D*')).toEqual(['all/Dogs']);
    await expect(named('all/Doc*')).rejects.toThrow(`${join('all', 'Docs')} doesn't contain a connector.`);
    await expect(named('all/x*')).rejects.toThrow('No folder matches all/x*.');
  });

  /** Ways to write the folder `all/Cats`; other letters are no difference to Windows. */
  const spellings = (workspace: Workspace): readonly string[] => [
    'all/Cats',
    './all/../all/Cats/.',
    workspace.path('all', 'Cats'),
    ...(platform() === 'win32' ? ['ALL/cats', String.raw`.\all\Cats`] : []),
    'all',
  ];

  test('in several spellings are one', async () => {
    await using workspace = await withFolders('Cats');
    const { folders } = await namedFolders(spellings(workspace), workspace.directory);
    expect(folders).toEqual(['all/Cats']);
    expect(await runInProcess(workspace, 'validate', '--offline', ...spellings(workspace))).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `${join('all/Cats', 'apiDefinition.swagger.json')} validated successfully.\n`,
    });
  });

  test.skipIf(!hasModes)('are one through a link', async () => {
    await using workspace = await withFolders('Cats');
    await symlink(workspace.path('all', 'Cats'), workspace.path('kitten'), 'junction');
    const { folders } = await namedFolders(['kitten', 'all'], workspace.directory);
    expect(folders).toEqual(['kitten']);
    const validated = await runInProcess(workspace, 'validate', '--offline', 'kitten', 'all');
    expect(validated.stderr).toBe('kitten/apiDefinition.swagger.json validated successfully.\n');
  });

  test('have the problem of a file once, however often the file or its folder is named', async () => {
    await using workspace = await withFolders('Cats');
    const file = 'all/Cats/apiDefinition.swagger.json';
    await workspace.write(file, '{"swagger":"2.0"');
    const validated = async (...paths: readonly string[]): Promise<object> =>
      await runInProcess(workspace, 'validate', '--offline', ...paths);
    const folder = await validated('all/Cats');
    expect(folder).toMatchObject({ exitCode: 1 });
    expect(await validated(...spellings(workspace))).toEqual(folder);
    expect(await validated('all', file, workspace.path('all', 'Cats', 'apiProperties.json'))).toEqual(folder);
    expect(await validated('all/Cats', file)).toEqual(folder);
    expect(await validated(file, `./${file}`, workspace.path(file))).toEqual(await validated(file));
  });
});

describe('an ignored file', () => {
  const finding = { rule: 'r', level: 'error', message: 'm', pointer: '', url: 'u', line: 1, column: 1 } as const;
  test.each([
    ['pets/d.json', 'pets/d.json', true],
    ['pets/d.json', String.raw`pets\d.json`, true],
    [String.raw`pets\d.json`, 'pets/d.json', true],
    [String.raw`pets\*.json`, String.raw`pets\d.json`, true],
    ['d.json', String.raw`pets\d.json`, true],
    ['dogs/*', String.raw`pets\d.json`, false],
  ])('is named with either separator: %s is %s: %s', (pattern, file, expected) => {
    const bytes = Buffer.from(JSON.stringify({ paconn: { ignore: { r: [pattern] } } }));
    const suppressions = readSuppressions({ name: 'settings.json', bytes }, ['r'], new ScriptedTerminal());
    expect(isSuppressed({ ...finding, endLine: 1, endColumn: 1, file }, suppressions)).toBe(expected);
  });
});
