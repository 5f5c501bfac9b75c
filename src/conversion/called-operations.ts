import { parsePath } from './path-names.ts';
import type { ReferenceResolver } from './references.ts';
import { pathMember, type SourceOperation } from './source-operations.ts';
import { sourceText } from './source.ts';

/** Operations that extensions call by the names of the source. */
export interface CalledOperations {
  /** The ID of the result for the one of the source. */
  id(stated: string): string | undefined;
  /** What a parameter of an operation is called in the result; undefined for one that is gone. */
  parameter(stated: string, name: string): string | undefined;
  /** The same of a parameter of whichever operation has the extension. */
  ownParameter(name: string): string;
}

/**
 * What operations and their parameters are called in the result.
 * @param isGone Whether the result has no headers of a name.
 */
export function calledOperations(
  all: readonly SourceOperation[],
  references: ReferenceResolver,
  isGone: (header: string) => boolean,
): CalledOperations {
  const byId = new Map(all.flatMap((one) => (one.stated === undefined ? [] : [[one.stated, one] as const])));
  const renamed = new Map(all.flatMap(({ path }) => [...parsePath(path).renamed]));
  return {
    id: (stated) => byId.get(stated)?.id,
    parameter: (stated, name) => {
      const operation = byId.get(stated);
      if (!operation) return name;
      if (isGone(name) && hasHeader(operation, name, references)) return undefined;
      return parsePath(operation.path).renamed.get(name) ?? name;
    },
    ownParameter: (name) => renamed.get(name) ?? name,
  };
}

function hasHeader({ node, pathItem }: SourceOperation, name: string, references: ReferenceResolver): boolean {
  const lists = [pathMember(pathItem, 'parameters'), node.members.get('parameters')];
  const places = lists
    .flatMap((list) => list?.items ?? [])
    .map((item) => references.valueOf(item)?.members)
    .filter((members) => sourceText(members?.get('name')) === name)
    .map((members) => sourceText(members?.get('in')));
  return places.length > 0 && places.every((place) => place === 'header');
}
