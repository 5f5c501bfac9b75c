import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkConnector } from '../../src/validation/check.ts';
import type { NamedFile } from '../../src/validation/engine/connector-source.ts';
import { mutate, mutations, replaceAt, valuesIn } from './mutation.ts';
import { misplaced, outside } from '../json/position-oracle.ts';
import { richDefinition, richProperties, richScript, richSettings } from './rich-connector.ts';

const everything = { certification: true, info: true } as const;

const texts = {
  definition: JSON.stringify(richDefinition, null, 1),
  properties: JSON.stringify(richProperties, null, 1),
  settings: JSON.stringify(richSettings, null, 1),
  script: richScript,
};

const source = {
  definition: file('definition', texts.definition),
  properties: file('properties', texts.properties),
  settings: file('settings', texts.settings),
  script: file('script', texts.script),
};

function file(name: string, text: string): NamedFile & { readonly bytes: Uint8Array } {
  return { name, bytes: new TextEncoder().encode(text) };
}

test('the rich connector has no errors', () => {
  expect(checkConnector(source).filter(({ level }) => level === 'error')).toEqual([]);
});

test.each(['definition', 'properties', 'settings', 'script'] as const)(
  'any change of bytes of a %s with all there can be ends in findings inside of it',
  (role) => {
    fc.assert(
      fc.property(mutations, (changes) => {
        const bytes = changes.reduce(mutate, source[role].bytes);
        // Other encodings than UTF-8 have lines of their own.
        fc.pre(!bytes.includes(0));
        const changed = { ...source, [role]: { name: role, bytes } };
        expect(outside(changed, checkConnector(changed, everything))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  },
);

test.each([
  ['definition', richDefinition],
  ['properties', richProperties],
] as const)('any value of a %s in the place of any other ends in findings at their pointers', (role, document) => {
  const values = valuesIn(document);
  const location = fc.nat(values.length - 1);
  const value = fc.oneof(
    location.map((index) => values[index]),
    fc.jsonValue(),
  );
  fc.assert(
    fc.property(location, value, (left, by) => {
      const text = JSON.stringify(replaceAt(document, { left }, by), null, 1);
      const changed = { ...source, [role]: file(role, text) };
      // What stands below the name of a secret may be one: it's stars in pointers.
      const wrong = misplaced(changed, checkConnector(changed, everything)).filter(
        (one) => !/\/\*+(?=\/|$)/u.test(one),
      );
      expect(wrong).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
