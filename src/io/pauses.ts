import { setTimeout as sleep } from 'node:timers/promises';

/** Until when servers want to be left alone: by whom they were asked too much does not matter to them. */
export class Pauses {
  /** By origin; times are on the clock of `performance`, which nobody sets. */
  readonly #ends = new Map<string, number>();

  /** From now on nobody asks the server for so many milliseconds, or for longer where that was agreed before. */
  begin({ origin }: URL, milliseconds: number): void {
    this.#ends.set(origin, Math.max(this.#end(origin), performance.now() + milliseconds));
  }

  /** Waits for the end of the pause, which may be put off meanwhile, or for the end of the run. */
  async wait({ origin }: URL, signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const left = this.#end(origin) - performance.now();
      if (left <= 0) return;
      // Who ends the run is heard by the request that comes next.
      await sleep(Math.ceil(left), undefined, { signal }).catch(() => undefined);
    }
  }

  #end(origin: string): number {
    return this.#ends.get(origin) ?? 0;
  }
}
