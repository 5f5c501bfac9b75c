import type { Context } from '../context.ts';
import type { OptionName } from './options.ts';

/** Does the work of a command. Flags come as commander has them; the service checks them. */
export type Service = (flags: unknown, context: Context) => Promise<void>;

/** What a command is called, what it takes, and what does its work. */
export interface CommandDefinition {
  readonly name: string;
  readonly description: string;
  readonly options: readonly OptionName[];
  /** Command lines with what they do. */
  readonly examples: readonly (readonly [line: string, purpose: string])[];
  /** Loads the service, and with it what only the service needs. */
  readonly load: () => Promise<Service>;
}
