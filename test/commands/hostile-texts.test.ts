import { expect, test } from 'vitest';
import { petStore, petStoreProperties } from '../support/pet-store.ts';
import { exportedSolution } from '../support/solution.ts';
import { certifiableConnector } from '../support/certifiable.ts';
import { Workspace } from '../support/workspace.ts';
import { zipOf } from '../support/zip.ts';

/** Megabytes of one part: a text costs most in which each character is a piece, a fault, a value, or a word. */
const large = (part: string): string => part.repeat((12 * 1024 * 1024) / part.length);

/** In megabytes, of which reading such a text takes some in any case. */
const variables = { NODE_OPTIONS: '--max-old-space-size=400' };

const wrongs = [';', '"', 'a ', '/**/', 'password '].map((part) => `x ${large(part)}`);
const brackets = ['', 'x', ' '.repeat(2000)].map((before) => `${before}${large('[')}`);
const strings = ['\\n', 'password '].map((part) => `{ "swagger": "2.0", "x": "${large(part)}" }`);
const scripts = [';', 'a '].map((part) => `public class Script : ScriptBase { ${large(part)}`);

test.each([
  ...[...wrongs, ...brackets, large('/**/'), ...strings].map((text) => ({ name: 'apiDefinition.swagger.json', text })),
  ...scripts.map((text) => ({ name: 'script.csx', text })),
  { name: 'settings.json', text: `x${large(';')}` },
])('validate ends with a result for a large $name', { timeout: 60_000 }, async ({ name, text }) => {
  await using workspace = await Workspace.create();
  await workspace.write('apiDefinition.swagger.json', petStore({}));
  await workspace.write('apiProperties.json', petStoreProperties);
  await workspace.write(name, text);
  const { exitCode, stdout, stderr } = await workspace.run(['validate', '.', '--offline'], { variables });
  expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: expect.stringMatching(/^(?:Note: .*\n)*Error: /u) });
  expect(`${stdout}${stderr}`).not.toMatch(/bug in paconn/u);
  expect(`${stdout}${stderr}`).toContain(name);
});

test.each([
  ['openapidefinition.json', '[', 'more than 1,000,000 values'],
  ['openapidefinition.json', ' ', 'more than 32 MB'],
  ['customizations.xml', '<', 'more than 1,000,000 values'],
])('validate names the entry of a ZIP file, %s of many "%s"', { timeout: 60_000 }, async (end, part, reason) => {
  await using workspace = await Workspace.create();
  const entries = Object.entries(exportedSolution([certifiableConnector])).map(([name, content]) => ({
    name,
    content: name.endsWith(end) ? part.repeat(part === ' ' ? 60_000_000 : 30_000_000) : content,
  }));
  await workspace.write('Solution.zip', zipOf(entries));
  const { exitCode, stderr } = await workspace.run(['validate', 'Solution.zip', '--offline'], { variables });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: expect.stringMatching(`^Error: Solution\\.zip!/.*${end} has ${reason}`),
  });
});
