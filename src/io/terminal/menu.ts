import { isCancel, Prompt, settings } from '@clack/core';
import { CanceledError, InterruptedError } from '../../errors.ts';
import type { DialogueOptions } from './dialogue.ts';
import { fitsPrompt, MenuList } from './menu-list.ts';
import { choicePrompt } from './numbered-choices.ts';
import type { Choice, ChoiceQuestion } from './question.ts';
import type { Output } from './streams.ts';
import type { Text } from './styled-text.ts';
import { widthOf } from './width.ts';

// Escape takes back what was typed before it cancels.
settings.aliases.delete('escape');

/** To the line above, which the library leaves empty behind what it has taken away. */
const lineUp = '\u001b[1A';

const clearBelow = '\u001b[J';

/** A list to choose from with arrow keys, or by typing a part of a name. */
export async function chooseFromMenu<T>(
  question: ChoiceQuestion,
  choices: readonly Choice<T>[],
  { keyboard, output, signal, render }: Omit<DialogueOptions, 'clean'>,
): Promise<Choice<T>> {
  const list = new MenuList(question, choices);
  // The library would remember what was typed, and bring it back by the arrow keys.
  const keys = keyboard.open((name) => name === 'return' && !list.highlighted);
  const endOfInput = new AbortController();
  keys.once('end', () => endOfInput.abort());
  const lines = (): Text[] => list.lines({ ...prompt.typed, columns: output.columns, rows: output.rows });
  const prompt: MenuPrompt<Choice<T>> = new MenuPrompt({
    input: keys,
    output,
    signal: AbortSignal.any([signal, endOfInput.signal]),
    render: () => (prompt.isOver ? '' : lines().map(render).join('\n')),
  });
  prompt.on('userInput', (text) => list.narrow(text));
  prompt.on('key', (_character, { name, ctrl }) => {
    if (name === 'escape' && prompt.userInput !== '') prompt.clear();
    else if (name === 'escape' || (ctrl && name === 'd')) prompt.state = 'cancel';
    else if (name !== undefined) list.move(name);
    prompt.value = list.highlighted;
  });
  if (!question.isFixed) showToScripts(output);
  try {
    const chosen = await prompt.prompt();
    output.write(lineUp);
    if (chosen && !isCancel(chosen)) return chosen;
    throw signal.aborted ? new InterruptedError() : new CanceledError();
  } finally {
    keys.destroy();
  }
}

/** Scripts wait for these words: where a menu has no room for them, they are shown and taken away. */
function showToScripts(output: Output): void {
  const words = choicePrompt();
  const { columns } = output;
  if (fitsPrompt(columns)) return;
  const linesAbove = Math.ceil(widthOf(words) / columns) - 1;
  output.write(`${words}\r${lineUp.repeat(linesAbove)}${clearBelow}`);
}

// The library calls what subclasses may use by such names.
/* oxlint-disable no-underscore-dangle */
class MenuPrompt<T> extends Prompt<T> {
  get typed(): { readonly typed: string; readonly cursor: number } {
    return { typed: this.userInput, cursor: this._cursor };
  }

  get isOver(): boolean {
    return this.state === 'submit' || this.state === 'cancel';
  }

  clear(): void {
    this._clearUserInput();
  }
}
