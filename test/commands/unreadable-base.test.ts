import { mkdir, rm, symlink } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { hasModes } from '../support/system.ts';
import type { Workspace } from '../support/workspace.ts';

const s = ['-s', 'settings.json'];

/** The commands that read the base. */
const lines = [
  ['diff'],
  ['diff', 'base', 'environment'],
  ['diff', 'base', 'local'],
  ['pull', '--dry-run'],
  ['deploy', '--dry-run'],
  ['update', ...s, '--dry-run'],
  ['download', ...s, '-d', '.', '-w'],
];

const marks = '<<<<<<< HEAD\n{"a":1}\n=======\n{"a":2}\n>>>>>>> b\n';

const bases: readonly (readonly [what: string, why: string, put: (workspace: Workspace) => Promise<unknown>])[] = [
  [
    'merge marks around no base',
    "can't be read",
    async (workspace) => await workspace.write('paconn.base.json', marks),
  ],
  ['a folder', "can't be read: it's a folder", async (workspace) => await mkdir(workspace.path('paconn.base.json'))],
  [
    'a link to nowhere, and no device',
    'is a link that leads nowhere',
    async (workspace) => await symlink('nowhere.json', workspace.path('paconn.base.json')),
  ],
  [
    'a link to a device',
    'is a device or a file of the system',
    async (workspace) => await symlink('/dev/zero', workspace.path('paconn.base.json')),
  ],
];

describe.each(bases.filter(([what]) => hasModes || !what.includes('device')))('%s as a base', (_what, why, put) => {
  test.each(lines)('is said by %s %s %s', async (...line) => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, apiDefinition: petStore() });
    await runInProcess(workspace, 'download', ...s, '-d', '.', '-w');
    await rm(workspace.path('paconn.base.json'));
    await put(workspace);
    const { stderr } = await runInProcess(workspace, ...line);
    expect(stderr).toContain(`paconn.base.json ${why}`);
  });
});
