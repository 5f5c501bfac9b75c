import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { InterruptedError } from '../../errors.ts';
import type { Choice, Confirmation, TextQuestion } from './question.ts';
import type { Input, Output } from './streams.ts';

export interface DialogueOptions {
  readonly input: Input;
  readonly output: Output;
  /** Makes a text from outside fit to be shown. */
  readonly clean: (text: string) => string;
  readonly signal: AbortSignal;
}

/** More entries than this are shown only as far as they match what was typed. */
const listed = 50;

/**
 * Questions at a terminal, a line at a time: as in the Python tool an answer is typed and ended with Enter, so it works
 * on any terminal, with a screen reader and under `expect`.
 */
export class Dialogue {
  readonly #options: DialogueOptions;
  /** Lines that were typed before their question. */
  readonly #typedAhead: string[] = [];

  constructor(options: DialogueOptions) {
    this.#options = options;
  }

  async confirm({ message, defaultAnswer }: Omit<Confirmation, 'insteadPass'>): Promise<boolean> {
    const choices = defaultAnswer === undefined ? 'y/n' : defaultAnswer ? 'Y/n' : 'y/N';
    for (;;) {
      const answer = (await this.#ask(`${message} (${choices}): `)).trim().toLowerCase();
      if (answer === '' && defaultAnswer !== undefined) return defaultAnswer;
      if (['y', 'yes'].includes(answer)) return true;
      if (['n', 'no'].includes(answer)) return false;
      this.#show('Please answer y or n.');
    }
  }

  /**
   * A numbered list, as in the Python tool: a number chooses, any other text narrows the list to the names that hold
   * it.
   */
  async choose<T>(question: string, choices: readonly Choice<T>[]): Promise<Choice<T>> {
    const numbered = choices.map((choice, index) => ({ choice, number: index + 1 }));
    this.#show(question);
    this.#list(numbered);
    // Enter takes the first entry in sight: never one that is out of it.
    let [first] = numbered;
    for (;;) {
      const prompt = `Please enter a choice, a number or a part of the name [Default choice(${first?.number})]: `;
      const answer = (await this.#ask(prompt)).trim();
      const chosen = answer === '' ? first : numbered.find(({ number }) => String(number) === answer);
      if (chosen) return chosen.choice;

      const matching = matches(numbered, answer);
      const [only] = matching;
      if (only && matching.length === 1) return only.choice;
      this.#show(only ? `${matching.length} names match '${answer}':` : `Nothing matches '${answer}'.`);
      this.#list(matching);
      first = only ?? first;
    }
  }

  #list(entries: readonly { readonly choice: Choice<unknown>; readonly number: number }[]): void {
    for (const { choice, number } of entries.slice(0, listed)) this.#show(` [${number}] ${choice.label}`);
    if (entries.length > listed) this.#show(` … and ${entries.length - listed} more: type a part of the name.`);
  }

  async ask({ message, defaultAnswer, problem }: TextQuestion): Promise<string> {
    const prompt = defaultAnswer === undefined ? `${message}: ` : `${message} [${defaultAnswer}]: `;
    for (;;) {
      const answer = (await this.#ask(prompt)).trim() || (defaultAnswer ?? '');
      const wrong = problem?.(answer);
      if (wrong === undefined) return answer;
      this.#show(wrong);
    }
  }

  async askSecret(question: string): Promise<string> {
    return await this.#ask(`${question}: `, { hidden: true });
  }

  async #ask(question: string, { hidden = false } = {}): Promise<string> {
    const { input, output, signal, clean } = this.#options;
    const prompt = clean(question);
    const ready = this.#typedAhead.shift();
    if (ready !== undefined) {
      output.write(`${prompt}\n`);
      return ready;
    }
    const options = hidden ? { output: nowhere() } : { output, prompt };
    const lines: Interface = createInterface({ ...options, input, terminal: true, historySize: 0 });
    try {
      // Only now that the terminal itself no longer shows what is typed.
      if (hidden) output.write(prompt);
      else lines.prompt();
      const answer = await this.#line(lines, signal);
      if (hidden) output.write('\n');
      return answer;
    } catch (error) {
      // What comes next, the prompt of a shell maybe, begins on a line of its own.
      output.write('\n');
      throw error;
    } finally {
      lines.close();
    }
  }

  async #line(lines: Interface, signal: AbortSignal): Promise<string> {
    return await new Promise<string>((resolve, reject) => {
      const interrupt = (): void => reject(new InterruptedError());
      if (signal.aborted) interrupt();
      signal.addEventListener('abort', interrupt, { once: true });
      lines.once('SIGINT', interrupt);
      lines.once('close', interrupt);
      // Lines typed or pasted ahead arrive together with the first one: they answer the questions to come.
      lines.on('line', (line) => this.#typedAhead.push(line));
      lines.once('line', () => resolve(this.#typedAhead.shift() ?? ''));
    });
  }

  #show(text: string): void {
    this.#options.output.write(`${this.#options.clean(text)}\n`);
  }
}

/** Takes what readline would show while a line is edited. */
function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

/** The entries whose name is the text, else those whose name holds it, without regard to letter case. */
function matches<T extends { readonly choice: Choice<unknown> }>(entries: readonly T[], text: string): T[] {
  const wanted = text.toLowerCase();
  const exact = entries.filter(({ choice }) => choice.label.toLowerCase() === wanted);
  if (exact.length > 0) return exact;
  return entries.filter(({ choice }) => choice.label.toLowerCase().includes(wanted));
}
