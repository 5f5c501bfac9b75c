import type { Remote, Target } from '../api/remote.ts';
import { UsageError } from '../errors.ts';
import { inOrder } from '../io/async.ts';
import { namedConnector } from './find-connector.ts';
import { listConnectors, type ListingContext } from './listings.ts';
import { ambiguous } from './unclear-name.ts';

/**
 * The connector in another environment that is the same as this one: with its ID, else with its name, since IDs differ between
 * environments. Raises {@link UsageError} when there is none, or several.
 */
export async function findCounterpart(
  { environment: ownEnvironment, connectorId: ownId }: Target,
  environment: string,
  remote: Remote,
  context: ListingContext,
): Promise<Target> {
  const [own, others] = await inOrder([
    listConnectors(ownEnvironment, remote, context),
    listConnectors(environment, remote, context),
  ]);
  const there = others.map(namedConnector);
  if (there.some(({ id }) => id === ownId)) return { environment, connectorId: ownId };
  const name = own.map(namedConnector).find(({ id }) => id === ownId)?.name ?? ownId;
  const found = there.filter((one) => one.name.normalize() === name.normalize());
  const [first, second] = found;
  if (second) throw ambiguous(name, found, { what: 'connectors', pass: '--to-connector' });
  if (first) return { environment, connectorId: first.id };
  throw new UsageError(`There is no connector '${name}' in the environment ${environment}.`, {
    hint: 'If it has another name there, pass --to-connector.',
  });
}
