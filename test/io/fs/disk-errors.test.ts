import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { reason, unreadableOwn } from '../../../src/io/fs/disk-errors.ts';
import { commandWord } from '../../../src/io/terminal/command-word.ts';

test('a file that Windows refuses may be open in another program', () => {
  const refused = Object.assign(new Error('EPERM: rename'), { code: 'EPERM' });
  expect(reason(refused, 'win32')).toBe('another program may have it open, or it is protected');
  expect(reason(refused, 'linux')).toBe('not permitted');
  expect(reason(Object.assign(new Error('EBUSY'), { code: 'EBUSY' }), 'win32')).toBe('another program has it open');
});

test('a file of our own that we may not read can be one of root', () => {
  const path = join('/home', "ada's", '.paconn', 'config.json');
  const refused = Object.assign(new Error('EACCES'), { code: 'EACCES' });
  const command = 'sudo chown -R "$(id -u)" ';
  expect(unreadableOwn(path, refused, 'linux').hint).toContain(`run:\n  ${command}${commandWord(dirname(path))}`);
  expect(unreadableOwn(path, refused, 'win32').hint).toBeUndefined();
  expect(unreadableOwn(join('/etc', 'config.json'), refused, 'linux').hint).toBeUndefined();
  expect(unreadableOwn(path, new Error('other'), 'linux').hint).toBeUndefined();
});
