import { join } from 'node:path';
import { commandWord, pathWord } from '../io/terminal/command-word.ts';
import type { Connector } from '../connector/connector.ts';
import type { Context } from '../context.ts';
import { portable } from '../settings/settings-file.ts';
import type { SolutionSettings } from '../solution/solution-settings.ts';
import type { FoundConnector } from './found-connector.ts';

/** A connector of a solution, which commands work on as on one in files. Nothing is written into a solution. */
export interface SolutionSource {
  /** The folder or ZIP file of the solution, as it was named. */
  readonly path: string;
  readonly isFolder: boolean;
  /** Whether there is no other connector in the solution. */
  readonly isOnly: boolean;
  /** In the solution, such as `new_orders`. */
  readonly name: string;
  readonly connector: Connector;
  /** For files that are made of it. */
  readonly settings: SolutionSettings;
  /** What of the solution isn't in such files, in words. */
  readonly leftBehind: readonly string[];
  /** The same for a check, which finds its places in the files of the solution. */
  readonly checked: FoundConnector;
}

/** The arguments for a command about the same connector. */
export function sameSolution({ path, name, isOnly }: SolutionSource): string {
  return ` ${pathWord(path)}${isOnly ? '' : ` --solution-connector ${commandWord(name)}`}`;
}

/** Where it is, as other connectors are by their folders. */
export function placeOfSolution({ path, name }: SolutionSource): string {
  return join(path, name);
}

/** One of them among other connectors that are worked on. */
export interface SolutionTask<T> {
  readonly name: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly work: (context: Context) => Promise<T>;
}

/** The same work for each. */
export function solutionTasks<T>(
  solutions: readonly SolutionSource[],
  work: (context: Context, solution: SolutionSource) => Promise<T>,
): readonly SolutionTask<T>[] {
  return solutions.map((solution) => ({
    name: placeOfSolution(solution),
    facts: { solution: portable(solution.path), solutionConnector: solution.name },
    work: async (context) => await work(context, solution),
  }));
}
