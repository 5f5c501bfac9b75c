import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { noBaseNote } from '../support/notes.ts';
import { petScript, petStore, petStoreProperties } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';

/** What `create` says where a connector of that name exists, as a regular expression. */
const titleWarning = String.raw`Warning: 'Pet Store' already exists in \S+\. To update it instead:\n {2}paconn deploy -s settings\.json --connector \S+\n`;

const faulty = petStore().replace('"2.0"', '"2"');
const withScriptOperations = petStoreProperties.replace(
  '"capabilities"',
  '"scriptOperations": ["GetPet"], "capabilities"',
);

describe.each([
  ['create', ['create', '-s', 'settings.json', '-w'], 'created'],
  ['update', ['update', '-s', 'settings.json'], 'updated'],
])('%s', (_name, command, done) => {
  test('stops at errors in the files before any request, and shows them', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { connector: cloud.addConnector(), apiDefinition: faulty });
    expect(await runInProcess(workspace, ...command)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `apiDefinition.swagger.json
  2:14  error  'swagger' must be the string "2.0".  swagger-version
    2 |   "swagger": "2",
      |              ^^^
        Change it to "2.0".

1 error in 1 file. Fix 1 with: paconn validate --fix
Error: Nothing was uploaded: 1 error.
Fix the errors, or pass --skip-validation to upload the files anyway.
`,
    });
    expect(cloud.requests).toEqual([]);
  });

  test('continues with --skip-validation', async () => {
    await using cloud = await FakeCloud.start();
    cloud.validator = () => ({ status: 200, body: '""' });
    await using workspace = await signedIn(cloud, { connector: cloud.addConnector(), apiDefinition: faulty });
    const { exitCode, stderr } = await runInProcess(workspace, ...command, '--skip-validation');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(new RegExp(`^(?:${noBaseNote}|${titleWarning})?\\S+ ${done} successfully\\.\\n$`, 'u'));
  });

  test('has them in the failure for programs', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { connector: cloud.addConnector(), apiDefinition: faulty });
    const { stderr } = await runInProcess(workspace, ...command, '-o', 'json');
    expect(JSON.parse(stderr)).toMatchObject({
      error: {
        message: 'Nothing was uploaded: 1 error.',
        detail: `Errors:\n  apiDefinition.swagger.json:2:14: 'swagger' must be the string "2.0". (swagger-version)`,
      },
    });
  });

  test('stops at a script that is UTF-16, and says so alone', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, {
      connector: cloud.addConnector(),
      apiDefinition: petStore(),
      script: petScript(),
    });
    await workspace.write('script.csx', Buffer.from(`\ufeff${petScript()}`, 'utf16le'));
    const { exitCode, stderr } = await runInProcess(workspace, ...command);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/^script\.csx\n {2}1:1 {2}error {2}The script is UTF-16, not UTF-8\. {2}script-encoding\n/u);
    expect(stderr).toContain('\n1 error in 1 file.\n');
  });

  test('shows warnings with their text, and how to see more', async () => {
    await using cloud = await FakeCloud.start();
    const apiDefinition = petStore().replace('"https"', '"http"');
    await using workspace = await signedIn(cloud, { connector: cloud.addConnector(), apiDefinition });
    const { exitCode, stderr } = await runInProcess(workspace, ...command);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      new RegExp(
        `^Warning: apiDefinition\\.swagger\\.json:\\d+:\\d+: .+ \\(schemes-no-https\\)\\n1 warning\\. For details: paconn validate\\n(?:${noBaseNote}|${titleWarning})?\\S+ ${done} successfully\\.\\n$`,
        'u',
      ),
    );
    const shown = await runInProcess(workspace, ...'validate --offline -s settings.json'.split(' '));
    expect(shown.stdout).toContain('1 warning in 1 file.');
  });

  test.each([
    ['apiDefinition.swagger.json', '{"swagger": }'],
    ['apiProperties.json', '{"properties": {'],
  ])('does not offer --skip-validation where that cannot help: %s is %s', async (name, content) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { connector: cloud.addConnector(), apiDefinition: petStore() });
    await workspace.write(name, content);
    const { exitCode, stderr } = await runInProcess(workspace, ...command);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/\nError: Nothing was uploaded: \d+ errors?\.\nFix the errors\.\n$/u);
    const skipped = await runInProcess(workspace, ...command, '--skip-validation');
    expect(skipped).toMatchObject({ exitCode: 1, stdout: '', stderr: expect.stringContaining(name) });
    expect(cloud.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  test('reports operations of a missing script as an error', async () => {
    await using cloud = await FakeCloud.start();
    const files = { apiDefinition: petStore(), apiProperties: withScriptOperations };
    await using workspace = await signedIn(cloud, { connector: cloud.addConnector(), ...files });
    const { exitCode, stderr } = await runInProcess(workspace, ...command);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/ {2}error {2}.+ {2}script-file-missing\n/u);
    await using complete = await signedIn(cloud, { connector: cloud.addConnector(), ...files, script: petScript() });
    expect((await runInProcess(complete, ...command)).exitCode).toBe(0);
  });

  test('continues if only certification requires more', async () => {
    await using cloud = await FakeCloud.start();
    const apiDefinition = petStore().replace('"/v1"', '"v1"');
    const apiProperties = '{"properties":{"connectionParameterSets":{"values":[{"name":"none"}]}}}';
    const files = { apiDefinition, apiProperties };
    await using workspace = await signedIn(cloud, { connector: cloud.addConnector(), ...files });
    const { exitCode, stderr } = await runInProcess(workspace, ...command);
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^Warning: .+\n/u);
    expect((await runInProcess(workspace, 'validate', '--offline', '-s', 'settings.json')).exitCode).toBe(1);
  });

  test('leaves out what the settings file ignores', async () => {
    await using cloud = await FakeCloud.start();
    cloud.validator = () => ({ status: 200, body: '""' });
    const settings = { paconn: { ignore: { 'swagger-version': ['*'] } } };
    await using workspace = await signedIn(cloud, { connector: cloud.addConnector(), apiDefinition: faulty, settings });
    expect((await runInProcess(workspace, ...command)).exitCode).toBe(0);
  });
});

test('files in options replace the files of the folder', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  const apiDefinition = petStore().replace('"https"', '"http"');
  await using workspace = await signedIn(cloud, { connector, apiDefinition, settings: null });
  for (const name of ['apiDefinition.swagger.json', 'apiProperties.json']) {
    await workspace.write(`pets/${name}`, await workspace.read(name));
  }
  const { id, environment } = connector;
  const files = ['-d', 'apiDefinition.swagger.json', '-p', 'apiProperties.json'];
  const target = ['-e', environment, '-c', id, '-u', cloud.url];
  const { exitCode, stderr } = await runInProcess(workspace, 'update', 'pets', ...files, ...target);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: expect.stringMatching(
      /^1 warning\. For details: paconn validate --power-apps-url \S+ apiDefinition\.swagger\.json apiProperties\.json$/mu,
    ),
  });
});

test.each(['update', 'deploy'])(
  '%s of a folder says how to see the warnings from where it was run',
  async (command) => {
    await using cloud = await FakeCloud.start();
    const apiDefinition = petStore().replace('"https"', '"http"');
    const connector = cloud.addConnector();
    await using workspace = await signedIn(cloud, { connector, apiDefinition });
    for (const name of ['settings.json', 'apiDefinition.swagger.json', 'apiProperties.json']) {
      await workspace.write(`züri west/${name}`, await workspace.read(name));
    }
    const { exitCode, stderr } = await runInProcess(workspace, command, 'züri west');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: expect.stringMatching(/^1 warning\. For details: paconn validate ["']züri west["']$/mu),
    });
    const shown = await runInProcess(workspace, 'validate', '--offline', 'züri west');
    expect(shown.stdout).toContain('1 warning in 1 file.');
  },
);

test('deploy of files that options name says how to see the warnings of these files', async () => {
  await using cloud = await FakeCloud.start();
  const connector = cloud.addConnector();
  const apiDefinition = petStore().replace('"https"', '"http"');
  await using workspace = await signedIn(cloud, { connector, apiDefinition });
  await workspace.write('pets/v2.json', apiDefinition);
  const { stderr } = await runInProcess(workspace, 'deploy', '-d', 'pets/v2.json');
  expect(stderr).toMatch(/^1 warning\. For details: paconn validate pets\/v2\.json apiProperties\.json$/mu);
  await workspace.write('-x/apiDefinition.swagger.json', apiDefinition);
  await workspace.write('-x/apiProperties.json', petStoreProperties);
  const environment = ['-e', connector.environment];
  const started = await runInProcess(workspace, 'deploy', '--dry-run', ...environment, '--', '-x');
  expect(started.stderr).toMatch(/^1 warning\. For details: paconn validate .*\.\/-x$/mu);
});

const otherDescriptions = [
  ['api.yaml', 'host: a.example\nswagger: "2.0"\n', 'api.yaml is YAML. Convert it with:\n  paconn convert api.yaml'],
  [
    'my orders.json',
    '{ "item": [], "info": { "_postman_id": "1" } }',
    'my orders.json is a Postman collection. Convert it with:\n  paconn convert "my orders.json"',
  ],
  [
    'openapi.json',
    '{ "openapi": "3.0.0", "info": {}, "paths": {} }',
    'openapi.json is OpenAPI 3.0.0. Convert it with:\n  paconn convert openapi.json',
  ],
] as const;

describe.each(['create', 'update', 'deploy'])('%s without a definition says what is there in its place', (command) => {
  test.each(otherDescriptions)('in the current folder: %s', async (name, content, words) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { settings: null });
    await workspace.write(name, content);
    const { exitCode, stderr } = await runInProcess(workspace, command);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `Error: API Properties must be specified.\n${words}\n`,
    });
  });

  test('beside the API properties', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { settings: null });
    await workspace.write('apiProperties.json', petStoreProperties);
    await workspace.write('api.yaml', otherDescriptions[0][1]);
    const { exitCode, stderr } = await runInProcess(workspace, command, '-p', 'apiProperties.json');
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `Error: API Definition must be specified.\n${otherDescriptions[0][2]}\n`,
    });
  });

  test('when it is passed as the definition', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { settings: null });
    await workspace.write('api.yaml', otherDescriptions[0][1]);
    expect((await runInProcess(workspace, command, '-d', 'api.yaml')).stderr).toBe(
      `Error: API Properties must be specified.\n${otherDescriptions[0][2]}\n`,
    );
  });

  test('in a folder that is passed', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await signedIn(cloud, { settings: null });
    await workspace.write('pets/api.yaml', otherDescriptions[0][1]);
    expect((await runInProcess(workspace, command, 'pets')).stderr).toContain(
      'paconn convert pets/api.yaml --output-dir pets\n',
    );
  });
});

test.each(['create', 'update', 'deploy'])(
  '%s says what another kind of document is, without the check, too',
  async (command) => {
    await using cloud = await FakeCloud.start();
    const connector = cloud.addConnector();
    for (const [, content] of otherDescriptions) {
      await using workspace = await signedIn(cloud, { connector, apiDefinition: content });
      const { exitCode, stderr } = await runInProcess(
        workspace,
        command,
        '-s',
        'settings.json',
        '--skip-validation',
        ...(command === 'create' ? ['-w'] : []),
      );
      expect({ exitCode, stderr }).toEqual({
        exitCode: 1,
        stderr: expect.stringMatching(
          /^Error: apiDefinition\.swagger\.json isn't an API definition: it's .+\.\nConvert it with:\n/u,
        ),
      });
    }
    expect(cloud.connectors()).toEqual([connector]);
  },
);

test('with a settings file in a subfolder, the hint is about that folder only', async () => {
  await using cloud = await FakeCloud.start();
  const apiDefinition = petStore().replace('"https"', '"http"');
  const connector = cloud.addConnector();
  await using workspace = await signedIn(cloud, { connector, apiDefinition });
  for (const name of ['settings.json', 'apiDefinition.swagger.json', 'apiProperties.json']) {
    await workspace.write(`züri/${name}`, await workspace.read(name));
  }
  await workspace.write('züri/other.json', await workspace.read('settings.json'));
  for (const [file, hint] of [
    ['settings.json', '["\']?züri["\']?'],
    ['other.json', '\\S*züri/apiDefinition\\.swagger\\.json\\S* \\S*züri/apiProperties\\.json\\S*'],
  ] as const) {
    const { stderr } = await runInProcess(workspace, 'update', '-s', `züri/${file}`, '--relative-to', 'settings');
    expect(stderr).toMatch(new RegExp(`^1 warning\\. For details: paconn validate ${hint}$`, 'mu'));
  }
});

test("a file that can't be sent at all gets no hint about --skip-validation", async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await signedIn(cloud, { settings: null, apiDefinition: petStore() });
  await workspace.write('apiProperties.json', '{ "connectionParameters": {} }');
  const files = ['-p', 'apiProperties.json', '-d', 'apiDefinition.swagger.json', '-e', 'x', '-u', cloud.url];
  const { exitCode, stderr } = await runInProcess(workspace, 'create', ...files);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('Fix the ');
  expect(stderr).not.toContain('--skip-validation');
});

test('the errors of each of many connectors are in its failure for programs', async () => {
  await using cloud = await FakeCloud.start();
  const files = ['a', 'b'].flatMap((name) => [
    [`${name}/apiDefinition.swagger.json`, faulty],
    [`${name}/apiProperties.json`, petStoreProperties],
  ]);
  await using workspace = await signedIn(cloud, { settings: null, files: Object.fromEntries(files) });
  const { stdout } = await runInProcess(
    workspace,
    'deploy',
    'a',
    'b',
    '-e',
    cloud.environment.id,
    '-u',
    cloud.url,
    '-o',
    'json',
  );
  const detail = (name: string): string =>
    `Errors:\n  ${name}/apiDefinition.swagger.json:2:14: 'swagger' must be the string "2.0". (swagger-version)`;
  expect(JSON.parse(stdout)).toMatchObject({
    connectors: ['a', 'b'].map((name) => ({ error: { detail: detail(name) } })),
  });
});
