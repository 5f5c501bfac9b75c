// Bundles the tool into dist/: split into chunks, so that a command loads only what it needs, and with everything in it
// but keytar, so that an install is small and starts fast.
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { commanderAsModules } from './commander.mjs';
import { fewChunks } from './few-chunks.mjs';
import { leaveOut } from './left-out.mjs';
import { licences } from './licences.mjs';
import { makeManPages } from './man-pages.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const outdir = join(root, 'dist');

const options = {
  absWorkingDir: root,
  outdir,
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.12',
  external: ['keytar'],
  // The CommonJS form of some packages cannot be bundled.
  mainFields: ['module', 'main'],
  legalComments: 'none',
  metafile: true,
};
const split = { ...options, entryPoints: ['bin/run.ts'], splitting: true };
const plugins = [commanderAsModules(), leaveOut()];
const grouped = await fewChunks({ ...split, plugins });
const tool = await build({ ...split, plugins: [...plugins, grouped] });
// On its own: what it shared with the tool would be one more chunk for every start to load.
const keychainProcess = await build({ ...options, entryPoints: ['src/auth/keychain-process.ts'] });
// Read as they are.
const scripts = ['paconn.bash', 'paconn.zsh', 'paconn.fish', 'paconn.ps1'];
const outputs = [tool, keychainProcess].flatMap(({ metafile }) => Object.keys(metafile.outputs));

// CommonJS packages call require(), which esbuild looks for in one chunk. In the others it would only take time.
const makeRequire =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";
// Chunks load the one with esbuild's own functions though they use none of them: at start that is one more file.
const isHelpers = ([path, { inputs }]) => /[\\/]chunk-/u.test(path) && Object.keys(inputs).length === 0;
const [helpers] = Object.entries(tool.metafile.outputs).find(isHelpers);
const unused = `import"./${basename(helpers)}";`;
for (const path of outputs) {
  const text = (await readFile(join(root, path), 'utf8')).replace(unused, '');
  await writeFile(join(root, path), /typeof require\b/u.test(text) ? `${makeRequire}\n${text}` : text);
}

// Chunk names change with their content: what an earlier build left goes, once this one is complete.
const names = new Set(outputs.map((path) => basename(path)));
for (const file of await readdir(outdir)) if (!names.has(file)) await rm(join(outdir, file), { recursive: true });
await copyFile(join(root, 'bin/paconn.js'), join(outdir, 'paconn.js'));
for (const script of scripts) await copyFile(join(root, 'src/completion', script), join(outdir, script));
await writeFile(join(outdir, 'THIRD-PARTY.txt'), await licences(root, Object.keys(tool.metafile.inputs)));
await mkdir(join(outdir, 'man'));
for (const [name, page] of await makeManPages(root)) await writeFile(join(outdir, 'man', name), page);
