import * as fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Connector, partContent } from '../../src/connector/connector.ts';
import { FileError } from '../../src/errors.ts';
import { connectorOfSolution } from '../../src/solution/connector-of-solution.ts';
import { solutionIdentity } from '../../src/solution/identity.ts';
import { readZip } from '../../src/solution/read-zip.ts';
import { readSolution } from '../../src/solution/solution.ts';
import { type SolutionForm, writeSolution } from '../../src/solution/write-solution.ts';
import { writeZip } from '../../src/solution/write-zip.ts';
import { petIcon, petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { jsonText, sharedConnectors } from '../support/shared-connectors.ts';

interface Texts {
  readonly definition: string | Uint8Array;
  readonly properties: string | Uint8Array;
  readonly icon?: Uint8Array | undefined;
  readonly script?: string | Uint8Array | undefined;
}

function connector({ definition, properties, icon, script }: Texts): Connector {
  return {
    displayName: undefined,
    apiDefinition: partContent('apiDefinition', 'd.json', Buffer.from(definition)),
    apiProperties: partContent('apiProperties', 'p.json', Buffer.from(properties)),
    icon: icon && partContent('icon', 'i.png', icon),
    script: script === undefined ? undefined : partContent('script', 's.csx', Buffer.from(script)),
  };
}

const pets = { definition: petStore(), properties: petStoreProperties };
const identity = solutionIdentity({ title: 'Pet Store', prefix: 'new', publisherName: 'Contoso' });

/** The only connector in what is written, as it is read again. */
async function thereAndBack(given: Connector, form: SolutionForm = 'exported'): Promise<Connector> {
  const { entries } = writeSolution(given, identity, form);
  const archive =
    form === 'exported'
      ? await readZip(writeZip(entries), 'S.zip')
      : {
          name: 's',
          isZip: false,
          files: new Map(entries.map(({ name, bytes }) => [name, bytes])),
          folders: new Set(['Other', 'Connectors']),
          hasBackslashes: false,
        };
  const solution = readSolution(archive);
  expect(solution.connectors).toHaveLength(1);
  const [only] = solution.connectors;
  if (!only) throw new Error('There is no connector.');
  expect(only.name).toBe(identity.connectorName);
  return connectorOfSolution(only, solution);
}

/** What a solution can hold of API properties: the rest has no place in it, and null and empty policies are none. */
function placedProperties(text: string): Readonly<Record<string, unknown>> {
  const { properties } = JSON.parse(text.replace(/^\uFEFF/u, ''));
  const placed: Record<string, unknown> = { connectionParameters: {} };
  for (const name of [
    'connectionParameters',
    'connectionParameterSets',
    'iconBrandColor',
    'scriptOperations',
    'policyTemplateInstances',
  ]) {
    const value = properties[name];
    if (value === undefined || value === null || value === '') continue;
    if (name === 'policyTemplateInstances' && value.length === 0) continue;
    placed[name] = value;
  }
  return placed;
}

test.each(['exported', 'unpacked'] as const)('a solution that is %s has all parts of a connector', async (form) => {
  const properties = petStoreProperties.replace('"capabilities"', '"scriptOperations": ["GetPet"], "capabilities"');
  const given = connector({ ...pets, properties, icon: petIcon(), script: petScript() });
  const back = await thereAndBack(given, form);
  expect(Buffer.from(back.apiDefinition?.bytes ?? [])).toEqual(Buffer.from(petStore()));
  expect(back.icon?.bytes).toEqual(petIcon());
  expect(Buffer.from(back.script?.bytes ?? []).toString()).toBe(petScript());
  expect(JSON.parse(back.apiProperties.document.text).properties).toEqual(placedProperties(properties));
});

test('a solution that is exported has the files and elements that Dataverse asks for', async () => {
  const { entries, omitted } = writeSolution(
    connector({ ...pets, icon: petIcon(), script: petScript() }),
    identity,
    'exported',
  );
  expect(entries.map(({ name }) => name)).toEqual([
    '[Content_Types].xml',
    'solution.xml',
    'customizations.xml',
    'Connector/new_pet-20store_openapidefinition.json',
    'Connector/new_pet-20store_connectionparameters.json',
    'Connector/new_pet-20store_policytemplateinstances.json',
    'Connector/new_pet-20store_customcodeblobcontent.csx',
    'Connector/new_pet-20store_iconblob.Png',
  ]);
  const text = (name: string): string =>
    Buffer.from(entries.find((entry) => entry.name === name)?.bytes ?? []).toString();
  expect(text('[Content_Types].xml').match(/Extension="\w+"/gu)).toEqual([
    'Extension="xml"',
    'Extension="json"',
    'Extension="csx"',
    'Extension="Png"',
  ]);
  const [id] = /(?<=<connectorid>)[^<]*/u.exec(text('customizations.xml')) ?? [];
  expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/u);
  expect(text('solution.xml')).toContain(
    `<RootComponent type="372" id="{${id}}" schemaName="new_pet-20store" behavior="0" />`,
  );
  expect(text('solution.xml')).toContain('<UniqueName>new_pet20storeConnector</UniqueName>');
  expect(text('solution.xml')).toContain('<Managed>0</Managed>');
  expect(text('Connector/new_pet-20store_policytemplateinstances.json')).toBe('null\n');
  expect(omitted).toEqual([]);
});

test.each([
  ['Calculate Working Day', 'new_calculate-20working-20day'],
  ['Human-in-the-Loop', 'new_human-2din-2dthe-2dloop'],
  ['Ä_b', 'new_-c3-a4-5fb'],
])('%s is called %s', (title, name) => {
  expect(solutionIdentity({ title, prefix: 'new', publisherName: 'c' }).connectorName).toBe(name);
});

test('the same files give the same bytes, and PNG files are stored', async () => {
  const given = connector({ ...pets, icon: petIcon() });
  const [one, other] = [0, 1].map(() => writeZip(writeSolution(given, identity, 'exported').entries));
  expect(one).toEqual(other);
  const bytes = Buffer.from(one ?? []);
  expect(bytes.includes(Buffer.from(petIcon()))).toBe(true);
  expect(bytes.includes(Buffer.from(petStore()))).toBe(false);
});

test('characters that mean something in XML come back', async () => {
  const title = 'A & <B> "C" \n';
  const properties = JSON.stringify({ properties: { iconBrandColor: '<&">', scriptOperations: ['<&>'] } });
  const back = await thereAndBack(connector({ definition: petStore({ title }), properties, script: petScript() }));
  expect(JSON.parse(back.apiProperties.document.text).properties).toEqual(placedProperties(properties));
});

test.each([
  ['\u0001', 'U+0001', String.raw`\u0001`],
  ['\uDC00', 'U+DC00', String.raw`\udc00`],
  ['\uFFFE', 'U+FFFE', '\uFFFE'],
])('the character %j, which XML cannot have, is refused', (character, code, shown) => {
  const title = `${'A '.repeat(20)}${character}B`;
  expect(() =>
    writeSolution(
      connector({ definition: petStore({ title }), properties: '{ "properties": {} }' }),
      identity,
      'exported',
    ),
  ).toThrow(`A solution can't contain the character ${code}, which is in "${'A '.repeat(10)}${shown}B".`);
});

describe('a client secret', () => {
  const withSecret = (clientSecret: string): string =>
    JSON.stringify({
      properties: { connectionParameters: { token: { type: 'oauthSetting', oAuthSettings: { clientSecret } } } },
    });
  test('is never written', () => {
    const write = () => writeSolution(connector({ ...pets, properties: withSecret('s3cret') }), identity, 'exported');
    expect(write).toThrow(FileError);
    expect(write).toThrow(/p\.json has a client secret/u);
  });

  test.each(['', '@environmentVariables("cr_Secret")'])('is none when it is %j', async (secret) => {
    const properties = withSecret(secret);
    const back = await thereAndBack(connector({ ...pets, properties }));
    expect(JSON.parse(back.apiProperties.document.text).properties).toEqual(placedProperties(properties));
  });
});

describe('files, to a solution, and back', () => {
  const shared = sharedConnectors().flatMap(({ name, apiDefinition, apiProperties, icon, script }) => {
    const definition = jsonText(apiDefinition);
    const properties = jsonText(apiProperties);
    if (definition === undefined || properties === undefined) return [];
    return [
      {
        name,
        definition: readFileSync(apiDefinition),
        properties: readFileSync(apiProperties),
        icon: icon === undefined ? undefined : readFileSync(icon),
        script: script === undefined ? undefined : readFileSync(script),
      },
    ];
  });
  test.skipIf(shared.length === 0).each(shared)('are the same: $name', async ({ name: _name, ...texts }) => {
    for (const form of ['exported', 'unpacked'] as const) {
      const back = await thereAndBack(connector(texts), form);
      expect(isSame(back.apiDefinition?.bytes, withoutMark(texts.definition))).toBe(true);
      expect(isSame(back.icon?.bytes, texts.icon)).toBe(true);
      expect(isSame(back.script?.bytes, texts.script)).toBe(true);
      expect(JSON.parse(back.apiProperties.document.text).properties).toEqual(
        placedProperties(texts.properties.toString()),
      );
      // Once more changes nothing: what comes back is laid out as it goes.
      const again = await thereAndBack(back, form);
      expect(isSame(again.apiProperties.bytes, back.apiProperties.bytes)).toBe(true);
      expect(isSame(again.apiDefinition?.bytes, back.apiDefinition?.bytes)).toBe(true);
    }
  });

  test('are the same, whatever values the API properties have', async () => {
    const parameters = fc.dictionary(fc.string(), fc.jsonValue());
    const properties = fc.record(
      {
        connectionParameters: parameters,
        connectionParameterSets: fc.record({ values: fc.array(fc.record({ name: fc.string() })) }),
        policyTemplateInstances: fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        iconBrandColor: fc.string().map((text) => text.trim().replaceAll(/[^ -~]/gu, '')),
        scriptOperations: fc.array(fc.string({ unit: 'binary' })),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(properties, fc.constantFrom<SolutionForm>('exported', 'unpacked'), async (value, form) => {
        const text = JSON.stringify({ properties: value });
        const back = await thereAndBack(connector({ ...pets, properties: text }), form);
        expect(JSON.parse(back.apiProperties.document.text).properties).toEqual(placedProperties(text));
      }),
    );
  });
});

function withoutMark(bytes: Buffer): Buffer {
  return bytes.subarray(0, 3).equals(Buffer.from('\uFEFF')) ? bytes.subarray(3) : bytes;
}

function isSame(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  return one && other ? Buffer.compare(one, other) === 0 : one === other;
}
