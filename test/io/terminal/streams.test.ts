import { expect, test } from 'vitest';
import { isReaderGone } from '../../../src/io/terminal/streams.ts';

test.each(['EPIPE', 'EOF'])('%s says that nobody reads what is written', (code) => {
  expect(isReaderGone(Object.assign(new Error(code), { code }))).toBe(true);
});

test('other errors are different', () => {
  expect(isReaderGone(Object.assign(new Error('EIO'), { code: 'EIO' }))).toBe(false);
  expect(isReaderGone(new Error('EPIPE'))).toBe(false);
});
