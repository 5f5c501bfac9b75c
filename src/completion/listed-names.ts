import { type Listings, readListings, type Remembered } from '../environment/listing-cache.ts';

/** Something that a word of a command line can become. */
export interface Candidate {
  readonly text: string;
  readonly meaning: string;
}

/** What of the last listings is asked for: environments, or the connectors of one or of all. */
export type ListingQuery =
  { readonly kind: 'environments' } | { readonly kind: 'connectors'; readonly environment: string | undefined };

/** The names and IDs of the last listings that begin like a word; nothing is asked of the service. */
export async function listedNames(
  wanted: ListingQuery,
  written: string,
  configDirectory: string,
): Promise<readonly Candidate[]> {
  const fits = (text: string): boolean => text.toLowerCase().startsWith(written.toLowerCase());
  const listings = await readListings(configDirectory);
  const listed = wanted.kind === 'environments' ? listings.environments : connectorsIn(wanted.environment, listings);
  const uses = new Map<string, number>();
  for (const item of listed) uses.set(item.name, (uses.get(item.name) ?? 0) + 1);
  return listed.flatMap(({ id, name }) => {
    // A name that another one has, too, means neither.
    const isClear = uses.get(name) === 1 && isWritable(name);
    if (isClear && fits(name)) return { text: name, meaning: id };
    return fits(id) && isWritable(id) && (!isClear || written !== '') ? { text: id, meaning: name } : [];
  });
}

/**
 * Whether a text reaches the shell as it is. Terminals are not given the others as they are: what is taken out would be a
 * part of their quoting, and the shell would run what is left. Fish takes a tilde in front for somebody's home folder.
 */
function isWritable(text: string): boolean {
  return !/^~|[\p{Cc}\p{Bidi_Control}]/u.test(text);
}

/** The connectors of one environment, or those of all of them. */
function connectorsIn(environment: string | undefined, { environments, connectors }: Listings): readonly Remembered[] {
  const id = environments.find((known) => isCalled(known, environment))?.id ?? environment;
  return connectors.filter((list) => id === undefined || list.environment === id).flatMap((list) => list.connectors);
}

/** As commands take it: by a name in whatever case, or as the default one, whose ID says that it is. */
function isCalled({ id, name }: Remembered, environment: string | undefined): boolean {
  if (environment === '~default' || environment === 'default') return id.startsWith('Default-');
  return name.toLowerCase() === environment?.toLowerCase();
}
