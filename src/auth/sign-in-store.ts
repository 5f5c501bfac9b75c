import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { DamagedFileError, KeychainError, NotSignedInError, PaconnError } from '../errors.ts';
import { closeToOthers } from '../io/fs/access.ts';
import { exists, makePrivateDirectory, readOwnJson, removeFile, writePrivateFile } from '../io/fs/files.ts';
import { withLock } from '../io/fs/lock.ts';
import type { Keychain } from './keychain.ts';
import {
  type StoredSignIn,
  type Protection,
  protectionOf,
  readSingleSignIn,
  type SignIns,
  signInsName,
  signInsSchema,
  singleSignInNames,
  type TokenCache,
  tokenCacheSchema,
} from './stored-sign-in.ts';
import { isSameAccount, type Profile } from './profile.ts';
import { renewalFailureName } from './renewal-failure.ts';
import { signInAgain } from './not-signed-in.ts';
import { isKey, newKey, seal, unseal } from './sealed-file.ts';

/** The signed-in accounts with their tokens. */
export interface SignIn {
  readonly profile: Profile;
  readonly tokenCache: TokenCache;
}

/** How and where a sign-in is stored. */
export interface SignInStorage {
  readonly protection: Protection;
  readonly path: string;
  /** Why it is not sealed, though it should be: the end of a sentence about the keychain. */
  readonly keychainProblem: string | undefined;
}

export interface SignInStoreOptions {
  readonly directory: string;
  readonly openKeychain: () => Keychain;
  /** How to keep a new sign-in: `auto` seals it if there is a keychain. */
  readonly tokenStore: 'auto' | Protection;
  readonly signal: AbortSignal;
  /** Is told once when another run is waited for so long that the user might wonder. */
  readonly onLongWait?: () => void;
}

/**
 * Keeps the sign-ins of a user in one file in the config directory, the one made last first. It says who is signed in, and
 * holds the tokens: sealed with a key from the keychain (keychains do not take texts of that size), or as they are.
 */
export class SignInStore {
  readonly #options: SignInStoreOptions;
  readonly path: string;
  #opened: Keychain | undefined;
  #key: string | undefined;

  constructor(options: SignInStoreOptions) {
    this.#options = options;
    this.path = join(options.directory, signInsName);
  }

  /** What is kept. Raises `DamagedFileError` when that is unknown, and `FileError` for a disk error. */
  async list(): Promise<readonly StoredSignIn[]> {
    return (await this.#read()).signIns;
  }

  async #read(): Promise<SignIns> {
    const file = await readOwnJson(this.path, signInsSchema);
    if (file) return { ...file, hasKey: file.hasKey || isAnySealed(file.signIns) };
    const single = await readSingleSignIn(this.#options.directory);
    const signIns = single ? [single] : [];
    return { signIns, hasKey: isAnySealed(signIns) };
  }

  /** Who is signed in. Raises as {@link list} does. */
  async profiles(): Promise<readonly Profile[]> {
    return (await this.list()).map(({ profile }) => profile);
  }

  /**
   * The newest tokens of a profile, or undefined when it is gone. Raises {@link NotSignedInError} when they are there and
   * cannot be had, and as {@link list} does.
   */
  async read(profile: Profile): Promise<SignIn | undefined> {
    const kept = (await this.list()).find((signIn) => isSameAccount(signIn.profile, profile));
    if (!kept) return undefined;
    const tokenCache = 'sealed' in kept ? await this.#unsealed(kept.sealed) : kept.tokenCache;
    return { profile: kept.profile, tokenCache };
  }

  async #unsealed(sealed: string): Promise<TokenCache> {
    const text = unseal(sealed, await this.#existingKey());
    const tokenCache = tokenCacheSchema.safeParse(text && JSON.parse(text));
    if (tokenCache.success) return tokenCache.data;
    throw new NotSignedInError("Can't read your saved sign-in. It's damaged or was encrypted with a different key.", {
      hint: signInAgain,
    });
  }

  async #existingKey(): Promise<string> {
    if (this.#key !== undefined) return this.#key;
    const unlock = 'Unlock the keychain and try again, or sign in again with:\n  paconn login --force';
    try {
      this.#key = await this.#keychain.get();
    } catch (error) {
      if (!(error instanceof KeychainError)) throw error;
      throw new NotSignedInError(`Your sign-in is encrypted with a key in the keychain, which ${error.message}.`, {
        hint: unlock,
        cause: error,
      });
    }
    if (this.#key !== undefined) return this.#key;
    throw new NotSignedInError(
      "Your sign-in is encrypted with a key that the keychain doesn't return. The keychain may be locked.",
      { hint: unlock },
    );
  }

  /**
   * Keeps a new sign-in, in place of the one that the account had. Raises `FileError`, or `PaconnError` when it must be
   * sealed and cannot.
   */
  async keep({ profile, tokenCache }: SignIn): Promise<SignInStorage> {
    return await this.exclusively(async () => {
      const { signIns, hasKey } = await this.#undamaged();
      const { protection, keychainProblem } = await this.#protection(signIns);
      const others = signIns.filter((signIn) => !isSameAccount(signIn.profile, profile));
      const after = [await this.#kept({ profile, tokenCache }, protection), ...others];
      await this.#write({ signIns: after, hasKey: hasKey || protection === 'keychain' });
      // A keychain that just failed is not asked again.
      if (keychainProblem === undefined) await this.#removeUselessKey({ signIns: after, hasKey });
      return { protection, path: this.path, keychainProblem };
    });
  }

  /** Makes a sign-in the one that was made last, with what its profile says now. Raises as {@link list} does. */
  async putFirst(profile: Profile): Promise<void> {
    const isMeant = (signIn: StoredSignIn): boolean => isSameAccount(signIn.profile, profile);
    const [first] = await this.list();
    if (!first || isDeepStrictEqual(first.profile, profile)) return;
    await this.exclusively(async () => {
      const { signIns, hasKey } = await this.#read();
      const meant = signIns.filter(isMeant).map((signIn) => ({ ...signIn, profile }));
      await this.#write({ signIns: [...meant, ...signIns.filter((signIn) => !isMeant(signIn))], hasKey });
    });
  }

  /** Keeps renewed tokens where the sign-in is; under the lock, in which it was read. Raises `FileError`. */
  async update(signIn: SignIn): Promise<void> {
    const renewed = async (kept: StoredSignIn): Promise<StoredSignIn> =>
      isSameAccount(kept.profile, signIn.profile) ? await this.#kept(signIn, protectionOf(kept)) : kept;
    const { signIns, hasKey } = await this.#read();
    await this.#write({ signIns: await Promise.all(signIns.map(renewed)), hasKey });
  }

  async #kept({ profile, tokenCache }: SignIn, protection: Protection): Promise<StoredSignIn> {
    if (protection === 'file') return { profile, tokenCache };
    return { profile, sealed: seal(JSON.stringify(tokenCache), await this.#existingKey()) };
  }

  async #write({ signIns, hasKey }: SignIns): Promise<void> {
    await makePrivateDirectory(this.#options.directory);
    await closeToOthers(this.#options.directory);
    await writePrivateFile(this.path, JSON.stringify({ version: 2, hasKey, signIns }, null, 2));
    for (const name of singleSignInNames) await removeFile(this.#inDirectory(name));
  }

  /** The stored sign-ins; none if they can't be read, since a new sign-in replaces them. */
  async #undamaged(): Promise<SignIns> {
    try {
      return await this.#read();
    } catch (error) {
      if (error instanceof DamagedFileError) return { signIns: [], hasKey: false };
      throw error;
    }
  }

  /** How a new sign-in is to be kept, given what is kept. */
  async #protection(signIns: readonly StoredSignIn[]): Promise<Omit<SignInStorage, 'path'>> {
    const { tokenStore } = this.#options;
    if (tokenStore === 'file') return { protection: 'file', keychainProblem: undefined };
    const keychainProblem = await this.#prepareKey(isAnySealed(signIns));
    if (keychainProblem === undefined) return { protection: 'keychain', keychainProblem };
    if (tokenStore === 'auto') return { protection: 'file', keychainProblem };
    throw cannotSeal(keychainProblem);
  }

  /** Gets the key ready, making one if there is none; says what prevents it. */
  async #prepareKey(isInUse: boolean): Promise<string | undefined> {
    try {
      const found = await this.#keychain.get();
      // What nothing can have been sealed with is no key.
      const existing = found !== undefined && isKey(found) ? found : undefined;
      if (existing === undefined && isInUse) {
        // A locked keychain, too, says that it has no key. A new one would make what is sealed unreadable for ever.
        return 'is locked, or no longer has the key of your last sign-in (paconn logout removes it)';
      }
      const key = existing ?? newKey();
      if (existing === undefined) await this.#keychain.set(key);
      if (existing === undefined && (await this.#keychain.get()) !== key) return "doesn't store keys";
      this.#key = key;
      return undefined;
    } catch (error) {
      if (error instanceof KeychainError) return error.message;
      throw error;
    }
  }

  /** Forgets the sign-in of a profile. Raises `FileError`. */
  async remove(profile: Profile): Promise<Removal> {
    return await this.exclusively(async () => {
      const { signIns, hasKey } = await this.#read();
      const others = signIns.filter((signIn) => !isSameAccount(signIn.profile, profile));
      if (others.length === 0) return await this.#forget();
      await this.#write({ signIns: others, hasKey });
      await this.#removeLeftovers();
      return { wasThere: true, keychainProblem: await this.#removeUselessKey({ signIns: others, hasKey }) };
    });
  }

  /** Forgets all sign-ins, whatever state they are in. Raises `FileError`. */
  async removeAll(): Promise<Removal> {
    if ((await this.#files()).length === 0) return { wasThere: false, keychainProblem: undefined };
    // Under the lock, so that no run that is renewing a sign-in just now puts it back.
    return await this.exclusively(async () => await this.#forget());
  }

  async #forget(): Promise<Removal> {
    const { hasKey } = await this.#undamaged();
    const isKeyThere = hasKey || (await exists(this.#inDirectory('token-cache.sealed')));
    await this.#removeLeftovers();
    for (const path of await this.#files()) await removeFile(path);
    return { wasThere: true, keychainProblem: isKeyThere ? await this.#removeKey() : undefined };
  }

  /** All that is there of sign-ins. */
  async #files(): Promise<string[]> {
    const [sealed, open, single] = singleSignInNames.map((name) => this.#inDirectory(name));
    const paths = [sealed, open, this.path, single].filter((path) => path !== undefined);
    const there = await Promise.all(paths.map(exists));
    return paths.filter((_path, index) => there[index]);
  }

  /** Removes the key when it seals nothing any more; says what the keychain has against that. */
  async #removeUselessKey({ signIns, hasKey }: SignIns): Promise<string | undefined> {
    if (!hasKey || isAnySealed(signIns)) return undefined;
    const problem = await this.#removeKey();
    if (problem === undefined) await this.#write({ signIns, hasKey: false });
    return problem;
  }

  /** What a run left that was killed while it wrote: it can hold tokens. */
  async #removeLeftovers(): Promise<void> {
    const names = await readdir(this.#options.directory);
    const leftovers = names.filter(
      (name) => name === renewalFailureName || /^\.paconn-[\da-f]{16}\.(?:new|old)$/u.test(name),
    );
    for (const name of leftovers) await removeFile(this.#inDirectory(name));
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

  /**
   * Makes sure that a sign-in can be kept, before the user signs in. Raises as {@link keep} does; a
   * keychain that is locked may show itself there only.
   */
  async requireWritable(): Promise<void> {
    await this.exclusively(async () => undefined);
    if (this.#options.tokenStore !== 'keychain') return;
    try {
      await this.#keychain.get();
    } catch (error) {
      throw error instanceof KeychainError ? cannotSeal(error.message) : error;
    }
  }

  /** Runs work while no other run changes the stored sign-ins. */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    const { directory, signal, onLongWait } = this.#options;
    await makePrivateDirectory(directory);
    return await withLock(this.#inDirectory('lock'), signal, work, { onLongWait });
  }

  /** Opened when it is needed: most runs never are in need of it. */
  get #keychain(): Keychain {
    return (this.#opened ??= this.#options.openKeychain());
  }

  #inDirectory(name: string): string {
    return join(this.#options.directory, name);
  }
}

function cannotSeal(keychainProblem: string): PaconnError {
  return new PaconnError(`PACONN_TOKEN_STORE=keychain requires the keychain, which ${keychainProblem}.`, {
    hint: 'With PACONN_TOKEN_STORE=auto, the sign-in is stored in a file.',
  });
}

function isAnySealed(signIns: readonly StoredSignIn[]): boolean {
  return signIns.some((signIn) => protectionOf(signIn) === 'keychain');
}

export interface Removal {
  readonly wasThere: boolean;
  /** The reason why the keychain didn't remove the key. */
  readonly keychainProblem: string | undefined;
}
