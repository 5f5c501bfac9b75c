import { UsageError } from '../errors.ts';
import { nearestName } from '../nearest-name.ts';
import { matchesWildcard } from '../wildcard.ts';
import type { SourceOperation } from './source-operations.ts';
import { sourceText } from './source.ts';

export interface Selection {
  readonly operations: readonly string[];
  readonly tags: readonly string[];
}

/** Something that can be selected. */
export type Selectable = Pick<SourceOperation, 'method' | 'path' | 'id' | 'stated'> & {
  readonly tags: readonly string[];
};

export function tagsOf({ node }: SourceOperation): readonly string[] {
  return (node.members.get('tags')?.items ?? []).flatMap((tag) => sourceText(tag) ?? []);
}

/** Whether an operation is selected. Raises `UsageError` for a pattern or tag that no operation has. */
export function selector(all: readonly Selectable[], { operations, tags }: Selection): (one: Selectable) => boolean {
  const patterns = operations.map(readPattern);
  for (const pattern of patterns) if (!all.some(pattern.matches)) throw unmatched('--operations', pattern.written, all);
  for (const tag of tags) if (!all.some((one) => hasTag(one, tag))) throw unmatched('--tag', tag, all);
  const wanted = patterns.filter(({ isTaken }) => isTaken);
  const unwanted = patterns.filter(({ isTaken }) => !isTaken);
  return (one) =>
    (wanted.length === 0 || wanted.some(({ matches }) => matches(one))) &&
    !unwanted.some(({ matches }) => matches(one)) &&
    (tags.length === 0 || tags.some((tag) => hasTag(one, tag)));
}

interface Pattern {
  readonly written: string;
  /** Whether it selects; else it takes away. */
  readonly isTaken: boolean;
  readonly matches: (one: Selectable) => boolean;
}

function readPattern(written: string): Pattern {
  const isTaken = !written.startsWith('!');
  const text = isTaken ? written : written.slice(1);
  const [, method = '*', path] = /^(?:([A-Za-z*]+)\s+)?(\/.*)$/u.exec(text) ?? [];
  if (path === undefined) {
    const matchesId = wildcard(text);
    return { written, isTaken, matches: ({ id, stated }) => matchesId(id) || matchesId(stated ?? id) };
  }
  const [matchesMethod, matchesPath] = [wildcard(method), wildcard(path)];
  return { written, isTaken, matches: (one) => matchesMethod(one.method) && matchesPath(one.path) };
}

function wildcard(pattern: string): (text: string) => boolean {
  const lowered = pattern.toLowerCase();
  return (text) => matchesWildcard(lowered, text.toLowerCase());
}

function hasTag({ tags }: Selectable, tag: string): boolean {
  return tags.some((one) => one.toLowerCase() === tag.toLowerCase());
}

function unmatched(option: string, written: string, all: readonly Selectable[]): UsageError {
  const names = option === '--tag' ? all.flatMap(({ tags }) => tags) : all.flatMap(({ id, path }) => [id, path]);
  const near = nearestName(written.replace(/^!/u, ''), [...new Set(names)]);
  const what = option === '--tag' ? 'has this tag' : 'matches';
  return new UsageError(
    `${option} ${written}: no operation ${what}${near === undefined ? '' : `. Did you mean ${near}?`}`,
    {
      hint:
        near === undefined
          ? 'Operations are selected by ID, path, or method and path, such as: GET /pets/*'
          : undefined,
    },
  );
}
