import type { Remote } from '../api/remote.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import { namedConnector } from './find-connector.ts';
import { listConnectors } from './listings.ts';
import type { Named } from './match-name.ts';
import { ambiguous } from './unclear-name.ts';

/** The connectors of environments by what they are called; what is found in a list costs no request for another. */
export class ConnectorsByName {
  readonly #lists = new Map<string, Promise<readonly Named[]>>();
  readonly #claimed = new Set<string>();

  /** The ID of the connector with this name, to the letter. Raises {@link UsageError} when there are several. */
  async find(name: string, environment: string, remote: Remote, context: Context): Promise<string | undefined> {
    const known = this.#lists.get(environment);
    const called = async (listing: Promise<readonly Named[]>): Promise<readonly Named[]> => {
      this.#lists.set(environment, listing);
      return (await listing).filter((one) => one.name.normalize() === name.normalize());
    };
    const listed = known && (await called(known));
    // Another run may have made it since: what is not in an old list is looked for once more.
    const found = listed && listed.length > 0 ? listed : await called(this.#list(environment, remote, context));
    if (found.length > 1) throw ambiguous(name, found, { what: 'connectors', pass: '"connectorId" in settings.json:' });
    return found[0]?.id;
  }

  /** Keeps a name for a new connector. Raises {@link UsageError} when another folder of this run has it. */
  claim(name: string, environment: string): void {
    const key = JSON.stringify([environment, name.normalize()]);
    if (this.#claimed.has(key)) {
      throw new UsageError(`Another folder creates a connector with the name '${name}' in the same environment.`, {
        hint: 'Change one of the titles, or deploy only one of them.',
      });
    }
    this.#claimed.add(key);
  }

  async #list(environment: string, remote: Remote, context: Context): Promise<readonly Named[]> {
    return (await listConnectors(environment, remote, context)).map(namedConnector);
  }
}
