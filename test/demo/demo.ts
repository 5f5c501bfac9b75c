import { spawn, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { open, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { Workspace } from '../support/workspace.ts';

// Plays the life of a connector with the real tool against the fake cloud: npm run demo

const openApi = `openapi: 3.1.0
info: { title: Orders, version: '1', description: Orders of Contoso. }
servers: [{ url: 'https://api.contoso.example/v1' }]
security: [{ key: [] }]
paths:
  /orders/{orderId}:
    get:
      description: Gets an order.
      parameters:
        - { name: sid, in: cookie, schema: { type: string } }
      responses:
        '200':
          description: The order
          content: { application/json: { schema: { $ref: '#/components/schemas/Order' } } }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  schemas:
    Order:
      oneOf:
        - { type: object, required: [id, iban], properties: { id: { type: string }, iban: { type: string } } }
        - { type: object, required: [id, card], properties: { id: { type: string }, card: { type: [integer, 'null'] } } }
`;

const { isTTY } = process.stdout;
const heading = (text: string): void => console.log(`\n${isTTY ? styleText('bold', text) : text}`);

await using cloud = await FakeCloud.start();
await using workspace = await Workspace.create(cloud, { settings: null });
await workspace.write('cloud.json', JSON.stringify(cloud.settings, null, 2));
/** The current folder of the commands, below the workspace. */
let directory = '.';

console.log(`A mock of the service runs at ${cloud.url}. You need no account, and nothing leaves your computer.`);

heading('1. Sign in. You would enter the code in a browser; the mock service confirms it automatically.');
await paconn('login', '-s', 'cloud.json');
await paconn('environments');

heading('2. Create a connector, check its files, and deploy it. A second deployment changes nothing.');
await paconn('init', 'pets', '--title', 'Pets', '--host', 'api.pets.example', '--auth', 'api-key');
await paconn('validate', 'pets', '--offline');
await paconn('deploy', 'pets', '-e', 'default');
await paconn('deploy', 'pets');

heading('3. Change the connector, see the differences, and deploy them.');
await edit('pets', '"summary": "Get an item"', '"summary": "Get a pet"');
await paconn('diff', 'pets');
await paconn('deploy', 'pets');

heading('4. A colleague downloads the connector. Both of you change it, and the second deployment stops.');
await paconn('download', 'colleague', '-e', 'default', '-c', 'Pets');
await edit('pets', '"summary": "Get a pet"', '"summary": "Get a pet by its number"');
await paconn('deploy', 'pets');
await edit('colleague', '"version": "1.0"', '"version": "1.1"');
change('colleague');
await paconn('validate', '--offline');
await paconn('deploy', { exitCode: 4 });

heading('5. The colleague merges your change and deploys. The connector now has both changes.');
await paconn('pull');
await paconn('deploy');
change('..');

heading('6. List the connectors in an environment, and download all of them.');
await paconn('list', '-e', 'default');
await paconn('show', 'colleague', '-o', 'json', '--query', '{name: name, operations: operations[].summary}');
await paconn('download', 'everything', '--all', '-e', 'default');
console.log(
  `$ ls everything/*/*\n  ${(await readdir(workspace.path('everything', 'Contoso (default)', 'Pets'))).join('  ')}`,
);

heading('7. Convert an OpenAPI 3.1 description. Each loss is reported with its line. Then deploy the connector.');
await workspace.write('openapi.yaml', openApi);
await paconn('convert', 'openapi.yaml', '--output-dir', 'orders');
await paconn('deploy', 'orders', '-e', 'default');
await paconn('diff', 'orders');

heading('8. Deploy to an environment where the API has another host. The files don’t change.');
const testing = cloud.addEnvironment({ displayName: 'Contoso Test' });
const values = { 'Contoso Test': { '/host': 'api.test.pets.example' } };
await workspace.write('colleague/paconn.environments.json', JSON.stringify(values));
console.log(`$ edit colleague/paconn.environments.json\n  ${JSON.stringify(values)}`);
await paconn('deploy', 'colleague', '-e', 'Contoso Test');
await paconn('diff', 'colleague', '--all', '--exit-code');

heading('9. Sign in as a service principal, as pipelines do, with environment variables.');
await paconn('logout');
const secret = 'x8Q~aSecretOfTheApplication';
const { clientId } = cloud.signIn.applications.add({ secret });
const application = { AZURE_CLIENT_ID: clientId, AZURE_TENANT_ID: 'contoso.example', AZURE_CLIENT_SECRET: secret };
console.log(`$ export ${Object.keys(application).join('=… ')}=…`);
// Only the mock service needs it: the default authority is Microsoft's.
Object.assign(workspace.variables, application, { AZURE_AUTHORITY_HOST: cloud.url });
await paconn('deploy', 'colleague');
await paconn('delete', 'colleague', '--yes');

const left = [cloud.environment, testing].flatMap(({ id }) => cloud.connectors(id));
heading(`The environments now contain ${left.length} connectors.`);

function change(folder: string): void {
  directory = join(directory, folder);
  console.log(`$ cd ${folder}`);
}

async function edit(folder: string, before: string, after: string): Promise<void> {
  const name = `${folder}/apiDefinition.swagger.json`;
  const text = await workspace.read(name);
  if (!text.includes(before)) throw new Error(`${name} doesn't contain ${before}.`);
  await workspace.write(name, text.replace(before, after));
  console.log(`$ edit ${name}\n  ${before}  →  ${after}`);
}

async function paconn(...line: readonly (string | { readonly exitCode: number })[]): Promise<void> {
  const words = line.filter((word) => typeof word === 'string');
  const expected = line.find((word) => typeof word === 'object')?.exitCode ?? 0;
  console.log(`$ paconn ${words.map((word) => (/^[\w.~/-]+$/u.test(word) ? word : `'${word}'`)).join(' ')}`);
  const { exitCode, output } = await run(words);
  process.stdout.write(output.replaceAll(/^(?=.)/gmu, '  '));
  if (exitCode !== expected) throw new Error(`paconn ${words[0]} ended with ${String(exitCode)}.`);
  if (exitCode !== 0) console.log(`  (exit code ${String(exitCode)})`);
}

/** Both streams go to one file, so that their lines stay in order. */
async function run(words: readonly string[]): Promise<{ readonly exitCode: unknown; readonly output: string }> {
  const path = workspace.path('..', 'output.txt');
  const file = await open(path, 'w');
  const [program = '', ...args] = workspace.command(...words);
  const stdio: StdioOptions = ['ignore', file.fd, file.fd];
  const tool = spawn(program, args, { cwd: workspace.path(directory), env: workspace.environmentVariables(), stdio });
  const [exitCode]: unknown[] = await once(tool, 'exit');
  await file.close();
  return { exitCode, output: await readFile(path, 'utf8') };
}
