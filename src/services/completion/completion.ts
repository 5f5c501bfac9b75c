import * as z from 'zod';
import { completedShells, completionScript } from '../../completion/completion-script.ts';
import { UsageError } from '../../errors.ts';
import { readText } from '../../io/fs/read-file.ts';
import type { Result } from '../../output/result.ts';
import { parseFlags } from '../../settings/flags.ts';

const completionFlagsSchema = z.object({ paths: z.array(z.string()) });

/** Gives the completion script of a shell, which is printed as it is. Raises `UsageError` when there is none for it. */
export async function completion(given: unknown): Promise<Result> {
  const [shell = ''] = parseFlags(given, completionFlagsSchema).paths;
  const script = completionScript(shell);
  if (script === undefined) {
    throw new UsageError(`Completion isn't available for the shell '${shell}'.`, {
      hint: `Use one of ${completedShells.join(', ')}.`,
    });
  }
  const text = (await readText(script)).trimEnd();
  return { data: { shell, script: text }, unasked: text };
}
