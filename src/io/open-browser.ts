import { platform } from 'node:os';

/**
 * Opens a page in the browser of the user; says whether one could be started. None is where nobody would see it: on the
 * other side of SSH, and on Linux without a display.
 */
export async function openBrowser(url: URL, variables: Readonly<Record<string, string | undefined>>): Promise<boolean> {
  if (!hasBrowser(variables)) return false;
  const { default: open } = await import('open');
  try {
    const launcher = await open(url.href);
    launcher.on('error', () => undefined);
    return true;
  } catch {
    // The caller handles a missing browser.
    return false;
  }
}

/** Whether a browser that is opened would be seen. */
export function hasBrowser(variables: Readonly<Record<string, string | undefined>>): boolean {
  if (variables['SSH_CONNECTION'] || variables['SSH_TTY']) return false;
  if (platform() !== 'linux') return true;
  // In WSL the browser of Windows needs none.
  return Boolean(variables['DISPLAY'] || variables['WAYLAND_DISPLAY'] || variables['WSL_DISTRO_NAME']);
}
