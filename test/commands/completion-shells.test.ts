import { readFile } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { chmod, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { rememberListing } from '../../src/environment/listing-cache.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';
import { Workspace } from '../support/workspace.ts';

function isInstalled(shell: string): boolean {
  return spawnSync(shell, ['-c', 'true']).status === 0;
}

/** Outside of a quotation, each of them runs a command. */
const hostileNames = ['!;touch ran;#', "';touch ran;'", '";touch ran;"', ';touch ran;!', '$(touch ran)'];

/** A workspace where `paconn` is on the PATH, with a listing and files to complete. */
async function shellWorkspace(): Promise<Workspace> {
  const workspace = await Workspace.create();
  await workspace.write('my file.json', '{}');
  await workspace.write('sub folder/x', '');
  for (const [index, displayName] of hostileNames.entries()) {
    const connectors = [{ name: `shared_${index}`, properties: { displayName } }];
    await rememberListing(workspace.configDirectory, { environment: `env-${index}`, connectors });
  }
  await rememberListing(workspace.configDirectory, {
    environments: [
      { name: 'env-1', properties: { displayName: 'Contoso (default)' } },
      { name: 'env-2', properties: { displayName: `It's "quoted": $x` } },
      { name: 'env-3', properties: { displayName: 'Now!! !date' } },
      { name: 'env-4', properties: { displayName: '~root' } },
      { name: 'env-5', properties: { displayName: 'Q;touch ran;#' } },
    ],
  });
  // In the place of the tool for all but completion: what is run shows the arguments that it has got.
  const tool = workspace.command().map((word) => `'${word}'`);
  const lines = [
    '#!/bin/sh',
    `case $1 in complete|completion) exec ${tool.join(' ')} "$@" ;; esac`,
    'printf \'<%s>\' ran "$@" .',
  ];
  await writeFile(join(workspace.home, 'paconn'), lines.join('\n'));
  await chmod(join(workspace.home, 'paconn'), 0o755);
  workspace.variables['PATH'] = [workspace.home, workspace.environmentVariables()['PATH']].join(delimiter);
  return workspace;
}

interface ShellStart {
  readonly command: readonly string[];
  /** Ends with a prompt that nobody types. */
  readonly setUp: string;
}

const shells: Readonly<Record<string, ShellStart>> = {
  bash: {
    command: ['bash', '--norc', '--noprofile', '-i'],
    setUp: `eval "$(paconn completion bash)"; PS1='rea''dy> '`,
  },
  // The version of macOS, 3.2, has none.
  'bash without compopt': {
    command: ['bash', '--norc', '--noprofile', '-i'],
    setUp: `set +H; enable -n compopt; eval "$(paconn completion bash)"; PS1='rea''dy> '`,
  },
  zsh: {
    command: ['zsh', '-f', '-i'],
    setUp: `autoload -U compinit; compinit -u -D; eval "$(paconn completion zsh)"; PS1='rea''dy> '`,
  },
};

type Line = readonly [line: string, expected: readonly string[]];

const lines: readonly Line[] = [
  ['downl\t', ['download']],
  ['update --api-p\tmy\t', ['update', '--api-properties', 'my file.json']],
  ['update --settings=my\\ fi\t', ['update', '--settings=my file.json']],
  ['download -d su\t', ['download', '-d', 'sub folder']],
  ['update -e Con\t', ['update', '-e', 'Contoso (default)']],
  ['update --env="Con\t', ['update', '--env=Contoso (default)']],
  ['update --env=It\t', ['update', `--env=It's "quoted": $x`]],
  ["update -e 'It\t", ['update', '-e', `It's "quoted": $x`]],
  ['update -e "It\t', ['update', '-e', `It's "quoted": $x`]],
  ['update -e "Now\t', ['update', '-e', 'Now!! !date']],
  ['update -e Now\t', ['update', '-e', 'Now!! !date']],
  ['update -e env-4\t', ['update', '-e', 'env-4']],
  ['update -e env-2\t --ver\t', ['update', '-e', 'env-2', '--verbose']],
  ['diff ba\t', ['diff', 'base']],
  ['diff su\t', ['diff', 'sub folder']],
  ['validate --explain path-parameter-req\t', ['validate', '--explain', 'path-parameter-required']],
  ['validate --ignore=a,path-parameter-req\t', ['validate', '--ignore=a,path-parameter-required']],
  ['config set cl\t gcch\t', ['config', 'set', 'cloud', 'gcch']],
  ['restore la\t su\t', ['restore', 'latest', 'sub folder']],
  ...hostileNames.flatMap((name, index) =>
    ['', '"', "'"].map((mark): Line => [
      `show -e env-${index} -c ${mark}\t`,
      ['show', '-e', `env-${index}`, '-c', name],
    ]),
  ),
];

// Bash completes what follows the last quotation mark: what it would put there isn't in a quotation.
const bashLines: readonly Line[] = [
  ['update -e "Q"\t', ['update', '-e', 'Q']],
  ["update -e ''Q\t", ['update', '-e', 'Q']],
];

test.each(Object.keys(shells).filter((name) => isInstalled(shells[name]?.command[0] ?? '')))(
  '%s completes at its prompt',
  async (shell) => {
    await using workspace = await shellWorkspace();
    const { command, setUp } = shells[shell] ?? { command: [], setUp: '' };
    await using session = TerminalSession.start(workspace, [], { command, columns: 200 });
    session.type(`${setUp}${keys.enter}`);
    for (const [line, expected] of [...lines, ...(command[0] === 'bash' ? bashLines : [])]) {
      await session.waitFor(/ready> /u);
      session.type(`paconn ${line}${keys.enter}`);
      const [, shown = ''] = await session.waitFor(/<ran>((?:<.*?>)*)<\.>/u);
      // Some shells keep the slash behind a folder, others take it away again.
      expect(shown.replace('/>', '>')).toBe(expected.map((word) => `<${word}>`).join(''));
    }
    expect(await workspace.exists('ran')).toBe(false);
  },
);

test.runIf(isInstalled('fish'))('fish gets words with descriptions', async () => {
  await using workspace = await shellWorkspace();
  // Fish reads names of directories as the locale says.
  workspace.variables['LC_ALL'] = 'C.UTF-8';
  const completed = async (line: string): Promise<string[]> => {
    const script = 'paconn completion fish | source; complete --do-complete $argv[1]';
    const { stdout, stderr } = await workspace.launch(['fish', '--private', '-c', script, line]).finished;
    expect(stderr).toBe('');
    return stdout.split('\n').filter((text) => text !== '');
  };
  expect(await completed('paconn downl')).toEqual(['download\tDownload a connector as files.']);
  expect(await completed('paconn update --env=con')).toEqual(['--env=Contoso (default)\tenv-1']);
  expect(await completed('paconn update -e "Contoso (default)" -s m')).toEqual(['my file.json']);
  expect(await completed('paconn update --settings=m')).toEqual(['--settings=my file.json']);
  expect(await completed('paconn update -e "~"')).toEqual([]);
  expect(await completed('paconn update -e env-4')).toEqual(['env-4\t~root']);
  expect(await completed('paconn download -d s')).toEqual(['sub folder/']);
  expect(await completed('paconn diff ')).toEqual(
    expect.arrayContaining(['local', 'base', 'environment', 'sub folder/']),
  );
  expect(await completed('paconn validate --against=env')).toEqual(['--against=environment']);
  expect(await completed('paconn config set out')).toEqual(['output']);
  expect(await completed('paconn config set account ')).toEqual([]);
});

describe('the script', () => {
  test.each(['bash', 'zsh', 'fish'].filter(isInstalled))('of %s has no mistake in its syntax', async (shell) => {
    await using workspace = await Workspace.create();
    const { stdout } = await workspace.paconn('completion', shell);
    await workspace.write('script', stdout);
    expect(await workspace.launch([shell, '-n', 'script']).finished).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  });

  test('of bash works with bash 3.2 of macOS', async () => {
    await using workspace = await Workspace.create();
    const { stdout } = await workspace.paconn('completion', 'bash');
    const since4 =
      /\b(?:mapfile|readarray|coproc)\b|(?:declare|local) -[Agn]|\$\{\w+(?:\[@\])?(?:,|\^|@)|&>>|\|&|;&|\bsource <\(|\[-1\]/u;
    expect(since4.exec(stdout)).toBeNull();
    // Of an array it makes one empty word of no words: "${words[@]:1:0}".
    expect(stdout).not.toMatch(/\[@\]:1:/u);
  });

  // There is no PowerShell where this was written: what can go wrong in a script unseen is looked for.
  test('of PowerShell closes all quotations and brackets', async () => {
    const script = await readFile(new URL('../../src/completion/paconn.ps1', import.meta.url), 'utf8');
    // What is left without comments and quotations is brackets; of them, pairs without anything between are taken out.
    const whole = script.replaceAll(/#[^\n]*|'(?:[^']|'')*'|"(?:[^"`]|`.|"")*"/gu, '');
    expect(whole).not.toMatch(/['"`]/u);
    let brackets = whole.replaceAll(/[^()[\]{}]/gu, '');
    expect(brackets.length).toBeGreaterThan(20);
    const pair = /\(\)|\[\]|\{\}/u;
    while (pair.test(brackets)) brackets = brackets.replace(pair, '');
    expect(brackets).toBe('');
  });

  test('of PowerShell passes no word that Windows PowerShell 5.1 would spoil', async () => {
    const script = await readFile(new URL('../../src/completion/paconn.ps1', import.meta.url), 'utf8');
    const line = script.split('\n').find((one) => one.includes('paconn complete'));
    expect(line).toContain('@(paconn complete powershell "=$current" @before 2>$null)');
    const spoiled = String.raw`-replace '"' -replace '\\+$'`;
    expect(script).toContain(`$current = $wordToComplete ${spoiled}\n`);
    expect(script).toContain(
      `ForEach-Object { $_ ${spoiled} } |\n    ForEach-Object { if ($_) { $_ } else { "''" } })\n`,
    );
  });

  test('of an unknown shell is refused', async () => {
    await using workspace = await Workspace.create();
    expect(await workspace.paconn('completion', 'csh')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: "Error: Completion isn't available for the shell 'csh'.\nUse one of bash, zsh, fish, powershell.\n",
    });
  });
});
