import { commandWord } from '../io/terminal/command-word.ts';
import { UsageError } from '../errors.ts';
import { isLoopback, matchesHost } from '../io/net/hosts.ts';

/** Hosts of Power Platform, and all below them, by the cloud they belong to. GCC and GCC High share theirs. */
const powerPlatformHosts = {
  public: ['powerapps.com', 'flow.microsoft.com', 'powerautomate.com', 'powerplatform.com', 'api.bap.microsoft.com'],
  gcc: ['powerapps.us', 'flow.microsoft.us', 'powerplatform.us'],
  dod: ['appsplatform.us'],
  china: ['powerapps.cn', 'powerautomate.cn', 'powerplatform.cn'],
} as const;

/**
 * The hosts of Dataverse by the cloud, as https://learn.microsoft.com/power-apps/developer/data-platform/discovery-service lists
 * them. Each region has a number of its own; GCC is one of these regions.
 */
const dataverseHosts: Readonly<Record<string, RegExp>> = {
  public: /\.crm\d*\.dynamics\.com$/u,
  gcc: /\.crm\d*\.dynamics\.com$/u,
  gcch: /\.crm\.microsoftdynamics\.us$/u,
  dod: /\.crm\.appsplatform\.us$/u,
  china: /\.crm\.dynamics\.cn$/u,
};

/**
 * Raises {@link UsageError} unless an access token for Dataverse may go to this URL, which the service has said: over https to
 * Dataverse in the cloud of that service, to the host of a service that is somebody's own, or to a host the user trusts.
 */
export function requireDataverse(url: URL, powerAppsUrl: URL, trustedHosts: readonly string[]): void {
  const cloud = cloudOf(powerAppsUrl);
  const isOwn =
    cloud === undefined ? url.hostname === powerAppsUrl.hostname : dataverseHosts[cloud]?.test(url.hostname);
  if (url.protocol === 'https:' && (isOwn || isAmong(trustedHosts, url))) return;
  const where = cloud === undefined ? powerAppsUrl.host : `the cloud ${cloud}`;
  throw new UsageError(`${url.origin} isn't Dataverse of ${where}, so paconn didn't send an access token to it.`);
}

/**
 * Raises {@link UsageError} unless an access token may go to this URL: over https to Power Platform, to a host the user
 * trusts, or to this machine. A settings file can be from someone else's repository; it must not choose who gets the
 * token. Over http, where anybody may listen on a port, it goes to this machine alone.
 *
 * @param isNamed Whether the user has named the URL, and not a file or a service.
 */
export function requireTrusted(url: URL, trustedHosts: readonly string[], isNamed: boolean): void {
  const hint = `To trust the host, set PACONN_TRUSTED_HOSTS=${commandWord(url.host)}.`;
  const isTrusted = isAmong(trustedHosts, url);
  if (url.protocol !== 'https:') {
    const isNear = url.protocol === 'http:' && isLoopback(url);
    if (isNear && (isNamed || isTrusted)) return;
    const options = isNear ? { hint } : {};
    throw new UsageError(`${url.origin} uses http. paconn sends access tokens only over https.`, options);
  }
  if (isLoopback(url) || cloudOf(url) !== undefined || isTrusted) return;
  throw new UsageError(`${url.host} isn't a Power Platform host, so paconn didn't send your access token.`, { hint });
}

/** Whether a token for one of two hosts may go to the other as well: never from a cloud to a host of another cloud. */
export function isSameCloud(url: URL, other: URL): boolean {
  const cloud = cloudOf(url);
  return cloud === undefined || cloud === cloudOf(other);
}

/** The cloud of Microsoft's that a host belongs to; undefined for someone else's host. */
function cloudOf(url: URL): string | undefined {
  const found = Object.entries(powerPlatformHosts).find(([, hosts]) =>
    isAmong(
      hosts.flatMap((host) => [host, `*.${host}`]),
      url,
    ),
  );
  const isHigh = found?.[0] === 'gcc' && url.hostname.split('.').includes('high');
  return isHigh ? 'gcch' : found?.[0];
}

function isAmong(patterns: readonly string[], url: URL): boolean {
  return patterns.some((pattern) => matchesHost(url, pattern.toLowerCase()));
}
