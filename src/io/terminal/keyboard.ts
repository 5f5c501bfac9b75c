import { platform } from 'node:os';
import { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { Input } from './streams.ts';

/** The text up to an Enter and with it, or all of it; Enter is a return, a line feed, or both. */
const upToEnter = /^[^\r\n]*(?:\r\n|\r|\n)?/u;

/**
 * What is typed, a question at a time. What was typed or pasted ahead waits for the questions to come, and a line feed, which
 * `expect` and terminals that aren't in raw mode send, is the key Enter.
 */
export class Keyboard {
  readonly #input: Input;
  readonly #system: NodeJS.Platform;
  readonly #decoder = new StringDecoder();
  #waiting = '';
  #hasEnded = false;
  #endsInReturn = false;

  constructor(input: Input, system: NodeJS.Platform = platform()) {
    this.#input = input;
    this.#system = system;
  }

  /**
   * The keys for one question, whose reader destroys them when it has its answer.
   *
   * @param ignores Whether a key, by its name, does nothing now: the reader doesn't see it.
   */
  open(ignores: (name: string | undefined) => boolean = () => false): Keys {
    let isPaused = false;
    const pass = (): void => {
      if (isPaused || keys.destroyed) return;
      const [typed = ''] = upToEnter.exec(this.#waiting) ?? [];
      this.#waiting = this.#waiting.slice(typed.length);
      const text = typed.replace(/(?<![\r\n])[\r\n]+$/u, '\r');
      if (text !== '') keys.push(text);
      else if (this.#hasEnded) keys.push(null);
      if (text === '') return;
      // The reader may now have its answer; if it goes on, for a key that did nothing maybe, the next line is for it, too.
      isPaused = true;
      setImmediate(() => {
        isPaused = false;
        pass();
      });
    };
    const receive = (chunk: Buffer | string): void => {
      this.#add(typeof chunk === 'string' ? chunk : this.#decoder.write(chunk));
      pass();
    };
    const end = (): void => {
      this.#hasEnded = true;
      pass();
    };
    const input = this.#input;
    const keys = new Keys(input, ignores, () => input.off('data', receive).off('end', end).pause());
    input.on('data', receive).on('end', end).resume();
    pass();
    return keys;
  }

  /** A return and a line feed are one Enter, in whatever pieces they come. */
  #add(typed: string): void {
    if (typed === '') return;
    // Ctrl+Z is to Windows what Ctrl+D is to others.
    const text = this.#system === 'win32' ? typed.replaceAll('\u001a', '\u0004') : typed;
    this.#waiting += this.#endsInReturn && text.startsWith('\n') ? text.slice(1) : text;
    this.#endsInReturn = text.endsWith('\r');
  }
}

/** A stream that readers of keys take for a terminal. */
export class Keys extends Readable {
  readonly isTTY = true;
  readonly #input: Input;
  readonly #ignores: (name: string | undefined) => boolean;
  readonly #close: () => void;

  constructor(input: Input, ignores: (name: string | undefined) => boolean, close: () => void) {
    super({ read: () => undefined });
    this.#input = input;
    this.#ignores = ignores;
    this.#close = close;
  }

  setRawMode(isRaw: boolean): this {
    this.#input.setRawMode?.(isRaw);
    return this;
  }

  /** Node's readline tells the key of what was typed by such an event, which all readers listen to. */
  override emit(event: string | symbol, ...given: readonly unknown[]): boolean {
    if (event === 'keypress' && this.#ignores(keyName(given[1]))) return false;
    return super.emit(event, ...given);
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#close();
    done(error);
  }
}

/** The name of a key in an event. */
export function keyName(key: unknown): string | undefined {
  return typeof key === 'object' && key !== null && 'name' in key && typeof key.name === 'string'
    ? key.name
    : undefined;
}
