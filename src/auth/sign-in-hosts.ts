import { isLoopback, matchesHost } from '../io/net/hosts.ts';

/** MSAL knows the endpoints of these; any other authority it has to be told to trust. */
export const microsoftHosts: ReadonlySet<string> = new Set([
  'login.microsoftonline.com',
  'login.microsoft.com',
  'login.windows.net',
  'login.microsoftonline.us',
  'login.chinacloudapi.cn',
  'login.partner.microsoftonline.cn',
]);

/** Whether people may sign in there without having named the host themselves: Microsoft's hosts, this computer, and those they trust. */
export function isTrustedSignInHost(url: URL, trustedHosts: readonly string[]): boolean {
  if (microsoftHosts.has(url.hostname) || isLoopback(url)) return true;
  return trustedHosts.some((pattern) => matchesHost(url, pattern.toLowerCase()));
}
