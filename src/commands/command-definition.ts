import type { ShellOfExample } from './example.ts';
import type { Context } from '../context.ts';
import type { Result } from '../output/result.ts';
import type { OptionLists } from './command-options.ts';

/** Does the work of a command. Flags come as commander has them; the service checks them. */
export type Service = (flags: unknown, context: Context) => Promise<Result | void>;

/** The name of a command, its arguments and options, and the service that does its work. */
export interface CommandDefinition extends OptionLists {
  readonly name: string;
  /** Other names, which people know from other tools. */
  readonly aliases?: readonly string[];
  readonly description: string;
  /** What it takes beside options: how it is written, and what it is. The service gets it as `paths`. */
  readonly paths?: readonly [written: string, description: string];
  /** A second argument. */
  readonly morePaths?: readonly [written: string, description: string];
  /** What its arguments can be where that isn't a path, by those before; for completion. */
  readonly wordsAfter?: (before: readonly string[]) => readonly string[] | 'environments' | undefined;
  /** Command lines with what they do. */
  readonly examples: readonly (readonly [line: string, purpose: string, shell?: ShellOfExample])[];
  /** Commands that people use before, after, or instead of it. */
  readonly seeAlso: readonly string[];
  /** The page of `docs` about its subject. */
  readonly guide?: string;
  /** The output format without `--output` and `--query`; nothing is printed by default. */
  readonly defaultOutput?: 'table';
  /** Whether it asks the service whatever its options are, and so needs a sign-in. */
  readonly signsIn?: true;
  /** Loads the service, and with it what only the service needs. */
  readonly load: () => Promise<Service>;
}
