const form = /^(?<seconds>\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(?<fraction>\d+))?(?<zone>Z|[+-]\d\d:\d\d)?$/u;

/**
 * Which of two changes came first, by the times that a service writes, `2019-12-18T18:51:32.3316756Z`: negative for the first one, 0 for
 * the same. Digits that only one of them has count for nothing: services write as many as they like. Undefined where it isn't known.
 */
export function changeOrder(one: string | undefined, other: string | undefined): number | undefined {
  const [first, second] = [form.exec(one ?? '')?.groups, form.exec(other ?? '')?.groups];
  if (!first || !second) return undefined;
  const bySeconds = milliseconds(first) - milliseconds(second);
  if (bySeconds !== 0) return Number.isNaN(bySeconds) ? undefined : bySeconds;
  const { fraction: digits = '' } = first;
  const { fraction: others = '' } = second;
  const length = Math.min(digits.length, others.length);
  return Number(digits.slice(0, length)) - Number(others.slice(0, length));
}

function milliseconds({ seconds = '', zone = 'Z' }: Readonly<Record<string, string | undefined>>): number {
  return Date.parse(`${seconds}${zone}`);
}
