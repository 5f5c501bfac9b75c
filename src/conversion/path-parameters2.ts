import { memberText, outArray, type OutNode, type OutObject } from './output-tree.ts';
import type { ParsedPath } from './path-names.ts';
import { leaveOutFor } from './obstacle.ts';
import { convertParameter2, nameAndPlace, parameterOf } from './parameters2.ts';
import { fixedQuery, madeParameter, renamed } from './path-parameters.ts';
import type { ReferenceResolver } from './references.ts';
import { pathMember, type SourceOperation } from './source-operations.ts';
import { isTrue, type SourceNode } from './source.ts';
import type { ConversionState } from './state.ts';

/** A path of OpenAPI 2.0 as it's written, and taken apart. */
export interface Path2 {
  readonly written: string;
  readonly parsed: ParsedPath;
}

/** What tells parameters apart. */
export interface Key2 {
  readonly name: string;
  readonly place: string;
}

/** Parameters of an operation or a path with the names of its variables, without those that are in another path. */
export function ofPath2(
  parameters: OutNode | undefined,
  { written, parsed }: Path2,
  state: ConversionState,
): readonly OutNode[] {
  const { ledger, references } = state;
  if (parameters?.kind !== 'array') return [];
  return parameters.items.flatMap((item) => {
    const target = item.origin && parameterOf(item.origin, references);
    if (!item.origin || !target) return [item];
    const { name: old, place } = nameAndPlace(target);
    if (place !== 'path') return [item];
    const name = parsed.renamed.get(old) ?? old;
    if (!parsed.variables.includes(name)) {
      ledger.leaveOutFor('path-parameter-stray', item.origin, { name: old, path: written });
      return [];
    }
    return name === old ? [item] : convertParameter2(target, state).map((copy) => renamed(copy, name));
  });
}

/** Whether an operation requires a parameter that the service doesn't accept, which is reported. */
export function isRefused2(operation: SourceOperation, { ledger, references }: ConversionState): boolean {
  const { node, pathItem, id } = operation;
  const refused = [node.members.get('parameters'), pathMember(pathItem, 'parameters')]
    .flatMap((list): readonly SourceNode[] => list?.items ?? [])
    .find((item) => {
      const target = parameterOf(item, references);
      if (!target || !isTrue(target.members.get('required'))) return false;
      const { name, place } = nameAndPlace(target);
      return name === 'connectionId' && place !== 'path';
    });
  if (!refused) return false;
  ledger.add('parameter-connection-id', refused, { id }, 'refused');
  leaveOutFor(operation, { node: refused, words: "'connectionId'" }, ledger);
  return true;
}

/** What a parameter of the result is called, and where it goes. */
export function keyOf2(parameter: OutNode, references: ReferenceResolver): Key2 {
  const target = parameter.origin && parameterOf(parameter.origin, references);
  if (parameter.kind === 'object' && !parameter.members.has('$ref'))
    return { name: memberText(parameter, 'name') ?? '', place: memberText(parameter, 'in') ?? '' };
  return target ? nameAndPlace(target) : { name: '', place: '' };
}

/** The parameters that only the path of an operation tells of. */
export function addPathParameters(
  { parsed }: Path2,
  {
    result,
    ofPath,
    pathNode,
  }: { readonly result: OutObject; readonly ofPath: readonly OutNode[]; readonly pathNode: SourceNode },
  { ledger, references }: ConversionState,
): void {
  const own = result.members.get('parameters');
  const items = own?.kind === 'array' ? own.items : [];
  const listed = [...items, ...ofPath].map((parameter) => keyOf2(parameter, references));
  const isMissing = (place: string, name: string) => !listed.some((one) => one.place === place && one.name === name);
  const variables = parsed.variables.filter((name) => isMissing('path', name));
  const queries = parsed.query.filter(([name]) => isMissing('query', name));
  if (variables.length + queries.length === 0) return;
  for (const name of variables) ledger.add('path-parameter-made', pathNode, { name });
  const made = [...variables.map(madeParameter), ...queries.map(([name, value]) => fixedQuery(name, value, pathNode))];
  result.members.set('parameters', outArray([...items, ...made], own?.origin));
}
