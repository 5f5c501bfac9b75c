import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { signedIn } from '../support/signed-in.ts';
import { keys, TerminalSession } from '../support/terminal-session.ts';
import type { Workspace } from '../support/workspace.ts';

const line = ['download', '--all', '-s', '../cloud.json', '--concurrency', '2'];

async function withConnectors(count: number) {
  const cloud = await FakeCloud.start();
  for (let number = 1; number <= count; number += 1) cloud.addConnector({ displayName: `Pets ${number}` });
  const workspace = await signedIn(cloud, { settings: null });
  await workspace.write('../cloud.json', JSON.stringify({ ...cloud.settings, environment: cloud.environment.id }));
  return { cloud, workspace };
}

/** The folders of connectors, and what is in them that is not whole. */
async function folders(workspace: Workspace): Promise<{ readonly whole: number; readonly broken: readonly string[] }> {
  const names = await workspace.list();
  const found = new Set(names.map((name) => name.replace(/\/[^/]+$/u, '')));
  const broken = [...found].filter((folder) => !names.includes(`${folder}/settings.json`));
  return { whole: found.size - broken.length, broken };
}

describe.runIf(TerminalSession.isSupported)('at a terminal', () => {
  test('a bulk command shows its progress below the finished lines', async () => {
    const { cloud, workspace } = await withConnectors(8);
    await using _cloud = cloud;
    await using _workspace = workspace;
    cloud.latency = 300;
    await using session = TerminalSession.start(workspace, line);
    await session.waitFor(/ Downloading 0 of 8: Contoso \(default\)\/Pets 1, Contoso \(default\)\/Pets 2/u);
    await session.waitFor(/Pets 1: downloaded\n/u);
    await session.waitFor(/ Downloading \d of 8, about \d s left: Contoso \(default\)\/Pets \d.* \d s/u);
    expect((await session.end()).exitCode).toBe(0);
    expect(session.rawOutput.endsWith('\u001B[0K8 connectors: 8 downloaded.\r\n')).toBe(true);
  });

  test('Ctrl+C leaves only complete folders, and a second run completes the rest', async () => {
    const { cloud, workspace } = await withConnectors(6);
    await using _cloud = cloud;
    await using _workspace = workspace;
    cloud.latency = 200;
    await using session = TerminalSession.start(workspace, line);
    await session.waitFor(/Pets 2: downloaded/u);
    session.type(keys.interrupt);
    const { exitCode, output } = await session.end();
    expect(exitCode).toBe(130);
    const [, done = ''] =
      /Canceled after (\d) of 6 connectors\.\n+Run the same command again to continue\.\n$/u.exec(output) ?? [];
    expect(output).not.toContain('failed');
    const { whole, broken } = await folders(workspace);
    expect({ whole, broken }).toEqual({ whole: Number(done), broken: [] });
    cloud.latency = 0;
    const { stderr } = await workspace.paconn(...line);
    expect(stderr).toContain(`6 connectors: ${whole} unchanged, ${6 - whole} downloaded.`);
  });
});

test('a killed run leaves only complete folders', async () => {
  const { cloud, workspace } = await withConnectors(6);
  await using _cloud = cloud;
  await using _workspace = workspace;
  cloud.latency = 100;
  const tool = workspace.start(line);
  await tool.waitFor(/Pets 2: downloaded/u, { read: () => tool.stderr });
  tool.signal('SIGKILL');
  await tool.finished;
  const left = await folders(workspace);
  expect(left.broken.filter((folder) => !folder.includes('/.paconn-'))).toEqual([]);
  cloud.latency = 0;
  const { exitCode } = await workspace.paconn(...line);
  expect(exitCode).toBe(0);
  const names = await workspace.list();
  expect(names.filter((name) => /^Contoso \(default\)\/Pets \d\/settings\.json$/u.test(name))).toHaveLength(6);
});

test('a bulk command shows no progress in a pipe', async () => {
  const { cloud, workspace } = await withConnectors(2);
  await using _cloud = cloud;
  await using _workspace = workspace;
  cloud.latency = 300;
  const { stderr } = await workspace.paconn(...line);
  expect(stderr).toBe(
    'Contoso (default)/Pets 1: downloaded\nContoso (default)/Pets 2: downloaded\n2 connectors: 2 downloaded.\n',
  );
  expect((await workspace.paconn(...line, '--quiet')).stderr).toBe('2 connectors: 2 unchanged.\n');
});
