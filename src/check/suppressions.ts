import { resolve } from 'node:path';
import * as z from 'zod';
import { isFile } from '../io/fs/files.ts';
import { readBytes } from '../io/fs/read-file.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { nearestName } from '../nearest-name.ts';
import type { Finding } from '../validation/engine/finding.ts';
import { JsonFile } from '../validation/engine/json-file.ts';
import { mismatch } from '../json/mismatch.ts';
import { member } from '../json/value.ts';
import { matchesWildcard } from '../wildcard.ts';

/** The findings that somebody does not want to see: for each rule the files or places. */
export type Suppressions = ReadonlyMap<string, readonly Matcher[]>;

type Matcher = (place: string) => boolean;

const suppressionsSchema = z.looseObject({
  ignore: z.record(z.string(), z.array(z.string())).default({}),
});

const noSuppressions: Suppressions = new Map();

/** What a settings file says under `paconn`. What it says wrongly is noted, and suppresses nothing. */
export function readSuppressions(
  settings: { readonly name: string; readonly bytes: Uint8Array | undefined } | undefined,
  knownRules: readonly string[],
  terminal: Pick<Terminal, 'note'>,
): Suppressions {
  const given = settings?.bytes && member(new JsonFile(settings.name, settings.bytes).root?.value, 'paconn');
  if (!settings || given === undefined) return noSuppressions;
  const { success, data, error } = suppressionsSchema.safeParse(given);
  if (!success) {
    const why = mismatch(error, given, (path) => `'${['paconn', ...path].map(String).join('.')}'`);
    terminal.note(`Warning: ${settings.name}: ${why}. No rules are ignored.`);
    return noSuppressions;
  }
  for (const rule of unknownNames(Object.keys(data.ignore), knownRules)) {
    terminal.note(`Warning: ${settings.name}: unknown rule '${rule.name}' to ignore${rule.guess}`);
  }
  return new Map(Object.entries(data.ignore).map(([rule, patterns]) => [rule, patterns.map(matcherOf)]));
}

/** Those that aren't known, with the end of a sentence about them. */
function unknownNames(
  names: readonly string[],
  known: readonly string[],
): readonly { readonly name: string; readonly guess: string }[] {
  const all = new Set(known);
  return names
    .filter((name) => !all.has(name))
    .map((name) => {
      const nearest = nearestName(name, known);
      return { name, guess: nearest === undefined ? '.' : `; did you mean '${nearest}'?` };
    });
}

/** The same from the settings file at a path, if there is one. */
export async function readSuppressionsAt(
  path: string,
  workingDirectory: string,
  knownRules: readonly string[],
  terminal: Pick<Terminal, 'note'>,
): Promise<Suppressions> {
  const absolute = resolve(workingDirectory, path);
  if (!(await isFile(absolute))) return noSuppressions;
  return readSuppressions({ name: path, bytes: await readBytes(absolute, path) }, knownRules, terminal);
}

export function isSuppressed({ rule, file, pointer }: Finding, suppressions: Suppressions): boolean {
  // Whichever system the patterns were written on, and this one is.
  const path = file.replaceAll('\\', '/');
  const baseName = path.replace(/^.*\//u, '');
  return (suppressions.get(rule) ?? []).some((matches) => matches(path) || matches(baseName) || matches(pointer));
}

/**
 * `*` stands for any characters but a slash. What begins with a slash is a JSON pointer, and means what is below it, too;
 * else it is the name of a file. A lone `*` is everything.
 */
function matcherOf(pattern: string): Matcher {
  if (pattern === '*') return () => true;
  const isPointer = pattern.startsWith('/');
  const wanted = (isPointer ? pattern : pattern.replaceAll('\\', '/')).split('/');
  return (place) => {
    const found = place.split('/');
    const fits = isPointer ? found.length >= wanted.length : found.length === wanted.length;
    return fits && wanted.every((part, index) => matchesWildcard(part, found[index] ?? ''));
  };
}
