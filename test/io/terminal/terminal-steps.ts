import * as z from 'zod';
import type { Terminal } from '../../../src/io/terminal/terminal.ts';

const output = z.enum(['print', 'say', 'report', 'note', 'fail', 'trace', 'conceal', 'concealGiven']);
const question = z.enum(['withoutSecrets', 'readLine', 'confirm', 'askSecret', 'choose', 'during']);

/** What is done with a terminal, step by step. */
export const orderSchema = z.object({
  verbosity: z.object({ onlyErrors: z.boolean(), verbose: z.boolean(), debug: z.boolean() }),
  steps: z.array(z.tuple([z.union([output, question]), z.string()])),
});

export type Order = z.infer<typeof orderSchema>;

/** Does it; what an answer is, and an error by its name, is said at the terminal, too. */
export async function takeSteps({ verbosity, steps }: Order, spoken: Terminal): Promise<void> {
  const terminal = spoken.with(verbosity);
  for (const [step, text] of steps) {
    const asked = { message: text, insteadPass: '--env' };
    try {
      if (step === 'readLine') terminal.print(JSON.stringify(await terminal.readLine()));
      else if (step === 'during') terminal.print(await terminal.during(text, Promise.resolve('worked')));
      else if (step === 'confirm') await terminal.confirm(asked);
      else if (step === 'askSecret') await terminal.askSecret(asked);
      else if (step === 'choose') await terminal.choose(asked, [{ label: 'one', value: 1 }]);
      else if (step === 'withoutSecrets') terminal.fail(terminal.withoutSecrets(text));
      else terminal[step](text);
    } catch (error) {
      terminal.fail(error instanceof Error ? `${error.constructor.name}: ${error.message}` : String(error));
    }
  }
}
