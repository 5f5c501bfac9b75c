import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { readPath } from '../../src/commands/path-text.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { Workspace } from '../support/workspace.ts';

const message = `A path has a quotation mark in it: My Folder"…`;

describe('a path', () => {
  test.each(['My Folder', 'a"b', '', '-', String.raw`C:\connectors`])('is taken as it is: %s', (path) => {
    expect(readPath(path)).toBe(path);
  });

  test.each(['My Folder"', 'My Folder" --secret S3cret', 'My Folder"\t-e X'])(
    'that has swallowed what follows is an error, which shows none of that: %s',
    (path) => {
      expect(() => readPath(path)).toThrow(new UsageError(message, { hint: expect.any(String) }));
    },
  );
});

test.each([[['validate', 'My Folder" --offline']], [['download', '-d', 'My Folder" -e X -c Y']]])(
  'options and folders are such paths: %s',
  async (args) => {
    await using workspace = await Workspace.create();
    expect(await runInProcess(workspace, ...args)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `Error: ${message}\nOn Windows, \\" doesn't end a path. Leave out the last \\, as in "My Folder"\n`,
    });
  },
);
