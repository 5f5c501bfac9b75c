import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FakeCloud } from './fake-cloud/fake-cloud.ts';
import { petStore } from './pet-store.ts';
import { runInProcess } from './run-in-process.ts';
import type { SessionBus } from './session-bus.ts';
import { Workspace } from './workspace.ts';

const keychainProcess = fileURLToPath(new URL('../../dist/keychain-process.js', import.meta.url));

/** Somebody whose tools see a session bus, and keep the sign-in as they do when nothing is said. */
export class KeychainUser implements AsyncDisposable {
  readonly workspace: Workspace;
  readonly #cloud: FakeCloud;

  private constructor(workspace: Workspace, cloud: FakeCloud) {
    this.workspace = workspace;
    this.#cloud = cloud;
  }

  static async create(cloud: FakeCloud, bus?: SessionBus): Promise<KeychainUser> {
    const workspace = await Workspace.create(cloud, { apiDefinition: petStore() });
    const user = new KeychainUser(workspace, cloud);
    workspace.variables['PACONN_TOKEN_STORE'] = undefined;
    if (bus) user.moveTo(bus);
    return user;
  }

  /** From now on the tools see this bus. */
  moveTo({ variables }: SessionBus): void {
    Object.assign(this.workspace.variables, variables);
  }

  /** What login says on stderr. */
  async login(...flags: readonly string[]): Promise<string> {
    const { exitCode, stderr } = await runInProcess(this.workspace, 'login', ...this.#cloud.loginFlags, ...flags);
    if (exitCode !== 0) throw new Error(`Could not sign in:\n${stderr}`);
    return stderr;
  }

  /** The files of the sign-in. */
  async kept(): Promise<string[]> {
    return await this.workspace.list('../home/.paconn');
  }

  /** The tokens of the one who is signed in; undefined when they are not sealed. */
  async readSealed(): Promise<string | undefined> {
    return (await this.#readSignIn()).sealed;
  }

  async writeSealed(sealed: string): Promise<void> {
    const { profile } = await this.#readSignIn();
    await writeFile(this.#file(), JSON.stringify({ version: 2, signIns: [{ profile, sealed }] }));
  }

  async #readSignIn(): Promise<{ readonly profile: unknown; readonly sealed?: string }> {
    const { signIns } = JSON.parse(await readFile(this.#file(), 'utf8'));
    return signIns[0];
  }

  #file(): string {
    return join(this.workspace.configDirectory, 'sign-ins.json');
  }

  /** What the keychain holds for the tools. */
  async key(): Promise<string | undefined> {
    const { exitCode, stdout } = await this.#ask('get');
    return exitCode === 0 ? stdout : undefined;
  }

  async changeKey(value: string): Promise<void> {
    await this.#ask('set', value);
  }

  async removeKey(): Promise<void> {
    await this.#ask('delete');
  }

  async #ask(operation: string, value = ''): Promise<{ readonly exitCode: number; readonly stdout: string }> {
    const { workspace } = this;
    const asking = workspace.launch([process.execPath, keychainProcess, operation, workspace.configDirectory]);
    asking.endInput(value);
    const { exitCode, stdout, stderr } = await asking.finished;
    // 3 says that there is none.
    if (stderr !== '' || ![0, 3].includes(exitCode)) throw new Error(`The keychain fails: ${stderr}`);
    return { exitCode, stdout };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.workspace[Symbol.asyncDispose]();
  }
}
