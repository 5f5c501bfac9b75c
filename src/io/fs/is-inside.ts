import nodePath, { type PlatformPath } from 'node:path';

/** Whether an absolute path is that of a folder, or of something below it. Links count as what they are called. */
export function isInside(folder: string, path: string, system: PlatformPath = nodePath): boolean {
  const way = system.relative(folder, path);
  return way !== '..' && !way.startsWith(`..${system.sep}`) && !system.isAbsolute(way);
}
