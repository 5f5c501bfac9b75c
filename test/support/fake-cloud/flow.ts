import type { Environment, Environments } from './environments.ts';
import { jsonAnswer, type CloudAnswer, type CloudRequest } from './exchange.ts';
import { pageOf } from './pages.ts';
import { requireApiVersion } from './provider-checks.ts';
import { Router } from './router.ts';
import type { AccessToken } from './tokens.ts';

/** What the provider needs of the cloud; what is a function may change between requests. */
export interface FlowCloud {
  readonly environments: Environments;
  readonly pageSize: () => number;
  readonly authenticate: (request: CloudRequest) => AccessToken;
}

const type = 'Microsoft.ProcessSimple/environments';

/** The resource provider Microsoft.ProcessSimple: environments. */
export class Flow {
  readonly #router: Router;

  constructor(cloud: FlowCloud) {
    this.#router = new Router().on('GET', `/providers/${type}`, (request) => {
      const { user } = cloud.authenticate(request);
      requireApiVersion(request);
      // Flow knows the environments of people only.
      const isApplication = user.userPrincipalName === '';
      const visible = cloud.environments.all.filter(({ accessible }) => accessible && !isApplication);
      const { items, nextLink } = pageOf(visible, request, cloud.pageSize());
      return jsonAnswer(200, { value: items.map(resource), ...(nextLink !== undefined && { nextLink }) });
    });
  }

  answer(request: CloudRequest): CloudAnswer | undefined {
    return this.#router.answer(request);
  }
}

function resource({ id, displayName, sku, location, region }: Environment): unknown {
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
    },
  };
}
