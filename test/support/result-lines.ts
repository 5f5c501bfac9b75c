import { certifiableConnector, certifiableDefinition, certifiableFiles, certifiableProperties } from './certifiable.ts';
import type { FakeCloud } from './fake-cloud/fake-cloud.ts';
import { adele } from './fake-cloud/users.ts';
import { petStore, petStoreProperties } from './pet-store.ts';
import { signedInByDeviceCode } from './signed-in.ts';
import { exportedSolution } from './solution.ts';
import type { Workspace } from './workspace.ts';
import { zipOfFiles } from './zip.ts';

const openApi3 = `openapi: 3.0.3
info: { title: Toys, version: '1' }
servers: [{ url: 'https://toys.example/v1' }]
paths:
  /toys:
    get:
      operationId: listToys
      parameters: [{ name: sid, in: cookie, schema: { type: string } }]
      responses: { '200': { description: Fine } }
`;

/** A command line and the form of its result. */
export type Line = readonly [form: string, ...argv: string[]];

/** Command lines for all forms of results, in an order in which each finds what it needs. The form is that of `resultForms`. */
export function resultLines(cloud: FakeCloud): readonly Line[] {
  const service = ['-e', cloud.environment.id, '-u', cloud.url];
  return [
    ['', 'login', '-s', 'settings.json'],
    ['', 'whoami'],
    ['', 'environments', '-s', 'settings.json'],
    ['', 'list', '-e', '~default'],
    ['', 'list', '--all-environments'],
    ['with `--admin`', 'list', '--admin', '-e', '~default'],
    ['', 'show', 'pets'],
    ['', 'download', 'copy', '-s', 'pets/settings.json'],
    ['with `--all` or `--all-environments`', 'download', '--all-environments', '-s', 'settings.json', '-d', 'all'],
    ['', 'diff', 'pets', 'environment'],
    ['', 'diff', 'copy', 'pets'],
    ['', 'diff', 'base', 'local', '-s', 'copy/settings.json'],
    ['for several connectors', 'diff', 'pets', 'copy', 'empty'],
    ['with `--all`', 'diff', '--all', 'pets', 'toys', 'empty', 'broken'],
    ['with `--dry-run`', 'update', 'pets', '--dry-run'],
    ['for several connectors with `--dry-run`', 'update', 'pets', 'empty', '--dry-run'],
    ['with `--dry-run`', 'deploy', 'pets', '--dry-run'],
    ['for several connectors with `--dry-run`', 'deploy', 'pets', 'toys', '--dry-run'],
    ['', 'update', 'pets'],
    ['for several connectors', 'update', 'pets', 'empty'],
    ['', 'pull', 'copy'],
    ['for several connectors', 'pull', 'pets', 'copy', 'empty'],
    ['', 'deploy', 'pets'],
    ['', 'deploy', 'toys'],
    ['for several connectors', 'deploy', 'pets', 'toys', 'broken'],
    ['with `--dry-run`', 'create', 'new', ...service, '--dry-run'],
    ['', 'create', 'new', ...service],
    ['with `--list`', 'restore', '--list'],
    ['with `--dry-run`', 'restore', 'latest', 'pets', '--dry-run'],
    ['', 'restore', 'latest', 'pets'],
    ['', 'share', 'list', 'pets'],
    ['with `--dry-run`', 'delete', 'toys', '--dry-run'],
    ['', 'delete', 'toys', '--yes'],
    ['', 'validate', 'pets', 'broken', '--certification'],
    ['with `--rules`', 'validate', '--rules'],
    ['with `--explain <rule>`', 'validate', '--explain', 'host-localhost'],
    ['with `--explain <rule>` for a rule of the service', 'validate', '--explain', 'service'],
    ['with `--explain <policy>`', 'validate', '--explain', '5000.2.6.2'],
    ['', 'init', 'fresh', '--host', 'api.contoso.com', '--auth', 'none'],
    ['from another description of an API', 'convert', 'openapi.yaml', '-d', 'converted'],
    ['with `--to solution`', 'convert', 'pets', '--to', 'solution', '--prefix', 'new', '--publisher-name', 'Contoso'],
    ['with `--to files`', 'convert', 'Solution.zip', '--to', 'files', '--out', 'unpacked'],
    ['', 'package', 'orders', '--flow', 'Flow.zip', '--prefix', 'new', '--publisher-name', 'Contoso'],
    ['with `--check`', 'package', '--check', 'orders/ConnectorPackage.zip'],
    ['with `--independent`', 'package', 'own', '--independent', '--out', 'submitted'],
    ['', 'config', 'set', 'cloud', 'public'],
    ['', 'config', 'get', 'cloud'],
    ['', 'config', 'list'],
    ['with `--local`', 'config', 'set', 'cloud', 'public', '--local'],
    ['with `--local`', 'config', 'get', 'relative-to', '--local'],
    ['with `--local`', 'config', 'list', '--local'],
    ['', 'completion', 'bash'],
    ['', 'logout'],
  ];
}

/** A signed-in user with the files that the command lines need. */
export async function workspaceForResults(cloud: FakeCloud): Promise<Workspace> {
  cloud.sharing.administrators.add(adele.objectId);
  const connector = cloud.addConnector({ displayName: 'Pets' });
  const workspace = await signedInByDeviceCode(cloud, {
    settings: { ...cloud.settings },
    files: { ...certifiableFiles, 'openapi.yaml': openApi3 },
  });
  const { environment } = connector;
  const names = { apiDefinition: 'apiDefinition.swagger.json', apiProperties: 'apiProperties.json' };
  const write = async (folder: string, title: string, settings?: object): Promise<void> => {
    await workspace.write(`${folder}/${names.apiDefinition}`, petStore({ title }));
    await workspace.write(`${folder}/${names.apiProperties}`, petStoreProperties);
    if (settings)
      await workspace.write(`${folder}/settings.json`, JSON.stringify({ ...cloud.settings, ...names, ...settings }));
  };
  await write('pets', 'Pets', { environment, connectorId: connector.id });
  await write('toys', 'Toys', { environment });
  await write('new', 'New');
  await write('empty', 'Empty', { environment, connectorId: 'shared_gone-5f' });
  await write('broken', 'Broken', { environment });
  await workspace.write('broken/apiDefinition.swagger.json', petStore().replace('"2.0"', '"1.2"'));
  await workspace.write('own/apiDefinition.swagger.json', certifiableDefinition);
  await workspace.write('own/apiProperties.json', certifiableProperties.replace('#1f6f8b', '#da3b01'));
  await workspace.write('own/readme.md', certifiableFiles['orders/readme.md']);
  await workspace.write('Solution.zip', zipOfFiles(exportedSolution([certifiableConnector])));
  return workspace;
}
