import type { JsonNode } from '../json/tree.ts';
import type { Area, Change } from './change.ts';
import type { Meaning } from './breaking.ts';
import { detailWords } from './detail.ts';
import type { Difference } from './differences.ts';
import { shownJson, shownName, shownSteps } from '../connector/secret-stretches.ts';
import { stars } from '../values/concealed-values.ts';
import { shortened } from '../shortened.ts';

/** Characters of a value that are shown. */
const longest = 80;

/** What a difference is a difference of. */
export interface Thing {
  readonly part: Change['part'];
  readonly area: Area;
  readonly subject?: string | undefined;
  /** The way from the subject on. */
  readonly steps: readonly string[];
  readonly meaning?: Meaning | undefined;
  readonly usedBy?: readonly string[];
}

/** A difference in the words of users. Of a value in `concealed` both sides are stars. */
export function describe(
  difference: Difference,
  { steps, subject, meaning, usedBy = [], ...thing }: Thing,
  concealed: ReadonlySet<JsonNode>,
): Change {
  const { kind, pointer, place, names } = difference;
  const isConcealed = hasAny(difference.before, concealed) || hasAny(difference.after, concealed);
  const words = (node: JsonNode | undefined): string | undefined =>
    node && (isConcealed && node.type !== 'object' ? stars.text : shortValue(node, difference.steps));
  const shown = shownSteps(isConcealed ? difference.steps.map(asStarsIfValue) : difference.steps);
  return {
    kind,
    ...thing,
    subject: subject === undefined ? undefined : shownName(subject),
    detail: detailWords(shown.slice(shown.length - steps.length)),
    pointer,
    before: names ? shownName(names.before) : words(difference.before),
    after: names ? shownName(names.after) : words(difference.after),
    breaking: meaning?.reason,
    rule: meaning?.rule,
    place,
    usedBy: usedBy.map(shownName),
  };
}

/** Whether a value is one of these, or a list that has one. */
function hasAny(node: JsonNode | undefined, concealed: ReadonlySet<JsonNode>): boolean {
  if (!node || concealed.size === 0) return false;
  return node.type === 'array' ? node.items.some((item) => hasAny(item, concealed)) : concealed.has(node);
}

/** A step to an item of a list that is called by its value. */
function asStarsIfValue(step: string): string {
  return step.startsWith('"') ? stars.text : step;
}

/** A value in a few words: of objects only the names are told. */
function shortValue(node: JsonNode, steps: readonly string[]): string {
  const words = wordsOf(node, steps);
  if (node.type === 'object') return shortened(words, longest);
  const shown = shownJson(words, steps);
  const short = shortened(shown, longest);
  // A text ends with its quotation mark.
  return node.type === 'string' && short !== shown ? `${short}"` : short;
}

function wordsOf(node: JsonNode, steps: readonly string[]): string {
  if (node.type === 'object') {
    const names = [...node.byName.keys()].map((name) => shownSteps([...steps, name]).at(-1) ?? '');
    return `{${names.map((name) => shortened(name, longest)).join(', ')}}`;
  }
  if (node.type !== 'array') return node.type === 'string' ? JSON.stringify(node.value) : node.literal;
  const isPlain = node.items.every((item) => 'value' in item);
  return isPlain
    ? `[${node.items.map((item) => wordsOf(item, steps)).join(', ')}]`
    : `[${node.items.length} ${node.items.length === 1 ? 'item' : 'items'}]`;
}
