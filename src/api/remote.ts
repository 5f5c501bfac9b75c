import { ApiError } from '../errors.ts';
import type { Http } from '../io/net/http.ts';
import type { RawJson } from '../json/document.ts';
import { JsonDocument } from '../json/document.ts';
import { changedConnector, isSameId, requireAskedConnector } from './answered-connector.ts';
import { downloadBlob, type DownloadOptions, uploadBlob, type UploadedFile } from './blob-storage.ts';
import { isRefusal, isUnknown, refusedAsNone } from './refusals.ts';
import { ResourceNames } from './resource-names.ts';
import { parseAnswer, type ProviderRequest, type ResourceProvider } from './resource-provider.ts';
import {
  type AdministeredConnector,
  administeredConnectorSchema,
  type ConnectionResource,
  connectionResourceSchema,
  type ConnectorResource,
  connectorResourceSchema,
  type ConnectorSummary,
  connectorSummarySchema,
  createdConnectorSchema,
  type EnvironmentResource,
  environmentResourceSchema,
  type PermissionResource,
  permissionResourceSchema,
  resourceStorageSchema,
  type SolutionResource,
  solutionResourceSchema,
} from './resources.ts';

/** A connector in an environment. */
export interface Target {
  readonly environment: string;
  readonly connectorId: string;
}

export interface RemoteOptions {
  readonly powerApps: ResourceProvider;
  /** Asked for environments where Power Apps refuses; missing where the token must not go to the Flow host. */
  readonly flow?: ResourceProvider | undefined;
  /** Opens the Web API of the Dataverse at a URL, for which it takes a token of its own. */
  readonly dataverse: (instanceUrl: string) => Promise<ResourceProvider>;
  /** The object ID of the signed-in user, a part of two paths. */
  readonly objectId: string;
  /** For blob storage, which never sees a token. */
  readonly http: Http;
  /** Waits a while for an environment to become available. */
  readonly pause: (environment: string) => Promise<void>;
}

/** The principals that get access to a connector, and the names of permissions to remove. */
export interface ChangedPermissions {
  readonly put: readonly { readonly id: string; readonly type: 'User' | 'Group'; readonly role: string }[];
  readonly remove: readonly string[];
}

export interface CreateOptions {
  /** The solution to make it in; without one it's in none. */
  readonly solutionId?: string | undefined;
  /** See `HttpRequest`. */
  readonly beforeSending?: (() => Promise<void>) | undefined;
}

/** The result of a request to create a connector. */
export interface CreatedConnector {
  readonly connectorId: string;
  /** The connector in the response, if the response has it. */
  readonly connector: JsonDocument<ConnectorResource> | undefined;
}

/** The name of the caller. The service may treat callers differently. */
const origin = { 'x-ms-origin': 'paconn-cli' };

/** https://learn.microsoft.com/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors#http-headers */
const ofDataverse = { Accept: 'application/json', 'OData-MaxVersion': '4.0', 'OData-Version': '4.0' };

/** As often as Terraform's provider for Power Platform does it for new connections. */
const mostPauses = 10;

/** The one that CLI for Microsoft 365 asks Power Apps for environments with (`m365 pa environment list`); older ones have none. */
const environmentsVersion = '2017-08-01';

/** The signed-in client: all requests to Power Platform and its blob storage. Every method raises `ApiError`, `NetworkError`, or `NotSignedInError`. */
export class Remote {
  /** The same for each client of an account and a service. */
  readonly key: string;
  readonly #powerApps: ResourceProvider;
  readonly #flow: ResourceProvider | undefined;
  readonly #dataverse: RemoteOptions['dataverse'];
  readonly #objectId: string;
  readonly #http: Http;
  readonly #pause: RemoteOptions['pause'];
  /** What environments and connectors are called, as far as answers said so. */
  readonly #names = new ResourceNames();

  constructor({ powerApps, flow, dataverse, objectId, http, pause }: RemoteOptions) {
    this.key = `${objectId} ${powerApps.address([])}`;
    this.#powerApps = powerApps;
    this.#flow = flow;
    this.#dataverse = dataverse;
    this.#objectId = objectId;
    this.#http = http;
    this.#pause = pause;
  }

  /**
   * The environments that one can work in. Power Apps knows those of people and applications; where it refuses, Flow is asked,
   * as the Python tool does. When that refuses as well, or has none, the refusal of Power Apps is the error.
   */
  async listEnvironments(): Promise<EnvironmentResource[]> {
    const request = {
      method: 'GET',
      path: ['environments'],
      repeatable: true,
      doing: 'list the environments',
    } as const;
    const query = { 'api-version': environmentsVersion };
    try {
      return this.#names.learnFrom(await this.#powerApps.list({ ...request, query }, environmentResourceSchema));
    } catch (refusal) {
      if (!isRefusal(refusal) || !this.#flow) throw refusal;
      const listed = await refusedAsNone(this.#flow.list(request, environmentResourceSchema));
      if (listed.length > 0) return this.#names.learnFrom(listed);
      throw refusal;
    }
  }

  /**
   * The custom connectors of an environment. They alone are asked for: with those of Microsoft a list has megabytes. A service
   * that does not know this filter answers with all.
   */
  async listConnectors(environment: string): Promise<ConnectorSummary[]> {
    const doing = `list the connectors of ${this.#names.of('environment', environment)}`;
    const request = { method: 'GET', path: ['apis'], repeatable: true, doing } as const;
    const ofCustomOnes = `${environmentFilter(environment)} and IsCustomApi eq 'True'`;
    const connectors = await this.#powerApps.list(
      this.#inEnvironment(environment, request, ofCustomOnes),
      connectorSummarySchema,
    );
    return this.#names.learnFrom(connectors.filter(({ properties }) => properties?.isCustomApi));
  }

  /**
   * The solutions that makers see in an environment, from its Dataverse: Power Platform's own services have no names of them.
   * Terraform's provider for Power Platform asks the same (`api_solution.go`), at the same URL.
   */
  async listSolutions(instanceUrl: string): Promise<SolutionResource[]> {
    const dataverse = await this.#dataverse(instanceUrl);
    const query = { $select: 'solutionid,uniquename,friendlyname,ismanaged', $filter: 'isvisible eq true' };
    const doing = 'list the solutions in Dataverse';
    const request = { method: 'GET', path: ['solutions'], query, repeatable: true, doing } as const;
    return await dataverse.list({ ...request, headers: ofDataverse }, solutionResourceSchema);
  }

  /** A connector with the exact text of the response. */
  async getConnector({ environment, connectorId }: Target): Promise<JsonDocument<ConnectorResource>> {
    const doing = `read ${this.#names.of('connector', connectorId)}`;
    const request = { method: 'GET', path: ['apis', connectorId], repeatable: true, doing } as const;
    const answer = await this.#powerApps.answer(this.#inEnvironment(environment, request));
    parseAnswer(answer, connectorResourceSchema, doing);
    const connector = JsonDocument.parse(answer.text, connectorResourceSchema, 'The response of the service');
    requireAskedConnector(connector.value, connectorId, doing);
    this.#names.learnFrom([{ name: connectorId, properties: connector.value.properties }]);
    return connector;
  }

  /**
   * Whether a connector that could not be read or changed is gone: the service says so, and its list does not have it either.
   * Whoever takes one for gone that is there makes a second one, so a list with connectors of another environment is no proof.
   */
  async isGone(error: unknown, { environment, connectorId }: Target): Promise<boolean> {
    if (!isUnknown(error)) return false;
    const connectors = await this.listConnectors(environment);
    return connectors.every(
      ({ name, properties }) =>
        !isSameId(name, connectorId) && isSameId(properties?.environment?.name ?? environment, environment),
    );
  }

  /**
   * What the service has to say about an API definition: nothing, a verdict, or its findings as text. A definition that it
   * refuses is an `ApiError`.
   */
  async validateApiDefinition(
    { text }: RawJson,
    { certification }: { readonly certification: boolean },
  ): Promise<string> {
    const request = {
      method: 'POST',
      path: ['objectIds', this.#objectId, 'validateApiSwagger'],
      ...(certification && { query: { enableConnectorCertificationRules: 'true' } }),
      headers: origin,
      body: text,
      repeatable: true,
      doing: 'validate the API definition',
    } as const;
    return await this.#powerApps.text(request);
  }

  /** The URL of a container in blob storage to upload to; as good as a password. */
  async generateResourceStorage(environment: string): Promise<URL> {
    const doing = 'prepare the upload of icon and script';
    const answer = await this.#powerApps.answer({
      method: 'POST',
      path: ['objectIds', this.#objectId, 'generateResourceStorage'],
      body: JSON.stringify({ environment: { name: environment } }),
      repeatable: true,
      awaitEnvironment: this.#awaiting(environment),
      doing,
    });
    return new URL(parseAnswer(answer, resourceStorageSchema, doing).sharedAccessSignature);
  }

  /** The URL of a connector, or without an ID of all, as requests have it, without its query. */
  connectorAddress(connectorId?: string): string {
    return this.#powerApps.address(['apis', ...(connectorId === undefined ? [] : [connectorId])]);
  }

  /**
   * Makes a connector and gives its ID. Never sent twice, unless it was refused: a second one would be a duplicate.
   */
  async createConnector(
    environment: string,
    { text }: RawJson,
    { solutionId, beforeSending }: CreateOptions = {},
  ): Promise<CreatedConnector> {
    const doing = 'create the connector';
    const sent = { method: 'POST', path: ['apis'], body: text } as const;
    const request = { ...sent, repeatable: false, slow: true, beforeSending, doing } as const;
    const inEnvironment = this.#inEnvironment(environment, request);
    const query = { ...inEnvironment.query, ...(solutionId !== undefined && { solutionId }) };
    const answer = await this.#powerApps.answer({ ...inEnvironment, query });
    const { name: connectorId } = parseAnswer(answer, createdConnectorSchema, doing);
    return { connectorId, connector: changedConnector(answer.text, connectorId) };
  }

  /**
   * Replaces a connector by what the body says, and gives what the service says it is then. The same body twice gives the
   * same connector.
   *
   * @param beforeSending See `HttpRequest`.
   */
  async updateConnector(
    { environment, connectorId }: Target,
    { text }: RawJson,
    beforeSending?: () => Promise<void>,
  ): Promise<JsonDocument<ConnectorResource> | undefined> {
    const doing = `update ${this.#names.of('connector', connectorId)}`;
    const sent = { method: 'PATCH', path: ['apis', connectorId], body: text } as const;
    const request = { ...sent, repeatable: true, slow: true, beforeSending, doing } as const;
    return changedConnector(await this.#powerApps.text(this.#inEnvironment(environment, request)), connectorId);
  }

  /**
   * Deletes a connector. One that is gone by then is as good: the answer to an earlier try may have been lost. The service
   * refuses where connections use it, as {@link isInUse} tells.
   *
   * @param beforeSending See `HttpRequest`.
   */
  async deleteConnector({ environment, connectorId }: Target, beforeSending?: () => Promise<void>): Promise<void> {
    const doing = `delete ${this.#names.of('connector', connectorId)}`;
    const request = { method: 'DELETE', path: ['apis', connectorId], repeatable: true, beforeSending, doing } as const;
    try {
      await this.#powerApps.text(this.#inEnvironment(environment, request));
    } catch (error) {
      if (!isUnknown(error)) throw error;
    }
  }

  /**
   * The connections with a connector that the user may see, asked for the way that public scripts do it:
   * `apis/CONNECTOR/connections?$filter=environment eq 'ENVIRONMENT'`.
   */
  async listConnections({ environment, connectorId }: Target): Promise<ConnectionResource[]> {
    const doing = `list the connections with ${this.#names.of('connector', connectorId)}`;
    const path = ['apis', connectorId, 'connections'];
    const request = { method: 'GET', path, repeatable: true, doing } as const;
    return await this.#powerApps.list(this.#inEnvironment(environment, request), connectionResourceSchema);
  }

  /**
   * Who may use a connector. Where the service doesn't answer makers, it may answer administrators, whose path is the one that is
   * known for sure; the refusal of the first is the error.
   */
  async listPermissions({ environment, connectorId }: Target): Promise<PermissionResource[]> {
    const doing = `list who can use ${this.#names.of('connector', connectorId)}`;
    const ask = async (...path: readonly string[]): Promise<PermissionResource[]> => {
      const request = { method: 'GET', path: [...path, 'permissions'], repeatable: true, doing } as const;
      return await this.#powerApps.list(this.#inEnvironment(environment, request), permissionResourceSchema);
    };
    try {
      return await ask('apis', connectorId);
    } catch (refusal) {
      if (!isRefusal(refusal) || isUnknown(refusal)) throw refusal;
      const path = ['scopes', 'admin', 'environments', environment, 'apis', connectorId];
      const permissions = await refusedAsNone(ask(...path));
      // Each connector has an owner at least.
      if (permissions.length === 0) throw refusal;
      return permissions;
    }
  }

  /** The custom connectors of an environment, whoever made them: for its administrators. */
  async listAdministeredConnectors(
    environment: string,
    environmentName: string | null,
  ): Promise<AdministeredConnector[]> {
    const place = environmentName ?? this.#names.of('environment', environment);
    const doing = `list the connectors of all makers in ${place}`;
    const path = ['scopes', 'admin', 'environments', environment, 'apis'];
    const request = this.#inEnvironment(
      environment,
      { method: 'GET', path, repeatable: true, doing },
      "isCustomApi eq 'True'",
    );
    return await this.#powerApps.list(request, administeredConnectorSchema);
  }

  /** Shares a connector, and removes shares. A repeated request has no further effect. */
  async modifyPermissions({ environment, connectorId }: Target, { put, remove }: ChangedPermissions): Promise<void> {
    const doing = `share ${this.#names.of('connector', connectorId)}`;
    const shares = put.map(({ id, type, role }) => ({ properties: { roleName: role, principal: { id, type } } }));
    const body = JSON.stringify({
      ...(put.length > 0 && { put: shares }),
      ...(remove.length > 0 && { delete: remove.map((id) => ({ id })) }),
    });
    const path = ['apis', connectorId, 'modifyPermissions'];
    const request = { method: 'POST', path, body, repeatable: true, doing } as const;
    await this.#powerApps.text(this.#inEnvironment(environment, request));
  }

  /** Whether a connector of a list was made by the signed-in account. */
  isOwn({ properties }: ConnectorSummary): boolean {
    return properties?.createdBy?.id === this.#objectId;
  }

  /** Puts a file into a container of blob storage, and gives its URL with its signature. See {@link uploadBlob}. */
  async uploadBlob(container: URL, file: UploadedFile): Promise<string> {
    return await uploadBlob(this.#http, container, file);
  }

  /** The bytes behind a URL that the service gave. See {@link downloadBlob}. */
  async downloadBlob(location: string, what: string, options?: DownloadOptions): Promise<Uint8Array> {
    return await downloadBlob(this.#http, location, what, options);
  }

  #inEnvironment(
    environment: string,
    request: ProviderRequest,
    filter = environmentFilter(environment),
  ): ProviderRequest {
    const awaitEnvironment = this.#awaiting(environment);
    return { ...request, query: { $filter: filter }, headers: origin, awaitEnvironment, environment };
  }

  /** A new environment is listed some minutes before connectors can be in it. One that is in no list may be misspelled. */
  #awaiting(environment: string): () => Promise<boolean> {
    let pauses = 0;
    return async () => {
      if (pauses >= mostPauses || (pauses === 0 && !(await this.#isListed(environment)))) return false;
      pauses += 1;
      await this.#pause(environment);
      return true;
    };
  }

  async #isListed(environment: string): Promise<boolean> {
    try {
      return (await this.listEnvironments()).some(({ name }) => name === environment);
    } catch (error) {
      // The service's message about the environment has precedence.
      if (error instanceof ApiError) return false;
      throw error;
    }
  }
}

function environmentFilter(environment: string): string {
  return `environment eq '${environment}'`;
}
