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
  /** Where its Dataverse is; most have none. */
  readonly instanceUrl?: string;
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

  /** The environment for a request that names it, also as the default one; refused when users may not see it. */
  find(id: string): Environment {
    const environment = this.#environments.get(id === '~Default' ? this.default.id : id);
    if (!environment) throw refuse(404, 'ServiceToServiceEnvironmentNotFound', `Could not find environment '${id}'.`);
    if (environment.accessible) return environment;
    throw refuse(403, 'EnvironmentAccess', `The user does not have permission to access environment '${id}'.`);
  }
}

/** An environment in the answer of a resource provider. */
export function environmentResource(
  { id, displayName, sku, location, region, instanceUrl }: Environment,
  provider: string,
): unknown {
  const type = `${provider}/environments`;
  return {
    name: id,
    location,
    type,
    id: `/providers/${type}/${id}`,
    properties: {
      displayName,
      environmentSku: sku,
      azureRegionHint: region,
      isDefault: sku === 'Default',
      provisioningState: 'Succeeded',
      ...(instanceUrl !== undefined && {
        linkedEnvironmentMetadata: { instanceUrl, instanceState: 'Ready', type: 'Dynamics365Instance' },
      }),
    },
  };
}
