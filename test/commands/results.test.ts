import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { resultForms } from '../../src/results/results.ts';
import { FakeCloud } from '../support/fake-cloud/fake-cloud.ts';
import { resultLines, workspaceForResults } from '../support/result-lines.ts';
import { runInProcess } from '../support/run-in-process.ts';

describe('the result of a command', () => {
  test('has exactly the documented members, in every case', async () => {
    await using cloud = await FakeCloud.start();
    await using workspace = await workspaceForResults(cloud);
    const seen = new Set<string>();
    const faults: unknown[] = [];
    for (const [when, ...argv] of resultLines(cloud)) {
      const [command = ''] = argv;
      const form = resultForms[command]?.find((one) => one.when === when);
      const { stdout, stderr } = await runInProcess(workspace, ...argv, '-o', 'json');
      const read = stdout === '' ? undefined : JSON.parse(stdout);
      const { error } = form?.schema.extend({ version: z.literal(2) }).safeParse(read) ?? {};
      if (!form || error) faults.push({ argv, issues: error?.issues, stdout, stderr });
      seen.add(`${command} ${when}`);
    }
    expect(faults).toEqual([]);
    const documented = Object.entries(resultForms).flatMap(([command, forms]) =>
      forms.map(({ when }) => `${command} ${when}`),
    );
    expect([...seen].toSorted()).toEqual(documented.toSorted());
  }, 300_000);
});
