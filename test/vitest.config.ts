import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    pool: 'forks',
    // No module of ours keeps anything from run to run, so that all files of a worker may share what is loaded once.
    isolate: false,
    // One less is the default; most tests wait for what they have started, though.
    maxWorkers: '100%',
    // Of tests that say of themselves that they may run side by side: they wait more than they compute.
    maxConcurrency: 10,
    include: ['test/**/*.test.ts'],
    globalSetup: [fileURLToPath(new URL('support/global-setup.ts', import.meta.url))],
    // Spawned tools start in a fraction of a second, but a busy machine can be ten times as slow.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 30_000 } },
  },
});
