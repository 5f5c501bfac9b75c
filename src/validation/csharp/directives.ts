import { holds } from './conditions.ts';

interface Conditional {
  /** Whether what stands here is compiled. */
  isActive: boolean;
  /** Whether one of its branches was. */
  wasActive: boolean;
}

/** The directives of a script so far: what is defined, and whether the text after them is compiled. */
export class Directives {
  readonly #symbols = new Set<string>();
  readonly #conditionals: Conditional[] = [];
  /** Conditionals around this place whose text is not compiled. */
  #skipping = 0;

  get areSkipping(): boolean {
    return this.#skipping > 0;
  }

  /** Takes in a line that begins with `#`. */
  read(line: string): void {
    const [, name = '', rest = ''] = /^#\s*(\w*)(.*)$/su.exec(line) ?? [];
    switch (name) {
      case 'define':
        if (!this.areSkipping) this.#symbols.add(rest.trim());
        break;
      case 'undef':
        if (!this.areSkipping) this.#symbols.delete(rest.trim());
        break;
      case 'if':
        this.#open(holds(rest, this.#symbols));
        break;
      case 'elif':
        this.#branch(holds(rest, this.#symbols));
        break;
      case 'else':
        this.#branch(true);
        break;
      case 'endif':
        this.#close();
        break;
    }
  }

  #open(isActive: boolean): void {
    this.#conditionals.push({ isActive, wasActive: isActive });
    if (!isActive) this.#skipping += 1;
  }

  #branch(condition: boolean): void {
    const conditional = this.#conditionals.at(-1);
    if (!conditional) return;
    if (!conditional.isActive) this.#skipping -= 1;
    conditional.isActive = condition && !conditional.wasActive;
    conditional.wasActive ||= conditional.isActive;
    if (!conditional.isActive) this.#skipping += 1;
  }

  #close(): void {
    if (this.#conditionals.pop()?.isActive === false) this.#skipping -= 1;
  }
}
