import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FakeCloud } from './fake-cloud/fake-cloud.ts';
import { petStoreProperties } from './pet-store.ts';
import { RunningTool, type ToolResult } from './running-tool.ts';

export interface WorkspaceFiles {
  /** The connector that settings.json names. */
  readonly connector?: { readonly id: string; readonly environment: string; readonly apiProperties?: string };
  /** Written as settings.json over what the rest says; `null` for no settings file. */
  readonly settings?: Readonly<Record<string, unknown>> | null;
  readonly apiDefinition?: FileContent;
  /** Fitting ones when there is a definition and nothing is said; `null` for none. */
  readonly apiProperties?: FileContent | null;
  readonly icon?: Uint8Array;
  readonly script?: FileContent;
  /** Any other files by name. */
  readonly files?: Readonly<Record<string, FileContent>>;
}

export type FileContent = string | Uint8Array;

export interface RunOptions {
  /** What the tool reads from stdin, which then ends; nothing unless told. */
  readonly stdin?: string;
  /** Added to the environment variables of the workspace; `undefined` takes one away. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** A directory in the workspace. */
  readonly directory?: string;
}

const executable = fileURLToPath(new URL('../../dist/paconn.js', import.meta.url));

/** A temporary directory with a home of its own, in which the built tool is run as a user would. */
export class Workspace implements AsyncDisposable {
  /** What spawned tools see besides PATH and their home. Tests may add to it. */
  readonly variables: Record<string, string | undefined>;
  readonly home: string;
  readonly directory: string;
  readonly #root: string;
  readonly #cloud: FakeCloud | undefined;
  readonly #running = new Set<RunningTool>();

  private constructor(root: string, cloud: FakeCloud | undefined) {
    this.#root = root;
    this.#cloud = cloud;
    this.home = join(root, 'home');
    this.directory = join(root, 'paconn tést');
    this.variables = {
      PACONN_TOKEN_STORE: 'file',
      // What is in the config directory is ours alone, and so many starts write nothing more than they have to.
      NODE_DISABLE_COMPILE_CACHE: '1',
      NODE_EXTRA_CA_CERTS: cloud?.certificate.certFile ?? process.env['NODE_EXTRA_CA_CERTS'],
    };
  }

  static async create(cloud?: FakeCloud, files: WorkspaceFiles = {}): Promise<Workspace> {
    // A space and letters beyond ASCII, since real directories have them.
    const workspace = new Workspace(await mkdtemp(join(tmpdir(), 'paconn-wörk ')), cloud);
    await Promise.all([mkdir(workspace.home), mkdir(workspace.directory)]);
    const written = filesToWrite(files, cloud);
    await Promise.all([...written].map(([name, content]) => workspace.write(name, content)));
    return workspace;
  }

  /** Where the tool keeps the sign-in unless another is named. */
  get configDirectory(): string {
    return join(this.home, '.paconn');
  }

  path(...names: readonly string[]): string {
    return join(this.directory, ...names);
  }

  async write(name: string, content: FileContent): Promise<string> {
    const path = this.path(name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    return path;
  }

  read(name: string): Promise<string> {
    return readFile(this.path(name), 'utf8');
  }

  async readJson(name: string): Promise<unknown> {
    return JSON.parse(await this.read(name));
  }

  readBytes(name: string): Promise<Buffer> {
    return readFile(this.path(name));
  }

  async exists(name: string): Promise<boolean> {
    return (await stat(this.path(name)).catch(() => undefined)) !== undefined;
  }

  /** The names of all files in the directory and below, with slashes, sorted; empty directories end in a slash. */
  listAll(name = '.'): Promise<string[]> {
    return listFiles(this.path(name));
  }

  /** The same without the base of a connector, which download, create and update leave beside its files. */
  async list(name = '.'): Promise<string[]> {
    const names = await this.listAll(name);
    return names.filter((path) => !/(?:^|\/)paconn\.base(?:\.json$|\/)/u.test(path));
  }

  /** Signs in with the built tool. */
  async signIn(...flags: readonly string[]): Promise<void> {
    const result = await this.paconn('login', ...(this.#cloud?.loginFlags ?? []), ...flags);
    if (result.exitCode !== 0) throw new Error(`Could not sign in:\n${result.stdout}${result.stderr}`);
  }

  paconn(...args: readonly string[]): Promise<ToolResult> {
    return this.run(args);
  }

  run(args: readonly string[], { stdin = '', ...options }: RunOptions = {}): Promise<ToolResult> {
    const tool = this.start(args, options);
    tool.endInput(stdin);
    return tool.finished;
  }

  /** The running tool, its stdin open, for signals and for questions over a pipe. */
  start(args: readonly string[], options?: Omit<RunOptions, 'stdin'>): RunningTool {
    if (!existsSync(executable)) throw new Error(`${executable} is missing: run "npm run build".`);
    return this.launch(this.command(...args), options);
  }

  /** Any command, in the place of the tool. */
  launch(
    [program = '', ...args]: readonly string[],
    { variables, directory = '.' }: Omit<RunOptions, 'stdin'> = {},
  ): RunningTool {
    const options = { directory: this.path(directory), variables: this.environmentVariables(variables) };
    const tool = new RunningTool(program, args, options);
    this.#running.add(tool);
    return tool;
  }

  /** The command that runs the tool. */
  command(...args: readonly string[]): readonly string[] {
    return [process.execPath, executable, ...args];
  }

  /** All environment variables of a spawned tool: none of the test run's own that could change what it does. */
  environmentVariables(added: RunOptions['variables'] = {}): Record<string, string> {
    const { PATH, SystemRoot, TMPDIR, TEMP } = process.env;
    const path = [dirname(process.execPath), PATH].join(delimiter);
    const variables = {
      PATH: path,
      SystemRoot,
      TMPDIR,
      TEMP,
      HOME: this.home,
      USERPROFILE: this.home,
      ...this.variables,
      ...added,
    };
    const given: Record<string, string> = {};
    for (const [name, value] of Object.entries(variables)) if (value !== undefined) given[name] = value;
    return given;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running].map((tool) => tool.kill()));
    await rm(this.#root, { recursive: true, force: true, maxRetries: 3 });
  }
}

function filesToWrite(files: WorkspaceFiles, cloud: FakeCloud | undefined): ReadonlyMap<string, FileContent> {
  const { connector, settings, apiDefinition, icon, script } = files;
  const fitting = apiDefinition === undefined ? undefined : (connector?.apiProperties ?? petStoreProperties);
  const apiProperties = files.apiProperties === undefined ? fitting : (files.apiProperties ?? undefined);
  const known: readonly (readonly [key: string, name: string, content: FileContent | undefined])[] = [
    ['apiProperties', 'apiProperties.json', apiProperties],
    ['apiDefinition', 'apiDefinition.swagger.json', apiDefinition],
    ['icon', 'icon.png', icon],
    ['script', 'script.csx', script],
  ];
  const written = new Map<string, FileContent>();
  const named: Record<string, unknown> = {};
  for (const [key, name, content] of known) {
    if (content === undefined) continue;
    written.set(name, content);
    named[key] = name;
  }
  const hasSettings = settings !== null && (cloud !== undefined || settings !== undefined);
  if (hasSettings) {
    const target = {
      ...(connector && { connectorId: connector.id }),
      ...(cloud && { environment: connector?.environment ?? cloud.environment.id }),
    };
    const all = { ...target, ...named, ...cloud?.settings, ...settings };
    written.set('settings.json', `${JSON.stringify(all, undefined, 2)}\n`);
  }
  return new Map([...written, ...Object.entries(files.files ?? {})]);
}

async function listFiles(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const full = new Set(entries.map(({ parentPath }) => parentPath));
  const names = entries.flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const name = relative(directory, path).replaceAll('\\', '/');
    if (!entry.isDirectory()) return [name];
    return full.has(path) ? [] : [`${name}/`];
  });
  return names.toSorted();
}
