import { type Environments, environmentResource } from './environments.ts';
import { jsonAnswer, type CloudAnswer, type CloudRequest } from './exchange.ts';
import { pageOf, type Paging } from './pages.ts';
import { requireApiVersion } from './provider-checks.ts';
import { Router } from './router.ts';
import type { AccessToken } from './tokens.ts';

/** What the provider needs of the cloud; what is a function may change between requests. */
export interface FlowCloud {
  readonly environments: Environments;
  readonly paging: () => Paging;
  readonly authenticate: (request: CloudRequest) => AccessToken;
}

const provider = 'Microsoft.ProcessSimple';

/** The resource provider Microsoft.ProcessSimple: environments. */
export class Flow {
  readonly #router: Router;

  constructor(cloud: FlowCloud) {
    this.#router = new Router().on('GET', `/providers/${provider}/environments`, (request) => {
      const { user } = cloud.authenticate(request);
      requireApiVersion(request);
      // Flow knows the environments of people only.
      const isApplication = user.userPrincipalName === '';
      const visible = cloud.environments.all.filter(({ accessible }) => accessible && !isApplication);
      const { items, link } = pageOf(visible, request, cloud.paging());
      return jsonAnswer(200, { value: items.map((one) => environmentResource(one, provider)), ...link });
    });
  }

  answer(request: CloudRequest): CloudAnswer | undefined {
    return this.#router.answer(request);
  }
}
