import type { ComparedSide } from '../../results/files.ts';
import type { Context } from '../../context.ts';
import {
  type ListEnvironments,
  type ValuesForEnvironment,
  valuesFor,
  type ValuesRequest,
} from '../../environment/values-for.ts';
import { concealedIn, concealing } from '../../values/concealed-values.ts';
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
  /** The content of that, undefined where it isn't all there. */
  readonly synced?: (() => Promise<Connector | undefined>) | undefined;
  /** The state that has its references to environment variables, which the service doesn't show, compared with these files. */
  readonly references?: (files: Connector) => Promise<Connector>;
  /** The state with the secrets of another one, if it had them; undefined where it has its own. */
  readonly withSecretsOf?: (other: Connector) => Promise<Connector>;
  /** The environment that has it, or had it; undefined for files. */
  readonly place?: PlaceOfState | undefined;
  /** Where the values for environments are; undefined where there can't be any. */
  readonly files?: ValueFiles | undefined;
}

/** Both sides of a comparison. */
export interface ComparedStates {
  readonly from: ComparedState;
  readonly to: ComparedState;
  /** The pointers to values that this computer doesn't have. */
  readonly notCompared: readonly string[];
}

/**
 * Both sides with the values of one environment: those of the other side where one side are files, and of two environments
 * those of the second. So a value that is as it is to be in its environment is no difference, and any other one is.
 */
export async function inOneEnvironment(
  from: ComparedState,
  to: ComparedState,
  set: readonly string[],
): Promise<ComparedStates> {
  if (from.place && !to.place) {
    const { compared, notCompared } = await filesIn(to, from, set);
    return { from: await withSecretsOf(compared, from), to: compared, notCompared };
  }
  const { compared, notCompared } =
    to.place && !from.place ? await filesIn(from, to, set) : await asInOther(from, to, set);
  return { from: compared, to: await withSecretsOf(compared, to), notCompared };
}

/** A side with the secrets of the other one, where it lacks its own. */
async function withSecretsOf({ state: other }: ComparedState, one: ComparedState): Promise<ComparedState> {
  const pointers = concealedIn([one.state, other]);
  return one.withSecretsOf ? { ...one, state: await one.withSecretsOf(concealing(other, pointers)) } : one;
}

/** A side as it's compared. */
interface Compared extends Pick<ComparedStates, 'notCompared'> {
  readonly compared: ComparedState;
}

/** Files as they are to be in the environment of the other side. */
async function filesIn(files: ComparedState, other: ComparedState, set: readonly string[]): Promise<Compared> {
  const { values, concealed } = await valuesIn(other.place, files, { set, use: 'compare files' });
  const state = withValues(files.state, completedBy(other.state, values));
  const compared = { ...files, state: concealing(state, concealed) };
  return { compared, notCompared: unknownIn(values) };
}

/** A connector of one environment as it would be in another one. What isn't as it is to be in its own stays. */
async function asInOther(from: ComparedState, to: ComparedState, set: readonly string[]): Promise<Compared> {
  if (!from.place) return { compared: from, notCompared: [] };
  const { values: own, concealed } = await valuesIn(from.place, from, { set: [], use: 'see through' });
  const state = concealing(from.state, concealed);
  if (from.place.environment === to.place?.environment)
    return { compared: await withSecretsOf(to, { ...from, state }), notCompared: [] };
  const { values: others, ...there } = await valuesIn(to.place, from, { set, use: 'see through' });
  const wanted = new Map([...[...own.keys()].map((pointer) => [pointer, undefined] as const), ...others]);
  const placed = withValues(state, completedBy(to.state, wanted), own);
  const compared = { ...from, state: concealing(placed, there.concealed) };
  return { compared, notCompared: [...new Set([...unknownIn(own), ...unknownIn(others)])] };
}

function unknownIn(values: EnvironmentValues): readonly string[] {
  return [...values].flatMap(([pointer, value]) => (value === undefined ? [pointer] : []));
}

async function valuesIn(
  place: PlaceOfState | undefined,
  { files, state }: ComparedState,
  { set, use }: Pick<ValuesRequest, 'set' | 'use'>,
): Promise<Pick<ValuesForEnvironment, 'values' | 'concealed'>> {
  if (!place || !files) return { values: new Map(), concealed: [] };
  const { context, ...named } = files;
  const request = { ...named, set, connector: state, environment: place.environment, use };
  return await valuesFor(request, place.list, context);
}
