import type { SecretRange } from '../../connector/client-secret-text.ts';
import { isAllSecret, namesWithSecrets, secretStretches } from '../../connector/secret-stretches.ts';
import { jsonPointer, type JsonPath } from '../../json/pointer.ts';
import { ScriptFile } from '../csharp/script-file.ts';
import type { SourceFile } from './source-file.ts';

/** In characters: of less, nothing would be left of a message. */
const shortestSecret = 3;

/** What may be a secret in a file, for whatever is shown of it. It's worked out once, and only for files with findings. */
export class FileSecrets {
  static readonly #known = new WeakMap<SourceFile, FileSecrets>();
  /** In the order of the text, none over another. */
  readonly stretches: readonly SecretRange[];
  readonly #text: string;
  /** Names that are one, or have one in them, with stars. */
  readonly #names: ReadonlyMap<string, string>;

  private constructor({ text }: SourceFile, language: 'json' | 'csharp') {
    this.#text = text;
    this.stretches = secretStretches(text, language);
    this.#names = language === 'json' ? namesWithSecrets(text, this.stretches) : new Map();
  }

  static of(file: SourceFile): FileSecrets {
    const known = this.#known.get(file) ?? new FileSecrets(file, file instanceof ScriptFile ? 'csharp' : 'json');
    this.#known.set(file, known);
    return known;
  }

  /** A JSON pointer without the names that may be secrets. */
  pointer(path: JsonPath): string {
    return jsonPointer(path.map((step) => this.#starred(step) ?? step));
  }

  /** Words about a stretch of the file: what may be a secret in it, or in the names that lead to it, is stars as in the excerpt. */
  words(text: string, stretch: SecretRange, path: JsonPath): string {
    // Of an object or list it is said what it is, not what is in it.
    const isContainer = /[{[]/u.test(this.#text.charAt(stretch.start));
    const within = isContainer ? [] : this.#within(stretch);
    const secrets = within.map(({ start, end }) => [this.#text.slice(start, end), '***'] as const);
    const names = path.flatMap((step) => {
      const stars = this.#starred(step);
      return stars === undefined ? [] : [[String(step), stars] as const];
    });
    return [...names, ...secrets]
      .filter(([secret]) => secret.length >= shortestSecret)
      .reduce((shown, [secret, stars]) => shown.replaceAll(secret, stars), text);
  }

  /** What is shown of a name; undefined where that is all of it. */
  #starred(step: string | number): string | undefined {
    return typeof step === 'string' && isAllSecret(this.#text, this.stretches) ? '***' : this.#names.get(String(step));
  }

  /** The text of a stretch with stars for what may be a secret, as many as it has characters. */
  shown({ start, end }: SecretRange): string {
    const parts: string[] = [];
    let from = start;
    for (const secret of this.#within({ start, end })) {
      const [first, last] = [Math.max(secret.start, start), Math.min(secret.end, end)];
      parts.push(this.#text.slice(from, first), '*'.repeat(last - first));
      from = last;
    }
    return [...parts, this.#text.slice(from, end)].join('');
  }

  /** The secrets in a stretch, or that it is in. */
  #within({ start, end }: SecretRange): readonly SecretRange[] {
    let low = 0;
    for (let high = this.stretches.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((this.stretches[middle]?.end ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    const found: SecretRange[] = [];
    for (let secret = this.stretches[low]; secret && secret.start < end; secret = this.stretches[(low += 1)])
      found.push(secret);
    return found;
  }
}
