import * as z from 'zod';
import { claimsOf } from '../../auth/access-token.ts';
import { isSameAccount, type Profile } from '../../auth/profile.ts';
import { findSignIn, type SignInOptions } from '../../auth/credential-chain.ts';
import { Session } from '../../auth/session.ts';
import { type Authentication, type SignInRequest, storedRequestSchema } from '../../auth/sign-in-request.ts';
import type { SignInStorage } from '../../auth/sign-in-store.ts';
import type { Context } from '../../context.ts';
import { findTenantName } from '../../auth/tenant-name.ts';
import { hasBrowser, openBrowser } from '../../io/open-browser.ts';
import { accessTo } from '../../io/fs/access.ts';
import { homePath } from '../../io/fs/home-path.ts';
import type { Terminal } from '../../io/terminal/terminal.ts';
import type { Result } from '../../output/result.ts';
import type { LoginData } from '../../results/accounts.ts';
import { cloudOfResource } from '../../settings/clouds.ts';
import { givenSettingsSchema } from '../../settings/settings.ts';
import { givenSettings } from '../../settings/settings-file.ts';
import { cloudOfProfile } from '../../remote/choose-profile.ts';
import { parseFlags } from '../../settings/flags.ts';
import { openNetwork } from '../../remote/network.ts';
import { planSignIn, type SignInPlan } from './plan-sign-in.ts';
import { openSignInStore, readableProfiles, signInOptions } from '../../remote/sign-in.ts';
import { methodFlagsSchema } from './choose-method.ts';

const loginFlagsSchema = givenSettingsSchema.extend({
  settingsFile: z.string().optional(),
  force: z.boolean().default(false),
  ...methodFlagsSchema.shape,
});

/** Signs in, unless a sign-in that fits is there: then that is the one that commands use from now on. */
export async function login(given: unknown, context: Context): Promise<Result> {
  const { force, ...flags } = parseFlags(given, loginFlagsSchema);
  const asked = await givenSettings(flags, context);
  const source = flags.settingsFile || undefined;
  const plan = await planSignIn({ asked, flags, source }, openSignInStore(context), context);
  const options = signInOptions(context, openNetwork(context), plan.settings);
  const storage = force || !(await isSignedIn(plan, options)) ? await signIn(plan, options, context) : undefined;
  reportVariables(context);
  const { interactive } = context.terminal;
  if (!storage && interactive) context.terminal.note('Already signed in.');
  context.terminal.report('Login successful.');
  // Of the token file of the Python tool nothing more is known.
  const [profile] = await readableProfiles(openSignInStore(context));
  if (profile && interactive) context.terminal.note(accountWords(profile));
  const { before } = plan;
  if (storage && profile && before && !isSameAccount(profile, before)) {
    context.terminal.note(`Warning: You signed in as ${profile.username}, not as ${before.username}.`);
  }
  if (storage) await reportKeeping(storage, context);
  const account = profile
    ? { name: profile.username, tenantId: profile.tenantId, cloud: cloudOfProfile(profile) ?? null }
    : null;
  return { data: { account } satisfies LoginData };
}

/** Otherwise the next command silently uses another account. */
function reportVariables({ terminal, variables }: Context): void {
  const name = ['PACONN_ACCESS_TOKEN', 'PACONN_AUTH'].find((candidate) => variables[candidate]);
  if (name !== undefined) terminal.note(`Note: Commands use ${name} before this sign-in while it's set.`);
}

/** Whether a sign-in that fits is there and good for a while. One without a prompt is repeated: it may have a new secret. */
async function isSignedIn(
  { request, cloud, isMetBy, urls, namesService }: SignInPlan,
  options: SignInOptions,
): Promise<boolean> {
  if (request.method !== 'device-code' && request.method !== 'browser') return false;
  const choose: SignInOptions['choose'] = (profiles) => profiles.find(isMetBy);
  const session = await findSignIn({ ...options, choose }, 'login');
  if (!(session instanceof Session)) return false;
  const { origin } = session;
  if (origin.kind === 'kept') {
    await options.store.putFirst({ ...origin.profile, ...(namesService && urls) });
    return true;
  }
  // The token file of the Python tool says nothing about how it came to be.
  return cloud === undefined || cloudOfResource(claimsOf(session.token()).aud ?? '') === cloud;
}

async function signIn(plan: SignInPlan, options: SignInOptions, context: Context): Promise<SignInStorage> {
  const { terminal } = context;
  await options.store.requireWritable();
  const { request, authentication } = await authenticateAsAllowed(plan, options, context);
  const { accessToken, msal, homeAccountId, username, tenantId } = authentication;
  terminal.conceal(accessToken.value);
  const { settings, cloud, urls } = plan;
  const { clientId, tenant, authorityUrl, resource } = settings;
  const account = { tenantId: tenantId || tenant, homeAccountId, username };
  const signedIn = { cloud, clientId, tenant, authorityUrl, resource, ...urls, ...account };
  const profile = { ...signedIn, request: storedRequestSchema.parse(request) };
  // Scripts send what the Python tool sends: a name that another sign-in found costs no request.
  const tenantName = terminal.interactive
    ? await findTenantName(profile, options.http)
    : (await readableProfiles(options.store)).find((other) => other.tenantId === profile.tenantId)?.tenantName;
  const clientSecret = request.method === 'client-secret' ? request.secret : undefined;
  return await options.store.keep({
    profile: { ...profile, tenantName },
    tokenCache: { msal, accessToken, clientSecret },
  });
}

/** Signs in by the method that is planned; where a policy blocks device codes, at a terminal, the user can use the browser. */
async function authenticateAsAllowed(
  { settings, request }: SignInPlan,
  options: SignInOptions,
  { terminal, variables }: Context,
): Promise<{ readonly request: SignInRequest; readonly authentication: Authentication }> {
  const { authenticate } = await import('../../auth/authenticate.ts');
  const by = async (method: SignInRequest): Promise<Authentication> =>
    await authenticate({
      ...options,
      settings,
      request: method,
      show: terminal.say,
      waitForUser: async (signingIn, page) => await waitForUser(signingIn, page, { terminal, variables }),
      openBrowser: async (url) => await openBrowser(url, variables),
    });
  try {
    return { request, authentication: await by(request) };
  } catch (error) {
    const { DeviceCodeBlockedError } = await import('../../auth/sign-in-errors.ts');
    const isBlocked = request.method === 'device-code' && error instanceof DeviceCodeBlockedError;
    if (!isBlocked || !terminal.interactive) throw error;
    const question = `${error.message} Sign in in the browser instead?`;
    if (!(await terminal.confirm({ message: question, insteadPass: '--browser', defaultAnswer: true }))) throw error;
    return { request: { method: 'browser' }, authentication: await by({ method: 'browser' }) };
  }
}

/** Says that it waits, and where there is a browser on this computer, Enter opens the page in it. */
async function waitForUser<T>(
  signingIn: Promise<T>,
  page: URL | undefined,
  { terminal, variables }: { readonly terminal: Terminal } & Pick<Context, 'variables'>,
): Promise<T> {
  const waiting = 'Waiting for you to sign in… (Ctrl+C to cancel)';
  if (!terminal.interactive) return await signingIn;
  if (!page || !terminal.hasKeys || !hasBrowser(variables)) {
    return await terminal.during(waiting, signingIn, { noteAfter: 0 });
  }
  for (const line of ['', '  Press Enter to open the browser, or wait.', '']) terminal.note(line);
  return await terminal.during(waiting, signingIn, { onEnter: () => void openBrowser(page, variables) });
}

/** `ada@contoso.com · Contoso (contoso.com) · public cloud` */
function accountWords(profile: Profile): string {
  const { username, tenantName, tenantId } = profile;
  return [username, tenantName ?? `tenant ${tenantId}`, `${cloudOfProfile(profile) ?? 'custom'} cloud`].join(' · ');
}

/** Says where the sign-in is; that it's readable, everywhere. */
async function reportKeeping(
  { protection, path, keychainProblem }: SignInStorage,
  { terminal, variables }: Context,
): Promise<void> {
  const place = homePath(path, variables);
  if (protection === 'keychain') {
    const how = 'encrypted, key in the system keychain, renewed automatically';
    if (terminal.interactive) terminal.note(`Credentials: ${place} (${how})`);
    return;
  }
  const why = keychainProblem === undefined ? '' : `, because the keychain ${keychainProblem}`;
  const whose = {
    owner: ', which only you can read',
    others: ', which other users can read or replace',
    unknown: '',
  }[await accessTo(path)];
  terminal.note(`Warning: The sign-in is stored unencrypted in ${place}${whose}${why}.`);
}
