import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

// Commander is CommonJS, and every start loads it. As ES modules it takes no require(), no file with what esbuild needs for
// CommonJS, and only what is used of it.

const directory = fileURLToPath(new URL('../node_modules/commander/lib/', import.meta.url));

const exported = ['command.js', 'error.js', 'help.js', 'option.js'];

const replacements = [
  [/^const EventEmitter = require\('node:events'\)\.EventEmitter;$/mu, "import { EventEmitter } from 'node:events';"],
  // Of the process it is there, and the others are for subcommands that are programs of their own.
  [/^const process = require\('node:process'\);$/mu, ''],
  [/^const (\w+) = require\('node:(?:child_process|fs|path)'\);$/gmu, 'const $1 = undefined;'],
  // The tool guesses itself what was meant.
  [/^const \{ suggestSimilar \} = .*$/mu, 'const suggestSimilar = undefined;'],
  [/^const (\{[^}]+\}) = require\('(\.\/\w+\.js)'\);$/gmu, "import $1 from '$2';"],
  [/^exports\.(\w+) = \1;/gmu, 'export { $1 };'],
];

/** The esbuild plugin that bundles it so. Fails when commander has changed so that something of CommonJS is left. */
export function commanderAsModules() {
  return {
    name: 'commander-as-modules',
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^commander$/ }, () => ({ path: 'commander', namespace: 'commander' }));
      onLoad({ filter: /.*/, namespace: 'commander' }, () => ({
        contents: exported.map((file) => `export * from './${file}';`).join('\n'),
        resolveDir: directory,
      }));
      onLoad({ filter: /[\\/]node_modules[\\/]commander[\\/]lib[\\/]\w+\.js$/ }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const contents = replacements.reduce((before, [from, to]) => before.replace(from, to), text);
        const rest = /^.*\b(?:require\(|exports\.).*$/mu.exec(contents.replaceAll(/^\s*(?:\*|\/\/).*$/gmu, ''));
        return rest ? { errors: [{ text: `Commander is no longer as it was: ${rest[0]}` }] } : { contents };
      });
    },
  };
}
