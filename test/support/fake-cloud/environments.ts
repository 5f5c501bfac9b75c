import { refuse } from './exchange.ts';
import { contosoTenant } from './users.ts';

export interface Environment {
  readonly id: string;
  readonly displayName: string;
  /** Whether the users of this cloud may see it. */
  readonly accessible: boolean;
}

/** The environments of the tenant; the default one is there from the start. */
export class Environments {
  readonly #environments = new Map<string, Environment>();
  readonly default: Environment;

  constructor() {
    this.default = this.add({ id: `Default-${contosoTenant}`, displayName: 'Contoso (default)' });
  }

  get all(): readonly Environment[] {
    return [...this.#environments.values()];
  }

  add({ accessible = true, ...environment }: Omit<Environment, 'accessible'> & { accessible?: boolean }): Environment {
    const added = { ...environment, accessible };
    this.#environments.set(added.id, added);
    return added;
  }

  /** Only the environments added from now on exist. */
  clear(): void {
    this.#environments.clear();
  }

  check(id: string): void {
    const environment = this.#environments.get(id);
    if (!environment) throw refuse(404, 'EnvironmentNotFound', `Could not find environment '${id}'.`);
    if (!environment.accessible) {
      throw refuse(403, 'EnvironmentAccess', `The user does not have permission to access environment '${id}'.`);
    }
  }
}
