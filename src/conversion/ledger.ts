import { isSecretPlace, shownName } from '../connector/secret-stretches.ts';
import { namesSecret } from '../connector/secret-word.ts';
import type { ConversionRule, LossClass } from './loss-class.ts';
import { conversionRules, type ConversionRuleId, filledIn, hintFor } from './rules.ts';
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
  /** By their places, and there by what they say. */
  readonly #entries = new Map<SourceNode, Map<string, LossEntry>>();
  readonly #leftOut = new Map<SourceNode, LossEntry | undefined>();

  /** Reports in the first class that a rule has, unless another is named. */
  add(rule: ConversionRuleId, node: SourceNode, values: RuleValues = {}, lossClass?: LossClass): void {
    this.#add(rule, node, values, lossClass);
  }

  /**
   * Leaves out a part of the source: what was or will be reported about it and all in it, as if it were in the result, isn't said.
   * What is impossible still is.
   */
  leaveOut(node: SourceNode): void {
    this.#leftOut.set(node, undefined);
  }

  /** The same with an entry that says why. */
  leaveOutFor(rule: ConversionRuleId, node: SourceNode, values: RuleValues = {}, lossClass?: LossClass): void {
    this.#leftOut.set(node, this.#add(rule, node, values, lossClass));
  }

  get entries(): readonly LossEntry[] {
    const all = [...this.#entries.values()].flatMap((entries) => [...entries.values()]);
    return all.filter((entry) => entry.class === 'refused' || this.#isInResult(entry));
  }

  #isInResult(entry: LossEntry): boolean {
    for (let at: SourceNode | undefined = entry.node; at; at = at.parent)
      if (this.#leftOut.has(at) && this.#leftOut.get(at) !== entry) return false;
    return true;
  }

  #add(rule: ConversionRuleId, node: SourceNode, values: RuleValues, lossClass?: LossClass): LossEntry {
    const messages: ConversionRule = conversionRules[rule];
    const [first] = Object.entries(messages);
    const chosen = lossClass ?? classes.find((one) => messages[one] === first?.[1]) ?? 'dropped';
    const shown = withoutSecrets(values, node);
    const message = filledIn(messages[chosen] ?? '', shown);
    const entries = this.#entries.get(node) ?? new Map<string, LossEntry>();
    const key = `${rule} ${message}`;
    const known = entries.get(key);
    if (known) return known;
    const entry = { rule, class: chosen, message, hint: hintFor(rule, shown), node };
    this.#entries.set(node, entries.set(key, entry));
    return entry;
  }
}

/** What a message quotes of the source: no value of a name for a secret, and no URL with the credentials in it. */
function withoutSecrets(values: RuleValues, node: SourceNode): RuleValues {
  const isSecret = namesSecret(String(values['name'])) || ('value' in values && isSecretPlace(namesTo(node)));
  const shown = Object.entries(values).map(([name, value]) => {
    if (typeof value === 'number') return [name, value];
    return [name, name === 'value' && isSecret ? '***' : shownName(withoutCredentials(value))];
  });
  return Object.fromEntries(shown);
}

function namesTo(node: SourceNode): readonly string[] {
  const names: string[] = [];
  for (let at: SourceNode | undefined = node; at; at = at.parent) names.push(at.name);
  return names.toReversed();
}

/** `https://user:password@host/?key=value`, and a host with a user. */
function withoutCredentials(text: string): string {
  if (!text.includes('://')) return text.replace(/^[^/?#@\s]{1,1000}:[^/?#@\s]{1,1000}@(?=[\w.-]+)/u, '***@');
  const withoutUser = text.replaceAll(/(?<=:\/\/)[^/?#@\s]{1,1000}@/gu, '***@');
  return withoutUser.replaceAll(/([?&;][^=&;#\s]{1,1000}=)[^&;#\s]*/gu, (whole, name: string) =>
    namesSecret(name) ? `${name}***` : whole,
  );
}

const classes: readonly LossClass[] = ['refused', 'invalid', 'dropped', 'narrowed', 'kept', 'made'];
