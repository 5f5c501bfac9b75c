import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { commandDefinitions } from '../src/commands/catalogue.ts';
import packageJson from '../package.json' with { type: 'json' };

const root = fileURLToPath(new URL('..', import.meta.url));

function textOf(...names: readonly string[]): string {
  return readFileSync(join(root, ...names), 'utf8');
}

describe('the package', () => {
  test('has the built tool, its completion scripts and man pages, its licenses, the docs, and nothing else', () => {
    const packed = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      shell: process.platform === 'win32',
    });
    const schema = z.tuple([z.object({ files: z.array(z.object({ path: z.string() })), unpackedSize: z.number() })]);
    const [{ files, unpackedSize }] = schema.parse(JSON.parse(packed));
    const names = files.map(({ path }) => path);
    const chunk = /^dist\/[\w.-]+-[\dA-Z]{8}\.js$/u;
    const docs = readdirSync(join(root, 'docs')).map((name) => `docs/${name}`);
    const manPages = ['paconn', ...commandDefinitions.map(({ name }) => `paconn-${name}`)].map(
      (name) => `dist/man/${name}.1`,
    );
    expect(packageJson.man).toEqual(manPages);
    expect(names.filter((name) => !chunk.test(name)).toSorted()).toEqual(
      [
        ...docs,
        ...manPages,
        'CHANGELOG.md',
        'LICENSE',
        'README.md',
        'dist/THIRD-PARTY.txt',
        'dist/keychain-process.js',
        'dist/paconn.bash',
        'dist/paconn.fish',
        'dist/paconn.js',
        'dist/paconn.ps1',
        'dist/paconn.zsh',
        'dist/run.js',
        'package.json',
      ].toSorted(),
    );
    expect(unpackedSize).toBeLessThan(3_000_000);
  });

  test('runs nothing when it is installed, and needs no other package but the keychain', () => {
    const { scripts } = packageJson;
    for (const name of ['preinstall', 'install', 'postinstall']) expect(scripts).not.toHaveProperty(name);
    expect(packageJson).not.toHaveProperty('dependencies');
    expect(Object.keys(packageJson.optionalDependencies)).toEqual(['keytar']);
  });

  test('has exact versions of all packages', () => {
    const versions = Object.values({ ...packageJson.devDependencies, ...packageJson.optionalDependencies });
    for (const version of versions) expect(version).toMatch(/^(?:npm:@?[\w/-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/u);
  });

  test('says which licenses the code in it has, and where the source code is that a license asks for', () => {
    const text = textOf('dist', 'THIRD-PARTY.txt');
    const packages = [...text.matchAll(/^={80}\n(?<name>\S+) (?<version>\S+) \((?<license>[^)]+)\)\n\n(?<next>.*)/gmu)];
    const licenses = new Set(packages.map(({ groups }) => groups?.['license']));
    expect(licenses).toEqual(new Set(['Apache-2.0', 'BSD-3-Clause', 'ISC', 'MIT', 'MPL-2.0']));
    const mozilla = packages.filter(({ groups }) => groups?.['license'] === 'MPL-2.0');
    for (const { groups } of mozilla)
      expect(groups?.['next']).toMatch(/^The source code of this package is available/u);
  });
});

describe('workflows, ours and those that the documentation shows,', () => {
  const workflows = readdirSync(join(root, '.github', 'workflows')).map((name) => ['.github', 'workflows', name]);
  const pages = readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => ['docs', name]);
  const texts = [['README.md'], ...pages, ...workflows].map((path) => ({
    path: path.join('/'),
    text: textOf(...path),
  }));

  test('name actions by the hash of a commit', () => {
    const uses = texts.flatMap(({ path, text }) =>
      [...text.matchAll(/^[\s-]*uses: (?<action>.*)$/gmu)].map(({ groups }) => `${path}: ${groups?.['action']}`),
    );
    expect(uses.length).toBeGreaterThan(5);
    for (const action of uses) expect(action).toMatch(/: [\w./-]+@[\da-f]{40} # v\d+\.\d+\.\d+$/u);
  });

  test('name the version of the tool that there is', () => {
    const runs = texts.flatMap(({ text }) =>
      [...text.matchAll(/npx (?<tool>paconn\S*)/gu)].map(({ groups }) => groups?.['tool']),
    );
    expect(runs.length).toBeGreaterThan(5);
    expect(new Set(runs)).toEqual(new Set([`paconn@${packageJson.version}`]));
  });
});

describe('chunks of the built tool', () => {
  const names = readdirSync(join(root, 'dist')).filter((name) => name.endsWith('.js'));

  /** The files that load with these modules, which are loaded by `import()`. */
  function loadedWith(...modules: readonly string[]): readonly string[] {
    const entries = names.filter((name) => modules.includes(/^(?<module>.+)-[\dA-Z]{8}\.js$/u.exec(name)?.[1] ?? ''));
    expect(entries).toHaveLength(modules.length);
    const loaded = new Set(entries);
    // A set can grow while it is gone through.
    for (const name of loaded) {
      for (const [, imported = ''] of textOf('dist', name).matchAll(/\b(?:import|from)"\.\/([\w.-]+)"/gu))
        loaded.add(imported);
    }
    return [...loaded];
  }

  function holding(text: string, files: readonly string[]): readonly string[] {
    return files.filter((name) => textOf('dist', name).includes(text));
  }

  test('a check of files alone loads nothing of the network', () => {
    const loaded = loadedWith('validate', 'check-connectors', 'text');
    expect(loaded.length).toBeGreaterThan(10);
    expect(holding('AxiosHeaders', loaded)).toEqual([]);
    expect(holding('AxiosHeaders', names)).not.toEqual([]);
  });

  test('what checks nothing loads no rules', () => {
    const modules = ['login', 'whoami', 'environments', 'list', 'show', 'download', 'share', 'delete'];
    expect(holding('response-schema-missing', loadedWith(...modules))).toEqual([]);
    expect(holding('response-schema-missing', loadedWith('check-connectors'))).not.toEqual([]);
  });
});
