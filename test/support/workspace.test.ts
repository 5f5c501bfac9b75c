import { expect, test } from 'vitest';
import { z } from 'zod';
import { FakeCloud } from './fake-cloud/fake-cloud.ts';
import { petStore } from './pet-store.ts';
import { Workspace } from './workspace.ts';

test('the files of a workspace and a settings file that names them', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector({ apiProperties: '{"properties":{"capabilities":[1.0]}}' });
  await using workspace = await Workspace.create(cloud, {
    connector,
    apiDefinition: petStore(),
    icon: Buffer.of(1, 2),
    files: { 'deep/down.txt': 'text' },
  });

  expect(await workspace.list()).toEqual([
    'apiDefinition.swagger.json',
    'apiProperties.json',
    'deep/down.txt',
    'icon.png',
    'settings.json',
  ]);
  expect(await workspace.readJson('settings.json')).toEqual({
    connectorId: connector.id,
    environment: cloud.environment.id,
    apiProperties: 'apiProperties.json',
    apiDefinition: 'apiDefinition.swagger.json',
    icon: 'icon.png',
    ...cloud.settings,
  });
  expect(await workspace.read('apiProperties.json')).toBe('{"properties":{"capabilities":[1.0]}}');
  expect(await workspace.readBytes('icon.png')).toEqual(Buffer.of(1, 2));
});

test('a spawned program sees its own home, the certificate, and nothing else of the test run', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await Workspace.create(cloud);
  const print = 'console.log(JSON.stringify([process.cwd(), process.env]))';
  const program = workspace.launch([process.execPath, '-e', print], {
    variables: { HTTPS_PROXY: 'http://proxy', PACONN_TOKEN_STORE: undefined },
  });
  const { exitCode, stdout, stderr } = await program.finished;

  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const seen = z.tuple([z.string(), z.record(z.string(), z.string())]).parse(JSON.parse(stdout));
  const [directory, { PATH: _path, TMPDIR: _temporary, ...variables }] = seen;
  expect(directory).toMatch(/paconn tést$/);
  expect(variables).toEqual({
    HOME: workspace.home,
    USERPROFILE: workspace.home,
    NODE_EXTRA_CA_CERTS: cloud.certificate.certFile,
    NODE_DISABLE_COMPILE_CACHE: '1',
    HTTPS_PROXY: 'http://proxy',
  });
});
