import type { Keychain } from '../../src/auth/keychain.ts';

/** A keychain that is gone with its test. */
export class MemoryKeychain implements Keychain {
  value: string | undefined;
  /** What every use of it raises. */
  problem: Error | undefined;
  /** How often it was used. */
  uses = 0;

  readonly get = async (): Promise<string | undefined> => {
    this.#use();
    return this.value;
  };

  readonly set = async (value: string): Promise<void> => {
    this.#use();
    this.value = value;
  };

  readonly delete = async (): Promise<void> => {
    this.#use();
    this.value = undefined;
  };

  #use(): void {
    this.uses += 1;
    if (this.problem) throw this.problem;
  }
}
