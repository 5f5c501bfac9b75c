import { expect, test } from 'vitest';
import { reason } from '../../../src/io/fs/disk-errors.ts';

test('a file that Windows refuses may be open in another program', () => {
  const refused = Object.assign(new Error('EPERM: rename'), { code: 'EPERM' });
  expect(reason(refused, 'win32')).toBe('another program may have it open, or it is protected');
  expect(reason(refused, 'linux')).toBe('not permitted');
  expect(reason(Object.assign(new Error('EBUSY'), { code: 'EBUSY' }), 'win32')).toBe('another program has it open');
});
