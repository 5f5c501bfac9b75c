import * as z from 'zod';
import { Session } from '../auth/session.ts';
import type { Context } from '../context.ts';
import { type GivenSettings, givenSettingsSchema } from '../settings/settings.ts';
import { completeSettings, givenSettings } from '../settings/settings-file.ts';
import { parseFlags } from '../steps/flags.ts';
import { openNetwork } from '../steps/network.ts';
import { sessionOptions } from '../steps/sign-in.ts';

const loginFlagsSchema = givenSettingsSchema.extend({
  settingsFile: z.string().optional(),
  force: z.boolean().default(false),
});

/** Signs the user in by device code, unless a sign-in that fits is there. */
export async function login(given: unknown, context: Context): Promise<void> {
  const { terminal, signal } = context;
  const { force, ...flags } = parseFlags(given, loginFlagsSchema);
  const asked = await givenSettings(flags, context);
  const settings = completeSettings(asked, flags.settingsFile);
  const options = sessionOptions(context, openNetwork(context));
  if (!force && fits(await Session.find(options, 'login'), asked)) {
    terminal.report('Login successful.');
    return;
  }

  await options.store.requireWritable();
  const { Authenticator } = await import('../auth/authenticator.ts');
  const authenticator = new Authenticator({ ...options, settings, signal });
  const { accessToken, msal, homeAccountId, username } = await authenticator.signInByDeviceCode(terminal.say);
  terminal.conceal(accessToken.value);
  const { clientId, tenant, authorityUrl, resource } = settings;
  const profile = { version: 1, clientId, tenant, authorityUrl, resource, homeAccountId, username } as const;
  const keeping = await options.store.exclusively(async () => await options.store.keep(profile, { msal, accessToken }));
  if (keeping.store === 'file') {
    const why = keeping.keychainProblem === undefined ? '' : `, because the keychain ${keeping.keychainProblem}`;
    terminal.note(`The sign-in is kept unsealed in ${keeping.path}, which only you can read${why}.`);
  }
  terminal.report('Login successful.');
}

/** Whether a session is what was asked for. What was not asked for can be anything, as in paconn. */
function fits(session: Session | Error, asked: Partial<GivenSettings>): boolean {
  if (!(session instanceof Session)) return false;
  const { profile } = session;
  const names = ['clientId', 'tenant', 'authorityUrl', 'resource'] as const;
  return profile === undefined || names.every((name) => asked[name] === undefined || asked[name] === profile[name]);
}
