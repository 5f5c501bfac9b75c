import { readFile } from 'node:fs/promises';

// Parts of bundled packages that the tool never uses and that take long to load. Each names the package it is taken from,
// so that nothing else loses it.

/** Modules that are loaded empty. */
const modules = [
  // The tool has axios use the http adapter. This one makes Node load its own fetch, at a third of an empty start.
  { from: 'axios', name: /\.\/fetch\.js$/, instead: 'export const getFetch = undefined' },
  // Forms with files.
  { from: 'axios', name: /^form-data$/, instead: 'export default undefined' },
  // Redirections and proxies, which the tool sees to itself.
  { from: 'axios', name: /^follow-redirects$/, instead: 'export default {}' },
  { from: 'axios', name: /^https-proxy-agent$/, instead: 'export default class {}' },
  { from: 'axios', name: /^proxy-from-env$/, instead: 'export const getProxyForUrl = undefined' },
  { from: 'axios', name: /^http2$/, instead: 'export default {}' },
];

/** Expressions that are replaced. */
const expressions = [
  {
    // To ask for the global FormData makes Node load its fetch, too.
    file: /[\\/]axios[\\/]lib[\\/]utils\.js$/,
    from: "typeof G.FormData !== 'undefined' ? G.FormData : undefined",
    to: 'undefined',
  },
  {
    // A schema is used once or twice in a run: to compile it takes longer than to go through it.
    file: /[\\/]zod[\\/]v4[\\/]core[\\/]util\.js$/,
    from: 'if (globalConfig.jitless) {',
    to: 'if (true) {',
  },
];

/** The esbuild plugin that leaves them out. Fails when a package has changed so that one is not found. */
export function leaveOut() {
  return {
    name: 'leave-out',
    setup: ({ onResolve, onLoad, onEnd }) => {
      const found = new Set();
      for (const { from, name, instead } of modules) {
        const importer = new RegExp(`[\\\\/]node_modules[\\\\/]${from}[\\\\/]`, 'u');
        onResolve({ filter: name }, (module) => {
          if (!importer.test(module.importer)) return undefined;
          found.add(name);
          return { path: `${from}/${module.path}`, namespace: 'left-out', pluginData: instead };
        });
      }
      onLoad({ filter: /.*/, namespace: 'left-out' }, ({ pluginData }) => ({ contents: pluginData }));
      for (const { file, from, to } of expressions) {
        onLoad({ filter: file }, async ({ path }) => {
          const text = await readFile(path, 'utf8');
          if (text.includes(from)) found.add(file);
          return { contents: text.replace(from, to) };
        });
      }
      onEnd(() => {
        const missing = [...modules.map(({ name }) => name), ...expressions.map(({ file }) => file)].filter(
          (part) => !found.has(part),
        );
        return { errors: missing.map((part) => ({ text: `${part} is no longer there to be left out.` })) };
      });
    },
  };
}
