import { commandWord } from '../../io/terminal/command-word.ts';
import { requireTrusted } from '../../api/trusted-hosts.ts';
import { isSameAccount, type Profile } from '../../auth/profile.ts';
import { isTrustedSignInHost } from '../../auth/sign-in-hosts.ts';
import type { SignInRequest } from '../../auth/sign-in-request.ts';
import type { SignInStore } from '../../auth/sign-in-store.ts';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import { type CloudName, cloudOfUrl } from '../../settings/clouds.ts';
import type { GivenSettings, Settings } from '../../settings/settings.ts';
import { completeSettings } from '../../settings/settings-file.ts';
import { chooseProfile, cloudOfProfile } from '../../remote/choose-profile.ts';
import { cloudAskedFor, namedCloud, surroundingsOf } from '../../remote/resolve-settings.ts';
import { readVariables } from '../../settings/variables.ts';
import { readableProfiles } from '../../remote/sign-in.ts';
import { requestOf, type MethodFlags } from './choose-method.ts';

/** A sign-in that is asked for. */
export interface SignInPlan {
  readonly settings: Settings;
  readonly request: SignInRequest;
  /** The cloud, where one was named, or is that of the last sign-in. */
  readonly cloud: CloudName | undefined;
  /** The account that is to sign in again, where one was named. */
  readonly before: Profile | undefined;
  /** Where the service is, when it is in no cloud with a name. */
  readonly urls: Pick<Profile, 'powerAppsUrl' | 'flowUrl'>;
  /** Whether the user said where it is. */
  readonly namesService: boolean;
  /**
   * Whether a sign-in that is there is what is asked for. What is not asked for can be anything, as in the Python tool.
   */
  readonly isMetBy: (profile: Profile) => boolean;
}

export interface AskedSignIn {
  readonly asked: Partial<GivenSettings>;
  readonly flags: MethodFlags;
  /** What gives the settings, as the beginning of a sentence. */
  readonly source: string | undefined;
}

const accountSettings = ['clientId', 'tenant', 'authorityUrl', 'resource'] as const;

/**
 * What to sign in to, as what, and how: as flags or settings file say, and where an account is named, as that one did.
 * Raises `NotSignedInError` for an unknown name, `UsageError` and `FileError`.
 */
export async function planSignIn(
  { asked, flags, source }: AskedSignIn,
  store: SignInStore,
  context: Context,
): Promise<SignInPlan> {
  const { account } = asked;
  const profiles = await readableProfiles(store);
  if (source !== undefined) requireTrustedUrls(asked, source, context);
  const before = account === undefined ? undefined : chooseProfile(profiles, { account, accountSource: 'login' });
  if (before) requireOwnCloud(asked, before);
  // Where an account signs in again doesn't depend on variables.
  const named = before ? cloudOfProfile(before) : namedCloud(asked, context);
  const last = named === undefined && !before && !namesPlace(asked) ? profiles[0] : undefined;
  const chosen = await requestOf(flags, { ...(before && settingsOf(before)), ...defined(asked) }, context);
  const place = last && { authorityUrl: last.authorityUrl, resource: last.resource };
  const given = { ...(before && settingsOf(before)), ...place, ...chosen.settings, ...defined(asked) };
  const cloud = named ?? (last && cloudOfProfile(last));
  const ofLast = named === undefined && !before ? await surroundingsOf(asked, context) : {};
  const ofBefore = before && { powerAppsUrl: before.powerAppsUrl, flowUrl: before.flowUrl };
  const surroundings = (asked.powerAppsUrl === undefined && ofBefore) || ofLast;
  const settings = completeSettings(given, { cloud: 'public', ...surroundings, ...(cloud && { cloud }), source });
  return {
    settings,
    urls: urlsOf(settings, asked),
    namesService: asked.powerAppsUrl !== undefined,
    request: before && chosen.request.method === 'device-code' ? await sameRequest(before, store) : chosen.request,
    cloud,
    before,
    isMetBy: (profile) =>
      // Who signs in as a person does not want to be an application, whatever that one may do.
      ['device-code', 'browser'].includes(profile.request.method) &&
      (before === undefined || isSameAccount(profile, before)) &&
      (named === undefined || cloudOfProfile(profile) === named) &&
      accountSettings.every((name) => asked[name] === undefined || asked[name] === profile[name]),
  };
}

/**
 * A settings file can be from someone else's repository; it must not choose where people enter their password, nor where
 * the token goes from then on. What is no URL with a host is said to be none where the settings are completed. Raises `UsageError`.
 */
function requireTrustedUrls(
  { authorityUrl, urlsOfFile = [] }: Partial<GivenSettings>,
  source: string,
  { variables }: Pick<Context, 'variables'>,
): void {
  const { trustedHosts } = readVariables(variables);
  for (const url of urlsOfFile) if (URL.canParse(url)) requireTrusted(new URL(url), trustedHosts, false);
  const url = authorityUrl !== undefined && URL.canParse(authorityUrl) ? new URL(authorityUrl) : undefined;
  if (!url || url.host === '' || isTrustedSignInHost(url, trustedHosts)) return;
  throw new UsageError(`${source} names ${url.host} as the sign-in host, which isn't one of Microsoft's.`, {
    hint: `If you trust it, set PACONN_TRUSTED_HOSTS=${commandWord(url.host)}.`,
  });
}

/** An account signs in again to its own cloud. Raises {@link UsageError} where another one is named. */
function requireOwnCloud(asked: Partial<GivenSettings>, before: Profile): void {
  const [named, own] = [cloudAskedFor(asked), cloudOfProfile(before)];
  if (named === undefined || named === own) return;
  const cloud = own === undefined ? 'a custom cloud' : `the cloud ${own}`;
  throw new UsageError(`${before.username} signed in to ${cloud}, not to the cloud ${named}.`, {
    hint: 'To sign in to that cloud, run it without --account:\n  paconn login',
  });
}

/** An authority alone doesn't say where its service is: least of all where that of the last sign-in is. */
function urlsOf({ powerAppsUrl, flowUrl }: Settings, asked: Partial<GivenSettings>): SignInPlan['urls'] {
  const isOfLast = asked.powerAppsUrl === undefined && asked.authorityUrl !== undefined && asked.account === undefined;
  return isOfLast || cloudOfUrl(powerAppsUrl) !== undefined ? {} : { powerAppsUrl, flowUrl };
}

function settingsOf({ clientId, tenant, authorityUrl, resource }: Profile): Partial<GivenSettings> {
  return { clientId, tenant, authorityUrl, resource };
}

/** Whether it is said where to sign in. Otherwise a new sign-in is to where the last one was. */
function namesPlace({ powerAppsUrl, authorityUrl }: Partial<GivenSettings>): boolean {
  return powerAppsUrl !== undefined || authorityUrl !== undefined;
}

function defined(given: Partial<GivenSettings>): Partial<GivenSettings> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** To sign in once more by the method of an account. */
async function sameRequest(profile: Profile, store: SignInStore): Promise<SignInRequest> {
  const { request } = profile;
  if (request.method !== 'client-secret') return request;
  const secret = (await store.read(profile))?.tokenCache.clientSecret;
  if (secret !== undefined) return { ...request, secret };
  throw new UsageError(`The client secret of ${profile.username} isn't stored.`, {
    hint: 'Sign in with --service-principal.',
  });
}
