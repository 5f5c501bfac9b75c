import { readdir } from 'node:fs/promises';
import { styleText } from 'node:util';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { Workspace } from '../support/workspace.ts';

// Plays the life of a connector with the real tool against the fake cloud: npm run demo

/** Where the commands are typed, below the workspace. */
let directory = '.';

const { isTTY } = process.stdout;
const heading = (text: string): void => console.log(`\n${isTTY ? styleText('bold', text) : text}`);

await using cloud = await FakeCloud.start();
await using workspace = await Workspace.create(cloud, { settings: null });
await workspace.write('apiDefinition.swagger.json', petStore({ description: 'Finds pets.' }));
await workspace.write('apiProperties.json', petStoreProperties);
const start = {
  environment: cloud.environment.id,
  apiDefinition: 'apiDefinition.swagger.json',
  apiProperties: 'apiProperties.json',
};
await workspace.write('start.json', JSON.stringify({ ...cloud.settings, ...start }, null, 2));

console.log(`A cloud of our own runs at ${cloud.url}; no account is needed, and nothing leaves this machine.`);

heading('1. Sign in. The code would be entered in a browser; this cloud does so by itself.');
await paconn('login', '-s', 'start.json');

heading('2. Create a connector from an API definition and API properties.');
await paconn('create', '-s', 'start.json');
await show('settings.json');

heading('3. A colleague downloads it …');
await paconn('download', '-s', 'settings.json', '-d', 'connector');
directory = 'connector';
console.log(`$ cd ${directory}\n$ ls\n  ${(await readdir(workspace.path(directory))).join('  ')}`);

heading('4. … edits the API definition …');
const definition = `${directory}/apiDefinition.swagger.json`;
const text = await workspace.read(definition);
await workspace.write(definition, text.replace('Finds pets.', 'Finds pets and their toys.'));
console.log('  "description": "Finds pets and their toys."');

heading('5. … has it checked, and updates the connector.');
await paconn('validate', '-s', 'settings.json');
await paconn('update', '-s', 'settings.json');

heading('6. Sign out: all tokens are forgotten.');
await paconn('logout');

heading('7. A pipeline signs in as an application, by environment variables alone.');
const secret = 'x8Q~aSecretOfTheApplication';
const { clientId } = cloud.signIn.applications.add({ secret });
const application = { AZURE_CLIENT_ID: clientId, AZURE_TENANT_ID: 'contoso.example', AZURE_CLIENT_SECRET: secret };
console.log(`$ export ${Object.keys(application).join('=… ')}=…`);
// In the real cloud the authority is Microsoft's without a word.
Object.assign(workspace.variables, application, { AZURE_AUTHORITY_HOST: cloud.url });
await paconn('whoami', '-s', 'settings.json');
await paconn('update', '-s', 'settings.json');

const [connector] = cloud.connectors();
heading(`The cloud now holds: ${connector?.displayName} – ${connector?.description}`);

async function paconn(...args: readonly string[]): Promise<void> {
  console.log(`$ paconn ${args.join(' ')}`);
  const { exitCode, stdout, stderr } = await workspace.run(args, { directory });
  process.stdout.write(`${stdout}${stderr}`.replaceAll(/^(?=.)/gmu, '  '));
  if (exitCode !== 0) throw new Error(`paconn ${args[0]} ended with ${exitCode}.`);
}

async function show(name: string): Promise<void> {
  console.log(`$ cat ${name}`);
  console.log((await workspace.read(name)).replaceAll(/^/gmu, '  '));
}
