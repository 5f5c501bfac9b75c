import type { JsonNode } from '../json/tree.ts';
import type { Area, Change } from './change.ts';
import { detailWords } from './detail.ts';
import type { Difference } from './differences.ts';
import { shortValue } from './short-value.ts';
import { isEnvironmentExpression } from '../connector/expression.ts';

/** What a difference is a difference of. */
export interface Thing {
  readonly part: Change['part'];
  readonly area: Area;
  readonly subject?: string | undefined;
  /** The way from the subject on. */
  readonly steps: readonly string[];
  readonly breaking?: string | undefined;
  readonly usedBy?: readonly string[];
}

/** A difference in the words of users. */
export function describe(difference: Difference, { steps, subject, breaking, usedBy = [], ...thing }: Thing): Change {
  const { kind, pointer, names } = difference;
  const isSecret = difference.steps.some((step) => /^client_?secret$/iu.test(step));
  const words = (node: JsonNode | undefined): string | undefined =>
    node && (isSecret && !isReference(node) ? '"***"' : shortValue(node));
  return {
    kind,
    ...thing,
    subject,
    detail: detailWords(steps),
    pointer,
    before: names?.before ?? words(difference.before),
    after: names?.after ?? words(difference.after),
    breaking,
    usedBy,
  };
}

function isReference(node: JsonNode): boolean {
  return node.type === 'string' && isEnvironmentExpression(node.value);
}
