import { describe, expect, test } from 'vitest';
import { type Task, workThrough } from '../../src/bulk/work-through.ts';
import type { Context } from '../../src/context.ts';
import {
  ConflictError,
  ExitCode,
  InterruptedError,
  NotSignedInError,
  PaconnError,
  UsageError,
} from '../../src/errors.ts';
import type { Result } from '../../src/output/result.ts';
import { ScriptedTerminal } from '../support/scripted-terminal.ts';

const context: Context = {
  version: '0',
  docsFolder: '',
  terminal: new ScriptedTerminal(),
  workingDirectory: '/work',
  configDirectory: '/config',
  variables: {},
  openKeychain: () => {
    throw new Error('Nobody needs a keychain.');
  },
  expectSignIn: () => undefined,
  signal: new AbortController().signal,
};

/** What comes of tasks that end so, all of which have begun before one ends. */
async function outcome(...endings: readonly (PaconnError | Result)[]): Promise<Result> {
  const tasks = endings.map((ending, index): Task => {
    const work = async (): Promise<Result> =>
      await (ending instanceof PaconnError ? Promise.reject(ending) : Promise.resolve(ending));
    return { name: `pets ${index + 1}`, facts: {}, work };
  });
  return await workThrough(tasks, { doing: 'Working', concurrency: tasks.length }, context);
}

const done: Result = { data: {} };

describe('the exit code of work on many connectors is that of the worst:', () => {
  const endings = {
    interrupted: new InterruptedError(),
    'not signed in': new NotSignedInError('Not signed in.'),
    usage: new UsageError('Unknown option.'),
    failed: new PaconnError('Refused.'),
    conflict: new ConflictError('Changed.'),
    done,
  };
  const codes = [
    ExitCode.interrupted,
    ExitCode.notSignedIn,
    ExitCode.usage,
    ExitCode.failed,
    ExitCode.conflict,
    ExitCode.done,
  ];
  const names = ['interrupted', 'not signed in', 'usage', 'failed', 'conflict', 'done'] as const;
  const pairs = names.slice(1).map((milder, index) => [names[index] ?? 'done', milder, codes[index]] as const);

  test.each(pairs)('%s is worse than %s', async (worse, milder, exitCode) => {
    expect((await outcome(endings[milder], endings[worse])).exitCode).toBe(exitCode);
    expect((await outcome(endings[worse], endings[milder])).exitCode).toBe(exitCode);
  });

  test('an exit code without a failure also counts', async () => {
    expect((await outcome(done, { ...done, exitCode: ExitCode.failed }, done)).exitCode).toBe(ExitCode.failed);
    expect((await outcome(endings.conflict, { ...done, exitCode: ExitCode.failed })).exitCode).toBe(ExitCode.failed);
  });

  test('the final failure has the same exit code', async () => {
    const { failure } = await outcome(endings.conflict, endings.usage, done);
    expect(failure).toMatchObject({
      message: '2 of 3 connectors failed:',
      exitCode: ExitCode.usage,
      detail: '  pets 1: Changed.\n  pets 2: Unknown option.',
    });
  });
});

test("a connector's words are in its line, or in lines below its name", async () => {
  const terminal = new ScriptedTerminal();
  const reports = [
    ['Already up to date.'],
    ['Merged from the environment:', '  operation GetPet added', 'Written: a.json'],
    [],
  ];
  const tasks = reports.map((lines, index): Task => {
    const work = async (own: Context): Promise<Result> => {
      for (const line of lines) own.terminal.report(line);
      return await Promise.resolve({ data: { result: 'merged' } });
    };
    return { name: `pets ${index + 1}`, facts: {}, work };
  });
  await workThrough(tasks, { doing: 'Pulling', concurrency: 1 }, { ...context, terminal });
  expect(terminal.stderr).toEqual([
    'pets 1: Already up to date.',
    'pets 2:',
    '  Merged from the environment:',
    '    operation GetPet added',
    '  Written: a.json',
    '3 connectors: 3 merged.',
  ]);
});

test('different hints are below the names that they are for, and a common one is alone', async () => {
  const edit = { hint: 'Edit the file.' };
  const diff = { hint: 'Compare with:\n  paconn diff pets' };
  const [first, second, third] = [
    new PaconnError('A.', edit),
    new PaconnError('B.', diff),
    new PaconnError('C.', edit),
  ];
  expect((await outcome(first, second, third)).failure).toMatchObject({
    hint: 'pets 1, pets 3:\n  Edit the file.\npets 2:\n  Compare with:\n    paconn diff pets',
  });
  expect((await outcome(first, third)).failure).toMatchObject({ hint: 'Edit the file.' });
  expect((await outcome(first, new PaconnError('D.'))).failure).toMatchObject({ hint: 'pets 1:\n  Edit the file.' });
});

test('commands to choose from are in one column, also for folders of different names', async () => {
  const [short, long] = ['a', 'a-long-name'].map(
    (name) =>
      new ConflictError('Changed.', { hint: `  paconn diff ${name}    review\n  paconn pull ${name}    merge` }),
  );
  const { failure } = await outcome(short ?? done, long ?? done);
  const { hint = '' } = failure instanceof PaconnError ? failure : {};
  const columns = hint.split('\n').flatMap((line) => / {4}(?=\w+$)/u.exec(line)?.index ?? []);
  expect([columns.length, new Set(columns).size]).toEqual([4, 1]);
});

test('the reasons of a failure are listed with it: candidates for a name, but not the changes of a conflict', async () => {
  const detail = '  shared_one  Twin\n  shared_two  Twin';
  const { failure } = await outcome(new UsageError('Two.', { detail }), new ConflictError('Changed.', { detail }));
  expect(failure).toMatchObject({
    detail: '  pets 1: Two.\n      shared_one  Twin\n      shared_two  Twin\n  pets 2: Changed.',
  });
});

test('a blank line is between what is printed of two', async () => {
  const terminal = new ScriptedTerminal();
  const tasks = ['a', 'b'].map((name): Task => ({
    name,
    facts: {},
    work: async (own) => {
      own.terminal.print(`About ${name}`);
      return await Promise.resolve(done);
    },
  }));
  await workThrough(tasks, { doing: 'Working', concurrency: 1 }, { ...context, terminal });
  expect(terminal.stdout).toEqual(['a:', 'About a', '', 'b:', 'About b']);
});
