import { expect, test } from 'vitest';
import * as z from 'zod';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { resultLines, workspaceForResults } from '../support/result-lines.ts';
import { runInProcess } from '../support/run-in-process.ts';

function each(list: string, names: string): string {
  return names.replaceAll(/(?<=^| )/gu, `${list}[].`);
}

/** The members of each form of a result, as the program printed them before there was version 2. */
const members: Readonly<Record<string, string>> = {
  login: 'account.cloud account.name account.tenantId',
  whoami: [
    'account.active account.authorityUrl account.clientId account.cloud account.expired account.expiresOn account.kind account.name account.protection account.renewable account.resource account.source account.tenantId account.way cache.path cache.protection defaults',
    each(
      'accounts',
      'active authorityUrl clientId cloud expired expiresOn kind name protection renewable resource source tenantId way',
    ),
  ].join(' '),
  environments: each('environments', 'id isDefault name region type'),
  list: [each('connectors', 'changedTime createdBy createdTime description environment id name'), 'failures'].join(' '),
  show: [
    each('authentication', 'identityProvider kind redirectUrl set'),
    'changedBy changedTime createdBy createdTime description environment hasIcon hasScript host iconBrandColor id isCustom name policies publisher scriptOperations serviceUrl stackOwner',
    each('operations', 'id isTrigger method path summary'),
  ].join(' '),
  download: 'connectorId directory environment files missing',
  'download with `--all` or `--all-environments`': each(
    'connectors',
    'connectorId displayName environment folder missing outcome',
  ),
  diff: [
    'breaking differences from to',
    each('changes', 'after area before breaking detail kind part pointer reason subject usedBy'),
  ].join(' '),
  'diff for several connectors': each(
    'connectors',
    'breaking changes differences error.exitCode error.hint error.message folder from outcome to',
  ),
  'update with `--dry-run`': [
    'breakingCount changes conflict connectorId environment',
    each('requests', 'body method url'),
  ].join(' '),
  'update for several connectors with `--dry-run`': each(
    'connectors',
    'breakingCount changes conflict connectorId environment error.exitCode error.hint error.message folder outcome requests[].body requests[].method requests[].url',
  ),
  // Of a connector that is up to date; its redirect URLs were in it, too.
  'deploy with `--dry-run`': 'connectorId displayName environment outcome',
  'deploy for several connectors with `--dry-run`': each(
    'connectors',
    'connectorId displayName environment folder outcome requests[].body requests[].method requests[].url',
  ),
  update: 'changedTime connectorId environment kept outcome',
  'update for several connectors': each(
    'connectors',
    'changedTime connectorId environment error.exitCode error.hint error.message folder kept outcome',
  ),
  pull: 'changes conflicts connectorId dryRun environment files outcome',
  'pull for several connectors': each(
    'connectors',
    'changes conflicts connectorId dryRun environment error.exitCode error.hint error.message files folder outcome',
  ),
  deploy: 'connectorId displayName environment outcome redirectUrls',
  'deploy for several connectors': each(
    'connectors',
    'connectorId displayName environment error.exitCode error.hint error.message folder outcome redirectUrls',
  ),
  'create with `--dry-run`': ['environment', each('requests', 'body method url')].join(' '),
  create: 'changedTime connectorId environment redirectUrls',
  'restore with `--list`': each(
    'states',
    'before changedBy changedTime connectorId directory environment keptTime missing title version',
  ),
  'restore with `--dry-run`': [
    'breakingCount changes conflict connectorId environment',
    each('requests', 'body method url'),
  ].join(' '),
  restore: 'connectorId environment restored',
  delete: 'connectorId directory environment name',
  validate: [
    each('findings', 'column endColumn endLine file hint level line message pointer policy rule url'),
    'summary.connectors summary.errors summary.files summary.fixable summary.ignored summary.infos summary.warnings',
  ].join(' '),
  'validate with `--rules`': each(
    'rules',
    'group hint id level message policies reason severity sources[].title sources[].url',
  ),
  'validate with `--explain <rule>`': [
    'group hint id level message policies reason severity',
    each('sources', 'title url'),
  ].join(' '),
  'validate with `--explain <rule>` for a rule of the service': 'id',
  'validate with `--explain <policy>`': [
    'elsewhere policy requires url',
    each('rules', 'group hint id level message policies reason severity sources[].title sources[].url'),
  ].join(' '),
  init: 'directory files title',
  config: 'account cloud environment output',
  'config with `--local`': 'cloud relativeTo',
  completion: 'script shell',
  logout: 'wasSignedIn',
};

/** The paths of all values; of a list of texts, and of what is empty, its own. */
function pathsIn(value: unknown, path = ''): readonly string[] {
  const below = path === '' ? '' : `${path}.`;
  const paths = Array.isArray(value)
    ? value.flatMap((item) => pathsIn(item, `${path}[]`))
    : Object.entries(typeof value === 'object' && value !== null ? value : {}).flatMap(([name, item]) =>
        pathsIn(item, `${below}${name}`),
      );
  return paths.length > 0 ? paths : [path.replace(/\[\]$/u, '')];
}

/** Without those that others continue: a list can be empty once and not another time. */
function longest(paths: ReadonlySet<string>): readonly string[] {
  return [...paths].filter(
    (path) => ![...paths].some((other) => /^(?:\.|\[)/u.test(other.slice(path.length)) && other.startsWith(path)),
  );
}

test('--json-version 1 prints the members that scripts of that time rely on, and no others', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await workspaceForResults(cloud);
  const seen = new Map<string, Set<string>>();
  for (const [when, ...argv] of resultLines(cloud)) {
    const { stdout, stderr } = await runInProcess(workspace, ...argv, '-o', 'json', '--json-version', '1');
    const form = `${argv[0]} ${when}`.trim();
    const { version, ...data } = z
      .looseObject({ version: z.number() })
      .parse(JSON.parse(stdout || '{}'), { error: () => stderr });
    const paths = seen.get(form) ?? new Set();
    for (const path of pathsIn(data)) paths.add(path);
    // Commands and forms that came later have no members that anybody relies on.
    if (version === 1 && form in members) seen.set(form, paths);
  }
  const printed = Object.fromEntries([...seen].map(([form, paths]) => [form, longest(paths).toSorted()]));
  const expected = Object.fromEntries(
    Object.entries(members).map(([form, names]) => [form, names.split(' ').toSorted()]),
  );
  expect(printed).toEqual(expected);
}, 300_000);

test('a script asks for version 1 by an environment variable for all of its commands', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await workspaceForResults(cloud);
  workspace.variables['PACONN_JSON_VERSION'] = '1';
  const { stdout } = await runInProcess(workspace, 'show', 'pets', '--query', '[version, name, environment]');
  expect(JSON.parse(stdout)).toEqual([1, 'Pets', cloud.environment.id]);
});

test('the words for the sides of a comparison are those of version 1', async () => {
  await using cloud = await FakeCloud.start();
  await using workspace = await workspaceForResults(cloud);
  const sides = async (...argv: readonly string[]): Promise<unknown> =>
    JSON.parse((await runInProcess(workspace, 'diff', ...argv, '--query', '[from, to]', '--json-version', '1')).stdout);
  expect(await sides('pets', 'toys')).toEqual(['pets', 'toys']);
  expect(await sides('pets')).toEqual([`the environment ${cloud.environment.id}`, 'pets']);
});
