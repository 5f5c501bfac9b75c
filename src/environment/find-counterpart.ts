import type { Remote, Target } from '../api/remote.ts';
import { shownName } from '../connector/secret-stretches.ts';
import { UsageError } from '../errors.ts';
import { inOrder } from '../io/async.ts';
import { environmentWords } from './environment-name.ts';
import { namedConnector } from './find-connector.ts';
import type { Named } from '../match-name.ts';
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
  pass = '--to-connector',
): Promise<Target> {
  const [own, others] = await inOrder([
    listConnectors(ownEnvironment, remote, context),
    listConnectors(environment, remote, context),
  ]);
  const there = others.map(namedConnector);
  if (there.some(({ id }) => id === ownId)) return { environment, connectorId: ownId };
  const name = own.map(namedConnector).find(({ id }) => id === ownId)?.name ?? ownId;
  return await theOneCalled(name, there, { environment, pass }, context);
}

/** The connector of a name in an environment. Raises {@link UsageError} when there is none, or several. */
export async function findByTitle(
  title: string,
  environment: string,
  remote: Remote,
  context: ListingContext,
): Promise<Target> {
  const there = (await listConnectors(environment, remote, context)).map(namedConnector);
  return await theOneCalled(title, there, { environment, pass: '--connector' }, context);
}

async function theOneCalled(
  name: string,
  all: readonly Named[],
  { environment, pass }: { readonly environment: string; readonly pass: string },
  context: ListingContext,
): Promise<Target> {
  const found = all.filter((one) => one.name.normalize() === name.normalize());
  const [first, second] = found;
  if (second) throw ambiguous(name, found, { what: 'connectors', pass });
  if (first) return { environment, connectorId: first.id };
  throw new UsageError(
    `No connector named '${shownName(name)}' found in ${await environmentWords(environment, context)}.`,
    {
      hint: `If it has another name there, pass ${pass}.`,
    },
  );
}
