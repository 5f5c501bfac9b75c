import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { RunningTool } from './running-tool.ts';
import { TemporaryDirectory } from './temporary-directory.ts';

/**
 * What of a Secret Service is on a bus: one whose keyring is open or locked, one that never answers, or none at all.
 * `locked` has no keyring yet, unless it is given the directory of an earlier one.
 */
export type SecretServiceState = 'unlocked' | 'locked' | 'silent' | 'missing';

const withKeyring = fileURLToPath(new URL('../../.ci/with-keyring.sh', import.meta.url));

/** A D-Bus session bus of its own, so that no test meets the keychain of whoever runs it. */
export class SessionBus implements AsyncDisposable {
  /** For the tools that shall use the bus. */
  readonly variables: Readonly<Record<string, string>>;
  readonly #holder: RunningTool;
  readonly #directory: TemporaryDirectory;

  private constructor(address: string, holder: RunningTool, directory: TemporaryDirectory) {
    this.variables = { DBUS_SESSION_BUS_ADDRESS: address };
    this.#holder = holder;
    this.#directory = directory;
  }

  /** Whether this machine has what it takes. With PACONN_TEST_KEYRING=required it must: tests then fail without it. */
  static get isAvailable(): boolean {
    if (process.env['PACONN_TEST_KEYRING'] === 'required') return true;
    const programs = ['dbus-run-session', 'gnome-keyring-daemon'];
    return process.platform === 'linux' && programs.every((name) => spawnSync(name, ['--version']).status === 0);
  }

  /** @param keyring Directory of the keyring, for one that outlives the bus. */
  static async start(state: SecretServiceState, keyring?: string): Promise<SessionBus> {
    const directory = await TemporaryDirectory.create();
    const hasService = state === 'unlocked' || state === 'locked';
    const options = hasService ? [] : [`--config-file=${await busWithoutService(directory, state)}`, '--'];
    const program = hasService ? withKeyring : 'dbus-run-session';
    const args = [...options, 'sh', '-c', 'echo "$DBUS_SESSION_BUS_ADDRESS"; exec cat'];
    const { PATH = '' } = process.env;
    const variables = {
      PATH,
      HOME: directory.path,
      KEYRING: state,
      KEYRING_HOME: keyring ?? directory.join('keyring'),
    };
    const holder = new RunningTool(program, args, { directory: directory.path, variables });
    const [address] = await holder.waitFor(/^unix:.+$/mu);
    return new SessionBus(address, holder, directory);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#holder.endInput();
    await this.#holder.finished;
    await this.#directory[Symbol.asyncDispose]();
  }
}

/** Configures a bus that knows no services of the machine; for `silent` one that never gets ready. */
async function busWithoutService(directory: TemporaryDirectory, state: SecretServiceState): Promise<string> {
  const services = directory.join('services');
  await mkdir(services);
  if (state === 'silent') {
    // It goes with the directory, and must not hold on to our pipes until then.
    const wait = `exec >/dev/null 2>&1; while [ -e "${services}" ]; do sleep 1; done`;
    const service = `[D-BUS Service]\nName=org.freedesktop.secrets\nExec=/bin/sh -c '${wait}'\n`;
    await writeFile(`${services}/org.freedesktop.secrets.service`, service);
  }
  const configuration = directory.join('bus.conf');
  await writeFile(
    configuration,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <auth>EXTERNAL</auth>
  <servicedir>${services}</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`,
  );
  return configuration;
}
