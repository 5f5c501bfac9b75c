import { failureIn } from '../support/failure.ts';
import { describe, expect, test } from 'vitest';
import { petIcon, petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { TerminalSession } from '../support/terminal-session.ts';
import { Workspace } from '../support/workspace.ts';

const definition = 'apiDefinition.swagger.json';
// An error, a warning, what certification asks for, and advice.
const faulty = petStore()
  .replace('"2.0"', '"2"')
  .replace('"https"', '"http"')
  .replace('"Pet Store"', '"Pet Store API"');

async function workspaceWith(text: string, settings?: object): Promise<Workspace> {
  return await Workspace.create(undefined, {
    apiDefinition: text,
    icon: petIcon(),
    settings: null,
    files: settings ? { 'settings.json': JSON.stringify(settings) } : {},
  });
}

/** The rules of the findings, and how the run ended. */
async function outcome(workspace: Workspace, ...args: readonly string[]) {
  const { exitCode, stdout, stderr } = await runInProcess(
    workspace,
    'validate',
    '--offline',
    '--format',
    'json',
    ...args,
  );
  const findings: readonly { readonly rule: string; readonly level: string }[] = JSON.parse(stdout).findings;
  return {
    exitCode,
    stderr,
    summary: JSON.parse(stdout).summary,
    rules: findings.map(({ rule, level }) => `${level} ${rule}`),
  };
}

describe('levels', () => {
  test('errors and warnings are shown by default, suggestions on request', async () => {
    await using workspace = await workspaceWith(faulty);
    expect((await outcome(workspace)).rules).toEqual(['error swagger-version', 'warning schemes-no-https']);
    const certification = (await outcome(workspace, '--certification')).rules;
    expect(certification).toContain('error title-restricted-word');
    expect(certification.filter((rule) => rule.startsWith('info '))).toEqual([]);
    const info = (await outcome(workspace, '--info')).rules;
    expect(info).toContain('info path-parameter-encoding');
    expect(info).not.toContain('error title-restricted-word');
    expect((await outcome(workspace, '--info=false', '--certification=no')).rules).toHaveLength(2);
  });

  test("warnings and suggestions don't make it fail, unless there are more warnings than --max-warnings", async () => {
    await using workspace = await workspaceWith(faulty.replace('"2"', '"2.0"'));
    expect(await outcome(workspace, '--info')).toMatchObject({ exitCode: 0 });
    expect(await outcome(workspace, '--max-warnings', '1')).toMatchObject({ exitCode: 0 });
    const { exitCode, stderr } = await outcome(workspace, '--max-warnings=0');
    expect(exitCode).toBe(1);
    expect(failureIn(stderr).message).toBe('1 warning, but --max-warnings allows 0.');
  });

  test('the publisher type counts', async () => {
    await using workspace = await workspaceWith(petStore());
    const rules = async (kind: string) => (await outcome(workspace, '--certification', '--publisher', kind)).rules;
    expect(await rules('independent')).toContain('error icon-independent');
    expect(await rules('verified')).not.toContain('error icon-independent');
  });
});

describe('rules are left out', () => {
  test('by --ignore, several times and in lists', async () => {
    await using workspace = await workspaceWith(faulty);
    expect((await outcome(workspace, '--ignore', 'swagger-version')).rules).toEqual(['warning schemes-no-https']);
    for (const args of [
      ['--ignore', 'swagger-version,schemes-no-https'],
      ['--ignore', 'swagger-version', '--ignore=schemes-no-https'],
    ]) {
      expect(await outcome(workspace, ...args)).toMatchObject({
        exitCode: 0,
        rules: [],
        stderr: `${definition} validated successfully.\n`,
      });
    }
  });

  test('and an unknown one is a usage error', async () => {
    await using workspace = await workspaceWith(faulty);
    expect(await workspace.paconn('validate', '--offline', '--ignore', 'swagger-verson')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: "Error: Unknown rule: 'swagger-verson'.\nDid you mean 'swagger-version'?\n",
    });
  });

  test.each([
    ['*', 1],
    [definition, 1],
    ['*.swagger.json', 1],
    ['/swagger', 1],
    ['/swag*', 1],
    ['pet-store.json', 0],
    ['other.json', 0],
    ['/info', 0],
    ['/swag', 0],
  ])('by the settings file: "%s"', async (where, ignored) => {
    await using workspace = await workspaceWith(faulty, { paconn: { ignore: { 'swagger-version': [where] } } });
    expect(await outcome(workspace)).toMatchObject({
      exitCode: 1 - ignored,
      summary: { errors: 1 - ignored, warnings: 1, ignored },
    });
  });

  test.each([
    [[]],
    [['apiDefinition.swagger.json']],
    [['-d', 'apiDefinition.swagger.json']],
    [['-s', 'settings.json']],
  ])('by the settings file, however the files are named: %j', async (args) => {
    const settings = { apiDefinition: definition, paconn: { ignore: { 'swagger-version': ['/swagger'] } } };
    await using workspace = await workspaceWith(faulty, settings);
    expect((await outcome(workspace, ...args)).rules).toEqual(['warning schemes-no-https']);
  });

  test('at a place and all below it', async () => {
    const responses = { paconn: { ignore: { 'responses-missing': ['/paths/~1pets*'] } } };
    await using workspace = await workspaceWith(
      petStore().replace(/"responses": \{.*?\n {8}\}/su, '"responses": {}'),
      responses,
    );
    expect(await outcome(workspace)).toMatchObject({ rules: [], summary: { ignored: 1 } });
  });

  test.each([
    [
      { ignore: { 'swagger-verson': ['*'] } },
      "unknown rule 'swagger-verson' to ignore; did you mean 'swagger-version'?",
    ],
    [{ ignore: ['swagger-version'] }, "'paconn.ignore' must be an object, not an array. No rules are ignored."],
  ])('and what the settings file says wrongly is noted: %j', async (paconn, note) => {
    await using workspace = await workspaceWith(faulty, { paconn });
    const { stderr, rules } = await outcome(workspace);
    expect(stderr).toContain(`settings.json: ${note}`);
    expect(rules).toContain('error swagger-version');
  });

  test.each([
    ['that paconn writes', { cloud: 'public', relativeTo: 'settings', solution: { prefix: 'new' } }, []],
    ["that paconn doesn't know", { theme: 'red', ignroe: {} }, ['theme', 'ignroe']],
  ])('and settings next to it %s leave it in force', async (_what, more, unknown) => {
    await using workspace = await workspaceWith(faulty, { paconn: { ignore: { 'swagger-version': ['*'] }, ...more } });
    const { stderr, rules } = await outcome(workspace);
    expect(rules).not.toContain('error swagger-version');
    expect(stderr.replace(/^\d+ warning.*\n$/mu, '')).toBe('');
    expect(rules.filter((rule) => rule === 'warning settings-unknown-key')).toHaveLength(unknown.length);
  });

  test('unless "paconn" is not an object, which is an error', async () => {
    await using workspace = await workspaceWith(faulty, { paconn: 5 });
    expect((await outcome(workspace)).rules).toContain('error json-type');
  });
});

describe('formats', () => {
  test.each([[[]], [['--format', 'sarif']], [['-o', 'yaml']], [['--query', 'summary']], [['--fix', '--dry-run']]])(
    'a report does not replace a file that is checked: %j',
    async (more) => {
      await using workspace = await workspaceWith(faulty);
      const before = await workspace.read(definition);
      const args = ['validate', '--offline', ...more, '--output-file', `./${definition}`];
      expect(await runInProcess(workspace, ...args)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('is a file that this command uses.\nChoose another one with --output-file.\n'),
      });
      expect(await workspace.read(definition)).toBe(before);
    },
  );

  test.each(['sarif', 'github', 'json', 'text'])('%s goes into a file, with the words on stderr', async (format) => {
    await using workspace = await workspaceWith(faulty);
    const args = ['validate', '--offline', '--format', format];
    const { stdout } = await runInProcess(workspace, ...args);
    const message = `${definition} has errors.`;
    const failure = { message, detail: null, hint: null, exitCode: 1, correlationId: null, code: null };
    const said = format === 'json' ? JSON.stringify({ error: failure }) : `Error: ${message}`;
    expect(await runInProcess(workspace, ...args, '--output-file', 'out/findings')).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `2 problems (1 error, 1 warning) in 1 file. Fix 1 with: paconn validate --offline --fix\n${said}\n`,
    });
    expect(await workspace.read('out/findings')).toBe(stdout);
  });

  test('a file that cannot be written is an error', async () => {
    await using workspace = await workspaceWith(petStore());
    const { exitCode, stderr } = await runInProcess(
      workspace,
      'validate',
      '--offline',
      '--output-file',
      definition + '/x',
    );
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^Error: .+ can't be written: /u);
  });

  test('GitHub shows annotations', async () => {
    await using workspace = await workspaceWith(faulty);
    const { stdout } = await workspace.paconn('validate', '--offline', '--format', 'GitHub');
    expect(stdout.split('\n')[0]).toBe(
      `::error file=${definition},line=2,endLine=2,col=14,endColumn=17,title=swagger-version::'swagger' must be the string "2.0".`,
    );
  });

  test.each([
    [['--format', 'xml'], 'Use one of text, json, sarif, github, markdown.'],
    [['--format', 'markdown'], "'--format markdown' requires --rules."],
    [['--rules', '--format', 'sarif'], "--rules isn't available as sarif."],
    [['--dry-run', '--format', 'json'], "--dry-run shows a diff, which isn't available as json."],
    [['--max-warnings', 'many'], 'Use a number such as 0.'],
    [['--publisher', 'me'], 'Use one of verified, independent.'],
  ])('%j is wrong usage', async (args, message) => {
    await using workspace = await workspaceWith(faulty);
    const { exitCode, stdout, stderr } = await runInProcess(workspace, 'validate', '--offline', ...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('control characters and client secrets in a file are never shown', async () => {
    const properties = petStoreProperties.replace(
      '"capabilities"',
      String.raw`"oAuth": 1, "connectionParameters": { "token": { "type": "oauthSetting", "oAuthSettings": { "clientSecret": "hush-hush" } } }, "capabilities"`,
    );
    await using workspace = await Workspace.create(undefined, {
      apiDefinition: petStore()
        .replace('"Pet Store"', '"\u001b]0;owned\u0007\u202e"')
        .replace('"/pets/{id}"', String.raw`"/\u001b[31m{id}"`),
      apiProperties: properties,
    });
    for (const format of ['text', 'json', 'sarif', 'github']) {
      const args = ['validate', '--offline', '--certification', '--info', '--format', format];
      const { stdout, stderr } = await runInProcess(workspace, ...args);
      expect(stdout.length).toBeGreaterThan(500);
      // oxlint-disable-next-line no-control-regex
      expect(stdout + stderr).not.toMatch(/[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202E]/u);
      expect(stdout + stderr).not.toContain('hush-hush');
    }
    const { stdout } = await runInProcess(workspace, 'validate', '--dry-run', '--certification', '--info');
    expect(stdout).not.toContain('hush-hush');
  });

  test('colours show with FORCE_COLOR and at a terminal, and not with NO_COLOR or in a pipe', async () => {
    await using workspace = await workspaceWith(faulty);
    const args = ['validate', '--offline'];
    const error = '\u001b[31merror\u001b[39m';
    expect((await workspace.paconn(...args)).stdout).not.toContain('\u001b');
    expect((await workspace.run(args, { variables: { FORCE_COLOR: '1' } })).stdout).toContain(error);
    expect((await workspace.run(args, { variables: { FORCE_COLOR: '1', NO_COLOR: '1' } })).stdout).toContain(error);
    expect((await workspace.run(args, { variables: { FORCE_COLOR: '0' } })).stdout).not.toContain('\u001b');
    if (!TerminalSession.isSupported) return;
    await using coloured = TerminalSession.start(workspace, args);
    await coloured.end();
    expect(coloured.rawOutput).toContain(error);
    await using plain = TerminalSession.start(workspace, args, { variables: { NO_COLOR: '1' } });
    await plain.end();
    expect(plain.rawOutput).not.toContain('\u001b[3');
  });
});

describe('policies of certification', () => {
  const apiDefinition = petStore({ title: 'Pets for shops in all of the countries of Europe' });
  const files = { 'a.json': apiDefinition };

  test('show as text, JSON, SARIF and GitHub annotations with --certification alone', async () => {
    await using workspace = await Workspace.create(undefined, { files });
    const validate = async (...args: readonly string[]): Promise<string> =>
      (await workspace.paconn('validate', 'a.json', '--offline', ...args)).stdout;
    expect(await validate('--info')).not.toContain('5000.');
    expect(await validate('--certification')).toMatch(/ {2}title-too-long {2}5000\.2\.2\.1\n/u);
    expect(await validate('--certification', '--format', 'github')).toMatch(/,title=title-too-long 5000\.2\.2\.1::/u);
    expect(await validate('--certification', '-o', 'tsv')).toContain('\ttitle-too-long\t5000.2.2.1\t');
    const { findings } = JSON.parse(await validate('--certification', '--format', 'json'));
    expect(findings).toContainEqual(expect.objectContaining({ rule: 'title-too-long', policy: '5000.2.2.1' }));
    const { runs } = JSON.parse(await validate('--certification', '--format', 'sarif'));
    const withPolicy = expect.objectContaining({ ruleId: 'title-too-long', properties: { policy: '5000.2.2.1' } });
    expect(runs[0].results).toContainEqual(withPolicy);
    const { properties } = runs[0].tool.driver.rules.find(({ id }: { id: string }) => id === 'title-too-long');
    expect(properties.tags).toContain('5000.2.2.1');
  });

  test('leave out their rules with --ignore', async () => {
    await using workspace = await Workspace.create(undefined, { files });
    const args = ['validate', 'a.json', '--offline', '--certification', '--ignore', '5000.2.2.1,5000.2.6.2'];
    const { stdout } = await runInProcess(workspace, ...args);
    expect(stdout).not.toMatch(/5000\.2\.2\.1|5000\.2\.6\.2/u);
    expect(stdout).toContain('5000.2.3');
  });

  test('are explained with their rules', async () => {
    await using workspace = await Workspace.create();
    const { exitCode, stdout } = await runInProcess(workspace, 'validate', '--explain', '5000.2.4.5');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^5000\.2\.4\.5 {2}No empty operations\.\nhttps:.+\n\npath-empty {2}error with --certif/u);
    expect(stdout).toContain('\nresponses-missing  warning, error with --certification  5000.2.4.5\n');
    const many = await runInProcess(workspace, 'validate', '--explain', '5000.2.6.2');
    expect(many.stdout).toMatch(/\n {2}path-duplicate {2}error\n/u);
    const none = await runInProcess(workspace, 'validate', '--explain', '5000.1.1.4');
    expect(none.stdout).toContain("It isn't visible in the files.");
    const data = await runInProcess(workspace, 'validate', '--explain', '5000.2.3.6', '-o', 'json');
    expect(JSON.parse(data.stdout)).toMatchObject({ policy: '5000.2.3.6', rules: [{ rule: 'description-url' }] });
  });

  test.each([['--explain'], ['--ignore']])('that are unknown are wrong usage of %s', async (option) => {
    await using workspace = await Workspace.create(undefined, { files });
    const { exitCode, stderr } = await runInProcess(workspace, 'validate', 'a.json', '--offline', option, '5000.9.9.9');
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^Error: Unknown policy code: 5000\.9\.9\.9\n.+certification-policy-errors\n$/u);
  });
});

describe('rules are listed', () => {
  test('one with reason, examples and sources', async () => {
    await using workspace = await Workspace.create();
    const { exitCode, stdout, stderr } = await runInProcess(workspace, 'validate', '--explain', 'swagger-version');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(
      /^swagger-version {2}error {2}5000\.2\.6\.3\n\n {2}'swagger' must be the string "2\.0"\.\n/u,
    );
    expect(stdout).toMatch(/\nWrong\n.+\n {4}\{.+\n +\^+\n\nRight\n.+\n[^]+\nSources\n {2}.+https:/u);
  });

  test('all of them', async () => {
    await using workspace = await Workspace.create();
    for (const format of ['text', 'markdown', 'json']) {
      const { exitCode, stdout } = await runInProcess(workspace, 'validate', '--rules', '--format', format);
      expect({ exitCode, told: stdout.includes('swagger-version') }).toEqual({ exitCode: 0, told: true });
    }
    await runInProcess(workspace, 'validate', '--rules', '--format', 'markdown', '--output-file', 'rules.md');
    expect(await workspace.read('rules.md')).toMatch(/^# Rules\n[^]+\|\n$/u);
  });

  test('one that does not exist', async () => {
    await using workspace = await Workspace.create();
    expect(await runInProcess(workspace, 'validate', '--explain', 'nothing-like-it')).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: "Error: Unknown rule: 'nothing-like-it'.\nList the rules with:\n  paconn validate --rules\n",
    });
  });
});
