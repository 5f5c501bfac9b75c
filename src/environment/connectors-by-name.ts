import type { Remote } from '../api/remote.ts';
import type { ConnectorSummary } from '../api/resources.ts';
import type { Context } from '../context.ts';
import { namedConnector } from './find-connector.ts';
import { listConnectors } from './listings.ts';
import { ambiguous } from './unclear-name.ts';

/** The connectors of environments by what they are called; each list is asked for once in a run, unless it is old. */
export class ConnectorsByName {
  readonly #lists = new Map<string, Promise<readonly ConnectorSummary[]>>();

  /**
   * The ID of the connector with exactly this name. Raises {@link UsageError} when there are several.
   *
   * @param pass The option that chooses one of them; without one the settings do.
   */
  async find(
    name: string,
    environment: string,
    remote: Remote,
    context: Context,
    pass?: string,
  ): Promise<string | undefined> {
    const connectors = await this.list(environment, remote, context);
    const found = connectors.map(namedConnector).filter((one) => one.name.normalize() === name.normalize());
    if (found.length > 1) throw ambiguous(name, found, { what: 'connectors', pass });
    return found[0]?.id;
  }

  /** Forgets a list: another run may have made connectors since. */
  forget(environment: string): void {
    this.#lists.delete(environment);
  }

  /** All in an environment. */
  async list(environment: string, remote: Remote, context: Context): Promise<readonly ConnectorSummary[]> {
    const listing = this.#lists.get(environment) ?? listConnectors(environment, remote, context);
    this.#lists.set(environment, listing);
    return await listing;
  }
}
