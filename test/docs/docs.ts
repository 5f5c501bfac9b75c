import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { certificationDocument } from './certification.ts';
import { withReference } from './reference.ts';

// Writes the reference of all commands into the README, and the table of certification policies: npm run docs

const readme = new URL('../../README.md', import.meta.url);
await writeFile(readme, await withReference(await readFile(readme, 'utf8')));

const docs = new URL('../../docs/', import.meta.url);
await mkdir(docs, { recursive: true });
await writeFile(new URL('certification.md', docs), await certificationDocument());
