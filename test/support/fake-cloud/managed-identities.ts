import { randomUUID } from 'node:crypto';
import type { Application } from './applications.ts';
import { jsonAnswer, type CloudAnswer, type CloudRequest } from './exchange.ts';
import { Router } from './router.ts';
import type { AccessToken } from './tokens.ts';

export interface IdentityCloud {
  readonly issue: (identity: Application, resource: string, origin: string) => AccessToken;
}

/** The identities of a machine, as its metadata service (IMDS) and App Service give out their tokens. */
export class ManagedIdentities {
  /** The machine's own. */
  system: Application | undefined;
  readonly userAssigned: Application[] = [];
  /** What App Service has its app send along, so that nobody is led to ask for its token. */
  readonly header = randomUUID();
  readonly #cloud: IdentityCloud;
  readonly #router: Router;

  constructor(cloud: IdentityCloud) {
    this.#cloud = cloud;
    this.#router = new Router()
      .on('GET', '/metadata/identity/oauth2/token', (request) => this.#metadataToken(request))
      .on('GET', '/msi/token', (request) => this.#appServiceToken(request));
  }

  answer(request: CloudRequest): CloudAnswer | undefined {
    return this.#router.answer(request);
  }

  /** What App Service sets for an app. */
  appServiceVariables(origin: string): Readonly<Record<string, string>> {
    return { IDENTITY_ENDPOINT: `${origin}/msi/token`, IDENTITY_HEADER: this.header };
  }

  #metadataToken(request: CloudRequest): CloudAnswer {
    const { headers, query } = request;
    const refused = (description: string): CloudAnswer =>
      jsonAnswer(400, { error: 'invalid_request', error_description: description });
    if (headers['metadata'] !== 'true') return refused('Required metadata header not specified');
    if (headers['x-forwarded-for'] !== undefined) return refused('Forwarded requests are not supported');
    if (query.get('api-version') !== '2018-02-01') return refused('Required query variable api-version is missing');
    const resource = query.get('resource');
    if (!resource) return refused('Required query variable resource is missing');
    const identity = this.#identity(query);
    if (!identity) return refused('Identity not found');
    return jsonAnswer(200, this.#token(identity, resource, request.origin));
  }

  #appServiceToken(request: CloudRequest): CloudAnswer {
    const { headers, query } = request;
    if (headers['x-identity-header'] !== this.header)
      return jsonAnswer(401, { statusCode: 401, message: 'Unauthorized' });
    const resource = query.get('resource');
    if (query.get('api-version') !== '2019-08-01' || !resource) {
      return jsonAnswer(400, { statusCode: 400, message: 'Invalid request.' });
    }
    const identity = this.#identity(query);
    const message =
      'No User Assigned or Delegated Managed Identity found for specified ClientId/ResourceId/PrincipalId.';
    if (!identity) return jsonAnswer(400, { statusCode: 400, message });
    return jsonAnswer(200, this.#token(identity, resource, request.origin));
  }

  #identity(query: URLSearchParams): Application | undefined {
    const clientId = query.get('client_id');
    return clientId === null ? this.system : this.userAssigned.find((identity) => identity.clientId === clientId);
  }

  #token(identity: Application, resource: string, origin: string): Readonly<Record<string, string>> {
    const { text, expiresAt } = this.#cloud.issue(identity, resource, origin);
    return {
      access_token: text,
      client_id: identity.clientId,
      expires_on: String(Math.floor(expiresAt / 1000)),
      resource,
      token_type: 'Bearer',
    };
  }
}
