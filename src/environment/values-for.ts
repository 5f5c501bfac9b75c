import { dirname, join, resolve } from 'node:path';
import * as z from 'zod';
import type { Remote } from '../api/remote.ts';
import { readFileOf } from '../check/read-connector-file.ts';
import type { Connector } from '../connector/connector.ts';
import { shownJson, shownName, shownPointer } from '../connector/secret-stretches.ts';
import type { Context } from '../context.ts';
import { FileError, UsageError } from '../errors.ts';
import { isNamed } from '../io/fs/files.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { JsonDocument, type RawJson, toJson } from '../json/document.ts';
import { pointerPath } from '../json/pointer.ts';
import { parseJson } from '../json/parse.ts';
import { readJson } from '../json/reading.ts';
import { locate } from '../json/positions.ts';
import type { Settings } from '../settings/settings.ts';
import { SourceFile } from '../validation/engine/source-file.ts';
import {
  duplicatesIn,
  environmentsFileName,
  holdsCredential,
  isSecretVariable,
  problemsInFile,
  problemsInValues,
  problemWords,
  referenceIn,
  type ValueProblem,
  valuesByEnvironment,
  type WrittenValue,
} from '../values/environments-file.ts';
import { isSecretPointer, unknownPointers } from '../values/unknown-pointers.ts';
import { type EnvironmentValues, valuesAt } from '../values/place-values.ts';
import { connect } from '../remote/connect.ts';
import { readListings } from './listing-cache.ts';
import { listEnvironments, type ListingContext } from './listings.ts';
import { namedEnvironment } from './find-environment.ts';
import { matchName, type Named } from '../match-name.ts';
import { ambiguous, unknown } from './unclear-name.ts';

export interface ValuesRequest {
  readonly settings: Pick<Settings, 'apiDefinition'>;
  readonly settingsFile: string | undefined;
  /** Values of the command line, `POINTER=VALUE`. */
  readonly set: readonly string[];
  /** The connector that the values are for. */
  readonly connector: Connector;
  /** The ID of the environment. */
  readonly environment: string;
  /**
   * What the values are for. Only who sends needs them all: to compare, a reference to a variable that isn't set can be left
   * out. Files that are sent or compared must have a place for each value. What only sees through the values finds no fault:
   * not in files that are to be replaced, nor in what somebody has made of a connector in an environment.
   */
  readonly use: 'send files' | 'compare files' | 'see through';
}

/** The environments that the names in a file can mean. */
export type ListEnvironments = () => Promise<readonly Named[]>;

/** All that the account can see. */
export function listedBy(remote: Remote, context: ListingContext): ListEnvironments {
  return async () => (await listEnvironments(remote, context)).map(namedEnvironment);
}

/** Those of the last listing; only without one a request is made, and the account needed. */
export function listedBefore(settings: Settings, context: Context): ListEnvironments {
  return async () => {
    const { environments } = await readListings(context.configDirectory);
    return environments.length > 0 ? environments : await listedBy(await connect(settings, context), context)();
  };
}

/** The values of a connector in an environment that replace the values in its files. */
export interface ValuesForEnvironment {
  readonly values: EnvironmentValues;
  /** Client secrets, which files don't have and no environment shows. */
  readonly secrets: EnvironmentValues;
  /** The pointers to values of variables that are called like secrets. */
  readonly concealed: readonly string[];
  /** Where each one is written: the file with line and column, or the option. */
  readonly places: ReadonlyMap<string, string>;
}

/**
 * The values for an environment, from the file next to the settings and from `--set`. Raises `FileError` and {@link UsageError}
 * for those that can't be meant.
 */
export async function valuesFor(
  request: ValuesRequest,
  list: ListEnvironments,
  context: Pick<Context, 'terminal' | 'variables' | 'workingDirectory'>,
): Promise<ValuesForEnvironment> {
  const { set, connector, environment, use } = request;
  const file = await readEnvironmentsFile(request, context);
  const noting = use === 'see through' ? { note: () => undefined } : context.terminal;
  const ofFile = file ? await ownValues(file, environment, list, noting) : [];
  const given = set.map(givenValue);
  raiseFirst(problemsInValues(given), () => '--set', UsageError);
  const pointers = new Set(given.map(({ pointer }) => pointer));
  const fromFile = ofFile.filter(({ pointer }) => !pointers.has(pointer));
  if (use !== 'see through') {
    const { apiDefinition, apiProperties } = connector;
    const documents = { apiDefinition: apiDefinition?.json.value, apiProperties: apiProperties.json.value };
    if (file) raiseFirst(unknownPointers(fromFile, documents), file.place, FileError);
    raiseFirst(unknownPointers(given, documents), () => '--set', UsageError);
  }
  const all = [
    ...fromFile.map((value) => ({ ...value, place: file?.place(value) ?? '', json: file?.document.at(value.path) })),
    ...given.map((value) => ({ ...value, place: '--set' })),
  ];
  const resolved = all.map((value) => [value.pointer, resolvedValue(value, request, context)] as const);
  return {
    values: new Map(resolved.filter(([pointer]) => !isSecretPointer(pointer))),
    secrets: new Map(resolved.filter(([pointer]) => isSecretPointer(pointer))),
    concealed: concealedAmong(all),
    places: new Map(all.map(({ pointer, place }) => [pointer, place])),
  };
}

/** The environments that the file next to the settings names, by name or ID. Raises `FileError`. */
export async function environmentsInFile(
  settingsAt: Pick<ValuesRequest, 'settings' | 'settingsFile'>,
  context: Pick<Context, 'workingDirectory'>,
): Promise<readonly string[]> {
  const file = await readEnvironmentsFile(settingsAt, context);
  return file ? [...valuesByEnvironment(file.document.value).keys()] : [];
}

/** The pointers that any environment has a variable for which is called like a secret; none of a file that can't be read. */
export async function concealedInFile(
  settingsAt: Pick<ValuesRequest, 'settings' | 'settingsFile'>,
  context: Pick<Context, 'workingDirectory'>,
): Promise<readonly string[]> {
  try {
    const file = await readEnvironmentsFile(settingsAt, context);
    const values = file ? [...valuesByEnvironment(file.document.value).values()].flat() : [];
    return concealedAmong(values);
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
}

function concealedAmong(values: readonly WrittenValue[]): readonly string[] {
  return values.flatMap(({ pointer, value }) => (isSecretVariable(referenceIn(value)) ? [pointer] : []));
}

interface EnvironmentsFile {
  readonly document: JsonDocument;
  /** `paconn.environments.json:3:5` */
  readonly place: (problem: Pick<ValueProblem, 'path'>) => string;
}

async function readEnvironmentsFile(
  { settings: { apiDefinition = '' }, settingsFile }: Pick<ValuesRequest, 'settings' | 'settingsFile'>,
  { workingDirectory }: Pick<Context, 'workingDirectory'>,
): Promise<EnvironmentsFile | undefined> {
  const shown = join(dirname(settingsFile ?? apiDefinition), environmentsFileName);
  if (!(await isNamed(resolve(workingDirectory, shown)))) return undefined;
  const reading = readJson((await readFileOf('environments', shown, { workingDirectory })).bytes);
  const { text, faults } = reading;
  const document = JsonDocument.of(reading, z.unknown(), shown);
  const file = new SourceFile(shown, text, text.length);
  const at = (offset: number): string => {
    const { line, column } = file.positionAt(offset);
    return `${shown}:${line}:${column}`;
  };
  const place = ({ path: jsonPath }: Pick<ValueProblem, 'path'>): string => {
    const [located] = locate(text, [jsonPath]);
    return at(located?.found.nameStart ?? 0);
  };
  const [duplicate] = duplicatesIn(faults);
  if (duplicate) raiseFirst([duplicate], () => at(duplicate.start), FileError);
  raiseFirst(problemsInFile(document.value), place, FileError);
  return { document, place };
}

/** The values that a file has for an environment, which it may name by its ID or its name. */
async function ownValues(
  { document, place }: EnvironmentsFile,
  environment: string,
  list: ListEnvironments,
  terminal: Pick<Terminal, 'note'>,
): Promise<readonly WrittenValue[]> {
  const byEnvironment = valuesByEnvironment(document.value);
  const isId = (name: string): boolean => name.toLowerCase() === environment.toLowerCase();
  const names = [...byEnvironment.keys()];
  const others = names.filter((name) => !isId(name));
  const listed = others.length === 0 ? [] : await list();
  const matches = others.map((name) => ({ name, match: matchName(name, listed) }));
  const own = [
    ...names.filter(isId),
    ...matches.flatMap(({ name, match }) => {
      if (match.kind === 'one') return isId(match.found.id) ? [name] : [];
      if (match.kind === 'none' || !match.found.some(({ id }) => isId(id))) return [];
      const { message, detail } = ambiguous(name, match.found, { what: 'environments', pass: '' });
      throw new FileError(`${place({ path: [name] })}: ${message}`, { detail, hint: 'Use the ID of the environment.' });
    }),
  ];
  const [first, second] = own;
  if (first !== undefined && second !== undefined) {
    throw new FileError(
      `${place({ path: [second] })}: '${shownName(first)}' and '${shownName(second)}' are the same environment.`,
    );
  }
  for (const { name, match } of matches) {
    if (match.kind === 'none') reportUnknown(name, match.similar, { hasOwn: own.length > 0, isId, place }, terminal);
  }
  if (first === undefined && matches.some(({ match }) => match.kind === 'none')) {
    const called = listed.find(({ id }) => isId(id))?.name ?? environment;
    terminal.note(
      `Warning: ${environmentsFileName} has values for ${names.map(shownName).join(', ')}, but not for ${called}: the values in your files are used. If it was renamed, use its ID as the key: ${environment}`,
    );
  }
  return (first !== undefined && byEnvironment.get(first)) || [];
}

/** An account doesn't see all environments: only one that is like a name in the file, or the lack of any, is worth a line. */
function reportUnknown(
  name: string,
  similar: readonly Named[],
  {
    hasOwn,
    isId,
    place,
  }: { readonly hasOwn: boolean; readonly isId: (id: string) => boolean; readonly place: EnvironmentsFile['place'] },
  { note }: Pick<Terminal, 'note'>,
): void {
  if (similar.length === 0 && hasOwn) return;
  const { message, hint } = unknown(
    `${place({ path: [name] })}: No environment '${shownName(name)}' found.`,
    similar,
    '',
  );
  if (!hasOwn && similar.some(({ id }) => isId(id))) throw new FileError(message, { hint });
  note(['Warning:', message, hint].filter(Boolean).join(' '));
}

function givenValue(written: string): WrittenValue {
  const [, pointer, value] = /^([^=]*)=(.*)$/su.exec(written) ?? [];
  if (pointer !== undefined && value !== undefined) return { pointer, value, path: [] };
  throw new UsageError('--set must have the form <pointer>=<value>.', {
    hint: 'For example: --set /host=api.contoso.com',
  });
}

interface LocatedValue extends WrittenValue {
  /** The file with line and column, or the option. */
  readonly place: string;
  /** As it is in the file. */
  readonly json?: RawJson | undefined;
}

/** A text from outside JSON is a string, unless the files have something else there. */
function resolvedValue(
  { pointer, value, json, place }: LocatedValue,
  { connector, use }: ValuesRequest,
  { variables, terminal }: Pick<Context, 'terminal' | 'variables'>,
): RawJson | undefined {
  const variable = referenceIn(value);
  if (variable === undefined && json) return json;
  // An empty variable is as good as none: pipelines have one for a secret that isn't there.
  const text = variable === undefined ? String(value) : variables[variable] || undefined;
  if (text === undefined && use !== 'send files') return undefined;
  if (text === undefined) {
    const state = variable !== undefined && variables[variable] === '' ? 'is empty' : "isn't set";
    throw new UsageError(`${place}: The environment variable ${variable} ${state}.`, {
      hint: `It contains the value of ${shownPointer(pointer)}.`,
    });
  }
  if (variable !== undefined && holdsCredential(text)) {
    throw new UsageError(
      `${place}: The environment variable ${variable} contains a URL with a user name or a private key, so it can't be a value of a connector.`,
      { hint: 'Use another value.' },
    );
  }
  if (isSecretVariable(variable)) terminal.concealGiven(text);
  const before = valuesAt(connector, [pointer]).get(pointer);
  if (before === undefined || before.text.startsWith('"')) return toJson(text);
  if (parseJson(text) !== undefined) return { text };
  const example = shownJson(before.text, pointerPath(pointer)).slice(0, 40);
  throw new UsageError(`${place}: The value of ${shownPointer(pointer)} must be JSON, such as ${example}.`);
}

function raiseFirst(
  [first]: readonly (ValueProblem & { readonly suggestion?: string | undefined })[],
  place: (problem: ValueProblem) => string,
  Raised: typeof FileError | typeof UsageError,
): void {
  if (!first) return;
  const { name = '', other = '', suggestion } = first;
  const fillers: Readonly<Record<string, string>> = {
    name: shownName(name),
    other: shownName(other),
    suggestion: '',
  };
  const words = problemWords[first.kind].replaceAll(/\{(\w+)\}/gu, (_, key: string) => fillers[key] ?? '');
  const hint = suggestion === undefined ? undefined : `Did you mean ${shownPointer(suggestion)}?`;
  throw new Raised(`${place(first)}: ${words}`, { hint });
}
