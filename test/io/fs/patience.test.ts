import { describe, expect, test } from 'vitest';
import { patiently } from '../../../src/io/fs/patience.ts';

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** Work that another program is in the way of for so long, and how often it was tried. */
function hindered(code: string, milliseconds: number): { readonly work: () => Promise<string>; tries: number } {
  const end = Date.now() + milliseconds;
  const state = {
    tries: 0,
    work: async (): Promise<string> => {
      state.tries += 1;
      if (Date.now() < end) throw systemError(code);
      return 'done';
    },
  };
  return state;
}

describe('on Windows', () => {
  test.each(['EPERM', 'EACCES', 'EBUSY', 'ENOTEMPTY'])(
    'a file that is held open for a while is waited for: %s',
    async (code) => {
      const { work } = hindered(code, 300);
      expect(await patiently(work, 'win32')).toBe('done');
    },
  );

  test('a lasting obstacle is finally an error, without busy waiting', async () => {
    const hindrance = hindered('EBUSY', Infinity);
    await expect(patiently(hindrance.work, 'win32')).rejects.toThrow('EBUSY');
    expect(hindrance.tries).toBeGreaterThan(20);
    expect(hindrance.tries).toBeLessThan(200);
  });

  test.each(['ENOENT', 'EEXIST', 'ENOSPC', 'EISDIR'])('what does not pass is not waited for: %s', async (code) => {
    const hindrance = hindered(code, Infinity);
    await expect(patiently(hindrance.work, 'win32')).rejects.toThrow(code);
    expect(hindrance.tries).toBe(1);
  });
});

test.each(['EPERM', 'EACCES', 'EBUSY'] as const)('elsewhere %s is final', async (code) => {
  for (const system of ['linux', 'darwin'] as const) {
    const hindrance = hindered(code, Infinity);
    await expect(patiently(hindrance.work, system)).rejects.toThrow(code);
    expect(hindrance.tries).toBe(1);
  }
});
