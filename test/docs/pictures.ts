import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { signedIn } from '../support/signed-in.ts';
import { terminalPicture } from './terminal-picture.ts';

/** The pictures of docs, each of what the built tool prints. They are made together, once. */
export const pictures: Readonly<Record<string, () => Promise<string>>> = {
  'diff.svg': async () => (await made()).diff,
  'conflict.svg': async () => (await made()).conflict,
  'validate.svg': async () => (await made()).validate,
};

type Pictures = Readonly<Record<'diff' | 'conflict' | 'validate', string>>;

let making: Promise<Pictures> | undefined;

async function made(): Promise<Pictures> {
  making ??= make();
  return await making;
}

const file = 'pets/apiDefinition.swagger.json';
const visits = {
  get: {
    operationId: 'ListVisits',
    summary: 'List visits',
    description: 'Lists the visits to the vet.',
    responses: { 200: { description: 'OK', schema: { type: 'array', items: { type: 'string' } } } },
  },
};

/** A maker edits a connector, somebody else changes it in the portal, and an edit is mistaken. */
async function make(): Promise<Pictures> {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ displayName: 'Pet Store' });
  await using workspace = await signedIn(cloud, { connector });
  const run = async (directory: string, ...argv: readonly string[]): Promise<string> => {
    const { stdout, stderr } = await workspace.run(argv, { directory, variables: { FORCE_COLOR: '1' } });
    return stderr + stdout;
  };
  const picture = async (...argv: readonly string[]): Promise<string> => {
    const output = await run('pets', ...argv);
    const shown = output.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d/gu, '2026-11-28 09:12:07');
    return terminalPicture(`paconn ${argv.join(' ')}`, shown);
  };
  // The names of environments are known from then on.
  await run('.', 'environments', '-s', 'settings.json');
  await run('.', 'download', 'pets', '-s', 'settings.json');
  await workspace.write(file, edited());
  const diff = await picture('diff');
  cloud.edit(connector.id, { apiDefinition: petStore({ description: 'Sells pets online.' }) });
  const conflict = await picture('deploy');
  await workspace.write(file, mistaken());
  return { diff, conflict, validate: await picture('validate', '--offline') };
}

function edited(): string {
  const definition = JSON.parse(petStore({ description: 'Sells pets and looks after them.' }));
  const [parameter] = definition.paths['/pets/{id}'].get.parameters;
  parameter.type = 'string';
  delete parameter.format;
  const paths = { ...definition.paths, '/visits': visits };
  return `${JSON.stringify({ ...definition, paths }, undefined, 2)}\n`;
}

function mistaken(): string {
  return petStore()
    .replace('"https"', '"http"')
    .replace('"summary": "Get a pet"', '"summry": "Get a pet"')
    .replace('"name": "id"', '"name": "pet"');
}
