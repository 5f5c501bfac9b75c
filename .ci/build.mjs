// Bundles the tool into dist/: split into chunks, so that a command loads only what it needs, and with everything in it
// but keytar, so that an install is small and starts fast.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

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
const tool = await build({
  ...options,
  entryPoints: ['bin/paconn.ts'],
  splitting: true,
  plugins: [commanderAlone()],
  // CommonJS packages inside call require().
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
});
// On its own: what it shared with the tool would be one more chunk for every start to load.
const keychainProcess = await build({ ...options, entryPoints: ['src/auth/keychain-process.ts'] });

// Chunk names change with their content: what an earlier build left goes, once this one is complete.
const outputs = new Set(
  [tool, keychainProcess].flatMap(({ metafile }) => Object.keys(metafile.outputs)).map((path) => basename(path)),
);
for (const file of await readdir(outdir)) if (!outputs.has(file)) await rm(join(outdir, file), { recursive: true });
await writeFile(join(outdir, 'THIRD-PARTY.txt'), await licences(Object.keys(tool.metafile.inputs)));

/**
 * commander loads child_process for subcommands that are programs of their own. We have none, and loading it takes a
 * tenth of the time of `paconn --help`.
 */
function commanderAlone() {
  return {
    name: 'commander-alone',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
        /[\\/]node_modules[\\/]commander[\\/]/u.test(importer) ? { path: 'nothing', namespace: 'nothing' } : undefined,
      );
      onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'module.exports = {}', loader: 'js' }));
    },
  };
}

/** The licences of the packages that are bundled: they ask to go wherever the code goes. */
async function licences(inputs) {
  const packages = new Set(
    inputs.flatMap((input) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(input)?.[1] ?? []),
  );
  const texts = await Promise.all([...packages].toSorted((a, b) => a.localeCompare(b)).map(licence));
  return `paconn holds code of these packages.\n\n${texts.join('\n\n')}\n`;
}

async function licence(directory) {
  const { name, version, license } = JSON.parse(await readFile(join(root, directory, 'package.json'), 'utf8'));
  const file = (await readdir(join(root, directory))).find((entry) => /^licen[cs]e/iu.test(entry));
  const own = file && (await readFile(join(root, directory, file), 'utf8'));
  // Some packages have their licence at the end of their README only.
  const text = own || /^#* *licen[cs]e\s.*$/imsu.exec(await readFile(join(root, directory, 'README.md'), 'utf8'))?.[0];
  if (!text) throw new Error(`${directory} has no licence text`);
  return `${'='.repeat(80)}\n${name} ${version} (${license})\n\n${text.trim()}`;
}
