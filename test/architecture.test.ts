import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { commandDefinitions } from '../src/commands/catalogue.ts';

const root = fileURLToPath(new URL('../src/', import.meta.url));

type Kind = 'static' | 'type' | 'dynamic';

interface Import {
  readonly kind: Kind;
  /** A file of ours by its path in `src`, or a package. */
  readonly target: string;
}

interface Source {
  readonly name: string;
  /** Without comments. */
  readonly code: string;
  readonly imports: readonly Import[];
}

/**
 * Who may import whom besides files of the same unit. A unit is a file or a directory in `src`, or a folder of `services`;
 * `(types)` and `(later)` stand for imports of types alone and by `import()` alone.
 */
const data = ['errors.ts', 'json', 'connector'];
const belowOutput = [
  ...data,
  'interruptible.ts',
  'solution',
  'values',
  'io',
  'one-line.ts',
  'validation',
  'comparison',
  'merging',
  'history',
  'settings',
  'context.ts',
  'results (types)',
];
const belowServices = [...belowOutput, 'output', 'auth', 'api', 'remote'];

const rules: Readonly<Record<string, readonly string[]>> = {
  // What an error quotes begins no line.
  'errors.ts': ['one-line.ts'],
  // "Did you mean" has one answer, whoever asks: flags, settings, rules, names of connectors.
  'nearest-name.ts': [],
  'match-name.ts': ['nearest-name.ts', 'one-line.ts'],
  // Values of documents are shown by their beginnings, in findings, differences and conflicts.
  'shortened.ts': [],
  'wildcard.ts': [],
  'interruptible.ts': ['errors.ts'],
  'one-line.ts': [],
  'with-thousands.ts': [],
  // Files of our own are JSON.
  io: ['errors.ts', 'one-line.ts', 'wildcard.ts', 'json/parse.ts', 'json/decode.ts', 'json/readable.ts'],
  json: ['errors.ts'],
  // Which names files can have is known where they are written.
  connector: ['errors.ts', 'json', 'io/fs/portable-name.ts'],
  solution: data,
  // What programs rely on depends on nothing: the shapes of results, of which the program needs types alone.
  results: [],
  // A pointer that leads to nothing names the nearest.
  values: [...data, 'nearest-name.ts'],
  // What changed since a connector was published is a matter for rules, too.
  // The commands of hints are pasted into a shell.
  validation: [
    ...data,
    'comparison',
    'solution',
    'values',
    'nearest-name.ts',
    'shortened.ts',
    'with-thousands.ts',
    'io/terminal/command-word.ts',
  ],
  comparison: [...data, 'interruptible.ts', 'values', 'shortened.ts'],
  merging: [...data, 'comparison'],
  // A pattern or server that nothing matches names the nearest. What OpenAPI 2.0 knows of an object is a table of the rules.
  conversion: [
    ...data,
    'validation/engine/node-kinds.ts (types)',
    'validation/knowledge/member-types.ts',
    'nearest-name.ts',
    'interruptible.ts',
    'wildcard.ts',
    'with-thousands.ts',
    'io/terminal/command-word.ts',
  ],
  history: [...data, 'io', 'values'],
  // Tokens and what stands around them are JSON.
  auth: ['errors.ts', 'io', 'json'],
  // What answers in place of the storage has no script to offer.
  api: [...data, 'io', 'validation/csharp (later)'],
  'context.ts': ['io (types)', 'auth (types)'],
  // A settings file is somebody's document, whose names may have secrets in them.
  settings: [
    'errors.ts',
    'nearest-name.ts',
    'connector/secret-stretches.ts',
    'io',
    'json',
    'context.ts (types)',
    'results (types)',
  ],
  // What became of a source is reported like findings.
  output: [...belowOutput, 'conversion', 'shortened.ts'],
  remote: [...belowOutput, 'auth', 'api'],
  reading: [...belowServices, 'conversion'],
  check: [...belowServices, 'nearest-name.ts', 'match-name.ts', 'wildcard.ts'],
  // In another environment a connector is the one that is called like the files.
  environment: [...belowServices, 'check', 'match-name.ts'],
  // Two commands send many connectors, each to its own.
  publish: [...belowServices, 'check', 'environment', 'bulk'],
  bulk: belowServices,
  packaging: [...belowServices, 'check'],
  completion: [...belowServices, 'environment'],
  services: [
    ...belowServices,
    'nearest-name.ts',
    'conversion',
    'reading',
    'check',
    'environment',
    'packaging',
    'publish',
    'bulk',
    'completion',
  ],
  // How much is said is a matter of flags, and a type of the terminal; results are printed when they are there.
  commands: [
    'errors.ts',
    'nearest-name.ts',
    'context.ts',
    'io/terminal/terminal.ts (types)',
    'settings (later)',
    'output (types)',
    'output (later)',
    'completion',
    'services (later)',
  ],
  'program.ts': ['errors.ts', 'nearest-name.ts (later)', 'commands', 'context.ts'],
  // The exit code of an interruption, and the version.
  'main.ts': ['program.ts', 'context.ts', 'io', 'auth', 'errors.ts', '../package.json'],
};

/** Where packages may be imported; one that is not here has to be agreed on first. */
const packages: Readonly<Record<string, readonly string[]>> = {
  '@azure/msal-node': ['auth'],
  keytar: ['auth (later)'],
  axios: [
    'io/net/answer.ts',
    'io/net/deadline.ts',
    'io/net/http.ts',
    'io/net/request-failure.ts',
    'io/net/retries.ts',
    'io/net/unpack-answers.ts',
  ],
  'axios-retry': ['io/net/retries.ts'],
  'jsonc-parser': ['json'],
  'yocto-spinner': ['io/terminal/status-line.ts'],
  '@clack/core': ['io/terminal/menu.ts'],
  commander: ['program.ts', 'commands'],
  'fastest-levenshtein': ['nearest-name.ts'],
  open: ['io/open-browser.ts (later)'],
  'get-east-asian-width': ['io/terminal/width.ts'],
  '@jmespath-community/jmespath': ['output/query.ts'],
  'node-diff3': ['comparison'],
  yauzl: ['solution/read-zip.ts'],
  fflate: ['solution/write-zip.ts'],
  '@rgrove/parse-xml': ['solution/read-xml.ts'],
  yaml: ['conversion/read-yaml.ts', 'conversion/yaml-depth.ts', 'conversion/yaml-documents.ts'],
  zod: [
    'io',
    'json',
    'connector',
    'history',
    'validation',
    'auth',
    'api',
    'settings',
    'check',
    'environment',
    // The settings file of a folder names the connector whose backups are meant.
    'completion',
    'publish',
    'solution',
    'packaging',
    'results',
    'services',
  ],
};

/** The files that touch the process, and why. */
const processUsers: Readonly<Record<string, string>> = {
  'main.ts': 'It is the edge of the process.',
  'auth/keychain-process.ts': 'It is a process of its own.',
  'io/fs/access.ts': 'Whether a file is ours depends on the account that the process belongs to.',
  'io/fs/lock.ts': 'A lock belongs to a process: who holds it, and whether that one lives, is what it is about.',
};

function withoutComments(code: string): string {
  return code.replaceAll(/\/\*.*?\*\/|^\s*\/\/[^\n]*$/gmsu, '');
}

/** The imports of a formatted module. */
function importsOf(code: string, name: string): Import[] {
  const statements = /^(?:import|export)\s(?<type>type\s)?(?:[^'";]*?\sfrom\s)?'(?<from>[^']+)'/gmu;
  const calls = /\bimport\('(?<from>[^']+)'\)/gu;
  const found = (kind: Kind, from = ''): Import => {
    const target = from.startsWith('.') ? posix.join(posix.dirname(name), from) : from;
    return { kind, target };
  };
  return [
    ...[...code.matchAll(statements)].map(({ groups }) =>
      found(groups?.['type'] ? 'type' : 'static', groups?.['from']),
    ),
    ...[...code.matchAll(calls)].map(({ groups }) => found('dynamic', groups?.['from'])),
  ];
}

function readSource(name: string): Source {
  const code = withoutComments(readFileSync(root + name, 'utf8'));
  return { name, code, imports: importsOf(code, name) };
}

const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .map((name) => name.replaceAll('\\', '/'))
  .filter((name) => name.endsWith('.ts'))
  .map(readSource);

const byName = new Map(sources.map((source) => [source.name, source]));

function unitOf(name: string): string {
  return name.startsWith('../') ? name : (name.split('/')[0] ?? name);
}

/** The files that a file may import without a rule: those of its unit, but of services each is on its own. */
function homeOf(name: string): string {
  return unitOf(name) === 'services' ? name.split('/').slice(0, 2).join('/') : unitOf(name);
}

function isOurs(target: string): boolean {
  return target.endsWith('.ts') || target.startsWith('../');
}

/** Whether a place, such as `io`, `io/http.ts` or `services (later)`, covers a file that is imported in this way. */
function covers(place: string, name: string, kind: Kind): boolean {
  const [, path = '', limit] = /^(\S+)(?: \((\w+)\))?$/u.exec(place) ?? [];
  if (limit === 'types' && kind !== 'type') return false;
  if (limit === 'later' && kind === 'static') return false;
  return name === path || name.startsWith(`${path}/`);
}

/** Imports of files of ours that the rules do not know. */
function strangers({ name, imports }: Source): string[] {
  const unit = unitOf(name);
  const allowed = [homeOf(name), ...(rules[unit] ?? [])];
  return imports
    .filter(({ target, kind }) => isOurs(target) && !allowed.some((place) => covers(place, target, kind)))
    .map(({ target, kind }) => `${name}: ${kind} import of ${target}`);
}

/** Imports of packages at places where they do not belong. */
function strayPackages({ name, imports }: Source): string[] {
  return imports
    .filter(({ target }) => !isOurs(target) && !target.startsWith('node:'))
    .filter(({ target, kind }) => !(packages[target] ?? []).some((place) => covers(place, name, kind)))
    .map(({ target, kind }) => `${name}: ${kind} import of ${target}`);
}

/** The names that a formatted module exports, those of types included. */
function exportsOf(code: string): string[] {
  const declarations =
    /^export (?:async |abstract |declare )*(?:const enum|function\*?|const|let|class|interface|type|enum) (?<name>\w+)/gmu;
  const lists = /^export (?:type )?\{(?<names>[^}]*)\}/gmu;
  return [
    ...[...code.matchAll(declarations)].map(({ groups }) => groups?.['name'] ?? ''),
    ...[...code.matchAll(lists)].flatMap(({ groups }) =>
      (groups?.['names'] ?? '').split(',').flatMap((entry) => /\w+(?=\s*$)/u.exec(entry) ?? []),
    ),
  ];
}

/** All that is loaded with a file: files and packages. */
function loadedWith(name: string, loaded = new Set<string>()): Set<string> {
  if (loaded.has(name)) return loaded;
  loaded.add(name);
  for (const { kind, target } of byName.get(name)?.imports ?? []) if (kind === 'static') loadedWith(target, loaded);
  return loaded;
}

/** Names with the files that export them, where these are several. */
function sharedNames(modules: readonly Pick<Source, 'name' | 'code'>[]): string[] {
  const exporters = new Map<string, string[]>();
  for (const { name, code } of modules)
    for (const exported of exportsOf(code)) exporters.set(exported, [...(exporters.get(exported) ?? []), name]);
  return [...exporters].filter(([, names]) => names.length > 1).map(([name, names]) => `${name}: ${names.join(', ')}`);
}

/** Files that lead back to themselves, through imports of whatever kind. */
function circles(): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (name: string, trail: readonly string[]): void => {
    if (trail.includes(name)) found.push([...trail.slice(trail.indexOf(name)), name].join(' → '));
    if (trail.includes(name) || done.has(name)) return;
    for (const { target } of byName.get(name)?.imports ?? []) walk(target, [...trail, name]);
    done.add(name);
  };
  for (const { name } of sources) walk(name, []);
  return found;
}

function usesOf(pattern: RegExp): string[] {
  return sources.filter(({ code }) => pattern.test(code)).map(({ name }) => name);
}

describe('the layers', () => {
  test('have a rule for each file', () => {
    expect([...new Set(sources.map(({ name }) => unitOf(name)))].filter((unit) => !(unit in rules))).toEqual([]);
  });

  test('import only what is below them', () => {
    expect(sources.flatMap(strangers)).toEqual([]);
  });

  test('import only files that exist', () => {
    const targets = sources.flatMap(({ imports }) => imports.map(({ target }) => target));
    expect(targets.filter((target) => target.endsWith('.ts') && !byName.has(target))).toEqual([]);
  });

  test('have no import cycle, not even of types', () => {
    expect(circles()).toEqual([]);
  });

  test('export each name once, types included', () => {
    expect(sharedNames(sources)).toEqual([]);
  });

  test('keep packages to their places', () => {
    expect(sources.flatMap(strayPackages)).toEqual([]);
  });

  test('have no barrels and no default exports', () => {
    expect(sources.map(({ name }) => name).filter((name) => name.endsWith('index.ts'))).toEqual([]);
    expect(usesOf(/^export default\b|\bas default\b|^export \* from/mu)).toEqual([]);
  });

  test('touch the process only at its edge', () => {
    const users = usesOf(/(?<![-.\w'"])process\s*[.[]|\bnode:process\b|\{[^}]*\}\s*=\s*process\b/u);
    expect(users.toSorted()).toEqual(Object.keys(processUsers).toSorted());
  });

  test('wait for other programs that have a file open, whoever writes or reads', () => {
    const impatient =
      /\b(?:open|readFile|writeFile|copyFile|rename|rm|unlink|rmdir|mkdir|realpath)\b[^;]*from 'node:fs\/promises'/u;
    expect(usesOf(impatient)).toEqual([]);
    expect(usesOf(/from 'node:fs\/promises'/u)).toContain('io/fs/disk.ts');
  });

  test('never touch the console', () => {
    expect(usesOf(/(?<![-.\w'"])console\b|\bnode:console\b/u)).toEqual([]);
  });
});

describe('a command', () => {
  test.each(commandDefinitions.map(({ name }) => name))('%s loads its own service, later', (name) => {
    const services = byName.get(`commands/${name}.ts`)?.imports.filter(({ target }) => unitOf(target) === 'services');
    expect(services).toEqual([{ kind: 'dynamic', target: `services/${name}/${name}.ts` }]);
  });
});

describe('modules that load at start', () => {
  test('are the program and the definitions of commands, and no package except commander', () => {
    const loaded = [...loadedWith('main.ts')];
    expect(loaded).toEqual(expect.arrayContaining(['program.ts', 'commands/create.ts', 'io/terminal/terminal.ts']));
    const foreign = loaded.filter((target) => !isOurs(target) && !target.startsWith('node:'));
    expect(foreign).toEqual(['commander']);
    expect(loaded.filter((target) => unitOf(target) === 'services')).toEqual([]);
  });

  // Each file is one more to find, read and compile.
  test('is in at most three files of the built tool, without zod', () => {
    const dist = fileURLToPath(new URL('../dist/', import.meta.url));
    const read = (file: string): string => readFileSync(dist + file, 'utf8');
    const start = read('run.js');
    const others = [...start.matchAll(/(?<=^|[;}])(?:import|export)[^;("']*["']\.\/(?<file>[^"']+)["']/gmu)];
    const files = ['run.js', ...others.map(({ groups }) => groups?.['file'] ?? '')];
    expect(files.length).toBeGreaterThan(1);
    expect(files.length).toBeLessThanOrEqual(3);
    expect(files.filter((file) => /ZodError/u.test(read(file)))).toEqual([]);
  });

  test('is found through every kind of import', () => {
    expect([...loadedWith('services/update/update.ts')]).toEqual(
      expect.arrayContaining(['zod', 'axios', 'jsonc-parser']),
    );
    expect([...loadedWith('auth/authority.ts')]).toContain('@azure/msal-node');
  });
});

describe('these tests', () => {
  const code = `import { a } from './a.ts';
import type { B } from '../api/b.ts';
import {
  c,
  type C,
} from 'c';
import 'd';
export { e } from './e.ts';
export const f = async () => (await import('./f.ts')).f;
// import { g } from './g.ts';
/* import { h } from
import { h } from './h.ts'; */
const text = "import { i } from './i.ts'";
`;

  test('see each exported name, whatever it names', () => {
    const names = [
      "export interface A<T> {}\nexport type B = A;\nexport { c, type D,\n  e as E } from './c.ts';",
      'export async function f() {}\nexport const G = 1;\nexport abstract class H {}\nconst i = 1;',
    ];
    expect(names.map(exportsOf)).toEqual([
      ['A', 'B', 'c', 'D', 'E'],
      ['f', 'G', 'H'],
    ]);
    const modules = ['export type A = 1;', 'export const B = 1;', 'export interface A {}'];
    expect(sharedNames(modules.map((module, index) => ({ name: `${index}.ts`, code: module })))).toEqual([
      'A: 0.ts, 2.ts',
    ]);
  });

  test('see each import, and none in comments and texts', () => {
    expect(importsOf(withoutComments(code), 'io/x.ts')).toEqual([
      { kind: 'static', target: 'io/a.ts' },
      { kind: 'type', target: 'api/b.ts' },
      { kind: 'static', target: 'c' },
      { kind: 'static', target: 'd' },
      { kind: 'static', target: 'io/e.ts' },
      { kind: 'dynamic', target: 'io/f.ts' },
    ]);
  });

  test('detect violations of each rule', () => {
    const source = { name: 'io/x.ts', code, imports: importsOf(withoutComments(code), 'io/x.ts') };
    expect(strangers(source)).toEqual(['io/x.ts: type import of api/b.ts']);
    expect(strayPackages(source)).toEqual(['io/x.ts: static import of c', 'io/x.ts: static import of d']);
    const early: Source = { name: 'commands/x.ts', code: '', imports: [{ kind: 'static', target: 'services/x.ts' }] };
    expect(strangers(early)).toEqual(['commands/x.ts: static import of services/x.ts']);
    const late: Source = { name: 'commands/x.ts', code: '', imports: [{ kind: 'dynamic', target: 'services/x.ts' }] };
    expect(strangers(late)).toEqual([]);
  });
});
