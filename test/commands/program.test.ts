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
      /^Usage: paconn \[options\] \[command\]\n\nDevelop Power Platform custom connectors from the command line\./,
    );
    for (const command of commands) expect(stdout).toMatch(new RegExp(`^  ${command} +[A-Z].+\\.$`, 'mu'));
    expect(stdout).toMatch(/Run 'paconn <command> --help' for details about a command\.\nDocs: .+docs\n$/u);
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
  expect(stdout).toMatch(new RegExp(`^Usage: paconn ${command} \\[options\\]( \\[\\w+(?:\\.\\.\\.)?\\])?\n`, 'u'));
  for (const args of [
    [command, '--help'],
    ['-h', command],
    [command, '-o', 'none', '-h'],
  ])
    expect(await runInProcess(workspace, ...args)).toEqual({ exitCode: 0, stdout, stderr: '' });
});

describe('the options that help lists', () => {
  const everywhere = ['-o, --output', '--query', '-q, --quiet', '--verbose', '--debug', '-h, --help'];
  const publishing = [
    '-e, --environment',
    '-p, --api-properties',
    '-d, --api-definition',
    '-i, --icon',
    '-x, --script',
    '-u, --power-apps-url',
    '-v, --power-apps-api-version',
    '-r, --client-secret',
    '-s, --settings',
  ];
  test.each([
    [
      'login',
      ['-i, --client-id', '-t, --tenant', '-a, --authority-url', '-r, --resource', '-s, --settings', '-f, --force'],
    ],
    ['logout', []],
    [
      'download',
      [
        '-e, --environment',
        '-c, --connector',
        '-d, --output-dir',
        '-u, --power-apps-url',
        '-v, --power-apps-api-version',
        '-s, --settings',
        '-w, --overwrite',
        '-n, --dry-run',
      ],
    ],
    ['create', [...publishing, '-n, --dry-run', '-w, --overwrite-settings', '--skip-validation']],
    [
      'update',
      [...publishing, '-y, --yes', '-n, --dry-run', '-c, --connector', '--remove-script', '--skip-validation'],
    ],
    [
      'validate',
      [
        '-d, --api-definition',
        '-p, --api-properties',
        '-i, --icon',
        '-x, --script',
        '-s, --settings',
        '-u, --power-apps-url',
        '-v, --power-apps-api-version',
        '--offline',
        '--certification',
        '--publisher',
        '--info',
        '--max-warnings',
        '--ignore',
        '--format',
        '--output-file',
        '--fix',
        '-n, --dry-run',
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

test('a closed pipe ends the run silently', async () => {
  await using workspace = await Workspace.create();
  const program = workspace.command('help', 'create').map((word) => `'${word}'`);
  const shell = workspace.launch(['/bin/sh', '-c', `{ ${program.join(' ')}; echo "exit $?" >&2; } | exec true`]);
  const { stderr } = await shell.finished;
  expect(stderr).toBe('exit 0\n');
});

describe('a command line that is not understood', () => {
  const usage = (name: string): string => `Run 'paconn ${name} --help' for usage.`;
  const optionsOf = (name: string): string => `Run 'paconn ${name} --help' for the list of options.`;
  const startsWithDash = (option: string): string => `If the value starts with a dash, use ${option}=<value>.`;

  test.each([
    [['updat'], "Unknown command: updat\nDid you mean 'update'?"],
    [['UPDATE'], "Unknown command: UPDATE\nDid you mean 'update'?"],
    [['frobnicate', '--env', 'x'], "Unknown command: frobnicate\nRun 'paconn --help' for the list of commands."],
    [['git', 'x'], "Unknown command: git\nRun 'paconn --help' for the list of commands."],
    [['help', 'downlod'], "Unknown command: downlod\nDid you mean 'download'?"],
    [[''], "Unknown command: \nRun 'paconn --help' for the list of commands."],
    [['downlod', '--help'], "Unknown command: downlod\nDid you mean 'download'?"],
    [['create', '--secert=hunter2'], 'Unknown option: --secert\nDid you mean --client-secret?'],
    [['update', '--apiDefiniton=x'], 'Unknown option: --apiDefiniton\nDid you mean --api-definition?'],
    [['--ouptut', 'json', 'update'], 'Unknown option: --ouptut\nDid you mean --output?'],
    [['update', '--output'], `Missing value for --output.\n${startsWithDash('--output')}`],
    [['--env', 'x', 'update'], 'Unknown option: --env\nPut --env after the command.'],
    [
      ['--nonsense', 'x', 'update'],
      "Unknown option: --nonsense\nRun 'paconn <command> --help' for the list of options of a command.",
    ],
    [['update', '--dest', 'x'], `Unknown option: --dest\n${optionsOf('update')}`],
    [['update', '--sceret', 'hush'], 'Unknown option: --sceret\nDid you mean --client-secret?'],
    [['validate', '-z'], `Unknown option: -z\n${optionsOf('validate')}`],
    [['update', '--s', 'x'], '--s could be --client-secret or --script or --settings.'],
    [['list', '--evn', 'x'], 'Unknown option: --evn\nDid you mean --environment?'],
    [['list', '--concurrency', '0'], "--concurrency must be a number from 1 to 64, not '0'."],
    [['completion'], `Missing required argument: <shell>\n${usage('completion')}`],
    [['update', '-e'], `Missing value for --environment.\n${startsWithDash('--environment')}`],
    [
      ['whoami', 'settings.json'],
      `'whoami' accepts no arguments, but got 1.\nIf a value has spaces, put it in quotes. ${usage('whoami')}`,
    ],
    [
      ['init', 'contoso', 'pets'],
      `'init' accepts 1 argument, but got 2.\nIf a value has spaces, put it in quotes. ${usage('init')}`,
    ],
    [['download', '--overwrite=perhaps'], "--overwrite must be true or false, not 'perhaps'."],
    [
      ['download', '-o', 'xml'],
      "Invalid value for --output: 'xml'.\nUse one of json, jsonc, yaml, yamlc, table, tsv, none.",
    ],
  ])('%j is wrong usage', async (args, message) => {
    await using workspace = await Workspace.create();
    expect(await runInProcess(workspace, ...args)).toEqual({ exitCode: 2, stdout: '', stderr: `Error: ${message}\n` });
  });

  test.each([
    ['auth login', 'auth login', "'login'"],
    ['auth logout', 'auth logout', "'logout'"],
    ['auth status', 'auth status', "'whoami'"],
    ['auth', 'auth', "'login'"],
    ['auth hush', 'auth', "'login'"],
    ['AUTH Login', 'auth login', "'login'"],
    ['connector list --environment x', 'connector list', "'list'"],
    ['publish --env x', 'publish', "'deploy'"],
    ['push', 'push', "'deploy'"],
    ['import', 'import', "'init --from <file>'"],
    ['get', 'get', "'show'"],
    ['status', 'status', "'diff'"],
  ])('a command of another tool: %s', async (words, named, instead) => {
    await using workspace = await Workspace.create();
    const { exitCode, stderr } = await runInProcess(workspace, ...words.split(' '));
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `Error: Unknown command: ${named}\nDid you mean ${instead}?\n`,
    });
  });

  test.each([
    ['validate --json', 'Did you mean --output json?'],
    ['list --json', 'Did you mean --output json?'],
    ['validate --strict', 'Did you mean --max-warnings 0?'],
    ['update --strict', optionsOf('update')],
    ['delete --confirm', 'Did you mean --yes?'],
    ['deploy --what-if', 'Did you mean --dry-run?'],
    ['init --template api', optionsOf('init')],
    ['list --subscription', 'Did you mean --account <account>?'],
  ])('an option of another tool: %s', async (words, hint) => {
    await using workspace = await Workspace.create();
    const { exitCode, stderr } = await runInProcess(workspace, ...words.split(' '));
    const [, option = ''] = words.split(' ');
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: `Error: Unknown option: ${option}\n${hint}\n` });
  });

  test('is shown only with the names of its options: values may be secrets', async () => {
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
      (value) => ['--client-secret', value],
      (value) => [`--client-secret${value}`],
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
