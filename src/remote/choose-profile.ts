import { type AccountSource, accountsNamed, onlyAccount } from '../auth/accounts.ts';
import type { Profile } from '../auth/profile.ts';
import { microsoftHosts } from '../auth/sign-in-hosts.ts';
import { OtherCloudError } from '../errors.ts';
import { type CloudName, cloudNames, cloudOfResource, cloudOfUrl, clouds } from '../settings/clouds.ts';

export interface WantedProfile {
  /** The name that the user typed. */
  readonly account?: string | undefined;
  /** Where that is from. */
  readonly accountSource?: AccountSource | undefined;
  /** The same where neither an option nor an environment variable says it. */
  readonly defaultAccount?: string | undefined;
  /** Where its tokens are to go. */
  readonly powerAppsUrl?: string | undefined;
}

/**
 * The profile to use: the one that was named, of those whose tokens fit the service, the one that signed in last. Raises
 * {@link OtherCloudError} when somebody is signed in, and none of them will do.
 *
 * @param profiles Who signed in last comes first.
 */
export function chooseProfile(
  profiles: readonly Profile[],
  { account, accountSource, powerAppsUrl }: WantedProfile,
): Profile | undefined {
  const named = account === undefined ? profiles : accountsNamed(account, profiles, accountSource);
  const fitting = powerAppsUrl === undefined ? named : fittingProfiles(named, powerAppsUrl);
  const [first] = named;
  if (fitting.length === 0 && first && powerAppsUrl !== undefined) {
    // Its resource is that of the public cloud, and says nothing of where it signed in.
    requireOwnCloud(first, powerAppsUrl);
    throw wrongCloud(first.resource, powerAppsUrl);
  }
  return account === undefined ? fitting[0] : onlyAccount(account, fitting, profiles);
}

/** The cloud that a sign-in is for; undefined where it is none with a name. */
export function cloudOfProfile({ cloud, resource, authorityUrl }: Profile): CloudName | undefined {
  const named = cloudNames.find((name) => name === cloud);
  const likely = cloudOfResource(resource);
  return named ?? (likely && hostOf(clouds[likely].authorityUrl) === hostOf(authorityUrl) ? likely : undefined);
}

/** Those whose tokens the service may take, the likeliest first. */
function fittingProfiles(profiles: readonly Profile[], powerAppsUrl: string): readonly Profile[] {
  const cloud = cloudOfUrl(powerAppsUrl);
  const isLikely = (profile: Profile): boolean => cloudOfProfile(profile) === cloud;
  const fitting = profiles.filter(({ resource }) => isFor(resource, powerAppsUrl));
  return [...fitting.filter(isLikely), ...fitting.filter((profile) => !isLikely(profile))];
}

/** Whether tokens for a resource may do at a service: only of clouds that we know can we tell that they do not. */
function isFor(resource: string, powerAppsUrl: string): boolean {
  const wanted = cloudOfUrl(powerAppsUrl);
  const cloud = cloudOfResource(resource);
  return wanted === undefined || cloud === undefined || cloud === wanted;
}

/** Raises {@link OtherCloudError} for a token whose audience belongs to another cloud than the service does. */
export function requireAudience(audience: string | undefined, powerAppsUrl: string): void {
  if (audience !== undefined && !isFor(audience, powerAppsUrl)) throw wrongCloud(audience, powerAppsUrl);
}

/**
 * Raises {@link OtherCloudError} for a sign-in at an authority of somebody's own where the service is in a cloud of Microsoft's:
 * its tokens name the same audience, but are of no use there, and nobody's business.
 */
export function requireOwnCloud(profile: Profile, powerAppsUrl: string): void {
  const { host, hostname } = new URL(profile.authorityUrl);
  const wanted = cloudOfUrl(powerAppsUrl);
  if (wanted === undefined || cloudOfProfile(profile) !== undefined || microsoftHosts.has(hostname)) return;
  throw new OtherCloudError(
    `You signed in at ${host}, so paconn doesn't send your token to ${new URL(powerAppsUrl).host} in the cloud ${wanted}.`,
    { hint: `Pass --power-apps-url <url>, or sign in to that cloud with:\n  paconn login --cloud ${wanted}` },
  );
}

function wrongCloud(resource: string, powerAppsUrl: string): OtherCloudError {
  const wanted = cloudOfUrl(powerAppsUrl);
  return new OtherCloudError(
    `The sign-in is for the cloud ${cloudOfResource(resource)}, but ${new URL(powerAppsUrl).host} is in the cloud ${wanted}.`,
    { hint: `Sign in with:\n  paconn login --cloud ${wanted}` },
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
