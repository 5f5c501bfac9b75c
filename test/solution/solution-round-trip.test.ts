import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readZip } from '../../src/solution/read-zip.ts';
import { readXml } from '../../src/solution/read-xml.ts';
import type { XmlElement } from '../../src/solution/xml.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { jsonText, sharedConnectors } from '../support/shared-connectors.ts';
import { exportedSolution, guid, type SolutionConnectorFiles } from '../support/solution.ts';
import { Workspace } from '../support/workspace.ts';
import { zipOfFiles } from '../support/zip.ts';

const texts = {
  displayName: 'Alles von Contoso',
  publisherDisplayName: 'Contoso & Söhne',
  email: 'a@b.io',
  website: 'https://contoso.example/',
  optionValuePrefix: 12_345,
};

/** A published connector as Dataverse has it: under a name that doesn't follow from its title. */
const shared = sharedConnectors().flatMap(({ name, apiDefinition, apiProperties, icon, script }) => {
  const definition = jsonText(apiDefinition);
  const propertiesText = jsonText(apiProperties);
  if (definition === undefined || propertiesText === undefined) return [];
  const { properties } = JSON.parse(propertiesText);
  const json = (member: string): string | undefined =>
    properties[member] ? JSON.stringify(properties[member]) : undefined;
  const policies = json('policyTemplateInstances');
  const operations = json('scriptOperations');
  const files: SolutionConnectorFiles = {
    name: 'new_other',
    id: guid(9),
    definition,
    parameters: json('connectionParameters') ?? '{}',
    ...(json('connectionParameterSets') && { sets: json('connectionParameterSets') ?? '' }),
    ...(policies !== undefined && policies !== '[]' && { policies }),
    ...(operations !== undefined && { scriptOperations: operations.replaceAll('&', '&amp;').replaceAll('<', '&lt;') }),
    ...(script !== undefined && { script: readFileSync(script, 'utf8') }),
    ...(icon !== undefined && { icon: readFileSync(icon) }),
    color: properties.iconBrandColor ?? '',
  };
  return [{ name, files }];
});

test.skipIf(shared.length === 0).each(shared)('a solution is the same once it was files: $name', async ({ files }) => {
  const zip = zipOfFiles(exportedSolution([files], { texts }));
  await using workspace = await Workspace.create(undefined, { files: { 'S.zip': zip } });
  const there = await runInProcess(workspace, 'convert', 'S.zip', '--to', 'files', '--out', 'a');
  expect(there).toMatchObject({ exitCode: 0 });
  // A title and a color may be too long or malformed for Dataverse: that is said, and goes on as it is.
  expect(there.stderr).not.toMatch(/^Note: Not in/mu);
  const back = await runInProcess(workspace, 'convert', 'a', '--to', 'solution', '--out', 'b.zip');
  expect({ exitCode: back.exitCode, stderr: back.stderr }).toMatchObject({ exitCode: 0 });
  expect(await contentOf(await workspace.readBytes('b.zip'))).toEqual(await contentOf(zip));
  // And the files once more.
  const again = await runInProcess(workspace, 'convert', 'b.zip', '--to', 'files', '--out', 'c');
  expect(again).toMatchObject({ exitCode: 0 });
  expect(await workspace.list('c')).toEqual(await workspace.list('a'));
  for (const name of await workspace.list('a')) {
    expect(Buffer.compare(await workspace.readBytes(`c/${name}`), await workspace.readBytes(`a/${name}`))).toBe(0);
  }
});

/** What is in a solution: JSON that isn't a definition by value, elements without space and empty addresses. */
async function contentOf(zip: Uint8Array): Promise<Readonly<Record<string, unknown>>> {
  const { files } = await readZip(zip, 'S.zip');
  const contents = [...files].filter(([name]) => name !== '[Content_Types].xml');
  return Object.fromEntries(
    contents.map(([name, bytes]) => {
      const text = Buffer.from(bytes).toString('utf8');
      if (/_openapidefinition\.json$|\.csx$/u.test(name)) return [name, text];
      if (name.endsWith('.json')) return [name, JSON.parse(text)];
      if (name.endsWith('.xml')) return [name, linesOf(readXml(name, bytes).root)];
      return [name, Buffer.from(bytes).toString('base64')];
    }),
  );
}

function linesOf(element: XmlElement | undefined): readonly string[] {
  if (!element || element.name === 'Addresses') return [];
  const { name, text, attributes, children } = element;
  // JSON in an element may be laid out in another way.
  const value = name === 'scriptoperations' ? JSON.stringify(JSON.parse(text)) : text.replaceAll(/\s+/gu, ' ');
  const { description, languagecode, id, schemaName } = attributes;
  const own = [name, value, description, languagecode, id, schemaName].join(' ').trim();
  // Exports list kinds of components that are empty, and not always the same ones.
  const isEmpty = own === name && children.length === 0;
  return isEmpty ? [] : [own, ...children.flatMap(linesOf)];
}
