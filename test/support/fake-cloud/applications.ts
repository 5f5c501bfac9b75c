import { randomUUID, X509Certificate } from 'node:crypto';
import { requireAssertion } from './client-assertions.ts';
import { entraError, entraRefusal } from './entra-error.ts';
import { Refusal } from './exchange.ts';
import type { Form } from './form.ts';
import type { TokenIssuer } from './token-issuer.ts';
import { contosoTenant, type User } from './users.ts';

/** A token of which issuer, about whom, an application takes for its own word. */
export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

/** An application with its service principal in the tenant, and by what it can prove who it is. */
export interface Application extends User {
  readonly clientId: string;
  readonly secrets: Set<string>;
  readonly expiredSecrets: Set<string>;
  readonly certificates: X509Certificate[];
  readonly federatedCredentials: FederatedCredential[];
  /** Whether an administrator has registered it with Power Platform. */
  isManagementApplication: boolean;
}

export interface NewApplication {
  readonly clientId?: string;
  readonly displayName?: string;
  readonly secret?: string;
  /** PEM. */
  readonly certificate?: string;
  readonly federatedCredential?: FederatedCredential;
}

/** The applications of the tenant. */
export class Applications {
  readonly #applications = new Map<string, Application>();
  readonly #tenants = new Set([contosoTenant, 'contoso.example', 'contoso.onmicrosoft.com']);

  add({
    clientId = randomUUID(),
    displayName = 'Contoso Deployment',
    secret,
    certificate,
    federatedCredential,
  }: NewApplication = {}): Application {
    const application: Application = {
      objectId: randomUUID(),
      tenantId: contosoTenant,
      userPrincipalName: '',
      displayName,
      clientId,
      secrets: new Set(secret === undefined ? [] : [secret]),
      expiredSecrets: new Set(),
      certificates: certificate === undefined ? [] : [new X509Certificate(certificate)],
      federatedCredentials: federatedCredential ? [federatedCredential] : [],
      isManagementApplication: true,
    };
    this.#applications.set(clientId, application);
    return application;
  }

  /** The application that a request proves to come from. Refused as by Entra when it does not. */
  authenticated(form: Form, tenant: string, tokenEndpoint: string, issuers: readonly TokenIssuer[]): Application {
    const clientId = form.get('client_id') ?? '';
    const application = this.#applications.get(clientId);
    if (!application || !this.#tenants.has(tenant.toLowerCase())) {
      throw entraRefusal(
        'unauthorized_client',
        `AADSTS700016: Application with identifier '${clientId}' was not found in the directory '${tenant}'.`,
      );
    }
    const secret = form.get('client_secret');
    const assertion = form.get('client_assertion');
    if (secret !== undefined && assertion !== undefined) {
      throw invalidClient('AADSTS7000219: Both a client secret and a client assertion were presented.');
    }
    if (secret !== undefined) requireSecret(application, secret);
    else if (assertion !== undefined) {
      if (form.get('client_assertion_type') !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer') {
        throw invalidClient('AADSTS50027: The client assertion type is not supported.');
      }
      requireAssertion(assertion, application, tokenEndpoint, issuers);
    } else {
      throw invalidClient(
        `AADSTS7000218: The request body must contain the following parameter: 'client_assertion' or 'client_secret'.`,
      );
    }
    return application;
  }
}

function requireSecret({ clientId, secrets, expiredSecrets }: Application, secret: string): void {
  if (secrets.has(secret)) return;
  if (expiredSecrets.has(secret)) {
    throw invalidClient(`AADSTS7000222: The provided client secret keys for app '${clientId}' are expired.`);
  }
  throw invalidClient(
    `AADSTS7000215: Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${clientId}'.`,
  );
}

function invalidClient(description: string): Refusal {
  return new Refusal(entraError({ error: 'invalid_client', description, status: 401 }));
}
