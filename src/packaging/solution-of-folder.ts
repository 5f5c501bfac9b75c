import * as z from 'zod';
import { connectorInFolder } from '../check/connector-folder.ts';
import { type Connector, requireTitle } from '../connector/connector.ts';
import type { Context } from '../context.ts';
import { FileError, UsageError } from '../errors.ts';
import { mismatch } from '../json/mismatch.ts';
import { readJson } from '../json/reading.ts';
import { member } from '../json/value.ts';
import { identityFaults, type SolutionIdentity, solutionIdentity } from '../solution/identity.ts';
import type { SolutionSettings } from '../solution/solution-settings.ts';
import { requireConnectorFolder } from './connector-folder.ts';
import { type SolutionForm, writeSolution, type WrittenSolution } from '../solution/write-solution.ts';

/** What options say about a solution. */
export interface SolutionChoices {
  readonly solutionName?: string | undefined;
  readonly solutionVersion?: string | undefined;
  readonly publisherPrefix?: string | undefined;
  readonly publisherName?: string | undefined;
  readonly dataverseId?: string | undefined;
}

/** The same in a settings file, as `paconn.solution`. */
const solutionSettingsSchema = z.looseObject({
  name: z.string().optional(),
  version: z.string().optional(),
  prefix: z.string().optional(),
  publisherName: z.string().optional(),
  connectorId: z.string().optional(),
  connectorName: z.string().optional(),
});

export interface FolderSolution {
  readonly identity: SolutionIdentity;
  readonly connector: Connector;
  readonly written: WrittenSolution;
}

/**
 * A solution with the connector of a folder. What options and the settings file leave open is asked for. Raises
 * {@link UsageError} where nobody can be asked, and {@link FileError}.
 */
export async function solutionOfFolder(
  folder: string,
  choices: SolutionChoices,
  form: SolutionForm,
  context: Context,
): Promise<FolderSolution> {
  const { workingDirectory } = context;
  const found = await requireConnectorFolder(folder, workingDirectory);
  const connector = await connectorInFolder(found, workingDirectory);
  const settings = solutionSettings(found.settings);
  const identity = await chosenIdentity(requireTitle(connector), choices, settings, context);
  return { identity, connector, written: writeSolution(connector, identity, form) };
}

function solutionSettings(file: { readonly name: string; readonly bytes: Uint8Array } | undefined): SolutionSettings {
  const given = file && member(member(readJson(file.bytes).value, 'paconn'), 'solution');
  if (!file || given === undefined) return {};
  const { success, data, error } = solutionSettingsSchema.safeParse(given);
  if (success) return data;
  const why = mismatch(error, given, (path) => `'${['paconn', 'solution', ...path].map(String).join('.')}'`);
  throw new FileError(`${file.name}: ${why}.`);
}

const options = {
  prefix: '--prefix',
  publisherName: '--publisher-name',
  solutionName: '--solution-name',
  solutionVersion: '--solution-version',
  connectorId: '--connector-id',
  connectorName: '"connectorName" in settings.json',
} as const;

async function chosenIdentity(
  title: string,
  choices: SolutionChoices,
  settings: SolutionSettings,
  { terminal }: Context,
): Promise<SolutionIdentity> {
  const given = {
    prefix: choices.publisherPrefix ?? settings.prefix,
    publisherName: choices.publisherName ?? settings.publisherName,
    solutionName: choices.solutionName ?? settings.name,
    solutionVersion: choices.solutionVersion ?? settings.version,
    connectorId: choices.dataverseId ?? settings.connectorId,
    connectorName: settings.connectorName,
  };
  for (const name of [
    'prefix',
    'publisherName',
    'solutionName',
    'solutionVersion',
    'connectorId',
    'connectorName',
  ] as const) {
    const value = given[name];
    const fault = value === undefined ? undefined : identityFaults[name](value);
    if (fault !== undefined) throw new UsageError(`${options[name]} ${fault}: ${value}`);
  }
  const missing = (['prefix', 'publisherName'] as const).filter((name) => given[name] === undefined);
  if (missing.length > 0 && !terminal.interactive) {
    throw new UsageError(`The publisher of the solution must be specified.`, {
      hint: `Pass ${missing.map((name) => options[name]).join(' and ')}, or "paconn": { "solution": { "prefix": …, "publisherName": … } } in settings.json.`,
    });
  }
  const ask = async (name: 'prefix' | 'publisherName', message: string): Promise<string> =>
    given[name] ?? (await terminal.ask({ message, insteadPass: options[name], problem: identityFaults[name] }));
  const prefix = await ask('prefix', "Prefix of the solution's publisher, such as contoso");
  const publisherName = await ask('publisherName', "Unique name of the solution's publisher");
  return solutionIdentity({ ...given, title, prefix, publisherName });
}
