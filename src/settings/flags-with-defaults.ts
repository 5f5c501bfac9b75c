import { join, resolve } from 'node:path';
import type { Context } from '../context.ts';
import { isFile } from '../io/fs/files.ts';
import { readDefaults } from './defaults.ts';
import { readPortalAddress } from './portal-address.ts';
import { settingsFileName } from './settings-file.ts';
import { readVariables } from './variables.ts';

type Flags = Readonly<Record<string, unknown>>;

export interface CommandTraits {
  /** Whether the Python tool has it: its scripts must not print anything else in a pipe because the user prefers JSON. */
  readonly isOfPython: boolean;
  readonly takesEnvironment: boolean;
}

/** Options that say themselves how something is printed. */
const printingFlags = ['format', 'differenceFormat', 'text', 'outputFile', 'fix', 'explain', 'rules'] as const;

/**
 * The options with what environment variables say in their place, and how `paconn config` wants results printed. A settings file
 * that is named replaces options and variables in the commands of the Python tool.
 */
export async function flagsWithDefaults(
  flags: Flags,
  { isOfPython, takesEnvironment }: CommandTraits,
  context: Context,
): Promise<Flags> {
  const { environment, output } = readVariables(context.variables);
  const isReplaced = isOfPython && flags['settingsFile'] !== undefined;
  const usesEnvironment = takesEnvironment && !isReplaced && !namesEnvironment(flags);
  const isPrinted = flags['output'] !== undefined || flags['query'] !== undefined;
  const isFree = !isPrinted && printingFlags.every((name) => flags[name] === undefined);
  const { settingsFile } = flags;
  return {
    ...flags,
    ...(typeof settingsFile === 'string' && { settingsFile: await settingsFileAt(settingsFile, context) }),
    ...(usesEnvironment && environment !== undefined && { environment }),
    ...(isFree && { output: output ?? (await configuredOutput({ isOfPython }, context)) }),
  };
}

/** A folder in the place of a settings file stands for the one in it. */
async function settingsFileAt(path: string, { workingDirectory }: Context): Promise<string> {
  const inFolder = join(path, settingsFileName);
  return path !== '' && (await isFile(resolve(workingDirectory, inFolder))) ? inFolder : path;
}

/** In which shape results are printed: as the option says, else the environment variable. */
export function jsonVersion({ jsonVersion: given }: Flags, { variables }: Pick<Context, 'variables'>): 1 | 2 {
  return (given ?? readVariables(variables).jsonVersion) === '1' ? 1 : 2;
}

function namesEnvironment({ environment, allEnvironments, connectorId }: Flags): boolean {
  if (environment !== undefined || allEnvironments === true) return true;
  return typeof connectorId === 'string' && readPortalAddress(connectorId)?.environment !== undefined;
}

async function configuredOutput(
  { isOfPython }: Pick<CommandTraits, 'isOfPython'>,
  context: Context,
): Promise<string | undefined> {
  if (isOfPython && !context.terminal.hasLineEnd) return undefined;
  return (await readDefaults(context)).output;
}
