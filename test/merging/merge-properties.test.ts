import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonicalJson } from '../../src/json/canonical.ts';
import { indented } from '../../src/json/document.ts';
import { type MergedDocument, mergeDocuments } from '../../src/merging/merge-documents.ts';
import { wildJson } from '../json/wild-json.ts';
import { jsonText, sharedConnectors } from '../support/shared-connectors.ts';

type Json = string | number | null | { readonly [name: string]: Json } | readonly Json[];

/** Small documents that often have something in common. */
const documents = fc.letrec<{ value: Json; object: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Json>(1, 2, 'x', 'y', null),
    tie('object'),
    fc.array(tie('value'), { maxLength: 3 }),
  ),
  object: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'required', 'parameters', 'name', '$ref'), tie('value'), {
    maxKeys: 4,
    noNullPrototype: true,
  }),
})).object;

/** Compact, or laid out in one of many ways. */
const layouts = fc.constantFrom<(value: Json) => string>(
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, undefined, 4),
  (value) => `${JSON.stringify(value, undefined, '\t').replaceAll('\n', '\r\n')}\r\n`,
  (value) => JSON.stringify(value, undefined, 1).replaceAll(/\n +/gu, ' '),
);

const versions = fc.record({ base: documents, ours: documents, theirs: documents, layout: layouts });

function merge(base: string, ours: string, theirs: string, side?: 'ours' | 'theirs'): MergedDocument {
  return mergeDocuments({ base: { text: base }, ours: { text: ours }, theirs: { text: theirs } }, side);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function expectSameJson(one: string, other: string): void {
  expect(canonicalJson({ text: one })).toBe(canonicalJson({ text: other }));
}

/** The lines of one side of each conflict. */
function chosen(text: string, side: 'ours' | 'theirs'): string {
  let now: 'both' | 'ours' | 'theirs' = 'both';
  const lines = text.split(/(?<=\r\n|\n)/u).filter((line) => {
    if (line.startsWith('<<<<<<< local')) now = 'ours';
    else if (now !== 'both' && line.startsWith('=======')) now = 'theirs';
    else if (line.startsWith('>>>>>>> environment')) now = 'both';
    else return now === 'both' || now === side;
    return false;
  });
  return lines.join('');
}

/** All values that hold no other, with the way to them through objects. */
function leavesOf(value: unknown, way = ''): readonly string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${way} = ${JSON.stringify(value)}`];
  return Object.entries(value).flatMap(([name, inner]) => leavesOf(inner, `${way}/${name}`));
}

function without(some: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return some.filter((one) => !known.has(one));
}

function expectNothingLost(base: unknown, side: unknown, merged: unknown): void {
  const [before, after, now] = [base, side, merged].map((value) => leavesOf(value));
  expect(without(without(after ?? [], before ?? []), now ?? [])).toEqual([]);
  const gone = new Set(without(before ?? [], after ?? []));
  expect((now ?? []).filter((leaf) => gone.has(leaf))).toEqual([]);
}

describe('a merge', () => {
  test('of two equal sides is that side, byte for byte', () => {
    fc.assert(
      fc.property(wildJson, wildJson, wildJson, ({ text: base }, { text: same }, other) => {
        expect(merge(base, same, same)).toEqual({ text: same, conflicts: [] });
        expect(merge(base, same, indented({ text: same }))).toEqual({ text: same, conflicts: [] });
        expect(merge(other.text, same, other.text)).toEqual({ text: same, conflicts: [] });
      }),
    );
  });

  test('with a side that has changed nothing is the other side', () => {
    fc.assert(
      fc.property(versions, ({ base, ours, layout }) => {
        const [before, after] = [layout(base), layout(ours)];
        expect(merge(JSON.stringify(base), after, before)).toEqual({ text: after, conflicts: [] });
        const taken = merge(JSON.stringify(base), before, JSON.stringify(ours));
        expect(taken.conflicts).toEqual([]);
        expectSameJson(taken.text, after);
      }),
      { numRuns: 300 },
    );
  });

  test('with theirs is the other side, in any document', () => {
    fc.assert(
      fc.property(wildJson, wildJson, ({ text: base }, { text: theirs }) => {
        const { text, conflicts } = merge(base, base, theirs);
        expect(conflicts).toEqual([]);
        expectSameJson(text, theirs);
      }),
      { numRuns: 300 },
    );
  });

  test('has the same conflicts from both sides', () => {
    fc.assert(
      fc.property(versions, ({ base, ours, theirs }) => {
        const [b, o, t] = [base, ours, theirs].map((value) => JSON.stringify(value));
        const one = merge(b ?? '', o ?? '', t ?? '').conflicts;
        const other = merge(b ?? '', t ?? '', o ?? '').conflicts;
        expect(one).toHaveLength(other.length);
      }),
      { numRuns: 300 },
    );
  });

  test('loses no change of either side without a conflict', () => {
    const objects = fc.letrec<{ value: Json; object: Json }>((tie) => ({
      value: fc.oneof({ depthSize: 'small' }, fc.constantFrom<Json>(1, 2, 'x'), tie('object')),
      object: fc.dictionary(fc.constantFrom('a', 'b', 'c'), tie('value'), {
        minKeys: 1,
        maxKeys: 3,
        noNullPrototype: true,
      }),
    })).object;
    fc.assert(
      fc.property(objects, objects, objects, layouts, (base, ours, theirs, layout) => {
        const { text, conflicts } = merge(JSON.stringify(base), layout(ours), JSON.stringify(theirs));
        fc.pre(conflicts.length === 0);
        const merged: unknown = JSON.parse(text);
        expectNothingLost(base, ours, merged);
        expectNothingLost(base, theirs, merged);
      }),
      { numRuns: 150 },
    );
  });

  test('loses no item that a side has added, and keeps none that it has removed', () => {
    const edits = (mark: string): fc.Arbitrary<readonly (readonly string[])[]> =>
      fc.array(
        fc.array(fc.constantFrom('keep', 'remove', 'add'), { maxLength: 2 }).map((actions) => [...actions, mark]),
        { minLength: 6, maxLength: 6 },
      );
    const apply = (base: readonly string[], plan: readonly (readonly string[])[]): readonly string[] =>
      base.flatMap((item, index) => {
        const actions = plan[index] ?? [];
        const kept = actions.includes('remove') ? [] : [item];
        return actions.includes('add') ? [...kept, `${actions.at(-1) ?? ''}${index}`] : kept;
      });
    const base = ['1', '2', '3', '4', '5', '6'];
    const holders = fc.constantFrom('required', 'x-any');
    fc.assert(
      fc.property(edits('o'), edits('t'), holders, layouts, (plan, otherPlan, holder, layout) => {
        const [ours, theirs] = [apply(base, plan), apply(base, otherPlan)];
        const { text, conflicts } = merge(
          JSON.stringify({ [holder]: base }),
          layout({ [holder]: ours }),
          JSON.stringify({ [holder]: theirs }),
        );
        // Members of a set that come and go cannot be in each other's way.
        const isFree = conflicts.length === 0;
        expect(isFree || holder !== 'required').toBe(true);
        fc.pre(isFree);
        const expected = new Set([...ours, ...theirs].filter((item) => !base.includes(item)));
        for (const item of base) if (ours.includes(item) && theirs.includes(item)) expected.add(item);
        expect(JSON.parse(text)).toEqual({ [holder]: expect.arrayContaining([...expected]) });
        expect(JSON.parse(text)[holder]).toHaveLength(expected.size);
      }),
      { numRuns: 300 },
    );
  });

  test('with markers becomes the JSON of a side when the other side is removed', () => {
    fc.assert(
      fc.property(versions, ({ base, ours, theirs, layout }) => {
        const texts = [JSON.stringify(base), layout(ours), JSON.stringify(theirs)] as const;
        const { text, conflicts } = merge(...texts);
        for (const side of ['ours', 'theirs'] as const) {
          const decided = merge(...texts, side);
          expect(decided.conflicts).toHaveLength(conflicts.length);
          expectSameJson(chosen(text, side), decided.text);
        }
        expect(isJson(text)).toBe(conflicts.length === 0);
      }),
      { numRuns: 400 },
    );
  });
});

describe.runIf(sharedConnectors().length > 0)('a merge of real connectors', () => {
  const texts = sharedConnectors()
    .flatMap(({ apiDefinition, apiProperties }) => [jsonText(apiDefinition) ?? [], jsonText(apiProperties) ?? []])
    .flat()
    .filter((text) => text.length < 60_000 && text.includes('\n'));

  /** What tells items of a list apart: with another one it is another item. */
  const naming: ReadonlySet<string> = new Set(['name', 'in', '$ref', 'title', 'templateId']);

  /** Changes members that a number chooses; those of the two sides are apart. */
  function changed(text: string, seed: number, offset: number, kept: ReadonlySet<string> = new Set()): string {
    let count = 0;
    return JSON.stringify(JSON.parse(text), (name, value: unknown) => {
      count += 1;
      const isChosen = typeof value === 'string' && count % 40 === (seed + offset) % 40;
      if (!isChosen || name === '' || kept.has(name)) return value;
      return `${value} changed by ${offset}`;
    });
  }

  /** What both have added to a list stands in the order of who merges. */
  function withSortedLists(text: string): unknown {
    const sorted = (_name: string, value: unknown): unknown =>
      Array.isArray(value) ? value.map((item) => JSON.stringify(item)).toSorted() : value;
    return JSON.parse(text, sorted);
  }

  test('has the changes of both sides, and keeps the other text', () => {
    fc.assert(
      fc.property(fc.nat(texts.length - 1), fc.nat(39), (index, seed) => {
        const base = texts[index] ?? '';
        const theirs = changed(base, seed, 3);
        expect(merge(base, base, base)).toEqual({ text: base, conflicts: [] });
        const { text, conflicts } = merge(base, base, theirs);
        expect(conflicts).toEqual([]);
        expectSameJson(text, theirs);
        // One line for each change; an item that is another one is written anew.
        const lines = merge(base, base, changed(base, seed, 3, naming)).text.split('\n');
        const before = new Set(base.split('\n'));
        const added = lines.filter((line) => !before.has(line) && !line.includes('changed by 3'));
        expect(added).toEqual([]);
        const ours = changed(base, seed, 11);
        const both = merge(base, ours, theirs);
        const back = merge(base, theirs, ours);
        expect(back.conflicts).toHaveLength(both.conflicts.length);
        if (both.conflicts.length > 0) return;
        expect(withSortedLists(back.text)).toEqual(withSortedLists(both.text));
        const changes = [ours, theirs].flatMap((side) => side.match(/"[^"]* changed by \d+"/gu) ?? []);
        expect(changes.filter((change) => !both.text.includes(change))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });
});
