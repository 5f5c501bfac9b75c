import { Option } from 'commander';
import type { CommandOption } from './options.ts';

/** An option that keeps its value under the name that settings and services know it by, whatever it is called. */
export class NamedOption extends Option {
  readonly #name: string;

  constructor({ name, long, flags, description, value }: CommandOption) {
    super(flags, description);
    this.#name = name;
    if (value) this.argParser((text: string, before: unknown) => value.read(text, long, before));
  }

  override attributeName(): string {
    return this.#name;
  }
}
