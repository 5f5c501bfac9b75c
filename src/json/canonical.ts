import type { RawJson } from './document.ts';
import { isObject } from './value.ts';

/**
 * A text that is the same for all JSON texts of the same value: order of members and formatting are no difference, numbers
 * count by their exact value. Meant for comparing and hashing, not for reading. The text has to be JSON.
 */
export function canonicalJson({ text }: RawJson): string {
  // With a mark in front no name is an integer, which objects would put first, and no number is rounded.
  const marked = text.replaceAll(/"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/gu, (token) =>
    token.startsWith('"') ? `"=${token.slice(1)}` : `"#${canonicalNumber(token)}"`,
  );
  return JSON.stringify(JSON.parse(marked), (_name, value: unknown) =>
    isObject(value) ? Object.fromEntries(Object.entries(value).toSorted(byName)) : value,
  );
}

/** `-12.50e3` as `-125e2`: no zero that could go, and no digit lost. */
export function canonicalNumber(literal: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/iu.exec(literal) ?? [];
  const digits = `${whole}${fraction}`.replace(/^0+/u, '');
  const significant = /^.*[1-9]/u.exec(digits)?.[0];
  if (significant === undefined) return '0';
  return `${sign}${significant}e${BigInt(exponent) - BigInt(fraction.length - digits.length + significant.length)}`;
}

function byName([one]: readonly [string, unknown], [other]: readonly [string, unknown]): number {
  return one < other ? -1 : 1;
}
