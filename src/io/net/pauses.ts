import { setTimeout as sleep } from 'node:timers/promises';

export interface BegunPause {
  readonly isNew: boolean;
  /** In milliseconds. */
  readonly before: number;
  readonly total: number;
}

/** Until when servers want to be left alone: by whom they were asked too much does not matter to them. */
export class Pauses {
  /** By origin; times are on the clock of `performance`, which nobody sets. */
  readonly #ends = new Map<string, number>();
  readonly #totals = new Map<string, number>();
  readonly #waits = new Map<string, Promise<void>>();
  readonly #signal: AbortSignal;

  /** @param signal Ends all waiting: who ends the run is heard by the requests that come next. */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /**
   * From now on nobody asks the server for so many milliseconds, or for longer where that was agreed before. Says whether this
   * is another pause than the one that was going on: many requests at once are put off by the same; and how long all pauses of
   * the server are together, before this one and with it.
   */
  begin({ origin }: URL, milliseconds: number): BegunPause {
    const left = Math.max(0, this.#left(origin));
    const before = this.#totals.get(origin) ?? 0;
    const total = before + Math.max(0, milliseconds - left);
    this.#totals.set(origin, total);
    this.#ends.set(origin, Math.max(left, milliseconds) + performance.now());
    return { isNew: left === 0, before, total };
  }

  /** Waits for the end of the pause, if there is one. It may be put off meanwhile. */
  async wait({ origin }: URL): Promise<void> {
    if (this.#left(origin) <= 0) return;
    // One wait for all: there may be many of them.
    const waiting = this.#waits.get(origin) ?? this.#sleep(origin);
    this.#waits.set(origin, waiting);
    await waiting;
  }

  async #sleep(origin: string): Promise<void> {
    while (!this.#signal.aborted && this.#left(origin) > 0) {
      await sleep(Math.ceil(this.#left(origin)), undefined, { signal: this.#signal }).catch(() => undefined);
    }
    this.#waits.delete(origin);
  }

  #left(origin: string): number {
    return (this.#ends.get(origin) ?? 0) - performance.now();
  }
}
