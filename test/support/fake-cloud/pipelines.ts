import { randomUUID } from 'node:crypto';
import { jsonAnswer, type CloudAnswer, type CloudRequest } from './exchange.ts';
import { Router } from './router.ts';
import { TokenIssuer } from './token-issuer.ts';

/** A job of a pipeline may ask for a token about itself, with a token that is good for nothing else. */
export class Pipelines {
  readonly gitHub = {
    issuer: new TokenIssuer('https://token.actions.githubusercontent.com'),
    subject: 'repo:contoso/connectors:ref:refs/heads/main',
    token: `gh-${randomUUID()}`,
  };
  readonly azureDevOps = {
    issuer: new TokenIssuer('https://vstoken.dev.azure.com/0f1c2d3e-4b5a-4978-8695-a4b3c2d1e0f9'),
    subject: 'sc://contoso/connectors/power-platform',
    token: `ado-${randomUUID()}`,
    serviceConnectionId: randomUUID(),
  };
  readonly #router: Router;

  constructor() {
    this.#router = new Router()
      .on('GET', '/pipelines/github/idtoken', (request) => this.#gitHubToken(request))
      .on('POST', '/pipelines/azure-devops/oidctoken', (request) => this.#azureDevOpsToken(request));
  }

  get issuers(): readonly TokenIssuer[] {
    return [this.gitHub.issuer, this.azureDevOps.issuer];
  }

  answer(request: CloudRequest): CloudAnswer | undefined {
    return this.#router.answer(request);
  }

  /** What GitHub sets in a job that has the permission `id-token: write`. */
  gitHubVariables(origin: string): Readonly<Record<string, string>> {
    return {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${origin}/pipelines/github/idtoken?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: this.gitHub.token,
    };
  }

  /** What is set in a task of a service connection that maps the token of the job. */
  azureDevOpsVariables(origin: string): Readonly<Record<string, string>> {
    return {
      SYSTEM_OIDCREQUESTURI: `${origin}/pipelines/azure-devops/oidctoken`,
      SYSTEM_ACCESSTOKEN: this.azureDevOps.token,
      AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: this.azureDevOps.serviceConnectionId,
    };
  }

  #gitHubToken({ headers, query }: CloudRequest): CloudAnswer {
    const { issuer, subject, token } = this.gitHub;
    if (headers.authorization !== `Bearer ${token}`) return jsonAnswer(401, { message: 'Bad credentials' });
    if (query.get('api-version') !== '2.0') return jsonAnswer(400, { message: 'No api-version was supplied.' });
    const aud = query.get('audience') ?? 'https://github.com/contoso';
    return jsonAnswer(200, { count: 1, value: issuer.issue({ sub: subject, aud }) });
  }

  #azureDevOpsToken({ headers, query }: CloudRequest): CloudAnswer {
    const { issuer, subject, token, serviceConnectionId } = this.azureDevOps;
    if (headers.authorization !== `Bearer ${token}`) {
      if (headers['x-tfs-fedauthredirect'] === 'Suppress') return { status: 401 };
      return { status: 302, headers: { location: 'https://spsprodweu.vssps.visualstudio.com/_signin' } };
    }
    const isWellFormed = headers['content-type'] === 'application/json' && query.get('api-version') === '7.1';
    if (!isWellFormed) return jsonAnswer(400, { message: 'No api-version was supplied for the "POST" request.' });
    if (query.get('serviceConnectionId') !== serviceConnectionId) {
      return jsonAnswer(404, { message: 'The service connection does not exist or has not been authorized for use.' });
    }
    return jsonAnswer(200, { oidcToken: issuer.issue({ sub: subject, aud: 'api://AzureADTokenExchange' }) });
  }
}
