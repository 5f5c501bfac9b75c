import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';
import { CanceledError, InterruptedError } from '../../errors.ts';
import { type Keyboard, keyName } from './keyboard.ts';
import { choicePrompt, narrow, narrowActions, type NumberedChoice, numbered } from './numbered-choices.ts';
import type { Choice, ChoiceQuestion, Confirmation, TextQuestion } from './question.ts';
import type { Output } from './streams.ts';
import type { Text } from './styled-text.ts';

export interface DialogueOptions {
  readonly keyboard: Keyboard;
  readonly output: Output;
  /** Makes a text from outside fit to be shown. */
  readonly clean: (text: string) => string;
  /** The same, with the colors that the terminal has. */
  readonly render: (text: Text) => string;
  readonly signal: AbortSignal;
}

/** Milliseconds after which Esc is a key of its own, not the start of another one. */
const escapeCodeTimeout = 50;

/** Longer lists scroll away: the rest is shown as far as it matches what was typed. */
const listed = 20;

/**
 * Questions at a terminal, a line at a time: as in the Python tool an answer is typed and ended with Enter, so it works
 * on any terminal, with a screen reader and under `expect`.
 */
export class Dialogue {
  readonly #options: DialogueOptions;

  constructor(options: DialogueOptions) {
    this.#options = options;
  }

  async confirm({ message, defaultAnswer, details }: Omit<Confirmation, 'insteadPass'>): Promise<boolean> {
    const yesOrNo = defaultAnswer === undefined ? 'y/n' : defaultAnswer ? 'Y/n' : 'y/N';
    for (;;) {
      const answer = (await this.#ask(`${message} (${details ? `${yesOrNo}/d` : yesOrNo}): `)).trim().toLowerCase();
      if (answer === '' && defaultAnswer !== undefined) return defaultAnswer;
      if (['y', 'yes'].includes(answer)) return true;
      if (['n', 'no'].includes(answer)) return false;
      if (details && answer === 'd') this.#options.output.write(`${this.#options.render(await details())}\n`);
      else this.#show(details ? 'Enter y, n, or d to see the differences.' : 'Enter y or n.');
    }
  }

  /**
   * A numbered list, as in the Python tool: a number or a name chooses, and a part of a name narrows the list. No entry is
   * chosen by a number that isn't in the list that was shown last.
   */
  async choose<T>(
    { message, isFixed }: Pick<ChoiceQuestion, 'message' | 'isFixed'>,
    choices: readonly Choice<T>[],
  ): Promise<Choice<T>> {
    const entries = numbered(choices);
    this.#show(message);
    let [first] = entries;
    let inSight = this.#list(entries);
    for (;;) {
      const answer = (await this.#ask(choicePrompt(first?.number))).trim();
      if (answer === '' && first) return first.choice;
      const { shown, first: found, exactBy } = isFixed ? narrowActions(entries, answer) : narrow(entries, answer);
      if (!found) {
        this.#show(`No match for '${answer}'.`);
        continue;
      }
      const isClear = exactBy === 'number' ? inSight.includes(found) : exactBy === 'name' || shown.length === 1;
      if (isClear) return found.choice;
      this.#show(`${shown.length === 1 ? '1 name matches' : `${shown.length} names match`} '${answer}':`);
      inSight = this.#list(shown);
      first = found;
    }
  }

  /** Shows as many entries as are read, and returns these. */
  #list<T>(entries: readonly NumberedChoice<T>[]): readonly NumberedChoice<T>[] {
    const inSight = entries.slice(0, listed);
    for (const { choice, number } of inSight) this.#show(` [${number}] ${choice.label}`);
    const rest = entries.length - inSight.length;
    if (rest > 0) this.#show(` and ${rest} more. Type part of a name.`);
    return inSight;
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
    const { keyboard, output, signal, clean } = this.#options;
    const prompt = clean(question);
    const options = hidden ? { output: nowhere() } : { output, prompt };
    const keys = keyboard.open();
    const lines: Interface = createInterface({
      ...options,
      input: keys,
      terminal: true,
      historySize: 0,
      escapeCodeTimeout,
    });
    keys.on('keypress', (_character, key) => {
      if (keyName(key) === 'escape') lines.close();
    });
    try {
      // Only now that the terminal itself no longer shows what is typed.
      if (hidden) output.write(prompt);
      else lines.prompt();
      const answer = await lineOf(lines, signal);
      if (hidden) output.write('\n');
      return answer;
    } catch (error) {
      // The next output starts on its own line.
      output.write('\n');
      throw error;
    } finally {
      lines.close();
      keys.destroy();
    }
  }

  #show(text: string): void {
    this.#options.output.write(`${this.#options.clean(text)}\n`);
  }
}

async function lineOf(lines: Interface, signal: AbortSignal): Promise<string> {
  return await new Promise<string>((resolve, reject) => {
    const interrupt = (): void => reject(new InterruptedError());
    const cancel = (): void => reject(new CanceledError());
    if (signal.aborted) interrupt();
    signal.addEventListener('abort', interrupt, { once: true });
    lines.once('SIGINT', cancel);
    lines.once('close', cancel);
    lines.once('line', resolve);
  });
}

/** Takes what readline would show while a line is edited. */
function nowhere(): Writable {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}
