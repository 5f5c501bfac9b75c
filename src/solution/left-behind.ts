import { connectorComponent, rootComponents } from './connector-package.ts';
import { solutionMembers } from './layout.ts';
import { otherManifestParts } from './manifest-texts.ts';
import type { Solution, SolutionConnector } from './solution.ts';
import { textOf } from './xml.ts';

/** Members of a connector's element that files and settings have, or that are the same in each export. */
const keptMembers = new Set<string>([
  ...solutionMembers,
  'connectorid',
  'name',
  'iconbrandcolor',
  'scriptoperations',
  'displayname',
  'description',
  'connectortype',
]);

/** A custom connector, as opposed to one without connections. */
const customConnector = '1';

/**
 * What of a solution isn't in the files that are made of one of its connectors, nor in their settings, in words for people: a
 * solution that is made of these files doesn't have it.
 */
export function leftBehind(
  solution: Solution,
  { element }: SolutionConnector,
  { title, description }: { readonly title: string | undefined; readonly description: string | undefined },
): readonly string[] {
  const { connectors, manifest } = solution;
  const others = rootComponents(solution).filter(({ attributes }) => attributes['type'] !== connectorComponent);
  const isSame = (member: string, text: string | undefined): boolean =>
    oneLine(textOf(element, member)) === oneLine(text) || textOf(element, member) === undefined;
  const members = (element?.children ?? []).filter(({ name, text }) => text !== '' && !keptMembers.has(name));
  return [
    ...(isSame('displayname', title) ? [] : [`the display name '${textOf(element, 'displayname')}'`]),
    ...(isSame('description', description) ? [] : ['the description in the solution']),
    ...(isSame('connectortype', customConnector) ? [] : ['connectortype']),
    ...members.map(({ name }) => name),
    ...(connectors.length > 1 && manifest ? ['the name and version of the solution, which has other connectors'] : []),
    ...(others.length > 0 ? [others.length === 1 ? 'another component' : `${others.length} other components`] : []),
    ...otherManifestParts(manifest),
  ];
}

function oneLine(text: string | undefined): string {
  return (text ?? '').replaceAll(/\s+/gu, ' ').trim();
}
