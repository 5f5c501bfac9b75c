import { commandWord } from '../io/terminal/command-word.ts';
import * as z from 'zod';
import { filesOf } from '../check/connector-folder.ts';
import { type Connector, requireTitle } from '../connector/connector.ts';
import type { Context } from '../context.ts';
import { FileError, UsageError } from '../errors.ts';
import { mismatch } from '../json/mismatch.ts';
import { readJson } from '../json/reading.ts';
import { member } from '../json/value.ts';
import { foldersOf } from '../solution/archive.ts';
import { overlongValues, overlongWords } from '../solution/column-limits.ts';
import { identityFaults, type SolutionIdentity, solutionIdentity } from '../solution/identity.ts';
import { type ManifestTexts, numberLimits } from '../solution/manifest-texts.ts';
import { readSolution, type Solution } from '../solution/solution.ts';
import { connectorOfFlow, type SolutionSettings } from '../solution/solution-settings.ts';
import { connectorFrom, requireConnectorFolder } from './connector-folder.ts';
import { type SolutionForm, writeSolution, type WrittenSolution } from '../solution/write-solution.ts';

/** What options say about a solution. */
export interface SolutionChoices {
  readonly solutionName?: string | undefined;
  readonly solutionVersion?: string | undefined;
  readonly publisherPrefix?: string | undefined;
  readonly publisherName?: string | undefined;
  readonly dataverseId?: string | undefined;
  /** A solution with a flow that goes into the same package: its connector is the same row in Dataverse. */
  readonly flow?: { readonly name: string; readonly solution: Solution } | undefined;
}

/** The same in a settings file, as `paconn.solution`. */
const solutionSettingsSchema = z.looseObject({
  name: z.string().optional(),
  version: z.string().optional(),
  prefix: z.string().optional(),
  publisherName: z.string().optional(),
  connectorId: z.string().optional(),
  connectorName: z.string().optional(),
  displayName: z.string().optional(),
  description: z.string().optional(),
  publisherDisplayName: z.string().optional(),
  publisherDescription: z.string().optional(),
  email: z.string().optional(),
  website: z.string().optional(),
  optionValuePrefix: numberSchema('optionValuePrefix'),
  language: numberSchema('language'),
});

function numberSchema(name: keyof typeof numberLimits): z.ZodOptional<z.ZodNumber> {
  const [least, most] = numberLimits[name];
  return z.int().min(least).max(most).optional();
}

export interface FolderSolution {
  readonly identity: SolutionIdentity;
  readonly connector: Connector;
  readonly written: WrittenSolution;
  /** The files that it's made of. */
  readonly inputs: readonly string[];
}

/**
 * A solution with the connector of a folder. What options and the settings file leave open is asked for. Raises
 * {@link UsageError} without a terminal to prompt at, and {@link FileError}.
 */
export async function solutionOfFolder(
  folder: string,
  choices: SolutionChoices,
  form: SolutionForm,
  context: Context,
): Promise<FolderSolution> {
  const { workingDirectory, terminal } = context;
  const found = await requireConnectorFolder(folder, workingDirectory);
  const connector = await connectorFrom(found, context);
  const settings = solutionSettings(found.settings);
  const identity = await chosenIdentity(requireTitle(connector), choices, settings, context);
  const written = writeSolution(connector, identity, form);
  for (const words of overlongIn(written)) terminal.note(`Warning: ${words}`);
  return { identity, connector, written, inputs: filesOf(found) };
}

/** What of it an import would refuse. */
function overlongIn({ entries }: WrittenSolution): readonly string[] {
  const files = new Map(entries.map(({ name, bytes }) => [name, bytes]));
  const folders = new Set(entries.flatMap(({ name }) => foldersOf(name)));
  const solution = readSolution({ name: '', isZip: true, files, folders, hasBackslashes: false });
  return overlongValues(solution).map(overlongWords);
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
  const ofFlow = choices.flow && connectorOfFlow(choices.flow.solution, title);
  const given = {
    prefix: choices.publisherPrefix ?? settings.prefix,
    publisherName: choices.publisherName ?? settings.publisherName,
    solutionName: choices.solutionName ?? settings.name,
    solutionVersion: choices.solutionVersion ?? settings.version,
    connectorId: choices.dataverseId ?? settings.connectorId ?? ofFlow?.connectorId,
    connectorName: settings.connectorName ?? ofFlow?.connectorName,
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
  const identity = solutionIdentity({ ...given, title, prefix, publisherName, texts: textsFor(given, settings) });
  if (choices.flow && identity.connectorId !== ofFlow?.connectorId) {
    terminal.note(`Warning: ${choices.flow.name} ${otherConnector(ofFlow?.connectorId)}`);
  }
  return identity;
}

/** The texts of the settings are about the solution and the publisher there, and no other ones that options name. */
function textsFor(
  { solutionName, publisherName }: Pick<SolutionChoices, 'solutionName' | 'publisherName'>,
  settings: SolutionSettings,
): ManifestTexts {
  const { displayName, description, language, ...rest } = settings;
  const { publisherDisplayName, publisherDescription, email, website, optionValuePrefix } = rest;
  return {
    language,
    ...(solutionName === settings.name && { displayName, description }),
    ...(publisherName === settings.publisherName && {
      publisherDisplayName,
      publisherDescription,
      email,
      website,
      optionValuePrefix,
    }),
  };
}

function otherConnector(id: string | undefined): string {
  return id === undefined
    ? "doesn't show which connector this is, so importing both can create two. Pass its ID with --connector-id."
    : `has the connector with another ID, so importing both creates two. Use the same one with --connector-id ${commandWord(id)}.`;
}
