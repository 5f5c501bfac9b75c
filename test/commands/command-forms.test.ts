import { describe, expect, test } from 'vitest';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { runInProcessWith } from '../support/run-in-process.ts';
import { signedIn } from '../support/signed-in.ts';
import type { Workspace } from '../support/workspace.ts';

/** A connector in the folder `pets`, and nothing beside it but the settings of the cloud. */
async function workspaceWithPets(cloud: FakeCloud): Promise<Workspace> {
  const workspace = await signedIn(cloud, { settings: null });
  const { id: connectorId, environment } = cloud.addConnector();
  const files = { apiDefinition: 'apiDefinition.swagger.json', apiProperties: 'apiProperties.json' };
  await workspace.write(
    'pets/settings.json',
    JSON.stringify({ connectorId, environment, ...files, ...cloud.settings }),
  );
  await workspace.write('pets/apiDefinition.swagger.json', petStore({ description: 'Edited' }));
  await workspace.write('pets/apiProperties.json', '{"properties":{"connectionParameters":{}}}');
  return workspace;
}

type Form = 'nothing in a folder' | 'a folder' | 'a settings file' | 'options';

const files = ['-d', 'pets/apiDefinition.swagger.json', '-p', 'pets/apiProperties.json'];

/** What follows a command in each form, and where it's typed. */
function argumentsFor(
  form: Form,
  cloud: FakeCloud,
  { withFiles, withConnector }: { readonly withFiles: boolean; readonly withConnector: boolean },
): { args: string[]; directory: string } {
  const [pets] = cloud.connectors();
  const target = ['-e', pets?.environment ?? '', ...(withConnector ? ['-c', pets?.id ?? ''] : []), '-u', cloud.url];
  switch (form) {
    case 'nothing in a folder':
      return { args: [], directory: 'pets' };
    case 'a folder':
      return { args: ['pets'], directory: '.' };
    case 'a settings file':
      return { args: ['-s', 'pets/settings.json'], directory: '.' };
    case 'options':
      return { args: [...target, ...(withFiles ? files : [])], directory: '.' };
  }
}

/** Nobody can be asked, so what is missing is named. */
const environmentNeeded = /^Error: .*environment.*\n.*--environment/isu;
const filesNeeded =
  /^Error: API Properties must be specified\.\n.*--api-properties.*, or the folder of a connector\.$/imu;

const commands: readonly (readonly [
  command: string,
  more: readonly string[],
  withFiles: boolean,
  lack: RegExp | null,
])[] = [
  ['show', [], false, environmentNeeded],
  ['diff', [], true, /^Error: /u],
  ['pull', ['--dry-run', '--theirs'], true, /^Error: /u],
  ['update', ['--dry-run'], true, filesNeeded],
  ['deploy', ['--dry-run'], true, filesNeeded],
  ['validate', ['--offline'], true, null],
  ['restore', ['--list'], false, null],
  ['delete', ['--yes'], false, environmentNeeded],
  ['create', ['--dry-run', '--overwrite-settings'], true, filesNeeded],
  ['download', ['--overwrite'], false, environmentNeeded],
  ['list', [], false, environmentNeeded],
];

const ofNoConnector: ReadonlySet<string> = new Set(['create', 'list']);

/** List is about an environment; download without a folder asks for a connector, as the Python tool does. */
const formsLacking: Readonly<Record<string, readonly Form[]>> = {
  validate: ['options'],
  list: ['a folder'],
  download: ['nothing in a folder'],
};

describe.each(commands)('%s %j', (command, more, withFiles, lack) => {
  const known: readonly Form[] = ['nothing in a folder', 'a folder', 'a settings file', 'options'];
  const forms = known.filter((form) => !formsLacking[command]?.includes(form));

  test.each(forms)('works with %s', async (form) => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceWithPets(cloud);
    const { args, directory } = argumentsFor(form, cloud, {
      withFiles,
      withConnector: !ofNoConnector.has(command),
    });
    const { exitCode, stderr } = await runInProcessWith(workspace, [command, ...args, ...more], { directory });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.any(String) });
  });

  test.runIf(lack !== null)('reports missing values without a terminal', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceWithPets(cloud);
    await workspace.write('empty/readme.md', '');
    const { exitCode, stdout, stderr } = await runInProcessWith(workspace, [command, ...more], { directory: 'empty' });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(lack ?? /^$/u);
  });
});
