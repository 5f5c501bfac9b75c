import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { readOwnJson } from '../../../src/io/fs/files.ts';
import { BundledProgram } from '../../support/bundled-program.ts';
import { TemporaryDirectory } from '../../support/temporary-directory.ts';

test('two writers and two readers of a file do not disturb each other', async () => {
  await using program = await BundledProgram.create(fileURLToPath(new URL('shared-file-user.ts', import.meta.url)));
  await using directory = await TemporaryDirectory.create();
  const [writes, reads] = [30, 60];
  const users = [
    program.start('write', directory.path, String(writes)),
    program.start('write', directory.path, String(writes)),
    program.start('read', directory.path, String(reads)),
    program.start('read', directory.path, String(reads)),
  ];
  const results = await Promise.all(users.map(async ({ finished }) => await finished));
  for (const result of results) expect(result).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  // None of the writes is lost.
  const last = await readOwnJson(directory.join('sign-ins.json'), z.object({ round: z.number() }));
  expect(last).toEqual({ round: 2 * writes });
});
