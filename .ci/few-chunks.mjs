import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { build } from 'esbuild';

// esbuild makes a chunk of the modules that the same entries reach, and every `import()` is an entry: a command would load
// fifty files, most of them tiny, which takes a good part of its start. So an entry that reaches any module of a layer
// imports all of the layer, which then is one chunk.

/**
 * What commands share, from the bottom up: these modules, and all that they import and no layer below has. What a command
 * should not load does not belong into one layer with what it needs.
 */
const layers = [
  // What completion needs, which is to answer at once.
  ['src/environment/listing-cache.ts'],
  // What a check of files alone has, too.
  [
    'src/remote/resolve-settings.ts',
    'src/settings/flags.ts',
    'src/settings/portal-address.ts',
    'src/json/document.ts',
    'src/json/tree.ts',
    'src/bulk/in-folder.ts',
    'src/check/find-folders.ts',
    'src/check/connector-arguments.ts',
    'src/check/read-connector-file.ts',
    'src/check/settings-here.ts',
    'src/connector/authentication.ts',
    'src/connector/client-id.ts',
    'src/connector/service-findings.ts',
    'src/comparison/change.ts',
    'src/environment/same-connector.ts',
    'src/interruptible.ts',
    'src/output/ascii-controls.ts',
    'src/output/next-step.ts',
    'src/output/report.ts',
    'src/values/place-values.ts',
    'src/values/unknown-pointers.ts',
    'src/io/async.ts',
    'src/io/net/hosts.ts',
    'src/io/terminal/command-word.ts',
    'src/io/terminal/elapsed-time.ts',
    'src/io/terminal/styled-text.ts',
  ],
  // How connectors are compared: a check does it for packages.
  ['src/comparison/compare-states.ts', 'src/connector/as-sent.ts'],
  // Who is signed in.
  ['src/remote/sign-in.ts'],
  // What asks the service.
  [
    'src/remote/network.ts',
    'src/remote/connect.ts',
    'src/environment/choose-target-here.ts',
    'src/publish/record-base.ts',
    'src/api/fetch-connector.ts',
    'src/bulk/in-each-folder.ts',
    'src/remote/open-page.ts',
    'src/settings/maker-portal.ts',
  ],
  // What changes a connector.
  [
    'src/publish/update-connector.ts',
    'src/publish/client-secrets.ts',
    'src/publish/local-files.ts',
    'src/publish/published-data.ts',
    'src/output/difference-result.ts',
  ],
  // What sends files.
  ['src/publish/read-connector-to-send.ts', 'src/publish/connector-for.ts', 'src/publish/report-result.ts'],
  // All rules.
  ['src/check/check-connectors.ts'],
];

/** The esbuild plugin that makes it so in a build with these options. */
export async function fewChunks(options) {
  const { metafile } = await build({ ...options, metafile: true, write: false });
  const additions = addedImports(metafile);
  return {
    name: 'few-chunks',
    setup: ({ onLoad }) => {
      onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        const added = additions.get(path);
        if (!added) return undefined;
        const imports = added.map((module) => `import ${JSON.stringify(resolve(module))};`);
        return { contents: [await readFile(path, 'utf8'), ...imports].join('\n'), loader: 'ts' };
      });
    },
  };
}

/** By the path of an entry the modules of the layers that it reaches. Fails when a module of a layer is gone. */
function addedImports({ inputs, outputs }) {
  const outputsOfEntries = Object.values(outputs).filter(({ entryPoint }) => inputs[entryPoint]);
  const start = outputsOfEntries.find(({ entryPoint }) => entryPoint.startsWith('bin/'));
  // What every start has, or may load without a service, is in no layer.
  const early = start.imports.flatMap(({ path }) => outputs[path]?.entryPoint ?? []);
  const placed = new Set([...reached(inputs, start.entryPoint), ...early]);
  const additions = new Map();
  for (const roots of layers) {
    const missing = roots.filter((root) => !inputs[root]);
    if (missing.length > 0)
      throw new Error(`.ci/few-chunks.mjs names modules that are not there: ${missing.join(', ')}`);
    const layer = new Set(roots.flatMap((root) => [...reached(inputs, root)]).filter((module) => !placed.has(module)));
    for (const module of layer) placed.add(module);
    for (const { entryPoint } of outputsOfEntries) {
      if (entryPoint === start.entryPoint) continue;
      if (![...reached(inputs, entryPoint)].some((module) => layer.has(module))) continue;
      additions.set(resolve(entryPoint), [...(additions.get(resolve(entryPoint)) ?? []), ...layer]);
    }
  }
  return additions;
}

/** A module of ours and all those that are loaded with it. */
function reached(inputs, module, found = new Set()) {
  if (found.has(module) || !/^(?:src|bin)\//u.test(module)) return found;
  found.add(module);
  for (const { path, kind } of inputs[module].imports) if (kind === 'import-statement') reached(inputs, path, found);
  return found;
}
