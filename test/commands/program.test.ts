import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { runInProcess } from '../support/run-in-process.ts';
import { Workspace } from '../support/workspace.ts';

const packageFile = new URL('../../package.json', import.meta.url);
const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(packageFile, 'utf8')));

const commands = ['login', 'logout', 'download', 'create', 'update', 'validate'];

test.each([[[]], [['--help']], [['-h']], [['help']], [['help', 'help']], [['--verbose']], [['-o', 'json']]])(
  'paconn %j shows what there is',
  async (args) => {
    await using workspace = await Workspace.create();
    const { exitCode, stdout, stderr } = await workspace.paconn(...args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Usage: paconn \[options\] \[command\]\n\nMoves custom connectors of Microsoft Power Platform/,
    );
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} +[A-Z].+\\.$`, 'mu'));
    expect(stdout.endsWith('paconn help COMMAND tells more about a command.\n')).toBe(true);
  },
);

test.each([[['-v']], [['--version']], [['update', '--version']], [['--version', 'update']], [['-v', 'update']]])(
  'paconn %j shows the version',
  async (args) => {
    await using workspace = await Workspace.create();
    expect(await workspace.paconn(...args)).toEqual({ exitCode: 0, stdout: `${version}\n`, stderr: '' });
  },
);

test.each(commands)('help for %s is the same by all its names', async (command) => {
  await using workspace = await Workspace.create();
  const { exitCode, stdout, stderr } = await runInProcess(workspace, 'help', command);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toMatch(new RegExp(`^Usage: paconn ${command} \\[options\\]( \\[\\w+\\.\\.\\.\\])?\n`, 'u'));
  for (const args of [
    [command, '--help'],
    ['-h', command],
    [command, '-o', 'none', '-h'],
  ])
    expect(await runInProcess(workspace, ...args)).toEqual({ exitCode: 0, stdout, stderr: '' });
});

describe('the options that help lists', () => {
  const everywhere = ['-o, --output', '--query', '--only-show-errors', '--verbose', '--debug', '--quiet', '-h, --help'];
  const publishing = [
    '-e, --env',
    '-p, --api-prop',
    '-d, --api-def',
    '-i, --icon',
    '-x, --script',
    '-u, --pau',
    '-v, --pav',
    '-r, --secret',
    '-s, --settings',
  ];
  test.each([
    ['login', ['-i, --clid', '-t, --tenant', '-a, --authority_url', '-r, --resource', '-s, --settings', '-f, --force']],
    ['logout', []],
    [
      'download',
      ['-e, --env', '-c, --cid', '-d, --dest', '-u, --pau', '-v, --pav', '-s, --settings', '-w, --overwrite'],
    ],
    ['create', [...publishing, '-w, --overwrite-settings', '--skip-validation']],
    ['update', [...publishing, '-c, --cid', '--remove-script', '--skip-validation']],
    [
      'validate',
      [
        '-d, --api-def',
        '-p, --api-prop',
        '-i, --icon',
        '-x, --script',
        '-s, --settings',
        '-u, --pau',
        '-v, --pav',
        '--offline',
        '--certification',
        '--publisher',
        '--info',
        '--max-warnings',
        '--ignore',
        '--format',
        '--output-file',
        '--fix',
        '--dry-run',
        '--explain',
        '--rules',
      ],
    ],
  ])('of %s are those of the contract; any others have no short form', async (command, options) => {
    await using workspace = await Workspace.create();
    const { stdout } = await runInProcess(workspace, command, '--help');
    const listed = [...stdout.matchAll(/^  ((?:-\w, )?--[\w-]+)/gmu)].map(([, option]) => option);
    const contract: (string | undefined)[] = [...options, ...everywhere];
    expect(listed).toEqual(expect.arrayContaining(contract));
    expect(listed.filter((option) => !contract.includes(option) && !option?.startsWith('--'))).toEqual([]);
  });
});

test('output that nobody reads any more ends the run without a word', async () => {
  await using workspace = await Workspace.create();
  const program = workspace.command('help', 'create').map((word) => `'${word}'`);
  const shell = workspace.launch(['/bin/sh', '-c', `{ ${program.join(' ')}; echo "exit $?" >&2; } | exec true`]);
  const { stderr } = await shell.finished;
  expect(stderr).toBe('exit 0\n');
});

describe('a command line that is not understood', () => {
  test.each([
    [['updat'], "There is no command 'updat'.\nDid you mean update?"],
    [['UPDATE'], "There is no command 'UPDATE'.\nDid you mean update?"],
    [['frobnicate', '--env', 'x'], "There is no command 'frobnicate'.\npaconn --help lists the commands."],
    [['publish', '--env', 'x'], "There is no command 'publish'.\nDid you mean deploy?"],
    [['update', '--environment', 'x'], 'There is no option --environment here.\nDid you mean --env?'],
    [['update', '--apiDefinition=x'], 'There is no option --apiDefinition here.\nDid you mean --api-def?'],
    [['help', 'downlod'], "There is no command 'downlod'.\nDid you mean download?"],
    [[''], "There is no command ''.\npaconn --help lists the commands."],
    [['--env', 'x', 'update'], 'There is no option --env here.\npaconn COMMAND --help lists the options of a command.'],
    [
      ['update', '--dest', 'x'],
      'There is no option --dest here.\npaconn COMMAND --help lists the options of a command.',
    ],
    [['update', '--sceret', 'hush'], 'There is no option --sceret here.\nDid you mean --secret?'],
    [['validate', '-z'], 'There is no option -z here.\npaconn COMMAND --help lists the options of a command.'],
    [['update', '--s', 'x'], 'The option --s could be --secret or --script or --settings.'],
    [['list', '--evn', 'x'], 'There is no option --evn here.\nDid you mean --env?'],
    [['list', '--concurrency', '0'], "The option --concurrency takes a number from 1 to 64, not '0'."],
    [['completion'], 'Something is missing: shell.\npaconn completion --help tells what it takes.'],
    [['update', '-e'], 'The option -e needs a value.\nA value that begins with a dash is written --env=VALUE.'],
    [
      ['create', 'settings.json'],
      'There are more arguments than create takes.\npaconn create --help tells what it takes. A value with spaces is written in quotes.',
    ],
    [['download', '--overwrite=perhaps'], "The option --overwrite takes true or false, not 'perhaps'."],
    [
      ['download', '-o', 'xml'],
      "The option --output does not take 'xml'.\nUse one of json, jsonc, yaml, yamlc, table, tsv, none.",
    ],
  ])('%j is wrong usage', async (args, message) => {
    await using workspace = await Workspace.create();
    expect(await runInProcess(workspace, ...args)).toEqual({ exitCode: 2, stdout: '', stderr: `Error: ${message}\n` });
  });

  test('is not shown beyond the names of its options: values may be secrets', async () => {
    await using workspace = await Workspace.create();
    for (const args of [
      ['--secret', 'hush-hush', 'update'],
      ['create', '--secret', 'hush', 'hush-hush'],
      ['update', '--secert', 'hush-hush'],
      ['update', '--secert=hush-hush'],
      ['update', '-zhush-hush'],
      ['update', '--s=hush-hush'],
    ]) {
      const { exitCode, stdout, stderr } = await workspace.paconn(...args);
      expect(exitCode).toBe(2);
      expect(stdout + stderr).not.toContain('hush-hush');
    }
  });
});
