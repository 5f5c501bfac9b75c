import { nameAndPlace, parameterOf } from './lists2.ts';
import { outArray, type OutNode, type OutObject } from './output-tree.ts';
import { madeParameter } from './path-parameters.ts';
import { pathMember, type SourceOperation } from './source-operations.ts';
import type { SourceNode } from './source.ts';
import type { ConversionState } from './state.ts';

/** The variables of a path of OpenAPI 2.0, which can't be renamed here. */
function variablesOf(path: string): readonly string[] {
  return [...path.matchAll(/\{([^{}/]+)\}/gu)].flatMap(([, name]) => name ?? []);
}

/** Parameters of an operation or a path, without those that are in another path. */
export function withoutStray(parameters: OutNode, path: string, { ledger, references }: ConversionState): OutNode {
  if (parameters.kind !== 'array') return parameters;
  const variables = variablesOf(path);
  const items = parameters.items.filter(({ origin }) => {
    const target = origin && parameterOf(origin, references);
    if (!target) return true;
    const { name, place } = nameAndPlace(target);
    const isStray = place === 'path' && !variables.includes(name);
    if (isStray) ledger.leaveOutFor('path-parameter-stray', origin, { name, path });
    return !isStray;
  });
  return outArray(items, parameters.origin);
}

/** Adds the parameters that only the path of an operation tells of. */
export function addPathParameters(
  { node, pathItem, path }: SourceOperation,
  result: OutObject,
  { ledger, references }: ConversionState,
): void {
  const listed = [node.members.get('parameters'), pathMember(pathItem, 'parameters')]
    .flatMap((list): readonly SourceNode[] => list?.items ?? [])
    .flatMap((item) => parameterOf(item, references) ?? [])
    .map(nameAndPlace);
  const missing = variablesOf(path).filter((name) => !listed.some((one) => one.place === 'path' && one.name === name));
  if (missing.length === 0) return;
  const own = result.members.get('parameters');
  for (const name of missing) ledger.add('path-parameter-made', pathItem.node, { name });
  const made = missing.map((name) => madeParameter(name));
  result.members.set('parameters', outArray([...(own?.kind === 'array' ? own.items : []), ...made], own?.origin));
}
