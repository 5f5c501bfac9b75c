import {
  conversionRules,
  type ConversionRule,
  type ConversionRuleId,
  filledIn,
  hintFor,
  type LossClass,
} from './rules.ts';
import type { SourceNode } from './source.ts';

export type RuleValues = Readonly<Record<string, string | number>>;

/** What became of a part of the source. */
export interface LossEntry {
  readonly rule: ConversionRuleId;
  readonly class: LossClass;
  readonly message: string;
  readonly hint: string | undefined;
  readonly node: SourceNode;
}

/** All that a conversion has to report: one entry for each rule and place. */
export class Ledger {
  readonly #entries = new Map<SourceNode, LossEntry[]>();

  /** Reports in the first class that a rule has, unless another is named. */
  add(rule: ConversionRuleId, node: SourceNode, values: RuleValues = {}, lossClass?: LossClass): void {
    const messages: ConversionRule = conversionRules[rule];
    const [first] = Object.entries(messages);
    const chosen = lossClass ?? classes.find((one) => messages[one] === first?.[1]) ?? 'dropped';
    const message = filledIn(messages[chosen] ?? '', values);
    const entries = this.#entries.get(node) ?? [];
    if (entries.some((entry) => entry.rule === rule && entry.message === message)) return;
    this.#entries.set(node, [...entries, { rule, class: chosen, message, hint: hintFor(rule, values), node }]);
  }

  get entries(): readonly LossEntry[] {
    return [...this.#entries.values()].flat();
  }
}

const classes: readonly LossClass[] = ['refused', 'dropped', 'narrowed', 'kept', 'made'];
