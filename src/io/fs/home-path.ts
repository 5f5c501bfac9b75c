import { sep } from 'node:path';

/** A path as people write it: with `~` where it's in their home folder. */
export function homePath(path: string, { HOME, USERPROFILE }: Readonly<Record<string, string | undefined>>): string {
  const home = HOME || USERPROFILE;
  return home !== undefined && home !== '' && path.startsWith(`${home}${sep}`) ? `~${path.slice(home.length)}` : path;
}
