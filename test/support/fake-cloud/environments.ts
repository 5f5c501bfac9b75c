import { refuse } from './exchange.ts';
import { contosoTenant } from './users.ts';

export interface Environment {
  readonly id: string;
  readonly displayName: string;
  /** What kind it is, in the words of the service. */
  readonly sku: string;
  /** In the words of the service: a part of the world, and a region of Azure in it. */
  readonly location: string;
  readonly region: string;
  /** Whether the users of this cloud may see it. */
  readonly accessible: boolean;
}

/** What a test may say about an environment. */
export type NewEnvironment = Pick<Environment, 'id' | 'displayName'> & Partial<Environment>;

/** The environments of the tenant; the default one is there from the start. */
export class Environments {
  readonly #environments = new Map<string, Environment>();
  readonly default: Environment;

  constructor() {
    this.default = this.add({ id: `Default-${contosoTenant}`, displayName: 'Contoso (default)', sku: 'Default' });
  }

  get all(): readonly Environment[] {
    return [...this.#environments.values()];
  }

  add(environment: NewEnvironment): Environment {
    const usual = { sku: 'Production', location: 'europe', region: 'westeurope', accessible: true };
    const added = { ...usual, ...environment };
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
