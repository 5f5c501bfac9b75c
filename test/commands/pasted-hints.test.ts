import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { delimiter } from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import { TerminalSession } from '../support/terminal-session.ts';
import { Workspace } from '../support/workspace.ts';

/** Names of folders and of things in the service: what a shell makes of them otherwise leaves a file behind, or is another word. */
const names = [
  '$(touch pwned)',
  '`touch pwned`',
  "a'; touch pwned; '",
  '"; touch pwned; "',
  String.raw`back\slash`,
  String.raw`\'; touch pwned; \'`,
  '=touch',
  '~root',
  'a!!b',
  '%PATH%',
  '& touch pwned &',
  'x; touch pwned',
  '*',
  '{a,b}',
  '#comment',
  'tab\tname',
];

const shells = ['bash', 'zsh', 'fish', 'dash'].filter((shell) => existsSync(`/usr/bin/${shell}`));

/** A `paconn` that says what it is given. */
async function withEcho(workspace: Workspace): Promise<string> {
  await workspace.write('../bin/paconn', '#!/bin/sh\nprintf \'%s\\0\' "$@"\n');
  await chmod(workspace.path('../bin/paconn'), 0o755);
  return `${workspace.path('../bin')}${delimiter}${process.env['PATH']}`;
}

/** What the command of a hint is given by a shell into which it is pasted. */
async function pasted(workspace: Workspace, shell: string, command: string): Promise<readonly string[]> {
  const env = { ...process.env, PATH: await withEcho(workspace) };
  // Otherwise a start file of the system could say something.
  const { stdout } = await promisify(execFile)(shell, ['-c', command], { cwd: workspace.directory, env });
  return stdout.split('\0').slice(0, -1);
}

/** The commands in what was said, each up to where its sentence goes on. */
function commandsIn(output: string): readonly string[] {
  return [
    ...output.matchAll(/paconn (?:convert|validate|deploy|show|pull|diff) .*?(?=, and paconn| to create |$)/gmu),
  ].map(([command]) => command);
}

describe.runIf(shells.length > 0)('a pasted hint runs the shown command, and nothing else', () => {
  test.each(names)('with a folder called %j', async (name) => {
    await using workspace = await Workspace.create(undefined, { settings: null });
    await mkdir(workspace.path(name));
    await workspace.write(`${name}/openapi.yaml`, 'openapi: 3.0.1\ninfo:\n  title: Pets\n  version: "1"\npaths: {}\n');
    const init = ['init', `${name}/new`, '--host', 'api.contoso.com', '--auth', 'none', '--title', 'New'];
    const lines = [
      ['validate', '--offline', name],
      ['deploy', name],
      ['validate', '--offline', `${name}/openapi.yaml`],
      init,
    ];
    const outputs: string[] = [];
    for (const line of lines) {
      const { stdout, stderr } = await runInProcess(workspace, ...line);
      outputs.push(`${stdout}${stderr}`);
    }
    const commands = outputs.flatMap(commandsIn);
    expect(commands.length).toBeGreaterThanOrEqual(lines.length);
    for (const shell of shells) {
      for (const command of commands) {
        const [verb, ...words] = await pasted(workspace, shell, command);
        const named = expect.stringContaining(name);
        const expected = verb === 'convert' ? [named, '--output-dir', name] : [named];
        expect({ shell, command, words }).toEqual({ shell, command, words: expected });
        expect(existsSync(workspace.path(words[0] ?? ''))).toBe(true);
      }
    }
    expect(existsSync(workspace.path('pwned'))).toBe(false);
  });
});

test.runIf(TerminalSession.isSupported)('a name from the service in a hint is one word', async () => {
  await using cloud = await FakeCloud.start();
  const displayName = "'; touch pwned; '$(touch pwned)!!\\";
  const environment = cloud.addEnvironment({ displayName });
  for (const title of ['Cats', 'Dogs']) cloud.addConnector({ environment: environment.id, displayName: title });
  await using workspace = await signedIn(cloud, { settings: null });
  const list = ['list', '-e', environment.id, '-u', cloud.url];
  const { output } = await TerminalSession.start(workspace, list, { columns: 200 }).end();
  const [command = ''] = commandsIn(output.replaceAll('\r', ''));
  for (const shell of shells) {
    const words = await pasted(workspace, shell, command.replace('<connector>', 'Cats'));
    expect({ shell, words }).toEqual({
      shell,
      words: ['show', '--power-apps-url', cloud.url, '-e', displayName, '-c', 'Cats'],
    });
  }
  expect(existsSync(workspace.path('pwned'))).toBe(false);
});
