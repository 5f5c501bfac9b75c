import { join } from 'node:path';
import * as z from 'zod';
import { FileError } from '../errors.ts';
import { readOwnJson, writePrivateFile } from '../io/fs/files.ts';
import { readBeginning } from '../io/fs/read-file.ts';

/** Something that the service has listed. */
export interface Listed {
  readonly name: string;
  readonly properties?: { readonly displayName?: string | null | undefined } | null | undefined;
}

/** An answer of the service: all environments, or all connectors of one. */
export type Listing =
  | { readonly environments: readonly Listed[] }
  | { readonly environment: string; readonly connectors: readonly Listed[] };

/** Completion must be fast, for any number of lists: the oldest lists go first. */
const limits = { environments: 2000, connectors: 5000, lists: 100, nameLength: 200, bytes: 4_000_000 };

const rememberedSchema = z.object({ id: z.string(), name: z.string() });

const listingsSchema = z.object({
  version: z.literal(1),
  environments: z.array(rememberedSchema),
  /** The list that came last is the first. */
  connectors: z.array(z.object({ environment: z.string(), connectors: z.array(rememberedSchema) })),
});

/** Names and IDs from the last listings. */
export type Listings = Readonly<z.infer<typeof listingsSchema>>;

export type Remembered = z.infer<typeof rememberedSchema>;

const none: Listings = { version: 1, environments: [], connectors: [] };

function fileIn(configDirectory: string): string {
  return join(configDirectory, 'listings.json');
}

/** Keeps what was listed for completion; no other list of the same kind. Where it cannot be kept, it is not. */
export async function rememberListing(configDirectory: string, listing: Listing): Promise<void> {
  try {
    const before = await readListings(configDirectory);
    const listings = 'environments' in listing ? withEnvironments(before, listing) : withConnectors(before, listing);
    await writePrivateFile(fileIn(configDirectory), JSON.stringify(listings));
  } catch (error) {
    // Nobody asked for it: the command has what it came for.
    if (!(error instanceof FileError)) throw error;
  }
}

/** The stored names; none if they are unknown. */
export async function readListings(configDirectory: string): Promise<Listings> {
  const file = fileIn(configDirectory);
  try {
    const { size } = await readBeginning(file, 0);
    return (size <= limits.bytes && (await readOwnJson(file, listingsSchema))) || none;
  } catch (error) {
    if (error instanceof FileError) return none;
    throw error;
  }
}

function withEnvironments(
  listings: Listings,
  { environments }: { readonly environments: readonly Listed[] },
): Listings {
  return { ...listings, environments: environments.slice(0, limits.environments).map(remembered) };
}

function withConnectors(
  listings: Listings,
  { environment, connectors }: { readonly environment: string; readonly connectors: readonly Listed[] },
): Listings {
  const newest = { environment, connectors: connectors.slice(0, limits.connectors).map(remembered) };
  const others = listings.connectors.filter((list) => list.environment !== environment);
  const lists = [newest, ...others].slice(0, limits.lists);
  let total = 0;
  const fitting = lists.filter((list) => (total += list.connectors.length) <= limits.connectors);
  return { ...listings, connectors: fitting };
}

function remembered({ name, properties }: Listed): Remembered {
  return { id: name.slice(0, limits.nameLength), name: (properties?.displayName || name).slice(0, limits.nameLength) };
}
