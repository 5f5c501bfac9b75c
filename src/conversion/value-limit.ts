import { FileError } from '../errors.ts';
import { withThousands } from '../with-thousands.ts';

/** In all files of a conversion. While YAML is read, a value takes up to 3 kB of memory. */
export const mostValues = { JSON: 500_000, YAML: 280_000 };

/** Of a YAML file: each takes memory, also one with a comment only. */
const mostLines = 1_000_000;

/** How many values a file can have, after those of the files that were read before it. */
export class ValueLimit {
  readonly #shown: string;
  readonly #before: number;

  constructor(shown: string, before: number) {
    this.#shown = shown;
    this.#before = before;
  }

  isExceededBy(values: number, format: keyof typeof mostValues): boolean {
    return this.#before + values > mostValues[format];
  }

  /** Raises {@link FileError}. */
  requireFewer(values: number, format: keyof typeof mostValues, lines = 0): void {
    if (lines > mostLines) {
      const most = withThousands(mostLines);
      throw new FileError(
        `${this.#shown} has more than ${most} lines, which is more than paconn converts from ${format}.`,
      );
    }
    if (!this.isExceededBy(values, format)) return;
    const subject = `${this.#shown} ${this.#before === 0 ? 'has' : 'and the files before it have'}`;
    const most = withThousands(mostValues[format]);
    throw new FileError(`${subject} more than ${most} values, which is more than paconn converts from ${format}.`, {
      hint: "Remove the parts of the API that the connector doesn't need.",
    });
  }
}
