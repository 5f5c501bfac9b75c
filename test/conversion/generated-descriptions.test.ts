import SwaggerParser from '@apidevtools/swagger-parser';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { converted } from '../support/converted.ts';
import { generatedDescription } from '../support/generated-description.ts';
import { misplaced } from '../support/misplaced-entries.ts';
import { forgotten } from '../support/source-coverage.ts';

/** Always the same documents, so that a failure is about what was changed. */
const runs = { numRuns: 80, seed: 1 };

const options = { sourceUrl: 'https://api.example/openapi.json' };

test('what is written has no error and is valid OpenAPI 2.0', async () => {
  await fc.assert(
    fc.asyncProperty(generatedDescription, async (document) => {
      const { definition, errors } = await converted(JSON.stringify(document), options);
      expect(errors.map(({ rule, pointer }) => `${rule} ${pointer}`)).toEqual([]);
      await expect(SwaggerParser.validate(JSON.parse(JSON.stringify(definition)))).resolves.toBeDefined();
    }),
    runs,
  );
});

test('each value is in the result or in the report, with its place, and YAML gives the same bytes', async () => {
  await fc.assert(
    fc.asyncProperty(generatedDescription, async (document) => {
      const [json, yaml] = [
        JSON.stringify(document, undefined, 2),
        stringify(document, { aliasDuplicateObjects: false }),
      ];
      const [ofJson, ofYaml] = [await converted(json, options), await converted(yaml, options)];
      expect(forgotten(ofJson.conversion)).toEqual([]);
      expect(misplaced(ofJson.entries, json)).toEqual([]);
      expect(misplaced(ofYaml.entries, yaml)).toEqual([]);
      expect(ofYaml.text).toEqual(ofJson.text);
      expect(ofYaml.entries.map(({ rule, pointer }) => `${rule} ${pointer}`).toSorted()).toEqual(
        ofJson.entries.map(({ rule, pointer }) => `${rule} ${pointer}`).toSorted(),
      );
    }),
    runs,
  );
});
