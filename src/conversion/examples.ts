import type { Fields } from './fields.ts';
import type { RuleValues } from './ledger.ts';
import type { OutNode } from './output-tree.ts';
import type { ConversionRuleId } from './rules.ts';
import { referenceOf, type SourceNode } from './source.ts';
import type { ConversionState } from './state.ts';

export interface ExampleRules {
  /** Reports the example that is converted. */
  readonly taken: ConversionRuleId;
  /** Reports each other one. */
  readonly left: ConversionRuleId;
  readonly values?: RuleValues;
}

/** The one example that OpenAPI 2.0 has room for: `example`, else the first of `examples` that has a value. */
export function takeExample(
  fields: Fields,
  { taken, left, values = {} }: ExampleRules,
  state: ConversionState,
): OutNode | undefined {
  const { ledger, references, version, example: copy } = state;
  const example = fields.take('example');
  const named = [...(fields.object('examples')?.members.values() ?? [])];
  const valueOf = (one: SourceNode | undefined): SourceNode | undefined =>
    references.valueOf(one)?.members.get('value');
  const first = example ?? named.map(valueOf).find((value) => value !== undefined);
  const copied = first && copy(first);
  if (first && copied) ledger.add(taken, first, values);
  for (const one of named) {
    const isTaken = first !== undefined && valueOf(one) === first;
    const isReference = referenceOf(one) !== undefined;
    const rest = [...one.members.values()].filter(
      (member) => member !== first && !(isReference && member.name === '$ref'),
    );
    if (!isTaken) ledger.add(left, one, { ...values, key: one.name });
    else for (const part of rest) ledger.add('member-unknown', part, { name: part.name, version });
  }
  return copied;
}
