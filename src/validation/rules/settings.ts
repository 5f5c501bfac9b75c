import { isAbsent, isObject, isText } from '../../json/value.ts';
import { mustBeOneOf, reportUnknownNames } from '../engine/checks.ts';
import type { FileRole } from '../engine/connector-source.ts';
import type { MissingFile, ParsedConnector } from '../engine/parsed-connector.ts';
import { Location } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';
import { ownSettingsMemberTypes, ownSettingsValues, settingsMemberTypes } from '../knowledge/settings-members.ts';

/** The keys that name files. */
const roleOfKey: ReadonlyMap<string, FileRole> = new Map([
  ['apiDefinition', 'definition'],
  ['apiProperties', 'properties'],
  ['icon', 'icon'],
  ['script', 'script'],
]);

/** Over http nothing but this machine is reached. */
const safeUrl = /^(?:https:\/\/|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?:[:/]|$))/iu;

function isSafe(url: string): boolean {
  return safeUrl.test(url);
}

/** Whether only a sign-in stops at a URL, which other commands don't send anything to. */
function isInsecure(name: Location['name'], url: string): boolean {
  return name === 'authorityUrl' && /^http:\/\//iu.test(url) && !isSafe(url);
}

/** Whether the settings name the file of a role: then it is there that its absence is told. */
export function isNamedInSettings({ settings }: ParsedConnector, role: MissingFile['role']): boolean {
  return [...roleOfKey].some(([key, named]) => named === role && isText(settings?.value[key]));
}

export const settingsRules: readonly Rule[] = [
  {
    id: 'settings-file-missing',
    level: 'error',
    message: "File '{name}' doesn't exist.",
    hint: 'Relative paths start from the folder of the settings file or the current folder.',
    reason: "A connector can't be created or updated without the files that its settings name.",
    sources: ['PC'],
    good: [
      { settings: '{ "icon": "icon.png" }', icon: '' },
      { settings: '{ "icon": "" }', missing: { icon: 'icon.png' } },
    ],
    bad: [
      { settings: '{ "icon": ⟦"icon.png"⟧ }', missing: { icon: 'icon.png' } },
      { settings: '{ "apiDefinition": ⟦"a.json"⟧, "icon": "icon.png" }', missing: { definition: 'a.json' } },
      { settings: '{ "apiProperties": ⟦"p.json"⟧ }', missing: { properties: 'p.json' } },
      { settings: '{ "script": ⟦"script.csx"⟧ }', missing: { script: 'script.csx' } },
    ],
    checkMember: {
      names: [...roleOfKey.keys()],
      of: {
        settings: (member, report, _node, { missing }) => {
          const { name: key, value } = member;
          const isMissing = missing.some(({ role }) => role === roleOfKey.get(key));
          if (isMissing && isText(value)) report(member, { name: value });
        },
      },
    },
  },
  {
    id: 'settings-unknown-key',
    level: 'warning',
    message: "Unknown key '{name}'{suggestion}.",
    reason: 'paconn ignores unknown keys. Check the spelling.',
    sources: ['JS', 'PC'],
    good: [
      { settings: '{ "connectorId": "shared_orders" }' },
      { settings: '{ "paconn": { "cloud": "public", "relativeTo": "settings", "ignore": {}, "solution": {} } }' },
      { settings: '{ "paconn": 5 }' },
    ],
    bad: [
      { settings: '{ ⟦"conectorId"⟧: "shared_orders" }' },
      { settings: '{ "paconn": { ⟦"relativTo"⟧: "settings", ⟦"theme"⟧: "red" } }' },
    ],
    check: {
      // With another key that names a file, other files are the connector.
      settings: (node, report) => {
        reportUnknownNames(node, settingsMemberTypes, report, { mayRename: (name) => !roleOfKey.has(name) });
        const { file, parent, step, value } = node.at('paconn');
        if (isObject(value))
          reportUnknownNames(new Location(file, parent, step, value), ownSettingsMemberTypes, report);
      },
    },
  },
  {
    id: 'settings-value-invalid',
    level: 'error',
    message: "Unknown value '{value}'{suggestion}.",
    hint: '"cloud" is public, gcc, gcch, dod, or china. "relativeTo" is settings or current.',
    reason: 'Every command that reads the settings stops at an unknown value.',
    sources: ['PC'],
    good: [
      { settings: '{ "paconn": { "cloud": "gcc", "relativeTo": "current" } }' },
      { settings: '{ "paconn": { "cloud": null } }' },
    ],
    bad: [
      { settings: '{ "paconn": { "cloud": ⟦"gccx"⟧, "relativeTo": ⟦"setings"⟧ } }' },
      { settings: '{ "paconn": { "cloud": ⟦5⟧ } }' },
    ],
    check: {
      settings: (node, report) => {
        const { file, parent, step, value } = node.at('paconn');
        if (!isObject(value)) return;
        const own = new Location(file, parent, step, value);
        for (const [name, values] of Object.entries(ownSettingsValues)) {
          if (!isAbsent(value[name])) mustBeOneOf(values)(own.at(name), report);
        }
      },
    },
  },
  {
    id: 'settings-url-invalid',
    level: 'error',
    message: 'Use an https URL.',
    reason: 'Every command stops at another value. paconn sends tokens to the URL, and only over https.',
    sources: ['JS', 'PC'],
    good: [{ settings: '{ "powerAppsUrl": "https://api.powerapps.com" }' }, { settings: '{ "powerAppsUrl": "" }' }],
    bad: [
      { settings: '{ "powerAppsUrl": ⟦"api.powerapps.com"⟧ }' },
      { settings: '{ "powerAppsUrl": ⟦"https://"⟧ }' },
      { settings: '{ "flowUrl": ⟦"http://api.flow.microsoft.com"⟧, "authorityUrl": ⟦"login.contoso.com"⟧ }' },
    ],
    checkMember: {
      names: ['powerAppsUrl', 'flowUrl', 'authorityUrl'],
      of: {
        settings: (member, report) => {
          const { name, value } = member;
          const isUsable = isText(value) && URL.canParse(value) && (isSafe(value) || isInsecure(name, value));
          if (isText(value) && !isUsable) report(member);
        },
      },
    },
  },
  {
    id: 'settings-url-insecure',
    level: 'warning',
    message: 'Use an https URL.',
    reason: 'A sign-in is never sent over an unencrypted connection. Commands that need no new sign-in go on.',
    sources: ['JS'],
    good: [
      { settings: '{ "authorityUrl": "https://login.contoso.com" }' },
      { settings: '{ "authorityUrl": "http://localhost:8080" }' },
      { settings: '{ "powerAppsUrl": "http://api.contoso.com" }' },
      { settings: '{ "authorityUrl": "login.contoso.com" }' },
    ],
    bad: [{ settings: '{ "authorityUrl": ⟦"http://login.contoso.com"⟧ }' }],
    checkMember: {
      names: ['authorityUrl'],
      of: {
        settings: (member, report) => {
          const { name, value } = member;
          if (isText(value) && URL.canParse(value) && isInsecure(name, value)) report(member);
        },
      },
    },
  },
];
