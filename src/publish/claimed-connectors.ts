import type { Target } from '../api/remote.ts';
import { UsageError } from '../errors.ts';

/** Keeps connectors for a folder, after those that come before it in the order of the run have kept theirs. */
export interface ConnectorClaims {
  /**
   * Keeps a connector. Raises {@link UsageError} when another folder has it.
   *
   * @param place The folder, or the connector of a solution, from where the user is.
   */
  readonly claim: (target: Target, place: string) => Promise<void>;
  /** Keeps a name for a new connector. Raises {@link UsageError} when another folder has it. */
  readonly claimName: (name: string, environment: string, place: string) => Promise<void>;
}

/**
 * What the folders of one run send to: two that send to one connector would overwrite each other. The first one in the order of the
 * run has it, however long each takes.
 */
export class ClaimedConnectors {
  readonly #places = new Map<string, string>();
  /** Fulfilled when all that have begun have claimed or ended. */
  #settled: Promise<unknown> = Promise.resolve();

  /** Does the work of a folder. Those of a run begin in their order. */
  async during<T>(work: (claims: ConnectorClaims) => Promise<T>): Promise<T> {
    const before = this.#settled;
    const { settled, settle } = settling();
    this.#settled = Promise.all([before, settled]);
    const inTurn = async (parts: readonly string[], place: string): Promise<string | undefined> => {
      await before;
      settle();
      return this.#claim(parts, place);
    };
    try {
      return await work({
        claim: async ({ environment, connectorId }, place) => {
          const other = await inTurn([environment, connectorId.toLowerCase()], place);
          if (other !== undefined) throw sameTargetError(other, place, connectorId);
        },
        claimName: async (name, environment, place) => {
          const other = await inTurn([environment, 'new', name.normalize()], place);
          if (other === undefined) return;
          throw new UsageError(`${shown(other)} creates a connector with the name '${name}' in the same environment.`, {
            hint: 'Change one of the titles, or deploy only one of them.',
          });
        },
      });
    } finally {
      settle();
    }
  }

  /** Another place that has it already. */
  #claim(parts: readonly string[], place: string): string | undefined {
    const key = JSON.stringify(parts);
    const other = this.#places.get(key);
    if (other === undefined) this.#places.set(key, place);
    return other === place ? undefined : other;
  }
}

/** The error of two folders of a run that are for one connector. */
export function sameTargetError(other: string, place: string, connectorId: string): UsageError {
  return new UsageError(`${shown(other)} and ${shown(place)} are both for the connector ${connectorId}.`, {
    hint: 'Pass only one of them, or correct "connectorId" or the title in the other one.',
  });
}

const nothing = (): void => {};

/** A promise, and what fulfills it. */
function settling(): { readonly settled: Promise<void>; readonly settle: () => void } {
  let settle = nothing;
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { settled, settle };
}

function shown(place: string): string {
  return place === '' ? 'The current folder' : place;
}
