/** How names are told apart, and numbered. */
export interface NamingStyle {
  /** What stands before the number. */
  readonly separator?: string;
  readonly ignoresCase?: boolean;
}

/** Names of which each is given once; one that is wanted again gets a number. */
export class NamesInUse {
  readonly #separator: string;
  readonly #ignoresCase: boolean;
  readonly #used = new Set<string>();
  /** The numbers that were given last: thousands can want the same name. */
  readonly #numbers = new Map<string, number>();

  constructor({ separator = '', ignoresCase = false }: NamingStyle = {}) {
    this.#separator = separator;
    this.#ignoresCase = ignoresCase;
  }

  has(name: string): boolean {
    return this.#used.has(this.#key(name));
  }

  add(name: string): void {
    this.#used.add(this.#key(name));
  }

  /**
   * The wanted name, or the first free one with a number behind it, from 2. It's in use then.
   *
   * @param base What the number stands behind.
   */
  take(wanted: string, base = wanted): string {
    const name = this.has(wanted) ? this.#numbered(base) : wanted;
    this.add(name);
    return name;
  }

  #numbered(base: string): string {
    const numbered = (number: number): string => `${base}${this.#separator}${number}`;
    let number = (this.#numbers.get(this.#key(base)) ?? 1) + 1;
    while (this.has(numbered(number))) number += 1;
    this.#numbers.set(this.#key(base), number);
    return numbered(number);
  }

  #key(name: string): string {
    return this.#ignoresCase ? name.toLowerCase() : name;
  }
}
