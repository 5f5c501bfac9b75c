import { elapsedTime } from '../io/terminal/elapsed-time.ts';

/** The remaining time is estimated only after this many. */
const leastDone = 3;

/** How far the work on many things is, as words for a line of progress. */
export class BulkProgress {
  readonly #doing: string;
  readonly #total: number;
  readonly #started = performance.now();
  readonly #current = new Set<string>();
  #done = 0;

  constructor(doing: string, total: number) {
    this.#doing = doing;
    this.#total = total;
  }

  begin(name: string): void {
    this.#current.add(name);
  }

  end(name: string): void {
    this.#current.delete(name);
    this.#done += 1;
  }

  words(): string {
    const count = `${this.#doing} ${this.#done} of ${this.#total}`;
    const left = this.#timeLeft();
    const facts = left === undefined ? count : `${count}, about ${left} left`;
    return this.#current.size === 0 ? facts : `${facts}: ${[...this.#current].join(', ')}`;
  }

  #timeLeft(): string | undefined {
    if (this.#done < leastDone || this.#done === this.#total) return undefined;
    const each = (performance.now() - this.#started) / this.#done;
    return elapsedTime(Math.ceil((each * (this.#total - this.#done)) / 1000));
  }
}
