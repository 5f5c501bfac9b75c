import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { partContent } from '../../src/connector/connector.ts';
import type { Connector } from '../../src/connector/connector.ts';
import { toJson } from '../../src/json/document.ts';
import { jsonPointer } from '../../src/json/pointer.ts';
import {
  completedBy,
  differingPointers,
  type EnvironmentValues,
  valuesAt,
  withValues,
} from '../../src/values/place-values.ts';

function connector(definition: string, properties = '{"properties":{}}', displayName?: string): Connector {
  return {
    displayName,
    apiDefinition: partContent('apiDefinition', 'apiDefinition.swagger.json', Buffer.from(definition)),
    apiProperties: partContent('apiProperties', 'apiProperties.json', Buffer.from(properties)),
    icon: undefined,
    script: undefined,
  };
}

function textsOf({ apiDefinition, apiProperties }: Connector) {
  return [apiDefinition?.document.text, apiProperties.document.text];
}

function values(given: Readonly<Record<string, unknown>>): EnvironmentValues {
  return new Map(Object.entries(given).map(([pointer, value]) => [pointer, toJson(value)]));
}

/** The ways to all values in a document. */
function pathsIn(value: unknown, path: readonly (string | number)[] = []): readonly (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  const inside = Array.isArray(value)
    ? value.flatMap((item: unknown, index) => pathsIn(item, [...path, index]))
    : Object.entries(value).flatMap(([name, item]) => pathsIn(item, [...path, name]));
  return inside.length === 0 ? [path] : inside;
}

const member = fc.dictionary(fc.string({ maxLength: 6 }), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 4 });
const space = fc.constantFrom(undefined, 1, 2, '\t');

describe('values in a connector', () => {
  test('can be removed: the original text is restored', () => {
    const documents = fc.record({ definition: member, properties: member, space });
    fc.assert(
      fc.property(documents, fc.infiniteStream(fc.jsonValue({ maxDepth: 2 })), fc.nat(), (given, wild, seed) => {
        const definition = { info: { title: 'Pets' }, host: 'a', ...given.definition };
        const properties = { properties: { ...given.properties, publisher: 'Contoso' } };
        Reflect.deleteProperty(definition, 'properties');
        const before = connector(
          JSON.stringify(definition, undefined, given.space),
          JSON.stringify(properties, undefined, given.space),
        );
        const pointers = [...pathsIn(definition), ...pathsIn(properties)]
          .filter((path, index) => path.length > 1 && (index + seed) % 3 > 0 && path[0] !== 'info')
          .map(jsonPointer);
        const placed = new Map(pointers.map((pointer) => [pointer, toJson(wild.next().value)]));
        const there = withValues(before, placed);
        expect(differingPointers(there, placed)).toEqual([]);
        const back = withValues(there, valuesAt(before, pointers), placed);
        expect(textsOf(back)).toEqual(textsOf(before));
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['a value', { '/host': 'b' }, '{"info":{"title":"Pets"},"host":"b","schemes":["https"]}'],
    ['an item', { '/schemes/0': 'http' }, '{"info":{"title":"Pets"},"host":"a","schemes":["http"]}'],
    ['nothing where there is none', { '/schemes/1': 'http', '/basePath': '/' }, undefined],
  ])('replace %s', (_what, given, expected) => {
    const definition = '{"info":{"title":"Pets"},"host":"a","schemes":["https"]}';
    expect(textsOf(withValues(connector(definition), values(given)))[0]).toBe(expected ?? definition);
  });

  test('are not removed if they changed', () => {
    const there = connector('{"host":"changed","basePath":"/test"}');
    const back = withValues(
      there,
      values({ '/host': 'file', '/basePath': '/v1' }),
      values({ '/host': 'test', '/basePath': '/test' }),
    );
    expect(textsOf(back)[0]).toBe('{"host":"changed","basePath":"/v1"}');
    expect(differingPointers(there, values({ '/host': 'test', '/basePath': '/test' }))).toEqual(['/host']);
  });

  test('stay unchanged without a known value', () => {
    const there = connector('{"host":"somewhere"}');
    const unknown: EnvironmentValues = new Map([['/host', undefined]]);
    expect(textsOf(withValues(there, unknown))).toEqual(textsOf(there));
    expect(completedBy(there, unknown).get('/host')?.text).toBe('"somewhere"');
  });

  test('rename a connector that is called by its title, and no other', () => {
    const title = values({ '/info/title': 'Pets (Test)' });
    const definition = '{"info":{"title":"Pets"}}';
    const named = [undefined, 'Pets', 'Dogs'].map((name) => withValues(connector(definition, undefined, name), title));
    expect(named.map(({ displayName }) => displayName)).toEqual([undefined, 'Pets (Test)', 'Dogs']);
  });
});
