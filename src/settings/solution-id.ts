import { UsageError } from '../errors.ts';
import { guidOf } from './portal-address.ts';

/** The solution that every environment with Dataverse has under this ID. */
const defaultSolution = 'fd140aaf-4df4-11dd-bd17-0019b9312238';

/**
 * The ID of a solution that the user names: by itself, by the URL of its page in the maker portal, or as `default`. Names are in
 * Dataverse, for which there is no token. Raises {@link UsageError}.
 */
export function solutionIdOf(text: string): string {
  if (text.trim().toLowerCase() === 'default') return defaultSolution;
  const inUrl = /^https:\/\/[^?#]*\/solutions\/(?<id>[^/?#]+)/iu.exec(text.trim())?.groups?.['id'];
  const id = guidOf(inUrl ?? text);
  if (id !== undefined) return id.toLowerCase();
  throw new UsageError(`--solution must be the ID of a solution, its URL in the maker portal, or default: ${text}`, {
    hint: "Solutions can't be found by name: only Dataverse knows the names. Open the solution in the maker portal; its URL contains the ID.",
  });
}
