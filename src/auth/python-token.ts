import { join } from 'node:path';
import * as z from 'zod';
import { exists, readOwnJson, removeFile } from '../io/fs/files.ts';
import { type AccessToken, bareToken, claimsOf } from './access-token.ts';

/** The token file of the Python tool, which scripts write, too. Some write the time as text, in another form, or not at all. */
const pythonTokenSchema = z.object({
  access_token: z.string().transform(bareToken).pipe(z.string().min(1)),
  expires_on: z.coerce.number().nullish().catch(undefined),
  oid: z.string().nullish(),
});

function location(configDirectory: string): string {
  return join(configDirectory, 'accessTokens.json');
}

/** The token that the Python tool or a script left, if any. Raises `FileError` for a file with something else in it. */
export async function readPythonToken(configDirectory: string): Promise<AccessToken | undefined> {
  const file = await readOwnJson(location(configDirectory), pythonTokenSchema);
  if (!file) return undefined;
  const { access_token: value, expires_on: expiresOn, oid } = file;
  const claims = claimsOf(value);
  return { value, expiresOn: (expiresOn || claims.exp) ?? Infinity, objectId: oid ?? claims.oid ?? '' };
}

/** Removes that file; says whether there was one. Raises `FileError`. */
export async function removePythonToken(configDirectory: string): Promise<boolean> {
  const path = location(configDirectory);
  const wasThere = await exists(path);
  await removeFile(path);
  return wasThere;
}
