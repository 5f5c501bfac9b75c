import { jsonPointer } from '../json/pointer.ts';
import { type JsonNode, nodeAt } from '../json/tree.ts';
import type { Meaning } from './breaking.ts';
import type { Area, Change } from './change.ts';
import { describe } from './describe.ts';
import { type Difference, differences } from './differences.ts';

/** Where the things of API properties are, and how far from the root their names stand. */
const places: readonly { readonly within: readonly string[]; readonly area: Area }[] = [
  { within: ['properties', 'connectionParameters'], area: 'connection parameter' },
  { within: ['properties', 'connectionParameterSets', 'values'], area: 'connection parameter set' },
  { within: ['properties', 'policyTemplateInstances'], area: 'policy' },
];

/** How two API properties differ. No value in `concealed` is told. */
export function compareProperties(
  before: JsonNode,
  after: JsonNode,
  concealed: ReadonlySet<JsonNode> = new Set(),
): readonly Change[] {
  const found = differences({ before, after, steps: [], beforePath: [], afterPath: [] });
  return found.map((difference) => changeOf(difference, concealed));
}

function changeOf(difference: Difference, concealed: ReadonlySet<JsonNode>): Change {
  const { steps } = difference;
  const place = places.find(({ within }) => within.every((step, index) => steps[index] === step));
  const part = 'apiProperties';
  if (!place || steps.length === place.within.length) {
    const own = steps[0] === 'properties' ? steps.slice(1) : steps;
    return describe(difference, { part, area: 'property', steps: own }, concealed);
  }
  const own = steps.slice(place.within.length + 1);
  const subject = steps[place.within.length];
  const meaning = meaningFor(place.area, own, difference);
  return describe(difference, { part, area: place.area, subject, steps: own, meaning }, concealed);
}

const connectionsExist: Meaning = { rule: 'connection', reason: 'existing connections use it' };
const connectionsLack: Meaning = { rule: 'connection', reason: "existing connections don't have it" };

/** What says that a parameter is required. */
const constraint = '/uiDefinition/constraints/required';

/** What it means to connections that exist, and with them to the flows and apps that use them. */
function meaningFor(area: Area, steps: readonly string[], { kind, before, after }: Difference): Meaning | undefined {
  if (area === 'policy') return undefined;
  const isSet = area === 'connection parameter set';
  const isGone = kind === 'removed' || kind === 'renamed';
  if (isSet && steps.length === 0) return isGone ? connectionsExist : undefined;
  if (isSet && steps[0] !== 'parameters') return undefined;
  // The parameters of a set are under their own name in it.
  const own = isSet ? steps.slice(2) : steps;
  if (own.length === 0 && isGone) return connectionsExist;
  const way = jsonPointer(own);
  if (way === '/type' && kind === 'changed') return connectionsExist;
  const isConstraint = constraint.startsWith(way);
  return isConstraint && !requires(way, before) && requires(way, after) ? connectionsLack : undefined;
}

/** Whether what is at this path says that the parameter is required. */
function requires(way: string, node: JsonNode | undefined): boolean {
  const rest = constraint.slice(way.length).split('/').filter(Boolean);
  return isYes(nodeAt(node, ...rest));
}

/** Written as a text in most connectors. */
function isYes(node: JsonNode | undefined): boolean {
  return node !== undefined && 'value' in node && node.value.toLowerCase() === 'true';
}
