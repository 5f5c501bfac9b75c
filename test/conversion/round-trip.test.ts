import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { member } from '../../src/json/value.ts';
import { converted } from '../support/converted.ts';
import { definitionDifferences } from '../support/definition-differences.ts';
import { openApi3Of } from '../support/openapi-3-of.ts';
import { isExplained } from '../support/round-trip-changes.ts';
import { sharedConnectors } from '../support/shared-connectors.ts';

const connectors = sharedConnectors().flatMap(({ name, apiDefinition }) => {
  const text = apiDefinition === '' ? '' : readFileSync(apiDefinition, 'utf8').replace(/^\uFEFF/u, '');
  try {
    const before: unknown = JSON.parse(text);
    // A cloud can't reach a server on this computer, which OpenAPI 3 documents are refused for.
    return /^localhost\b/u.test(String(member(before, 'host'))) ? [] : [{ name, before }];
  } catch {
    // Some are published with faults.
    return [];
  }
});

test.skipIf(connectors.length === 0)(
  'published connectors survive the way to OpenAPI 3.0 and back',
  { timeout: 300_000 },
  async () => {
    for (const { name, before } of connectors) {
      const { definition, errors } = await converted(JSON.stringify(await openApi3Of(before)));
      const differences = definitionDifferences(before, definition).filter((one) => !isExplained(one));
      expect.soft({ name, differences: differences.map((one) => one.path) }).toEqual({ name, differences: [] });
      expect
        .soft({ name, errors: errors.map(({ rule, pointer }) => `${rule} ${pointer}`) })
        .toEqual({ name, errors: [] });
    }
  },
);
