import { expect, test } from 'vitest';
import { matchesWildcard } from '../../src/wildcard.ts';

/** Milliseconds of the processor, on which nobody else has an influence. */
function cost(pattern: string, count: number): number {
  const text = `${'/a'.repeat(count)}b`;
  const before = process.cpuUsage();
  matchesWildcard(pattern, text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

test.each(['/*/*/*/*/*/*/*/*/c', '*a*a*a*a*a*c', '*/a/a/a/c'])(
  '%s is compared in time that grows with the text',
  (pattern) => {
    cost(pattern, 4000);
    // 16 times as long; each `*` more would make it 16 times that.
    expect(cost(pattern, 64_000)).toBeLessThan(100 * Math.max(1, cost(pattern, 4000)));
  },
);
