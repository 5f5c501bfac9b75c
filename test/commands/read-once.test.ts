import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { connectorParts, partFacts } from '../../src/connector/part.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { petStore } from '../support/pet-store.ts';
import { signedIn } from '../support/signed-in.ts';

const counter = fileURLToPath(new URL('../support/count-readings.cjs', import.meta.url));
const countsSchema = z.object({ opened: z.array(z.string()), parsed: z.number() });

/** White space that no JSON has by chance, and that nothing but the text itself keeps. */
const mark = '\t \t \n\t \t';
const script =
  'public class Script : ScriptBase\n{\n  public override Task<HttpResponseMessage> ExecuteAsync() => null;\n}\n';

test('an update with a base opens each file once, and parses the definition and makes it canonical once', async () => {
  await using cloud = await FakeCloud.start();
  const icon = cloud.storage.defaultIcon.bytes;
  await using workspace = await signedIn(cloud, { apiDefinition: petStore({ title: 'Pets' }), icon, script });
  expect(await workspace.paconn('deploy')).toMatchObject({ exitCode: 0 });
  const changed = petStore({ title: 'Pets', description: 'More pets.' });
  await workspace.write(partFacts.apiDefinition.fileName, changed.replace('{', `{${mark}`));

  const file = workspace.path('counts.json');
  const variables = { NODE_OPTIONS: `--require=${counter}`, COUNT_MARK: mark, COUNT_FILE: file };
  expect(await workspace.run(['update', '-s', 'settings.json'], { variables })).toMatchObject({ exitCode: 0 });

  const { opened, parsed } = countsSchema.parse(await workspace.readJson('counts.json'));
  const readings = connectorParts.map((part) => {
    const path = workspace.path(partFacts[part].fileName);
    return [part, opened.filter((one) => one === path).length];
  });
  expect(Object.fromEntries(readings)).toEqual({ apiDefinition: 1, apiProperties: 1, icon: 1, script: 1 });
  // The canonical form is made by parsing, too.
  expect(parsed).toBe(2);
  expect(cloud.connectors().map(({ description }) => description)).toEqual(['More pets.']);
});
