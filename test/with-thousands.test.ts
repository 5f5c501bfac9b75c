import { expect, test } from 'vitest';
import { withThousands } from '../src/with-thousands.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [1_048_576, '1,048,576'],
  [123_456_789, '123,456,789'],
])('%d is %s', (count, text) => {
  expect(withThousands(count)).toBe(text);
});
