import { spawnSync } from 'node:child_process';
import { platform } from 'node:os';
import { sep } from 'node:path';

/** Whether the system lets files be kept from others by their modes, and links be made by everybody. */
export const hasModes = platform() !== 'win32';

/** Whether a program that a test needs is here. */
export function hasProgram(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** What is shown here, with the slashes between folders that other systems have. */
export function slashed(text: string): string {
  return text.replaceAll(sep, '/');
}
