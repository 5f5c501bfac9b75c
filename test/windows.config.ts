import { defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

// The tests that `.ci/windows` runs with Windows' own Node under Wine: of what depends on the system. What is computed from values
// alone is the same everywhere, and `.github/workflows/ci.yml` runs all tests on Windows itself.

const include = [
  // All that a user does, by the built tool.
  'test/commands/built-tool.test.ts',
  // The store of the sign-in. Others of this folder need a keychain of Linux, kill processes, or wait a second for an answer.
  'test/auth/{access-token,concealed-credentials,credential-chain,sealed-file,sign-in-errors,sign-in-store}.test.ts',
  // Secrets, settings files, and folders that commands are given. Most other commands would take minutes each.
  'test/commands/{config,create-secrets,files-root,folder-spellings,made-once,path-text,unreadable-base}.test.ts',
  'test/{environment,remote,settings}/**/*.test.ts',
  'test/history/**/*.test.ts',
  'test/io/**/*.test.ts',
];

const exclude = [
  // Measures how soon a lock that was left behind is taken over, which Wine takes longer for.
  'test/io/fs/lock.test.ts',
  // Wine's sockets differ from those of Windows: a connection that is refused, or cut, looks otherwise.
  'test/io/net/**',
  // They need a terminal of Unix.
  'test/io/terminal/terminal.test.ts',
];

// Under Wine a process takes seconds to start, and the Credential Manager sometimes longer than the three that a run waits for it: the
// test of what a user does then fails, and only another try can tell.
export default defineConfig({
  ...config,
  test: { ...config.test, include, exclude, testTimeout: 300_000, hookTimeout: 300_000, retry: 2 },
});
