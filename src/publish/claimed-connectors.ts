import type { Target } from '../api/remote.ts';
import { UsageError } from '../errors.ts';

/** What the folders of one run send to: two that send to one connector would overwrite each other. */
export class ClaimedConnectors {
  readonly #places = new Map<string, string>();

  /**
   * Keeps a connector for a folder. Raises {@link UsageError} when another one has it.
   *
   * @param place The folder, or the connector of a solution, from where the user is.
   */
  claim({ environment, connectorId }: Target, place: string): void {
    const other = this.#claim([environment, connectorId.toLowerCase()], place);
    if (other === undefined) return;
    throw new UsageError(`${shown(other)} and ${shown(place)} are both for the connector ${connectorId}.`, {
      hint: 'Pass only one of them, or correct "connectorId" or the title in the other one.',
    });
  }

  /** Keeps a name for a new connector. Raises {@link UsageError} when another folder has it. */
  claimName(name: string, environment: string, place: string): void {
    const other = this.#claim([environment, 'new', name.normalize()], place);
    if (other === undefined) return;
    throw new UsageError(`${shown(other)} creates a connector with the name '${name}' in the same environment.`, {
      hint: 'Change one of the titles, or deploy only one of them.',
    });
  }

  /** Another place that has it already. */
  #claim(parts: readonly string[], place: string): string | undefined {
    const key = JSON.stringify(parts);
    const other = this.#places.get(key);
    if (other === undefined) this.#places.set(key, place);
    return other === place ? undefined : other;
  }
}

function shown(place: string): string {
  return place === '' ? 'The current folder' : place;
}
