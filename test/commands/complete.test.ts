import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { quoted, unquoted } from '../../src/completion/shell-words.ts';
import { rememberListing } from '../../src/environment/listing-cache.ts';
import { saveBackup } from '../../src/history/backups.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { stateOf } from '../support/states.ts';
import { Workspace } from '../support/workspace.ts';

/** What the words before the last one, all in one text, let the last one become. */
async function completed(workspace: Workspace, line: string, shell = 'zsh'): Promise<string[]> {
  const typed = line.split(/(?<!\\) /u);
  const { exitCode, stdout, stderr } = await runInProcess(
    workspace,
    'complete',
    shell,
    `=${typed.at(-1)}`,
    ...typed.slice(0, -1),
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const [kind = '', ...lines] = stdout.trimEnd().split('\n');
  const words = lines.map((text) => text.split('\t')[0] ?? '');
  return kind === 'words' ? words : [...words, `(${kind})`];
}

async function withListings(): Promise<Workspace> {
  const workspace = await Workspace.create();
  const named = (name: string, displayName: string) => ({ name, properties: { displayName } });
  await rememberListing(workspace.configDirectory, {
    environments: [
      named('Default-1', 'Contoso (default)'),
      named('env-2', "It's Dev"),
      named('env-3', 'Twice'),
      named('env-4', 'Twice'),
      named('env-5', 'Two\nlines'),
    ],
  });
  await rememberListing(workspace.configDirectory, {
    environment: 'env-2',
    connectors: [named('shared_pets-5f1', 'Pets')],
  });
  await rememberListing(workspace.configDirectory, {
    environment: 'Default-1',
    connectors: [named('shared_orders-5f2', 'Orders')],
  });
  return workspace;
}

test.each([
  ['downl', ['download']],
  ['upd', ['update']],
  ['--verbose log', ['login', 'logout']],
  ['-o json val', ['validate']],
  ['help cre', ['create']],
  ['nothing-like-this', []],
  ['--ver', ['--verbose', '--version']],
  ['update --set', ['--settings']],
  ['update -s x --h', ['--help']],
  ['validate --format ', ['text', 'json', 'sarif', 'github', 'markdown']],
  ['validate --format S', ['sarif']],
  ['validate --format=s', ['--format=sarif']],
  ['validate --form=s', ['--form=sarif']],
  ['-o ts', ['tsv']],
  ['download --overwrite=t', ['--overwrite=true']],
  ['download --overwrite ', ['(folders)']],
  ['update -s ', ['(files)']],
  ['update --icon=pic', ['(files)']],
  ['update --script x.csx --api-def ', ['(files)']],
  ['download --dest ', ['(folders)']],
  ['download -d', []],
  ['validate conn', ['(files)']],
  ['validate -- -x', ['(files)']],
  ['validate --offline ', ['(files)']],
  ['update ', ['(folders)']],
  ['create ', ['(folders)']],
  ['create pets ', []],
  ['deploy pets ', ['(folders)']],
  ['logout x', []],
  ['convert ', ['(files)']],
  ['package --out ', ['(files)']],
  ['diff ', ['local', 'base', 'environment', '(folders)']],
  ['diff -o json base env', ['environment', '(folders)']],
  ['diff -- b', ['base', '(folders)']],
  ['validate --against ', ['environment', '(folders)']],
  ['validate --against=env', ['--against=environment', '(folders)']],
  ['validate --explain path-parameter-req', ['path-parameter-required']],
  ['validate --explain 5000.2.3.1', ['5000.2.3.1']],
  ['validate --explain service', ['service', 'service-answer']],
  ['validate --ignore title-e', ['title-end']],
  ['validate --ignore=service', ['--ignore=service', '--ignore=service-answer']],
  ['validate --ignore title-end,5000.1.1.1,path-parameter-req', ['title-end,5000.1.1.1,path-parameter-required']],
  ['config ', ['set', 'get', 'list', 'unset']],
  ['config set ', ['environment', 'output', 'cloud', 'account']],
  ['config unset o', ['output']],
  ['config list ', []],
  ['share ', ['list', 'add', 'remove']],
  ['config set cloud g', ['gcc', 'gcch']],
  ['config --account set cloud ', ['environment', 'output', 'cloud', 'account']],
  ['config set --account ada cloud g', ['gcc', 'gcch']],
  ['config set output y', ['yaml', 'yamlc']],
  ['config set output yaml ', []],
  ['config get output ', []],
  ['config set account ', []],
  ['config set unknown ', []],
  ['restore ', ['latest', '(folders)']],
  ['restore latest ', ['(folders)']],
  ['restore latest pets ', []],
  ['completion ', ['bash', 'zsh', 'fish', 'powershell']],
  ['unknown ', []],
  ['unknown --ver', ['--verbose']],
])('%s becomes %j', async (line, expected) => {
  await using workspace = await Workspace.create();
  expect(await completed(workspace, line)).toEqual(expected);
});

describe('names from the last listing', () => {
  test.each([
    ['update -e ', ['Contoso (default)', "It's Dev", 'env-3', 'env-4', 'env-5']],
    ['update --env=con', ['--env=Contoso (default)']],
    ['update --env DEF', ['Default-1']],
    ['update -e env-3', ['env-3']],
    ['update -e x', []],
    ['update -c ', ['Orders', 'Pets']],
    ['update -e env-2 --cid ', ['Pets']],
    ["update --env=It\\'s\\ Dev --cid=", ['--cid=Pets']],
    ['update -e ~default -c ', ['Orders']],
    ['update -e default -c ', ['Orders']],
    ["update -e IT\\'S\\ DEV -c ", ['Pets']],
    ['update -e unknown -c ', []],
    ['update -c shared_p', ['shared_pets-5f1']],
    ['config set environment con', ['Contoso (default)']],
    ['diff environment --to-environment it', ["It's Dev"]],
  ])('%s becomes %j', async (line, expected) => {
    await using workspace = await withListings();
    expect(await completed(workspace, line)).toEqual(expected);
  });

  test('with control or direction characters are not suggested, but their IDs are', async () => {
    await using workspace = await Workspace.create();
    // What a terminal is not given would be taken out behind the quoting, and a part of that with it.
    const names = ['a\u009b;touch\u009b x;', 'b\u001b[$(id)', "c\u009d'", 'd\u202ee', 'e\rf'];
    await rememberListing(workspace.configDirectory, {
      environments: [
        ...names.map((displayName, index) => ({ name: `env-${index}`, properties: { displayName } })),
        { name: 'bad\u009b;id', properties: { displayName: 'bad\nid' } },
      ],
    });
    for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
      expect(await completed(workspace, 'update -e ', shell)).toEqual(names.map((_name, index) => `env-${index}`));
      expect(await completed(workspace, 'update -e bad', shell)).toEqual([]);
    }
  });

  test('have descriptions', async () => {
    await using workspace = await withListings();
    const { stdout } = await runInProcess(workspace, 'complete', 'fish', '=P', 'update', '-c');
    expect(stdout).toBe('words\nPets\tshared_pets-5f1\n');
  });

  test('are empty before the first listing', async () => {
    await using workspace = await Workspace.create();
    expect(await completed(workspace, 'update -e ')).toEqual([]);
  });
});

describe('backups', () => {
  async function withBackups(): Promise<{ readonly workspace: Workspace; readonly names: readonly string[] }> {
    const workspace = await Workspace.create();
    const { configDirectory } = workspace;
    const names = [];
    for (const connectorId of ['shared_pets', 'shared_orders']) {
      const state = stateOf({ title: connectorId.slice(7), apiProperties: '{"properties": {}}' });
      const current = { state, changedTime: undefined, changedBy: undefined };
      const target = { environment: 'env-1', connectorId };
      names.push((await saveBackup({ configDirectory, target, current, before: 'update' })).name);
    }
    return { workspace, names };
  }

  test.each(['restore ', 'restore -o json ', 'create --from-backup '])('are what %s can go on with', async (line) => {
    const { workspace, names } = await withBackups();
    await using _workspace = workspace;
    const found = await completed(workspace, line);
    expect(found.filter((word) => names.includes(word)).toSorted()).toEqual([...names].toSorted());
  });

  test('are those of the connector in the folder, if there are any', async () => {
    const { workspace, names } = await withBackups();
    await using _workspace = workspace;
    await workspace.write('settings.json', '{ "connectorId": "shared_pets" }');
    expect(await completed(workspace, 'restore ')).toEqual(['latest', names[0], '(folders)']);
    await workspace.write('settings.json', '{ "connectorId": "shared_other" }');
    expect(await completed(workspace, 'restore ')).toHaveLength(4);
    await workspace.write('settings.json', '{');
    expect(await completed(workspace, 'restore 2')).toHaveLength(3);
  });

  test('have the name of the connector and the reason of the backup', async () => {
    const { workspace, names } = await withBackups();
    await using _workspace = workspace;
    const { stdout } = await runInProcess(workspace, 'complete', 'fish', `=${names[1]}`, 'restore');
    expect(stdout).toBe(`folders\n${names[1]}\torders, before update\n`);
  });
});

describe('for bash, which splits words at = and :, only the last part is suggested', () => {
  test.each([
    [
      ['update', '--env', '='],
      ['Contoso\\ \\(default\\)', "It\\'s\\ Dev", 'env-3', 'env-4', 'env-5'],
    ],
    [['update', '--env', '=', '"Con'], ['"Contoso (default)"']],
    [['update', '--env', '=', "'It"], ["'It'\\''s Dev'"]],
    [['update', '-e', '"It'], [`"It's Dev"`]],
    [['update', '-e', 'Con"to'], []],
    [['update', '-e', '"Con"to'], []],
    [['update', '-e', 'Contoso\\ '], ['Contoso\\ \\(default\\)']],
    [['update', '-u', 'https', ':', '//x', '-e', 'It'], ["It\\'s\\ Dev"]],
  ])('%j becomes %j', async (words, expected) => {
    await using workspace = await withListings();
    const { stdout } = await runInProcess(workspace, 'complete', 'bash', `=${words.at(-1)}`, ...words.slice(0, -1));
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split('\t')[0]),
    ).toEqual(['words', ...expected]);
  });
});

test('names are quoted for PowerShell', async () => {
  await using workspace = await withListings();
  expect(await completed(workspace, "update -e 'It", 'powershell')).toEqual(["'It''s Dev'"]);
  expect(await completed(workspace, 'update --env=Con', 'powershell')).toEqual(["'--env=Contoso (default)'"]);
});

test('typographic quotation marks are escaped for PowerShell', () => {
  expect(quoted('a’; calc ‘', 'powershell', '')).toBe("'a’’; calc ‘‘'");
  expect(quoted("'‚‛", 'powershell', '')).toBe("'''‚‚‛‛'");
});

test('an unknown shell is refused', async () => {
  await using workspace = await Workspace.create();
  expect(await runInProcess(workspace, 'complete', 'csh', '=')).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: "Error: Completion isn't available for the shell 'csh'.\n",
  });
});

describe('a quoted text', () => {
  const text = fc.string({ unit: 'grapheme' }).map((value) => value.replaceAll(/\p{Cc}/gu, ' '));

  test.each(['', "'", '"'])('behind %s means the same to bash', async (begun) => {
    const texts = fc.sample(text, 300).filter((value) => value !== '');
    const words = texts.map((value) => quoted(value, 'bash', begun));
    const script = `set +H; printf '%s\\0' ${words.join(' ')}`;
    const { stdout } = await promisify(execFile)('bash', ['-c', script]);
    expect(stdout.split('\0').slice(0, -1)).toEqual(texts);
  });

  test('is read back unchanged', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('', "'", '"'), (value, begun) => {
        expect(unquoted(quoted(value, 'bash', begun) ?? '', 'bash')).toBe(value);
      }),
    );
  });
});
