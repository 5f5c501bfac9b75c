import SwaggerParser from '@apidevtools/swagger-parser';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FileError, UsageError } from '../../src/errors.ts';
import { isArray, isObject, type JsonObject } from '../../src/json/value.ts';
import { converted } from '../support/converted.ts';
import { openApi3Of } from '../support/openapi-3-of.ts';
import { jsonText, sharedConnectors } from '../support/shared-connectors.ts';
import { forgotten } from '../support/source-coverage.ts';

type Path = readonly (string | number)[];

/** Their members have names that authors choose. */
const maps = new Set([
  'paths',
  'definitions',
  'properties',
  'responses',
  'headers',
  'parameters',
  'securityDefinitions',
]);

/** Small enough that many can be converted. */
const largest = 12_000;

const sources = sharedConnectors().flatMap(({ apiDefinition }) => {
  const text = apiDefinition === '' ? undefined : jsonText(apiDefinition);
  return text === undefined || text.length > largest ? [] : [{ text, places: placesIn(JSON.parse(text)) }];
});

/** Each kind of place once: names that authors choose are all the same. Extensions stay as they are. */
function placesIn(document: unknown): readonly Path[] {
  const byKind = new Map<string, Path>();
  const look = (value: unknown, path: Path): void => {
    if (path.some((step) => String(step).startsWith('x-'))) return;
    const kind = path.map((step, index) => (isNamed(path, index) ? '*' : step)).join(' ');
    if (path.length > 0 && !byKind.has(kind)) byKind.set(kind, path);
    if (isArray(value)) for (const [index, item] of value.entries()) look(item, [...path, index]);
    else if (isObject(value)) for (const [name, member] of Object.entries(value)) look(member, [...path, name]);
  };
  look(document, []);
  return [...byKind.values()];
}

function isNamed(path: Path, index: number): boolean {
  return typeof path[index] === 'number' || maps.has(String(path[index - 1]));
}

const wrong = fc.constantFrom<unknown>(null, 'text', 5, -1.5, true, [], {}, [null], [{}], { a: 1 }, undefined);

/** A copy with another value at a place; without it where there is none. */
function withValue(value: unknown, [step, ...rest]: Path, other: unknown): unknown {
  if (step === undefined) return other;
  if (isArray(value)) return value.map((item, index) => (index === step ? withValue(item, rest, other) : item));
  if (!isObject(value)) return value;
  const copy: JsonObject = { ...value, [step]: withValue(value[step], rest, other) };
  return copy;
}

/** A connector with a wrong value or two. */
const faulty = fc
  .constantFrom(...sources)
  .chain(({ text, places }) =>
    fc
      .array(fc.tuple(fc.constantFrom(...places), wrong), { minLength: 1, maxLength: 2 })
      .map((faults) =>
        faults.reduce<unknown>((document, [place, value]) => withValue(document, place, value), JSON.parse(text)),
      ),
  );

/** Always the same documents, so that a failure is about what was changed. */
const runs = { numRuns: 40, seed: 17 };

/** What is wrong with the result of a text, or missing in it and in the report. */
async function problemsWith(text: string): Promise<readonly string[]> {
  try {
    const { conversion, definition, errors } = await converted(text);
    // What an extension of the platform says is up to its author, and reported.
    const own = errors.filter(({ pointer, rule }) => !pointer.includes('/x-') && !rule.startsWith('webhook-'));
    const isSaid = definition !== undefined || conversion.entries.some((entry) => entry.class === 'refused');
    return [
      ...own.map(({ rule, pointer }) => `${rule} ${pointer}`),
      ...(isSaid ? [] : ['no entry says why there is no result']),
      ...(definition === undefined ? [] : await faultsOf(definition)),
      ...forgotten(conversion),
    ];
  } catch (error) {
    // A document without a host, or that is none.
    if (error instanceof FileError || error instanceof UsageError) return [];
    throw error;
  }
}

async function faultsOf(definition: unknown): Promise<readonly string[]> {
  try {
    await SwaggerParser.validate(JSON.parse(JSON.stringify(definition)));
    return [];
  } catch (error) {
    return [String(error)];
  }
}

test.skipIf(sources.length === 0)('published connectors with wrong values become valid ones', async () => {
  await fc.assert(
    fc.asyncProperty(faulty, async (document) => {
      expect(await problemsWith(JSON.stringify(document))).toEqual([]);
    }),
    runs,
  );
});

test.skipIf(sources.length === 0)('so do they as OpenAPI 3', async () => {
  const [first] = sources.toSorted((one, other) => other.places.length - one.places.length);
  const document: unknown = await openApi3Of(JSON.parse(first?.text ?? '{}'));
  const places = placesIn(document);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...places), wrong, async (place, value) => {
      expect(await problemsWith(JSON.stringify(withValue(document, place, value)))).toEqual([]);
    }),
    runs,
  );
});
