import * as z from 'zod';
import { createTerminal } from '../../src/io/terminal.ts';

// Run by `terminal.test.ts` as a process of its own, with what to do as JSON.

const output = z.enum(['print', 'say', 'report', 'note', 'fail', 'trace', 'conceal']);
const question = z.enum(['readLine', 'confirm', 'askSecret', 'choose', 'during']);

const orderSchema = z.object({
  verbosity: z.object({ onlyErrors: z.boolean(), verbose: z.boolean(), debug: z.boolean() }),
  steps: z.array(z.tuple([z.union([output, question]), z.string()])),
});

const { verbosity, steps } = orderSchema.parse(JSON.parse(process.argv[2] ?? ''));
const terminal = createTerminal(process, () => new AbortController().signal).with(verbosity);

for (const [step, text] of steps) {
  const asked = { message: text, insteadPass: '--env' };
  try {
    if (step === 'readLine') terminal.print(JSON.stringify(await terminal.readLine()));
    else if (step === 'during') terminal.print(await terminal.during(text, Promise.resolve('worked')));
    else if (step === 'confirm') await terminal.confirm(asked);
    else if (step === 'askSecret') await terminal.askSecret(asked);
    else if (step === 'choose') await terminal.choose(asked, [{ label: 'one', value: 1 }]);
    else terminal[step](text);
  } catch (error) {
    terminal.fail(error instanceof Error ? `${error.constructor.name}: ${error.message}` : String(error));
  }
}
