import { PassThrough } from 'node:stream';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { showProgress } from '../../../src/io/terminal/progress.ts';

beforeAll(async () => {
  // Later it comes from memory, and no file is waited for while the clock stands still.
  await import('../../../src/io/terminal/status-line.ts');
});
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ofCursor = (): boolean => true;
const terminal = {
  isTTY: true,
  columns: 80,
  rows: 24,
  hasColors: () => false,
  cursorTo: ofCursor,
  moveCursor: ofCursor,
  clearLine: ofCursor,
};

/** What the terminal gets while work takes this long, in milliseconds. */
async function shownDuring(duration: number): Promise<string> {
  const stream = Object.assign(new PassThrough(), terminal);
  const work = new Promise((resolve) => setTimeout(resolve, duration, 'worked'));
  const shown = showProgress(() => 'Working', stream, work);
  for (let passed = 0; passed < duration; passed += 1) await vi.advanceTimersByTimeAsync(1);
  expect(await shown).toBe('worked');
  return String(stream.read() ?? '');
}

test('work that ends within 300 ms is not shown', async () => {
  expect(await shownDuring(299)).toBe('');
});

test('longer work is shown', async () => {
  expect(await shownDuring(400)).toContain('Working');
});
