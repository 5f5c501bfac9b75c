/**
 * A whole number that isn't negative, with commas: 500,000. The function of the language loads all languages first, which takes a
 * while.
 */
export function withThousands(count: number): string {
  const digits = String(count);
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return groups.join(',');
}
