import { defineConfig } from 'vitest/config';
import config from './vitest.config.ts';

// The tests that `npm run mutants` runs against each mutant: those of the pure rooms, which need no built tool.
const include = ['comparison', 'merging', 'history', 'connector'].map((room) => `test/${room}/**/*.test.ts`);

export default defineConfig({ ...config, test: { ...config.test, include } });
