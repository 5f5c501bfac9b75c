import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { RunningTool } from '../support/running-tool.ts';
import { TemporaryDirectory } from '../support/temporary-directory.ts';

const executable = fileURLToPath(new URL('../../dist/paconn.js', import.meta.url));

/** What the executable says to a Node of this version: a real one in all but that. */
async function runWith(version: string): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  await using directory = await TemporaryDirectory.create();
  const pretend = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
  const args = ['--import', `data:text/javascript,${encodeURIComponent(pretend)}`, executable, '--version'];
  const tool = new RunningTool(process.execPath, args, { directory: directory.path, variables: {} });
  tool.endInput();
  return await tool.finished;
}

test.each(['14.21.3', '18.20.4', '20.11.1'])(
  'Node %s gets one sentence, from the executable itself',
  async (version) => {
    expect(await runWith(version)).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: `Error: paconn needs Node 20.12 or later; this is Node ${version}.\n`,
    });
  },
);

test.each(['20.12.0', '22.0.0', '30.1.0'])('Node %s runs the tool', async (version) => {
  expect(await runWith(version)).toEqual({ exitCode: 0, stdout: `${packageJson.version}\n`, stderr: '' });
});

test('the oldest supported Node is the one in package.json', async () => {
  const { stderr } = await runWith('1.0.0');
  expect(stderr).toContain(`Node ${packageJson.engines.node.replace('>=', '')} or later`);
});
