import { win32 } from 'node:path';

/** What Windows takes for a device, with any ending. https://learn.microsoft.com/windows/win32/fileio/naming-a-file */
const device = /^(con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[\d¹²³]) *(?:[.:]|$)/iu;

/** Whether Windows takes the name of a file for a device, such as `NUL`, `COM1 .txt`, or `aux.net`. */
export function isDeviceName(name: string): boolean {
  return device.test(name);
}

/**
 * The device that a path such as `NUL`, `.\con`, or `C:\work\nul:` means on Windows, by the name that leads to it: by any other,
 * Node makes a file that Explorer can't remove. Undefined for a file, also one that only has the name of a device before its ending.
 */
export function devicePath(path: string): string | undefined {
  const name = win32.basename(path).replace(/:$/u, '').trimEnd();
  return device.exec(name)?.[1] === name ? `\\\\.\\${name}` : undefined;
}

/**
 * Whether every system can have a file of this name, so that what is written on one can be checked out on another. Windows
 * has devices, leaves out dots and blanks at the end, and takes what follows a colon for a part of a file.
 */
export function isPortableName(name: string): boolean {
  return !isDeviceName(name) && !/[<>:"|?*\p{Cc}]|[ .]$/u.test(name);
}

/**
 * Whether a file or folder has a name such as `.git`, `.npmrc`, or `node_modules`. Some systems know it by others: `GIT~1`, and
 * whatever has characters that aren't seen.
 */
export function isReservedName(written: string): boolean {
  const name = written.replaceAll(/\p{Cf}/gu, '').toLowerCase();
  return (name.startsWith('.') && !/^\.{1,2}$/u.test(name)) || /^(?:node_modules|[^.]{1,6}~\d+)[. ]*$/u.test(name);
}
