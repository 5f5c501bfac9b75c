import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Profile } from '../../src/auth/profile.ts';
import { SignInStore } from '../../src/auth/sign-in-store.ts';
import type { Context } from '../../src/context.ts';
import { FileError, UsageError } from '../../src/errors.ts';
import { cloudNames, cloudOfResource, cloudOfUrl, clouds } from '../../src/settings/clouds.ts';
import { resolveSettings } from '../../src/remote/resolve-settings.ts';
import { MemoryKeychain } from '../support/memory-keychain.ts';
import { ScriptedTerminal } from '../support/scripted-terminal.ts';
import { TemporaryDirectory } from '../support/temporary-directory.ts';

class Machine implements AsyncDisposable {
  readonly terminal = new ScriptedTerminal();
  readonly #directory: TemporaryDirectory;
  readonly #variables: Record<string, string>;

  private constructor(directory: TemporaryDirectory, variables: Record<string, string>) {
    this.#directory = directory;
    this.#variables = variables;
  }

  static async create(variables: Record<string, string> = {}): Promise<Machine> {
    return new Machine(await TemporaryDirectory.create(), variables);
  }

  get context(): Context {
    const { path } = this.#directory;
    return {
      version: '0',
      docsFolder: '',
      terminal: this.terminal,
      workingDirectory: path,
      configDirectory: path,
      variables: { PACONN_TOKEN_STORE: 'file', ...this.#variables },
      openKeychain: () => new MemoryKeychain(),
      expectSignIn: () => undefined,
      signal: new AbortController().signal,
    };
  }

  async signIn(name: 'public' | 'gcc', username: string, others: Partial<Profile> = {}): Promise<void> {
    const { context } = this;
    const { authorityUrl, resource } = clouds[name];
    const place = { clientId: 'c', tenant: 'common', authorityUrl, resource, tenantId: 't' };
    const profile: Profile = {
      ...place,
      homeAccountId: username,
      username,
      request: { method: 'device-code' },
      ...others,
    };
    const accessToken = { value: 'x', expiresOn: 4_000_000_000, objectId: 'o' };
    const store = new SignInStore({ ...context, directory: context.configDirectory, tokenStore: 'file' });
    await store.keep({ profile, tokenCache: { msal: '', accessToken } });
  }

  async writeSettings(settings: unknown): Promise<string> {
    await writeFile(this.#directory.join('settings.json'), JSON.stringify(settings));
    return 'settings.json';
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#directory[Symbol.asyncDispose]();
  }
}

describe('the cloud', () => {
  test.each(cloudNames)('%s gives all URLs and the resource that are not given', async (cloud) => {
    await using machine = await Machine.create();
    expect(await resolveSettings({ cloud }, machine.context)).toMatchObject({ cloud, ...clouds[cloud] });
    const given = { cloud, flowUrl: 'https://flow.example', authorityUrl: 'https://login.example' };
    expect(await resolveSettings(given, machine.context)).toMatchObject({ ...clouds[cloud], ...given });
  });

  test('is public by default', async () => {
    await using machine = await Machine.create();
    expect(await resolveSettings({}, machine.context)).toMatchObject({ cloud: 'public', ...clouds.public });
  });

  test('is the one that a settings file names under paconn, and a flag beside it does not count', async () => {
    await using machine = await Machine.create();
    const settingsFile = await machine.writeSettings({ paconn: { cloud: 'gcch' } });
    expect(await resolveSettings({ settingsFile, cloud: 'dod' }, machine.context)).toMatchObject(clouds.gcch);
    expect(machine.terminal.stderr).toEqual([
      "Warning: --cloud is ignored because settings.json is used (-s). Its cloud is 'gcch', not 'dod'.",
    ]);
  });

  test('must be known', async () => {
    await using machine = await Machine.create();
    const settingsFile = await machine.writeSettings({ paconn: { cloud: 'mars' } });
    const resolving = resolveSettings({ settingsFile }, machine.context);
    await expect(resolving).rejects.toThrow(FileError);
    await expect(resolving).rejects.toThrow("settings.json: 'paconn.cloud' must be public, gcc, gcch, dod, or china.");
    await using other = await Machine.create({ PACONN_CLOUD: 'mars' });
    await expect(resolveSettings({}, other.context)).rejects.toThrow(UsageError);
  });

  test('follows from the Power Apps URL, as download writes it, before PACONN_CLOUD', async () => {
    await using machine = await Machine.create({ PACONN_CLOUD: 'dod' });
    const settingsFile = await machine.writeSettings({ powerAppsUrl: 'https://gov.api.powerapps.us' });
    expect(await resolveSettings({ settingsFile }, machine.context)).toMatchObject(clouds.gcc);
    expect(await resolveSettings({}, machine.context)).toMatchObject(clouds.dod);
    const powerAppsUrl = 'https://localhost:8443';
    expect(await resolveSettings({ powerAppsUrl }, machine.context)).toMatchObject({ ...clouds.dod, powerAppsUrl });
  });

  test('is the cloud of the last or the named sign-in, without a URL', async () => {
    await using machine = await Machine.create();
    await machine.signIn('public', 'adele@contoso.example');
    await machine.signIn('gcc', 'diego@contoso.example');
    expect(await resolveSettings({}, machine.context)).toMatchObject(clouds.gcc);
    expect(await resolveSettings({ account: 'adele' }, machine.context)).toMatchObject({
      account: 'adele',
      ...clouds.public,
    });
    // Who that is, is told when somebody has to be signed in.
    expect(await resolveSettings({ account: 'megan' }, machine.context)).toMatchObject(clouds.public);
    const powerAppsUrl = 'https://localhost:8443';
    expect(await resolveSettings({ powerAppsUrl }, machine.context)).toMatchObject({ ...clouds.public, powerAppsUrl });
  });

  test('is not that of a sign-in which environment variables replace', async () => {
    await using machine = await Machine.create({ PACONN_ACCESS_TOKEN: 'x' });
    await machine.signIn('gcc', 'diego@contoso.example');
    expect(await resolveSettings({}, machine.context)).toMatchObject(clouds.public);
    expect(await resolveSettings({ account: 'diego' }, machine.context)).toMatchObject(clouds.gcc);
  });

  test('of a private place is that which it was made for, if one was named', async () => {
    await using machine = await Machine.create();
    await machine.signIn('public', 'adele@contoso.example', { authorityUrl: 'https://login.example' });
    expect(await resolveSettings({}, machine.context)).toMatchObject(clouds.public);
    await machine.signIn('gcc', 'adele@contoso.example', { authorityUrl: 'https://login.example', cloud: 'gcc' });
    expect(await resolveSettings({}, machine.context)).toMatchObject(clouds.gcc);
  });

  test('without a name is remembered by its URLs, until a URL or a cloud is given', async () => {
    await using machine = await Machine.create();
    const place = { powerAppsUrl: 'https://apps.example', flowUrl: 'https://flow.example' };
    await machine.signIn('public', 'adele@contoso.example', { authorityUrl: 'https://login.example', ...place });
    expect(await resolveSettings({}, machine.context)).toMatchObject(place);
    expect(await resolveSettings({ cloud: 'gcc' }, machine.context)).toMatchObject(clouds.gcc);
    const powerAppsUrl = 'https://localhost:8443';
    const { flowUrl } = clouds.public;
    expect(await resolveSettings({ powerAppsUrl }, machine.context)).toMatchObject({ powerAppsUrl, flowUrl });
  });

  test('is found with damaged stored files', async () => {
    await using machine = await Machine.create();
    await writeFile(`${machine.context.configDirectory}/sign-ins.json`, '{');
    expect(await resolveSettings({}, machine.context)).toMatchObject(clouds.public);
  });
});

describe('the URLs of a cloud', () => {
  test.each(cloudNames)('%s is known by its URL and its resource', (name) => {
    const { powerAppsUrl, resource } = clouds[name];
    expect(cloudOfUrl(powerAppsUrl)).toBe(name);
    expect(cloudOfUrl(`${powerAppsUrl.replace('//', '//region.')}/path`)).toBe(name);
    expect(cloudOfResource(resource)).toBe(name);
    expect(cloudOfResource(resource.replace(/\/$/u, ''))).toBe(name);
  });

  test.each(['https://powerapps.com', 'https://api.powerapps.com.example', 'https://api.powerapps.us', 'nonsense'])(
    '%s is of none',
    (url) => {
      expect(cloudOfUrl(url)).toBeUndefined();
      expect(cloudOfResource(url)).toBeUndefined();
    },
  );
});
