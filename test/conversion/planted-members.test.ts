import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isArray, isObject } from '../../src/json/value.ts';
import { converted } from '../support/converted.ts';
import { richDescriptions } from '../support/rich-descriptions.ts';
import { forgotten } from '../support/source-coverage.ts';

/** Members that an object has in another format, or in none. */
const planted: Readonly<Record<string, unknown>> = {
  planted: { inside: ['planted'] },
  'x-planted': { inside: ['planted'] },
  $ref: { inside: 'planted' },
  summary: 'planted',
  description: 'planted',
  deprecated: true,
  example: { inside: 'planted' },
  examples: { planted: { value: 'planted' } },
  requestBody: { content: { 'application/json': { schema: { type: 'string', title: 'planted' } } } },
  content: { 'application/json': { schema: { title: 'planted' } } },
  schema: { type: 'string', title: 'planted' },
  default: { $ref: '#/planted' },
  servers: [{ url: 'https://planted.contoso.com' }],
  value: 'planted',
  id: 'planted',
  auth: { type: 'planted' },
};

/** The ways to all objects. */
function objectsIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  const inside = isArray(value) ? [...value.entries()] : isObject(value) ? Object.entries(value) : [];
  const below = inside.flatMap(([name, member]) => objectsIn(member, [...path, String(name)]));
  return isObject(value) ? [path, ...below] : below;
}

/** A copy with one more member in an object. Undefined where it has one of that name. */
function withMember(value: unknown, path: readonly string[], name: string): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return isObject(value) && !(name in value) ? { ...value, [name]: planted[name] } : undefined;
  if (isArray(value)) {
    const item = withMember(value[Number(first)], rest, name);
    return item === undefined ? undefined : value.with(Number(first), item);
  }
  const member = isObject(value) ? withMember(value[first], rest, name) : undefined;
  return member === undefined || !isObject(value) ? undefined : { ...value, [first]: member };
}

describe.each(Object.entries(richDescriptions))('%s', (_, text) => {
  const document: unknown = parse(text);
  const places = objectsIn(document);

  test('has each value in the result or in the report', async () => {
    const { conversion, errors } = await converted(text);
    expect(errors).toEqual([]);
    expect(forgotten(conversion)).toEqual([]);
  });

  test.each(Object.keys(planted))("has them with '%s' in any object, too", async (name) => {
    const lost: string[] = [];
    for (const place of places) {
      const changed = withMember(document, place, name);
      if (changed === undefined) continue;
      const source = JSON.stringify(changed);
      const result = await converted(source, { sourceUrl: 'https://api.contoso.com/openapi.json' });
      for (const one of forgotten(result.conversion)) lost.push(`${place.join('/')}: ${one}`);
      for (const { rule, pointer } of result.errors) lost.push(`${place.join('/')}: ${rule} ${pointer}`);
    }
    expect(lost).toEqual([]);
  });
});
