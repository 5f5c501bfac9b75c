import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { generatedPages } from './generated-pages.ts';
import { withCommands } from './reference.ts';

// Writes the list of commands into the README, and the generated pages of docs: npm run docs

const readme = new URL('../../README.md', import.meta.url);
await writeFile(readme, await withCommands(await readFile(readme, 'utf8')));

const docs = new URL('../../docs/', import.meta.url);
await mkdir(docs, { recursive: true });
for (const [name, make] of Object.entries(generatedPages)) await writeFile(new URL(name, docs), await make());
