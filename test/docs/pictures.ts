import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { signedIn } from '../support/signed-in.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';
import { terminalPicture } from './terminal-picture.ts';

/** The pictures of docs: what a terminal shows of the built tool. They are made together, once. */
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

const screen = { columns: 110, rows: 40 };

/** A maker edits a connector, a colleague changes it in the portal, and the maker makes mistakes. */
async function make(): Promise<Pictures> {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ displayName: 'Pet Store' });
  await using workspace = await signedIn(cloud, { connector });
  // The names of environments are known from then on.
  await workspace.run(['environments', '-s', 'settings.json']);
  await workspace.run(['download', 'pets', '-s', 'settings.json']);

  /** @param question What the command ends with, if it waits for an answer. */
  const picture = async (argv: readonly string[], question?: RegExp): Promise<string> => {
    await using session = TerminalSession.start(workspace, argv, { directory: 'pets', ...screen });
    if (question) {
      await session.waitForScreen(question);
      const output = session.rawOutput;
      session.type(keys.escape);
      await session.end();
      return await drawn(argv, output);
    }
    await session.end();
    return await drawn(argv, session.rawOutput);
  };
  const drawn = async (argv: readonly string[], output: string): Promise<string> => {
    const shown = output.replaceAll(/[A-Z][a-z]{2} \d{1,2}, \d{4}, \d\d:\d\d/gu, 'Nov 28, 2026, 09:12');
    return await terminalPicture(`paconn ${argv.join(' ')}`, shown, screen);
  };
  await workspace.write(file, edited());
  const diff = await picture(['diff']);
  cloud.edit(connector.id, { apiDefinition: petStore({ description: 'Sells pets online.' }) });
  const conflict = await picture(['deploy'], /Enter select/u);
  await workspace.write(file, mistaken());
  return { diff, conflict, validate: await picture(['validate', '--offline']) };
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
