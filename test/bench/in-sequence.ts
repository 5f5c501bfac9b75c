import type { RecordedRequest } from '../support/fake-cloud/request-log.ts';

/**
 * The length of the longest chain in which each request began after the one before it had ended.
 *
 * @param latency Of each request. Half of it is far more than it takes the server to notice that an answer is out, which a
 * fast client may not wait for, and far less than the time between two steps.
 */
export function inSequence(requests: readonly RecordedRequest[], latency: number): number {
  const depths: number[] = [];
  for (const [index, { startedAt }] of requests.entries()) {
    const earlier = requests
      .slice(0, index)
      .map(({ endedAt = Infinity }, at) => (endedAt - latency / 2 <= startedAt ? (depths[at] ?? 0) : 0));
    depths.push(1 + Math.max(0, ...earlier));
  }
  return Math.max(0, ...depths);
}
