import { basename, dirname } from 'node:path';
import { expect, test } from 'vitest';
import { inspectFolder, readConnectorFolder } from '../../src/check/connector-folder.ts';
import { checkConnector } from '../../src/validation/check.ts';
import type { ConnectorSource } from '../../src/validation/engine/connector-source.ts';
import { readExample } from '../../src/validation/engine/example.ts';
import type { Finding } from '../../src/validation/engine/finding.ts';
import { rules, rulesById } from '../../src/validation/rules.ts';
import { sharedConnectors } from '../support/shared-connectors.ts';
import { misplaced } from '../json/position-oracle.ts';

const everything = { certification: true, info: true } as const;

const badExamples = rules.flatMap(({ id, bad }) => bad.map((example) => [id, example] as const));

test.each(badExamples)('a bad example of %s has right positions', (_id, bad) => {
  const { source } = readExample(bad);
  const findings = checkConnector(source, everything);
  expect(findings).not.toEqual([]);
  expect(misplaced(source, findings)).toEqual([]);
});

test('a connector of our own has the findings that were reviewed', () => {
  expect(
    summary(
      checkConnector(
        ownConnector((text) => text),
        everything,
      ),
    ),
  ).toMatchInlineSnapshot(`
    {
      "certification": "contact-incomplete 2, description-not-english 1, info-description-length 1, metadata-missing 1, operation-description-missing 1, operation-summary-restricted-chars 1, parameter-description-missing 2, parameter-summary-missing 2, stack-owner-missing 1, text-not-english 1, title-restricted-word 1, ui-description-missing 1, ui-display-name-missing 1",
      "error array-duplicate-value in apiDefinition.swagger.json": "18:71",
      "error brand-color-invalid in apiProperties.json": "3:23",
      "error constraint-boolean in apiProperties.json": "5:81",
      "error host-invalid in apiDefinition.swagger.json": "4:11",
      "error json-comment in apiDefinition.swagger.json": "8:35",
      "error json-trailing-comma in apiDefinition.swagger.json": "3:120 16:6",
      "error parameter-type-invalid in apiDefinition.swagger.json": "11:52",
      "error path-parameter-undeclared in apiDefinition.swagger.json": "7:7",
      "error ref-unresolved in apiDefinition.swagger.json": "14:53",
      "error required-undefined in apiDefinition.swagger.json": "18:62 18:71",
      "error response-description-missing in apiDefinition.swagger.json": "14:31",
      "info": "host-placeholder 1, operation-summary-charset 1, schemes-missing 1",
      "warning connection-parameter-type-case in apiProperties.json": "5:24",
      "warning constraint-value-invalid in apiProperties.json": "5:99",
      "warning extension-misspelled in apiDefinition.swagger.json": "8:69",
      "warning json-duplicate-key in apiDefinition.swagger.json": "14:9",
      "warning policy-operation-unknown in apiProperties.json": "8:103",
      "warning policy-parameter-missing in apiProperties.json": "8:64 8:64",
      "warning props-unknown-property in apiProperties.json": "3:32",
      "warning visibility-case in apiDefinition.swagger.json": "10:82",
    }
  `);
});

test.each([
  ['LF', (text: string) => text],
  ['CRLF', (text: string) => text.replaceAll('\n', '\r\n')],
  ['a lone CR', (text: string) => text.replaceAll('\n', '\r')],
  ['tabs', (text: string) => text.replaceAll('  ', '\t')],
  ['a byte order mark', (text: string) => `\ufeff${text}`],
  ['no line ends', (text: string) => text.replaceAll('\n', '')],
])('a connector of our own written with %s has right positions', (_name, rewrite) => {
  const source = ownConnector(rewrite);
  expect(misplaced(source, checkConnector(source, everything))).toEqual([]);
});

function toTheRight(finding: Finding): Finding {
  return { ...finding, column: finding.column + 1, endColumn: finding.endColumn + 1 };
}

test('a wrong position is detected', () => {
  const source = ownConnector((text) => text);
  const shifted = checkConnector(source, everything)
    .filter(({ rule, endColumn }) => !/^json-(?:comment|trailing-comma)$/u.test(rule) && endColumn > 1)
    .map(toTheRight);
  expect(misplaced(source, shifted)).toHaveLength(shifted.length);
});

// The published connectors are no part of the project: where they are not there, the cases above have to do.
const published = sharedConnectors().map(({ name, directory }) => ({
  name,
  directory,
  collection: basename(dirname(directory)),
}));

for (const { collection, name, directory } of published) {
  test(`the findings in ${name} of ${collection} have right positions`, async () => {
    const source = await readConnector(directory);
    expect(misplaced(source, checkConnector(source, everything))).toEqual([]);
  });
}

for (const collection of new Set(published.map((connector) => connector.collection))) {
  // A change here is to be read beside the file it is about: an error has to be a true fault of the file.
  test(`${collection} have the findings that were reviewed`, async () => {
    const found: [string, unknown][] = [];
    for (const { name, directory } of published.filter((connector) => connector.collection === collection))
      found.push([name, summary(checkConnector(await readConnector(directory), everything))]);
    found.sort(([one], [other]) => (one < other ? -1 : 1));
    const text = `${JSON.stringify(Object.fromEntries(found), null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(`published/${collection}.json`);
  });
}

/** As `paconn validate` reads it in its folder. */
async function readConnector(directory: string): Promise<ConnectorSource> {
  const inspected = await inspectFolder('.', directory);
  if (!inspected?.connector) throw new Error(`${directory} doesn't contain a connector.`);
  return await readConnectorFolder(inspected.connector, directory);
}

/** What is always reported with its places, the rest as the number of findings of each rule. */
function summary(findings: readonly Finding[]): Record<string, string> {
  const lines = new Map<string, string>();
  const counts = { certification: new Map<string, number>(), info: new Map<string, number>() };
  for (const { rule, level, file, line, column } of findings) {
    const kind = rulesById.get(rule)?.level;
    if (kind === 'certification' || kind === 'info') {
      counts[kind].set(rule, (counts[kind].get(rule) ?? 0) + 1);
    } else {
      const head = `${level} ${rule} in ${file}`;
      lines.set(head, `${lines.has(head) ? `${lines.get(head)} ` : ''}${line}:${column}`);
    }
  }
  for (const [kind, byRule] of Object.entries(counts)) {
    const sorted = [...byRule].toSorted(([one], [other]) => (one < other ? -1 : 1));
    if (sorted.length > 0) lines.set(kind, sorted.map(([rule, count]) => `${rule} ${count}`).join(', '));
  }
  return Object.fromEntries(lines);
}

function ownConnector(rewrite: (text: string) => string): ConnectorSource {
  const encoder = new TextEncoder();
  return {
    definition: { name: 'apiDefinition.swagger.json', bytes: encoder.encode(rewrite(ownDefinition)) },
    properties: { name: 'apiProperties.json', bytes: encoder.encode(rewrite(ownProperties)) },
  };
}

const ownDefinition = `{
  "swagger": "2.0",
  "info": { "title": "Bücher 😀 API", "version": "1.0", "description": "😀 Loans.", "contact": { "email": "a@b.example", } },
  "host": "https://api.contoso.com",
  "paths": {
    "/books/{id}": {
      "get": {
        "operationId": "GetBook", /* 😀 */ "summary": "Get ü/book", "x-ms-sumary": "😀",
        "parameters": [
          { "name": "shelf", "in": "query", "type": "string", "x-ms-visibility": "Advanced" },
          { "name": "page", "in": "query", "type": "text" }
        ],
        "responses": { "200": { "description": "😀", "schema": { "$ref": "#/definitions/Bok" } } },
        "responses": { "200": { "schema": { "$ref": "#/definitions/Bok" } } }
      }
    },
  },
  "definitions": { "Book": { "type": "object", "required": [ "title", "title" ], "properties": { "titel": {} } } }
}
`;

const ownProperties = `{
  "properties": {
    "iconBrandColor": "😀red", "publischer": "Contoso",
    "connectionParameters": {
      "key": { "type": "String", "uiDefinition": { "constraints": { "required": true, "tabIndex": "2" } } }
    },
    "policyTemplateInstances": [
      { "templateId": "setheader", "title": "ü", "parameters": { "x-ms-apimTemplate-operationName": [ "GetBok" ] } }
    ]
  }
}
`;
