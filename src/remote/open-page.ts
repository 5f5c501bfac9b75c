import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { openBrowser } from '../io/open-browser.ts';
import { type PortalPage, portalUrl } from '../settings/maker-portal.ts';
import type { Settings } from '../settings/settings.ts';

/** Raises {@link UsageError} where the pages of a cloud aren't known, before anything is done for nothing. */
export function requirePortal({ powerAppsUrl }: Pick<Settings, 'powerAppsUrl'>): void {
  if (portalUrl(powerAppsUrl, {}) !== undefined) return;
  throw new UsageError(`--web can't be used: paconn doesn't know the maker portal for ${powerAppsUrl}.`);
}

/** Opens a page of the maker portal; without a browser its URL is shown. */
export async function openPage(
  { powerAppsUrl }: Pick<Settings, 'powerAppsUrl'>,
  page: PortalPage,
  { terminal, variables }: Pick<Context, 'terminal' | 'variables'>,
): Promise<void> {
  const url = portalUrl(powerAppsUrl, page);
  if (url === undefined) return;
  const isOpen = await openBrowser(new URL(url), variables);
  terminal.report(isOpen ? `Opening ${url}` : `Open this page in a browser:\n  ${url}`);
}
