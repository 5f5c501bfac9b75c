import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Context } from '../../src/context.ts';
import { UsageError } from '../../src/errors.ts';
import { completeSettings, givenSettings, settingsFile } from '../../src/settings/settings-file.ts';
import type { GivenSettings, Settings } from '../../src/settings/settings.ts';
import { resolveSettings } from '../../src/remote/resolve-settings.ts';
import { ScriptedTerminal } from '../support/scripted-terminal.ts';
import { TemporaryDirectory } from '../support/temporary-directory.ts';

const defaults = {
  powerAppsUrl: 'https://api.powerapps.com',
  powerAppsApiVersion: '2016-11-01',
  flowUrl: 'https://api.flow.microsoft.com',
  flowApiVersion: '2016-11-01',
  clientId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
  tenant: 'common',
  authorityUrl: 'https://login.microsoftonline.com/',
  resource: 'https://service.powerapps.com/',
  cloud: 'public',
};

const everything = {
  connectorId: 'shared_a',
  environment: 'Default-1',
  apiProperties: 'p.json',
  apiDefinition: 'd.json',
  icon: 'i.png',
  script: 's.csx',
  powerAppsUrl: 'https://api.powerapps.us',
  powerAppsApiVersion: '2020-06-01',
  flowUrl: 'https://api.flow.microsoft.us',
  flowApiVersion: '2020-07-01',
  clientId: 'client',
  tenant: 'contoso.example',
  authorityUrl: 'https://login.microsoftonline.us',
  resource: 'https://service.powerapps.us',
};

interface Reading {
  readonly settings: Settings | Partial<GivenSettings>;
  readonly notes: readonly string[];
}

/** What is made of a settings file with this content, beside these flags, and what is said about it. */
async function reading(
  content: string,
  flags: Record<string, string> = {},
  read: typeof givenSettings = resolveSettings,
): Promise<Reading> {
  await using directory = await TemporaryDirectory.create();
  await writeFile(directory.join('settings.json'), content);
  const terminal = new ScriptedTerminal();
  const context: Context = {
    version: '0',
    docsFolder: '',
    terminal,
    workingDirectory: directory.path,
    configDirectory: directory.path,
    variables: {},
    expectSignIn: () => undefined,
    openKeychain: () => {
      throw new Error('Settings need no keychain.');
    },
    signal: new AbortController().signal,
  };
  return { settings: await read({ settingsFile: 'settings.json', ...flags }, context), notes: terminal.stderr };
}

describe('settings from a file', () => {
  test('are all values of the file', async () => {
    const urlsOfFile = [everything.powerAppsUrl, everything.flowUrl];
    const settings = { ...everything, cloud: 'public', urlsOfFile };
    expect(await reading(JSON.stringify(everything))).toEqual({ settings, notes: [] });
  });

  test.each([
    ['nothing in it', {}],
    ['null for all of it', Object.fromEntries(Object.keys(everything).map((name) => [name, null]))],
    ['empty texts for all of it', Object.fromEntries(Object.keys(everything).map((name) => [name, '']))],
    ['a schema for editors', { $schema: 'https://contoso.example/settings.schema.json' }],
  ])('are the defaults of paconn for %s', async (_what, content) => {
    expect(await reading(JSON.stringify(content))).toEqual({ settings: defaults, notes: [] });
  });

  test('without defaults are only the values of the file', async () => {
    const { settings } = await reading('{"tenant": "contoso.example", "icon": null}', {}, givenSettings);
    expect(Object.entries(settings).filter(([, value]) => value !== undefined)).toEqual([
      ['tenant', 'contoso.example'],
    ]);
  });

  test('replace options, also for keys that the file lacks', async () => {
    const flags = { environment: 'other', apiDefinition: 'other.json', tenant: 'other' };
    const { settings, notes } = await reading('{"environment": "Default-1"}', flags);
    expect(settings).toEqual({ ...defaults, environment: 'Default-1' });
    expect(notes).toEqual([
      "Warning: --environment, --api-definition, --tenant are ignored because settings.json is used (-s). Its environment is 'Default-1', not 'other'.",
    ]);
  });

  test.each([
    ['connectorId', '--connector'],
    ['environment', '--environment'],
    ['apiProperties', '--api-properties'],
    ['apiDefinition', '--api-definition'],
    ['icon', '--icon'],
    ['script', '--script'],
    ['powerAppsUrl', '--power-apps-url'],
    ['powerAppsApiVersion', '--power-apps-api-version'],
    ['clientId', '--client-id'],
    ['tenant', '--tenant'],
    ['authorityUrl', '--authority-url'],
    ['resource', '--resource'],
  ])('replace %s, which is named as %s', async (name, flag) => {
    expect((await reading('{}', { [name]: 'x' })).notes).toEqual([
      `Warning: ${flag} is ignored because settings.json is used (-s).`,
    ]);
  });

  test('with the same value are ignored as well, and so is another path of the same file', async () => {
    const flags = { environment: 'Default-1', apiDefinition: './a.json' };
    expect((await reading('{"environment": "Default-1", "apiDefinition": "a.json"}', flags)).notes).toEqual([
      'Warning: --environment, --api-definition are ignored because settings.json is used (-s).',
    ]);
  });

  test.each([
    ['Environment', 'environment'],
    ['APIDEFINITION', 'apiDefinition'],
    ['conectorID', 'connectorId'],
    ['powerAppURL', 'powerAppsUrl'],
    ['schema', '$schema'],
  ])('may have a key like %s, for which %s was meant', async (key, meant) => {
    const { settings, notes } = await reading(JSON.stringify({ [key]: 'x' }));
    expect(settings).toEqual(defaults);
    expect(notes).toEqual([expect.stringContaining(`'${key}' is ignored; did you mean '${meant}'?`)]);
  });

  test.each(['colour', 'id', '10', '__proto__', 'constructor', ''])(
    'may have a key like %j, which is like none',
    async (key) => {
      const { settings, notes } = await reading(`{${JSON.stringify(key)}: {"environment": "x"}}`);
      expect(settings).toEqual(defaults);
      expect(notes.filter((note) => note.includes('did you mean'))).toEqual([]);
    },
  );

  test('are those of the last of two keys of the same name', async () => {
    const { settings } = await reading('{"environment": "first", "environment": "second"}');
    expect(settings).toEqual({ ...defaults, environment: 'second' });
  });

  test.each([
    ['a byte order mark', '\ufeff{"environment": "x"}'],
    ['line ends of Windows', '{\r\n\t"environment": "x"\r\n}\r\n'],
  ])('may have %s', async (_what, content) => {
    expect((await reading(content)).settings).toEqual({ ...defaults, environment: 'x' });
  });

  test.each([
    ['a number', '{"environment": 5}', "'environment' must be a string, not a number."],
    ['true', '{"icon": true}', "'icon' must be a string, not true."],
    ['a list', '{"apiDefinition": ["a.json"]}', "'apiDefinition' must be a string, not an array."],
    ['an object', '{"tenant": {}}', "'tenant' must be a string, not an object."],
  ])('cannot be %s', async (_what, content, words) => {
    await expect(reading(content)).rejects.toThrow(words);
  });

  test.each(['', '{', 'null', '"text"', '[{}]', '5'])('cannot be a document that is %j', async (content) => {
    await expect(reading(content)).rejects.toThrow(/^settings\.json/u);
  });
});

describe('settings from flags', () => {
  test('are the options and defaults', () => {
    const given = { environment: 'x', tenant: 'y' };
    expect(completeSettings(given, { cloud: 'public' })).toEqual({ ...defaults, ...given });
  });

  test.each([
    ['powerAppsUrl', 'api.powerapps.com'],
    ['powerAppsUrl', 'ftp://api.powerapps.com'],
    ['flowUrl', 'file:///etc/passwd'],
    ['authorityUrl', '//login.contoso.example'],
    ['authorityUrl', 'https://'],
    ['powerAppsUrl', 'javascript:alert(1)'],
  ])('with %s %s are refused', (name, value) => {
    expect(() => completeSettings({ [name]: value }, { cloud: 'public' })).toThrow(UsageError);
    expect(() => completeSettings({ [name]: value }, { cloud: 'public' })).toThrow(
      / must be a URL such as https:\/\/example\.com\.$/u,
    );
  });
});

describe('a settings file that is written', () => {
  const saved = {
    connectorId: 'shared_a',
    environment: 'Default-1',
    apiProperties: 'p.json',
    apiDefinition: 'd é.json',
    powerAppsUrl: 'https://api.powerapps.com',
    powerAppsApiVersion: '2016-11-01',
  };

  test('has the keys of paconn in its order', () => {
    expect(settingsFile('/connectors', { ...saved, icon: 'i.png', script: 's.csx' }).content).toBe(`{
  "connectorId": "shared_a",
  "environment": "Default-1",
  "apiProperties": "p.json",
  "apiDefinition": "d é.json",
  "icon": "i.png",
  "powerAppsUrl": "https://api.powerapps.com",
  "powerAppsApiVersion": "2016-11-01",
  "script": "s.csx"
}`);
  });

  test('has null for no icon, and no key for no script', () => {
    expect(settingsFile('/connectors', { ...saved, icon: undefined, script: undefined }).content).toBe(`{
  "connectorId": "shared_a",
  "environment": "Default-1",
  "apiProperties": "p.json",
  "apiDefinition": "d é.json",
  "icon": null,
  "powerAppsUrl": "https://api.powerapps.com",
  "powerAppsApiVersion": "2016-11-01"
}`);
  });

  test('is always called settings.json', () => {
    const directory = resolve('connectors');
    expect(settingsFile(directory, { ...saved, icon: undefined, script: undefined }).path).toBe(
      join(directory, 'settings.json'),
    );
  });

  test('gives back what was saved when it is read', async () => {
    const { content } = settingsFile('/connectors', { ...saved, icon: undefined, script: 's.csx' });
    const urlsOfFile = [defaults.powerAppsUrl];
    const settings = { ...defaults, ...saved, script: 's.csx', urlsOfFile };
    expect(await reading(String(content))).toEqual({ settings, notes: [] });
  });
});
