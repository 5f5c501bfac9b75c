import { describe, expect, test } from 'vitest';
import { keys, TerminalSession } from '../support/terminal-session.ts';
import { Workspace } from '../support/workspace.ts';

/** Answers one question after the other, each when it is asked, and gives what was on the screen in the end. */
async function answering(
  workspace: Workspace,
  args: readonly string[],
  answers: readonly (readonly [question: RegExp, answer: string])[],
): Promise<string> {
  await using session = TerminalSession.start(workspace, args, { columns: 200 });
  for (const [question, answer] of answers) {
    await session.waitFor(question);
    session.type(`${answer}${keys.enter}`);
  }
  const { exitCode, output } = await session.end();
  expect({ exitCode, output }).toMatchObject({ exitCode: 0 });
  return output;
}

describe.runIf(TerminalSession.isSupported)('at a terminal, init', () => {
  test('prompts for missing values, repeats after an invalid answer, and uses the default on Enter', async () => {
    await using workspace = await Workspace.create();
    const output = await answering(
      workspace,
      ['init', 'fabrikam-orders'],
      [
        [/Name of the connector \[Fabrikam orders\]: /u, ''],
        [/Description, in a sentence \[Lets apps and flows work with Fabrikam orders\.\]: /u, 'Reads orders.'],
        [/Host or URL of the API: /u, 'not a host'],
        [/Use a host.*\n?Host or URL of the API: /su, 'orders.fabrikam.net'],
        [/Please enter a choice.*: /u, 'api-key'],
        [/Header of the API key \[X-API-Key\]: /u, ''],
      ],
    );
    expect(output).toContain('Authentication selected: api-key\n');
    expect(output).toContain(`The files of Fabrikam orders are in ${workspace.path('fabrikam-orders')}.`);
    expect(await workspace.readJson('fabrikam-orders/apiDefinition.swagger.json')).toMatchObject({
      info: { title: 'Fabrikam orders', description: 'Reads orders.' },
      host: 'orders.fabrikam.net',
      securityDefinitions: { api_key: { name: 'X-API-Key' } },
    });
    expect(await workspace.paconn('validate', 'fabrikam-orders', '--offline')).toMatchObject({ exitCode: 0 });
  });

  test('does not prompt for values of options', async () => {
    await using workspace = await Workspace.create();
    const said = ['--title', 'Orders', '--description', 'Reads.', '--host', 'x.fabrikam.net', '--auth', 'none'];
    const output = await answering(workspace, ['init', 'orders', ...said], []);
    expect(output).toMatch(/^The files of Orders are in /u);
  });

  test('accepts the words that the list shows', async () => {
    await using workspace = await Workspace.create();
    const said = ['--title', 'Orders', '--description', 'Reads.', '--host', 'x.fabrikam.net'];
    const answers = [[/Please enter a choice.*: /u, 'user name and password']] as const;
    const output = await answering(workspace, ['init', 'orders', ...said], answers);
    expect(output).toContain('Authentication selected: basic\n');
  });

  test('writes nothing when it is canceled', async () => {
    await using workspace = await Workspace.create();
    await using session = TerminalSession.start(workspace, ['init', 'orders']);
    await session.waitFor(/Name of the connector/u);
    session.type(keys.interrupt);
    expect(await session.end()).toMatchObject({ exitCode: 130 });
    expect(await workspace.list()).toEqual([]);
  });
});
