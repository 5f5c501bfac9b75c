import { expect, test } from 'vitest';
import { changeOrder } from '../../src/connector/change-order.ts';

test.each([
  ['2026-11-30T04:25:16.3850001Z', '2026-11-30T04:25:16.3850002Z', -1],
  ['2026-11-30T04:25:17Z', '2026-11-30T04:25:16.9999999Z', 1],
  ['2026-11-30T04:25:16.385Z', '2026-11-30T04:25:16.3850000Z', 0],
  ['2026-11-30T04:25:16.385Z', '2026-11-30T04:25:16.3859999Z', 0],
  ['2026-11-30T04:25:16Z', '2026-11-30T05:25:16+01:00', 0],
  ['2026-11-30T04:25:16', '2026-11-30T04:25:16Z', 0],
  [undefined, '2026-11-30T04:25:16Z', undefined],
  ['yesterday', '2026-11-30T04:25:16Z', undefined],
  ['2026-99-30T04:25:16Z', '2026-11-30T04:25:16Z', undefined],
] as const)('%s and %s', (one, other, expected) => {
  const order = changeOrder(one, other);
  expect(order === undefined ? undefined : Math.sign(order)).toBe(expected);
});
