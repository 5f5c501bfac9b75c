import { UsageError } from '../errors.ts';
import { isLoopback, matchesHost } from '../io/net/hosts.ts';

/** Hosts of Power Platform in the public and the sovereign clouds, and all below them. */
const powerPlatformHosts = [
  'powerapps.com',
  'flow.microsoft.com',
  'powerautomate.com',
  'powerplatform.com',
  'api.bap.microsoft.com',
  'powerapps.us',
  'flow.microsoft.us',
  'powerplatform.us',
  'appsplatform.us',
  'powerapps.cn',
  'powerautomate.cn',
  'powerplatform.cn',
];

/**
 * Raises {@link UsageError} unless an access token may go to this URL: over https to Power Platform or to a host the user
 * trusts, or to this machine. A settings file can come with somebody else's repository; it must not choose who gets the
 * token.
 */
export function requireTrusted(url: URL, trustedHosts: readonly string[]): void {
  if (isLoopback(url)) return;
  if (url.protocol !== 'https:') {
    throw new UsageError(`${url.origin} is not asked: an access token goes over https only.`);
  }
  const trusted = [...powerPlatformHosts.map((host) => `*.${host}`), ...powerPlatformHosts, ...trustedHosts];
  if (trusted.some((pattern) => matchesHost(url, pattern.toLowerCase()))) return;
  throw new UsageError(`${url.host} is not a Power Platform host, so your access token is not sent to it.`, {
    hint: `If you trust it, set PACONN_TRUSTED_HOSTS=${url.host}.`,
  });
}
