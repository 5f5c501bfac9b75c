import { connectorNameOf, identityFaults } from './identity.ts';
import { type ManifestTexts, manifestTexts } from './manifest-texts.ts';
import { plainGuid } from './connector-package.ts';
import type { Solution, SolutionConnector } from './solution.ts';
import { childOf, textOf } from './xml.ts';

/** What `paconn.solution` in a settings file says, so that a solution made of the files is the same as before. */
export interface SolutionSettings extends ManifestTexts {
  readonly name?: string | undefined;
  readonly version?: string | undefined;
  readonly prefix?: string | undefined;
  readonly publisherName?: string | undefined;
  readonly connectorId?: string | undefined;
  readonly connectorName?: string | undefined;
}

/**
 * The settings of a connector in a solution; none of what can't be there. Of several, each becomes a solution of its own, with
 * the same publisher.
 */
export function settingsOfSolution(
  { manifest, connectors }: Solution,
  { name, element }: SolutionConnector,
  title: string | undefined,
): SolutionSettings {
  const solution = childOf(manifest?.root, 'SolutionManifest');
  const publisher = childOf(solution, 'Publisher');
  const isOnly = connectors.length === 1;
  const prefix = fitting('prefix', textOf(publisher, 'CustomizationPrefix'));
  const isDerived = prefix !== undefined && title !== undefined && connectorNameOf(prefix, title) === name;
  const id = textOf(element, 'connectorid');
  const { displayName, description, ...texts } = manifestTexts(manifest);
  const all: SolutionSettings = {
    name: isOnly ? fitting('solutionName', textOf(solution, 'UniqueName')) : undefined,
    displayName: isOnly ? displayName : undefined,
    description: isOnly ? description : undefined,
    version: isOnly ? fitting('solutionVersion', textOf(solution, 'Version')) : undefined,
    prefix,
    publisherName: fitting('publisherName', textOf(publisher, 'UniqueName')),
    ...texts,
    connectorId: fitting('connectorId', id === undefined ? undefined : plainGuid(id)),
    connectorName: isDerived || !element ? undefined : fitting('connectorName', name),
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
}

/** Which connector a solution with a flow has: the only one, or the only one with this title. */
export function connectorOfFlow({ connectors }: Solution, title: string): SolutionSettings | undefined {
  const named = connectors.filter(({ element }) => element !== undefined);
  const [one, another] =
    named.length > 1 ? named.filter((each) => textOf(each.element, 'displayname') === title) : named;
  if (!one || another) return undefined;
  const connectorId = fitting('connectorId', plainGuid(textOf(one.element, 'connectorid') ?? ''));
  return { connectorId, connectorName: fitting('connectorName', one.name) };
}

function fitting(name: keyof typeof identityFaults, text: string | undefined): string | undefined {
  return text !== undefined && identityFaults[name](text) === undefined ? text : undefined;
}
