import { readFile, writeFile } from 'node:fs/promises';
import { withReference } from './reference.ts';

// Writes the reference of all commands into the README: npm run docs

const readme = new URL('../../README.md', import.meta.url);
await writeFile(readme, await withReference(await readFile(readme, 'utf8')));
