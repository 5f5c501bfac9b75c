import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { KeychainError, NotSignedInError, PaconnError } from '../errors.ts';
import { exists, makePrivateDirectory, readBytes, readOwnJson, removeFile, writePrivateFile } from '../io/files.ts';
import { withLock } from '../io/lock.ts';
import { accessTokenSchema } from './access-token.ts';
import type { Keychain } from './keychain.ts';
import { type Profile, profileSchema } from './profile.ts';
import { isKey, newKey, seal, unseal } from './sealed-file.ts';

const tokenCacheSchema = z.object({
  /** The cache of MSAL, in its own form: JSON. */
  msal: z.string().refine(isJson),
  /** The newest access token: a command that finds it good need not load MSAL. */
  accessToken: accessTokenSchema,
});

export type TokenCache = z.infer<typeof tokenCacheSchema>;

/** Who is signed in, with the tokens. */
export interface SignIn {
  readonly profile: Profile;
  readonly tokenCache: TokenCache;
}

/** How a sign-in came to be kept. */
export interface Keeping {
  readonly store: Profile['store'];
  readonly path: string;
  /** Why it is not sealed, though it should be: the end of a sentence about the keychain. */
  readonly keychainProblem: string | undefined;
}

export interface SignInStoreOptions {
  readonly directory: string;
  readonly openKeychain: () => Keychain;
  /** How to keep a new sign-in: `auto` seals it if there is a keychain. */
  readonly tokenStore: 'auto' | Profile['store'];
  readonly signal: AbortSignal;
}

/**
 * Keeps the sign-in of a user in the config directory: `profile.json` says who, `token-cache.sealed` holds the tokens,
 * sealed with a key from the keychain (keychains do not take texts of that size), or `token-cache.json` as they are.
 */
export class SignInStore {
  readonly #options: SignInStoreOptions;
  readonly #profilePath: string;
  readonly #paths: Readonly<Record<Profile['store'], string>>;
  readonly #keychain: Keychain;
  #key: string | undefined;

  constructor(options: SignInStoreOptions) {
    const inDirectory = (name: string): string => join(options.directory, name);
    this.#options = options;
    this.#profilePath = inDirectory('profile.json');
    this.#paths = { keychain: inDirectory('token-cache.sealed'), file: inDirectory('token-cache.json') };
    this.#keychain = options.openKeychain();
  }

  /**
   * The sign-in, or undefined when there is none. Raises {@link NotSignedInError} when there is one whose tokens cannot be
   * had, `DamagedFileError` for one that is damaged and `FileError` for a disk error.
   */
  async read(): Promise<SignIn | undefined> {
    const profile = await readOwnJson(this.#profilePath, profileSchema);
    if (!profile || !(await exists(this.#paths[profile.store]))) return undefined;
    const tokenCache =
      profile.store === 'file' ? await readOwnJson(this.#paths.file, tokenCacheSchema) : await this.#readSealed();
    return tokenCache && { profile, tokenCache };
  }

  async #readSealed(): Promise<TokenCache> {
    const sealed = Buffer.from(await readBytes(this.#paths.keychain)).toString('utf8');
    const text = unseal(sealed, await this.#existingKey());
    const tokenCache = tokenCacheSchema.safeParse(text && JSON.parse(text));
    if (tokenCache.success) return tokenCache.data;
    throw new NotSignedInError('The sign-in kept on this machine was sealed with another key, or is damaged.', {
      hint: 'Sign in again with: paconn login --force',
    });
  }

  async #existingKey(): Promise<string> {
    if (this.#key !== undefined) return this.#key;
    const unlock = 'Unlock the keychain and try again, or sign in again with: paconn login --force';
    try {
      this.#key = await this.#keychain.get();
    } catch (error) {
      if (!(error instanceof KeychainError)) throw error;
      throw new NotSignedInError(`Your sign-in is sealed with a key in the keychain, which ${error.message}.`, {
        hint: unlock,
        cause: error,
      });
    }
    if (this.#key !== undefined) return this.#key;
    throw new NotSignedInError(
      'Your sign-in is sealed with a key that the keychain does not give: it is locked or lost.',
      {
        hint: unlock,
      },
    );
  }

  /** Keeps a new sign-in in place of the one before. Raises `FileError`, or `PaconnError` when it must be sealed and cannot. */
  async keep(profile: Omit<Profile, 'store'>, tokenCache: TokenCache): Promise<Keeping> {
    const { tokenStore } = this.#options;
    const problem = tokenStore === 'file' ? undefined : await this.#prepareKey();
    if (problem !== undefined && tokenStore === 'keychain') {
      throw new PaconnError(`PACONN_TOKEN_STORE=keychain asks for the keychain, which ${problem}.`, {
        hint: 'With PACONN_TOKEN_STORE=auto the sign-in is kept in a file that only you can read.',
      });
    }
    const store = tokenStore === 'file' || problem !== undefined ? 'file' : 'keychain';
    const kept = { ...profile, store } as const;
    await this.update({ profile: kept, tokenCache });
    await writePrivateFile(this.#profilePath, JSON.stringify(kept, null, 2));
    if (store === 'keychain') await removeFile(this.#paths.file);
    return { store, path: this.#paths[store], keychainProblem: problem };
  }

  /** Keeps renewed tokens where the sign-in is. Raises `FileError`. */
  async update({ profile, tokenCache }: SignIn): Promise<void> {
    const text = JSON.stringify(tokenCache);
    const content = profile.store === 'keychain' ? seal(text, await this.#existingKey()) : text;
    await writePrivateFile(this.#paths[profile.store], content);
  }

  /** Gets the key ready, making one if there is none; says what prevents it. */
  async #prepareKey(): Promise<string | undefined> {
    try {
      const found = await this.#keychain.get();
      // What nothing can have been sealed with is no key.
      const existing = found !== undefined && isKey(found) ? found : undefined;
      if (existing === undefined && (await exists(this.#paths.keychain))) {
        // A locked keychain, too, says that it has no key. A new one would make what is sealed unreadable for ever.
        return 'is locked or has lost the key of the sign-in before (paconn logout forgets that one)';
      }
      const key = existing ?? newKey();
      if (existing === undefined) await this.#keychain.set(key);
      if (existing === undefined && (await this.#keychain.get()) !== key) return 'does not keep what is put into it';
      this.#key = key;
      return undefined;
    } catch (error) {
      if (error instanceof KeychainError) return error.message;
      throw error;
    }
  }

  /** Forgets the sign-in; says whether there was one, and what the keychain had against removing the key. */
  async remove(): Promise<{ readonly wasThere: boolean; readonly keychainProblem: string | undefined }> {
    const wasThere = (await this.#files()).length > 0;
    // Under the lock, so that no run that is renewing the sign-in just now puts it back.
    const keychainProblem = wasThere ? await this.exclusively(async () => await this.#forget()) : undefined;
    return { wasThere, keychainProblem };
  }

  async #forget(): Promise<string | undefined> {
    const sealed = await exists(this.#paths.keychain);
    for (const path of await this.#files()) await removeFile(path);
    return sealed ? await this.#removeKey() : undefined;
  }

  /** All that is there of a sign-in, the profile last; also what a run left that was ended while it wrote. */
  async #files(): Promise<string[]> {
    const { directory } = this.#options;
    const names = (await exists(directory)) ? await readdir(directory) : [];
    const leftovers = names.filter((name) => /^\.(token-cache|profile)\.(json|sealed)\.[\da-f]+\.new$/u.test(name));
    const paths = [...leftovers.map((name) => join(directory, name)), ...Object.values(this.#paths), this.#profilePath];
    const there = await Promise.all(paths.map(exists));
    return paths.filter((_path, index) => there[index]);
  }

  async #removeKey(): Promise<string | undefined> {
    try {
      await this.#keychain.delete();
      return undefined;
    } catch (error) {
      if (error instanceof KeychainError) return error.message;
      throw error;
    }
  }

  /** Makes sure that a sign-in can be kept, before somebody goes to the trouble of making one. Raises `FileError`. */
  async requireWritable(): Promise<void> {
    await this.exclusively(async () => undefined);
  }

  /** Does something while no other run changes the sign-in. */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    await makePrivateDirectory(this.#options.directory);
    return await withLock(join(this.#options.directory, 'lock'), this.#options.signal, work);
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
