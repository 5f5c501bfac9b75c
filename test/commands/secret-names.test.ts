import { expect, test } from 'vitest';
import { petStore } from '../support/pet-store.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { Workspace } from '../support/workspace.ts';

const secret = 'Zq8xVery0815Kt';

/** What is shown of a file with this line in it, in each format. */
async function shownOf(name: string, line: string): Promise<readonly string[]> {
  const text = line.replaceAll('…', secret);
  const files = {
    'apiProperties.json': `{\n  "properties": {\n    "connectionParameters": {},\n    ${text}\n  }\n}\n`,
    'settings.json': `{\n  "apiDefinition": "apiDefinition.swagger.json",\n  ${text}\n}\n`,
  };
  const written = Object.entries(files).filter(([file]) => file === name);
  await using workspace = await Workspace.create(undefined, {
    settings: null,
    apiDefinition: petStore(),
    files: Object.fromEntries(written),
  });
  const shown: string[] = [];
  for (const format of ['text', 'json', 'github', 'sarif']) {
    const { stdout, stderr } = await runInProcess(workspace, 'validate', '--offline', '--format', format);
    shown.push(`${stdout}${stderr}`);
  }
  return shown;
}

test.each([
  ['apiProperties.json', '"clientSecret: …": true'],
  ['apiProperties.json', '"clientSecret=…": { "a": { "b": [1] } }'],
  ['apiProperties.json', '"clientSecret": {"…"}'],
  ['apiProperties.json', '"clientSecret: …"'],
  ['apiProperties.json', '"clientSecret": null, "…" x'],
  ['apiProperties.json', '"clientSecret":\n{\n"…"\n}'],
  ['apiProperties.json', '"clientSecret": {"…": true, "…": 1}'],
  ['apiProperties.json', '… : "clientSecret"'],
  ['settings.json', '"clientSecret: …": 1'],
])('a secret that is part of a name is shown in no message and no pointer: %s, %s', async (name, line) => {
  const shown = await shownOf(name, line);
  expect(shown.join('\n')).toContain('*');
  for (const text of shown) expect(text).not.toContain(secret);
});
