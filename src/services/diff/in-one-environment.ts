import type { ComparedSide } from '../../results/files.ts';
import type { Context } from '../../context.ts';
import { type ListEnvironments, valuesFor, type ValuesRequest } from '../../environment/values-for.ts';
import { completedBy, type EnvironmentValues, withValues } from '../../values/place-values.ts';
import type { Base } from '../../history/base.ts';
import type { Connector } from '../../connector/connector.ts';

/** An environment that has a state, or had it. */
export interface PlaceOfState {
  readonly environment: string;
  readonly list: ListEnvironments;
}

/** The files that values for environments belong to, and the run in their folder. */
export interface ValueFiles extends Pick<ValuesRequest, 'settings' | 'settingsFile'> {
  readonly context: Context;
}

/** A state that is compared, and what it is called. */
export interface ComparedState {
  readonly name: string;
  /** The same for programs. */
  readonly side: ComparedSide;
  readonly state: Connector;
  /** What an environment held when the files beside were last synced with it, if that is known. */
  readonly base?: Base | undefined;
  /** The environment that has it, or had it; undefined for files. */
  readonly place?: PlaceOfState | undefined;
  /** Where the values for environments are; undefined where there can't be any. */
  readonly files?: ValueFiles | undefined;
}

/**
 * Both sides with the values of one environment: those of the other side where one side are files, and of two environments
 * those of the second. So a value that is as it is to be in its environment is no difference, and any other one is.
 */
export async function inOneEnvironment(
  from: ComparedState,
  to: ComparedState,
  set: readonly string[],
): Promise<readonly [from: ComparedState, to: ComparedState]> {
  if (from.place && !to.place) return [from, await filesIn(to, from, set)];
  if (to.place && !from.place) return [await filesIn(from, to, set), to];
  return [await asInOther(from, to, set), to];
}

/** Files as they are to be in the environment of the other side. */
async function filesIn(files: ComparedState, other: ComparedState, set: readonly string[]): Promise<ComparedState> {
  const values = await valuesIn(other.place, files, { set, use: 'compare files' });
  const unknown = [...values].flatMap(([pointer, value]) => (value === undefined ? [pointer] : []));
  if (unknown.length > 0) {
    files.files?.context.terminal.note(
      `Not compared, because an environment variable isn't set or is empty: ${unknown.join(', ')}.`,
    );
  }
  return { ...files, state: withValues(files.state, completedBy(other.state, values)) };
}

/** A connector of one environment as it would be in another one. What isn't as it is to be in its own stays. */
async function asInOther(from: ComparedState, to: ComparedState, set: readonly string[]): Promise<ComparedState> {
  if (!from.place || from.place.environment === to.place?.environment) return from;
  const own = await valuesIn(from.place, from, { set: [], use: 'see through' });
  const others = await valuesIn(to.place, from, { set, use: 'see through' });
  const wanted = new Map([...[...own.keys()].map((pointer) => [pointer, undefined] as const), ...others]);
  return { ...from, state: withValues(from.state, completedBy(to.state, wanted), own) };
}

async function valuesIn(
  place: PlaceOfState | undefined,
  { files, state }: ComparedState,
  { set, use }: Pick<ValuesRequest, 'set' | 'use'>,
): Promise<EnvironmentValues> {
  if (!place || !files) return new Map();
  const { context, ...named } = files;
  const request = { ...named, set, connector: state, environment: place.environment, use };
  return (await valuesFor(request, place.list, context)).values;
}
