import * as z from 'zod';
import { completedShells, completionScript } from '../completion/completion-script.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { readText } from '../io/files.ts';
import { parseFlags } from '../steps/flags.ts';

const completionFlagsSchema = z.object({ paths: z.array(z.string()) });

/** Prints the completion script of a shell. Raises `UsageError` when there is none for it. */
export async function completion(given: unknown, { terminal }: Context): Promise<void> {
  const [shell = ''] = parseFlags(given, completionFlagsSchema).paths;
  const script = completionScript(shell);
  if (script === undefined) {
    throw new UsageError(`There is no completion for the shell '${shell}'.`, {
      hint: `Use one of ${completedShells.join(', ')}.`,
    });
  }
  const text = await readText(script);
  terminal.print(text.trimEnd());
}
