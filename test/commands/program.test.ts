import { readFile } from 'node:fs/promises';
import * as fc from 'fast-check';
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
  const takes = (name: string): string =>
    `paconn ${name} --help tells what it takes. A value with spaces is written in quotes.`;

  test.each([
    [['updat'], "Unknown command 'updat'.\nDid you mean update?"],
    [['UPDATE'], "Unknown command 'UPDATE'.\nDid you mean update?"],
    [['frobnicate', '--env', 'x'], "Unknown command 'frobnicate'.\npaconn --help lists the commands."],
    [['publish', '--env', 'x'], "Unknown command 'publish'.\nDid you mean deploy?"],
    [['auth', 'login'], "Unknown command 'auth'.\nDid you mean login?"],
    [['validate', '--json'], "Unknown option '--json'.\nDid you mean --output json?"],
    [['validate', '--strict'], "Unknown option '--strict'.\nDid you mean --max-warnings 0?"],
    [['create', '--secert=hunter2'], "Unknown option '--secert'.\nDid you mean --secret?"],
    [['update', '--environment', 'x'], `Unknown option '--environment'.\nDid you mean --env?`],
    [['update', '--apiDefinition=x'], `Unknown option '--apiDefinition'.\nDid you mean --api-def?`],
    [['help', 'downlod'], "Unknown command 'downlod'.\nDid you mean download?"],
    [[''], "Unknown command ''.\npaconn --help lists the commands."],
    [['downlod', '--help'], "Unknown command 'downlod'.\nDid you mean download?"],
    [['--ouptut', 'json', 'update'], `Unknown option '--ouptut'.\nDid you mean --output?`],
    [
      ['update', '--output'],
      `Option '-o, --output <format>' argument missing.\nA value that begins with a dash is written --output=VALUE.`,
    ],
    [['--env', 'x', 'update'], `Unknown option '--env'.\npaconn COMMAND --help lists the options of a command.`],
    [['update', '--dest', 'x'], `Unknown option '--dest'.\npaconn COMMAND --help lists the options of a command.`],
    [['update', '--sceret', 'hush'], `Unknown option '--sceret'.\nDid you mean --secret?`],
    [['validate', '-z'], `Unknown option '-z'.\npaconn COMMAND --help lists the options of a command.`],
    [['update', '--s', 'x'], 'The option --s could be --secret or --script or --settings.'],
    [['list', '--evn', 'x'], `Unknown option '--evn'.\nDid you mean --env?`],
    [['list', '--concurrency', '0'], "The option --concurrency takes a number from 1 to 64, not '0'."],
    [['completion'], `Missing required argument 'shell'.\n${takes('completion')}`],
    [
      ['update', '-e'],
      `Option '-e, --env <environment>' argument missing.\nA value that begins with a dash is written --env=VALUE.`,
    ],
    [
      ['create', 'settings.json'],
      `Too many arguments for 'create'. Expected 0 arguments but got 1.\n${takes('create')}`,
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

  test('is never quoted, however it is written', async () => {
    await using workspace = await Workspace.create();
    // No word of a message begins like this.
    const secret = fc.string({ minLength: 4, unit: 'grapheme' }).map((text) => `q7${text}`);
    const spelling = fc.constantFrom<(value: string) => string[]>(
      (value) => ['--secret', value],
      (value) => ['-secret', value],
      (value) => ['--secr', value],
      (value) => ['-r', value],
      (value) => [`--secret=${value}`],
      (value) => [`-secret=${value}`],
      (value) => [`-r${value}`],
      (value) => [`-r=${value}`],
      (value) => [`--secret${value}`],
      (value) => [`--secret ${value}`],
    );
    const dash = fc.constantFrom('', '-', '--', '=', '- ');
    const others = fc.constantFrom([], ['--nonsense'], ['-Z'], ['--env'], ['-e', 'X'], ['--api=X'], ['stray'], ['--']);
    const commandLines = fc.constantFrom(['create'], ['download'], ['delete'], ['show'], ['creat'], ['help'], []);
    await fc.assert(
      fc.asyncProperty(
        commandLines,
        others,
        spelling,
        dash,
        secret,
        others,
        async (name, before, spell, start, value, after) => {
          const { stdout, stderr } = await runInProcess(
            workspace,
            ...name,
            ...before,
            ...spell(start + value),
            ...after,
          );
          expect(stdout + stderr).not.toContain(value);
        },
      ),
      { numRuns: 500 },
    );
  });
});
