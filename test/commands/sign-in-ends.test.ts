import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { diego } from '../support/fake-cloud/users.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import type { Workspace } from '../support/workspace.ts';

const definition = 'apiDefinition.swagger.json';
const titles = ['Cats', 'Dogs', 'Fish'] as const;

/** The service carries out so many requests, and refuses the token in its answers to them, and for all from then on. */
function endSignIn(cloud: FakeCloud, method: string, path: string | RegExp, count = 1): void {
  let arrived = 0;
  const meanwhile = (): void => {
    arrived += 1;
    if (arrived === count) cloud.fault({ path: /\/apis/u, times: 99, status: 401 });
  };
  const late = count > 1 && { answerLatency: 3000 };
  cloud.fault({ method, path, times: count, status: 401, hasEffect: true, meanwhile, ...late });
}

/** Downloaded connectors in folders, in each of which the description has been changed. */
async function folders(cloud: FakeCloud): Promise<Workspace> {
  for (const displayName of titles) cloud.addConnector({ displayName });
  const workspace = await signedIn(cloud, { settings: null });
  await workspace.write('cloud.json', JSON.stringify({ ...cloud.settings, environment: cloud.environment.id }));
  await runInProcess(workspace, 'download', '--all', '-s', 'cloud.json', '-d', '.');
  const place = cloud.environment.displayName;
  for (const title of titles) {
    for (const name of await workspace.listAll(`${place}/${title}`))
      await workspace.write(`${title}/${name}`, await workspace.readBytes(`${place}/${title}/${name}`));
    await workspace.write(`${title}/${definition}`, petStore({ title, description: 'Edited here' }));
  }
  return workspace;
}

describe.concurrent.each(['update', 'deploy'])(
  '%s of folders after whose requests the sign-in is refused',
  (command) => {
    test('says of each that it may have changed, with its backup, and ends with exit code 3', async () => {
      await using cloud = await FakeCloud.start();
      await using workspace = await folders(cloud);
      endSignIn(cloud, 'PATCH', '/apis/', 3);
      const { exitCode, stderr } = await runInProcess(workspace, command, '--concurrency', '3', ...titles);
      expect(exitCode).toBe(3);
      expect(stderr).toContain('3 connectors: 3 failed.\nError: 3 of 3 connectors failed:\n');
      for (const [index, title] of titles.entries()) {
        const { id = '', description } = cloud.connectors()[index] ?? {};
        expect(description).toBe('Edited here');
        expect(stderr).toMatch(
          new RegExp(`^${title}: Backup saved: (\\S+) \\(undo: paconn restore \\1 ${title}\\)$`, 'mu'),
        );
        expect(stderr).toContain(
          `\n  ${title}: Access token invalid. Please login again. The connector ${id} may have changed anyway.\n`,
        );
        expect(stderr).toMatch(new RegExp(`\n${title}:\n(?:  .+\n)+  Check with:\n    paconn diff ${title}\n`, 'u'));
      }
      cloud.clearFaults();
      for (const title of titles)
        await workspace.write(`${title}/${definition}`, petStore({ title, description: 'Edited again' }));
      expect(await runInProcess(workspace, command, ...titles)).toMatchObject({ exitCode: 0 });
    });

    test('says nothing of those that had not been sent', async () => {
      await using cloud = await FakeCloud.start();
      await using workspace = await folders(cloud);
      cloud.fault({ method: 'GET', path: /\/apis\/shared_/u, times: 99, status: 401 });
      const { exitCode, stderr } = await runInProcess(workspace, command, ...titles);
      expect(exitCode).toBe(3);
      expect(stderr).toMatch(/^3 connectors: 3 failed\.\nError: Access token invalid\. Please login again\.\n/u);
      expect(stderr).not.toContain('may have changed');
    });

    test('goes no further', async () => {
      await using cloud = await FakeCloud.start();
      await using workspace = await folders(cloud);
      endSignIn(cloud, 'PATCH', '/apis/');
      const { exitCode, stderr } = await runInProcess(workspace, command, '--concurrency', '1', ...titles);
      expect(exitCode).toBe(3);
      expect(stderr).toContain('3 connectors: 1 failed, 2 not tried.\n');
    });
  },
);

test.concurrent('deploy of new connectors says that they may have been created', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { settings: null });
  for (const title of titles) {
    const settings = { ...cloud.settings, environment: cloud.environment.id, apiDefinition: definition };
    await workspace.write(
      `${title}/settings.json`,
      JSON.stringify({ ...settings, apiProperties: 'apiProperties.json' }),
    );
    await workspace.write(`${title}/apiProperties.json`, '{"properties":{}}');
    await workspace.write(`${title}/${definition}`, petStore({ title }));
  }
  endSignIn(cloud, 'POST', /\/apis$/u, 3);
  const { exitCode, stderr } = await runInProcess(workspace, 'deploy', ...titles, '--skip-validation');
  expect({ exitCode, count: cloud.connectors().length }).toEqual({ exitCode: 3, count: 3 });
  for (const title of titles) expect(stderr).toContain(`The connector '${title}' may have been created anyway.\n`);
});

test.concurrent('deploy of a folder that was updated before its sharing failed says that it was', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await folders(cloud);
  cloud.fault({ method: 'POST', path: 'modifyPermissions', times: 99, status: 401 });
  cloud.fault({ method: 'GET', path: 'permissions', times: 99, status: 401 });
  const share = `user:${diego.objectId}`;
  const { exitCode, stderr } = await runInProcess(workspace, 'deploy', 'Cats', 'Dogs', '--share', share);
  expect(exitCode).toBe(3);
  for (const connector of cloud.connectors().slice(0, 2))
    expect(stderr).toContain(`${connector.id} updated successfully. `);
});

describe.concurrent('a sign-in that is refused after', () => {
  test('the request of restore: the connector may have changed', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await folders(cloud);
    expect(await runInProcess(workspace, 'deploy', 'Cats')).toMatchObject({ exitCode: 0 });
    endSignIn(cloud, 'PATCH', '/apis/');
    const { exitCode, stderr } = await runInProcess(workspace, 'restore', 'latest', 'Cats', '--yes');
    expect({ exitCode, description: cloud.connectors()[0]?.description }).toEqual({
      exitCode: 3,
      description: 'Sells pets.',
    });
    expect(stderr).toMatch(
      /\nBackup saved: \S+ \(undo: .+\)\nError: .+ The connector \S+ may have changed anyway\.\n/u,
    );
    expect(stderr).toContain('Check with:\n  paconn diff Cats\n');
  });

  test('the request of delete: the connector may be gone, and its backup is named', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await folders(cloud);
    endSignIn(cloud, 'DELETE', '/apis/');
    const { exitCode, stderr } = await runInProcess(workspace, 'delete', 'Cats', '--yes');
    expect({ exitCode, count: cloud.connectors().length }).toEqual({ exitCode: 3, count: 2 });
    expect(stderr).toMatch(
      /^Backup saved: (\S+) \(create it again: .+ --from-backup \1\)\nError: .+ The connector \S+ may have been deleted anyway\.\n/u,
    );
  });

  test('the request of share: the change may have been made', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await folders(cloud);
    endSignIn(cloud, 'POST', 'modifyPermissions');
    const { exitCode, stderr } = await runInProcess(workspace, 'share', 'add', 'Cats', '--user', diego.objectId);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^Error: .+ The change may have been made anyway\.\n/u);
  });
});
