import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { clientIdPointer, deployed, paconn, shop, title, valuesFile, written } from '../support/shop.ts';

describe('invalid values', () => {
  const secret = clientIdPointer.replace('clientId', 'clientSecret');
  test.each<[what: string, values: unknown, message: string, exitCode: number]>([
    ['no JSON', '{ "Contoso Test": {', 'paconn.environments.json:1:', 1],
    ['no object', { 'Contoso Test': 'host' }, 'paconn.environments.json:2:3: Expected an object with environments', 1],
    [
      'an unknown pointer',
      { 'Contoso Test': { '/hots': 'x' } },
      "paconn.environments.json:3:5: '/hots' isn't in the API definition.\nDid you mean /host?",
      1,
    ],
    [
      'a pointer with its end alone',
      { 'Contoso Test': { '/clientId': 'x' } },
      `'/clientId' isn't in the API definition.\nDid you mean ${clientIdPointer}?`,
      1,
    ],
    ['no pointer', { 'Contoso Test': { host: 'x' } }, "3:5: 'host' isn't a JSON pointer.", 1],
    [
      'one in another',
      { 'Contoso Test': { '/info': {}, '/info/title': 'x' } },
      "4:5: '/info/title' is inside '/info'",
      1,
    ],
    ['a secret', { 'Contoso Test': { [secret]: 'hunter2' } }, `3:5: The value of '${secret}' is a secret.`, 1],
    ['a reference to no variable', { Other: { '/host': 'env:A-B' } }, "3:5: 'A-B' isn't the name of an environment", 1],
    [
      'a credential of a pipeline',
      { Other: { '/host': 'env:ACTIONS_ID_TOKEN_REQUEST_TOKEN' } },
      "3:5: The environment variable 'ACTIONS_ID_TOKEN_REQUEST_TOKEN' is a credential of a pipeline, another tool, or paconn",
      1,
    ],
    ['a credential as a client secret', { Other: { [secret]: 'env:PACONN_SP_SECRET' } }, "'PACONN_SP_SECRET' is a", 1],
    [
      'a pointer that occurs twice',
      '{\n  "Contoso Test": { "/host": "x", "/host": "y" }\n}',
      "2:35: '/host' occurs more than once.",
      1,
    ],
    [
      'an environment that occurs twice',
      '{\n  "Contoso Test": { "/host": "x" },\n  "Contoso Test": {}\n}',
      "3:3: 'Contoso Test' occurs more than once.",
      1,
    ],
    [
      'a misspelled environment',
      { 'Contoso Tset': { '/host': 'x' } },
      "2:3: No environment 'Contoso Tset' found.\nDid you mean 'Contoso Test'",
      1,
    ],
  ])('%s stops a deployment, with the place', async (_what, values, message, exitCode) => {
    await using one = await shop(values);
    const { cloud, testing } = one;
    const result = await deployed(one, '--environment', testing.id);
    expect(result).toMatchObject({ exitCode, stderr: expect.stringContaining(message) });
    expect(result.stderr).not.toContain('hunter2');
    expect(cloud.connectors(testing.id)).toEqual([]);
  });

  test('an environment of two names, and one that two have', async () => {
    await using one = await shop();
    const { cloud, workspace, testing } = one;
    await workspace.write(valuesFile, written({ 'Contoso Test': {}, [testing.id]: {} }));
    const twice = await deployed(one, '--environment', testing.id);
    expect(twice.stderr).toContain(`'${testing.id}' and 'Contoso Test' are the same environment.`);
    cloud.addEnvironment({ displayName: 'Contoso Test' });
    await workspace.write(valuesFile, written({ 'Contoso Test': {} }));
    const unclear = await deployed(one, '--environment', testing.id);
    expect(unclear).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('Use the ID of the environment.') });
  });

  test('an environment without access is reported, and the others are deployed', async () => {
    await using one = await shop({ Staging: { '/host': 'x' } });
    const { workspace, testing } = one;
    const alone = await deployed(one, '--environment', testing.id);
    expect(alone).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining("Warning: paconn.environments.json:2:3: No environment 'Staging' found."),
    });
    expect(alone.stderr).toContain(
      `has values for Staging, but not for Contoso Test: the values in your files are used. If it was renamed, use its ID as the key: ${testing.id}\n`,
    );
    await workspace.write(valuesFile, written({ Staging: { '/host': 'x' }, 'Contoso Test': { '/host': 'y.example' } }));
    const beside = await paconn(one, 'deploy', '--environment', testing.id);
    expect(beside).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('Staging') });
  });

  test.each([
    ['/host', '--set must have the form <pointer>=<value>.'],
    ['host=x', "--set: 'host' isn't a JSON pointer."],
    ['/hots=x', "--set: '/hots' isn't in the API definition.\nDid you mean /host?"],
    ['/schemes=https', '--set: The value of /schemes must be JSON'],
    [`${secret}=hunter2`, `--set: The value of '${secret}' is a secret.`],
    ['/host=env:NOT_SET', "--set: The environment variable NOT_SET isn't set."],
    ['/host=env:GITHUB_TOKEN', 'Use a variable with another name, such as env:ORDERS_VALUE.'],
    [`${secret}=env:GITHUB_TOKEN`, 'Use a variable with another name, such as env:ORDERS_CLIENT_SECRET.'],
  ])('--set %s', async (given, message) => {
    await using one = await shop();
    const { testing } = one;
    const result = await deployed(one, '--environment', testing.id, '--set', given);
    expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
    expect(result.stderr).not.toContain('hunter2');
  });

  test.each(['https://ada:hunter2@proxy.example:3128', '-----BEGIN EC PRIVATE KEY-----\nhunter2'])(
    'a variable of any name with %j is refused',
    async (value) => {
      await using one = await shop({ 'Contoso Test': { '/host': 'env:MIRROR' } });
      const { cloud, workspace, testing } = one;
      workspace.variables['MIRROR'] = value;
      const result = await deployed(one, '--environment', testing.id);
      const message =
        "paconn.environments.json:3:5: The environment variable MIRROR contains a URL with a user name or a private key, so it can't be a value of a connector.\nUse another value.\n";
      expect(result).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(message) });
      expect(result.stderr).not.toContain('hunter2');
      expect(cloud.connectors(testing.id)).toEqual([]);
    },
  );

  test.each(['update', 'create', 'validate'])(
    '--set of %s is --settings, as in the Python tool, and that is said',
    async (command) => {
      await using one = await shop();
      expect(await paconn(one, command, '--set', '/host=api.contoso.example')).toMatchObject({
        exitCode: 1,
        stderr:
          'Error: File does not exist: /host=api.contoso.example\nIn this command, --set is short for --settings. To set a value, use: paconn deploy --set <pointer>=<value>\n',
      });
    },
  );

  test.each([
    ['update', '--set', `${secret}=hunter2`],
    ['create', '--set', `${secret}=two words`],
    ['update', `${secret}=hunter2`],
    ['validate', 'client_secret=hunt/er2'],
    ['validate', '--api-definition', `${secret}=hunter2`],
    ['diff', '.', `${secret}=hunter2`],
    ['update', '-o', 'json', '--set', `${secret}="hunter2"`],
  ])("a secret given for a path isn't shown: %s %s %s %s %s", async (...words) => {
    await using one = await shop();
    const result = await paconn(one, ...words);
    expect(result.exitCode).not.toBe(0);
    expect(result.stderr).toMatch(/(?:clientSecret|client_secret)=\*\*\*/u);
    expect(result.stdout + result.stderr).not.toMatch(/hunt|er2|words/u);
  });

  test('validate finds them without an account', async () => {
    await using one = await shop({ 'Contoso Test': { '/hots': 'x', [secret]: 'hunter2' } });
    const { exitCode, stdout } = await paconn(one, 'validate', '--offline', '--format', 'json');
    expect(exitCode).toBe(1);
    const report = z
      .looseObject({ findings: z.array(z.looseObject({ rule: z.string(), file: z.string(), line: z.number() })) })
      .parse(JSON.parse(stdout));
    const found = report.findings.filter(({ file }) => file === valuesFile).map(({ rule, line }) => `${line} ${rule}`);
    expect(found).toEqual(['3 environments-pointer-unknown', '4 environments-secret']);
  });

  test('validate finds what they cause in their environment, at the values', async () => {
    const name = '/paths/~1pets~1{id}/get/parameters/0/name';
    await using one = await shop({
      'Contoso Test': {
        '/host': 'https://api.contoso.example',
        '/info': { title, version: '1.0', contact: { email: 'x' } },
      },
      Production: { '/host': 'api.contoso.example', '/basePath': 'env:BASE_PATH' },
      Other: { [name]: 'number' },
    });
    const { exitCode, stdout } = await paconn(one, 'validate', '--offline', '--format', 'json');
    expect(exitCode).toBe(1);
    const findingSchema = z.looseObject({
      file: z.string(),
      line: z.number(),
      pointer: z.string(),
      message: z.string(),
    });
    const { findings } = z.looseObject({ findings: z.array(findingSchema) }).parse(JSON.parse(stdout));
    const own = findings.filter(({ file }) => file === valuesFile);
    expect(own.map(({ line, pointer, message }) => [line, pointer, message.split(/(?<=: )/u)[0]])).toEqual([
      [3, '/Contoso Test/~1host', 'In Contoso Test: '],
      [8, '/Contoso Test/~1info/contact/email', 'In Contoso Test: '],
      [16, '/Other', 'In Other, apiDefinition.swagger.json at /paths/~1pets~1{id}/get/parameters/0: '],
    ]);
  });

  test('deploy says warnings that they cause', async () => {
    await using one = await shop({ 'Contoso Test': { '/basePath': 'v1' } });
    const { stderr } = await deployed(one, '--environment', 'Contoso Test');
    expect(stderr).toMatch(/^Warning: paconn\.environments\.json:3:5: .*\(base-path-invalid\)$/mu);
    expect(stderr).toContain('created successfully.');
  });
});
