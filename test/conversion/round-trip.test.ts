import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isArray, isObject, member } from '../../src/json/value.ts';
import { converted } from '../support/converted.ts';
import { openApi3Of } from '../support/openapi-3-of.ts';
import { sharedConnectors } from '../support/shared-connectors.ts';

// One in nine: all of them take minutes.
const connectors = sharedConnectors().filter(({ apiDefinition }, index) => apiDefinition !== '' && index % 9 === 0);

/*
 * A published definition as OpenAPI 3.0 and back has the same operations. What OpenAPI 3.0 can't hold, and isn't compared:
 * names of bodies, the headers Accept, Content-Type, and Authorization, and the order of members.
 */
test.skipIf(connectors.length === 0)('published connectors survive the way to OpenAPI 3.0 and back', async () => {
  for (const { name, apiDefinition } of connectors) {
    const text = readFileSync(apiDefinition, 'utf8').replace(/^\uFEFF/u, '');
    const before: unknown = JSON.parse(text);
    const { definition, errors } = await converted(JSON.stringify(await openApi3Of(before)));
    expect.soft({ name, operations: operationsOf(definition) }).toEqual({ name, operations: operationsOf(before) });
    expect
      .soft({ name, errors: errors.map(({ rule, pointer }) => `${rule} ${pointer}`) })
      .toEqual({ name, errors: [] });
  }
});

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'];
const ignored = new Set(['accept', 'content-type', 'authorization']);

function operationsOf(definition: unknown): readonly string[] {
  const paths = member(definition, 'paths');
  if (!isObject(paths)) return [];
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = member(item, method);
      if (!isObject(operation)) return [];
      const own = [member(item, 'parameters'), operation['parameters']].flatMap((list) => (isArray(list) ? list : []));
      const parameters = own.map((one) => parameterText(one, definition)).filter((one) => one !== '');
      const codes = isObject(operation['responses']) ? Object.keys(operation['responses']) : [];
      return [
        `${method} ${path} ${String(operation['operationId'])} (${[...new Set(parameters)].toSorted().join(', ')}) ${codes.join(' ')}`,
      ];
    }),
  );
}

function parameterText(parameter: unknown, definition: unknown): string {
  const reference = member(parameter, '$ref');
  const target =
    typeof reference === 'string'
      ? member(member(definition, 'parameters'), reference.split('/').at(-1) ?? '')
      : parameter;
  const [name, place] = [String(member(target, 'name')), String(member(target, 'in'))];
  if (place === 'body') return 'body';
  return place === 'header' && ignored.has(name.toLowerCase()) ? '' : `${place} ${name}`;
}
