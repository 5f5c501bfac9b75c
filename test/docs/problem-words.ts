import type { Rule } from '../../src/validation/engine/rule.ts';

/** The message of a rule for a cell of a table, with its placeholders as names. */
export function problemWords({ message }: Rule): string {
  const words = message.replaceAll('{suggestion}', '').replaceAll(/\{(?<name>\w+)\}/gu, '‹$<name>›');
  return words.replaceAll('|', String.raw`\|`);
}
