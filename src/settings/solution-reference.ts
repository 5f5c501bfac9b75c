import { UsageError } from '../errors.ts';
import { guidOf, readPortalAddress } from './portal-address.ts';

/** The solution that every environment with Dataverse has under this ID. */
const defaultSolution = 'fd140aaf-4df4-11dd-bd17-0019b9312238';

/** A solution as the user names it. */
export type SolutionReference =
  | {
      readonly id: string;
      /** Where its URL leads, as that has it. */
      readonly environment?: string | undefined;
    }
  | { readonly name: string };

/**
 * The solution that the user names: by its ID, by the URL of its page in the maker portal, as `default`, or by a name, which is
 * in Dataverse. Raises {@link UsageError} for a URL of something else.
 */
export function solutionReference(text: string): SolutionReference {
  const written = text.trim();
  if (written.toLowerCase() === 'default') return { id: defaultSolution };
  const inUrl = /^https:\/\/[^?#]*\/solutions\/(?<id>[^/?#]+)/iu.exec(written)?.groups?.['id'];
  const id = guidOf(inUrl ?? written);
  if (id !== undefined) return { id: id.toLowerCase(), environment: readPortalAddress(written)?.environment };
  if (written !== '' && !/^https?:\/\//iu.test(written)) return { name: written };
  throw new UsageError(
    `--solution must be the name or the ID of a solution, its URL in the maker portal, or default: ${text}`,
    {
      hint: 'Open the solution in the maker portal; its URL contains the ID.',
    },
  );
}
