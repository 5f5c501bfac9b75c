import type { Blob, BlobStorage } from './blob-storage.ts';
import { type Connection, connectorId, type Connectors } from './connectors.ts';
import { connectorSubmission, type ConnectorSubmission } from './connector-submission.ts';
import { Connector, type ConnectorContent, type Icon } from './connector.ts';
import { type Environments, environmentResource } from './environments.ts';
import type { Habits } from './habits.ts';
import { writtenDefinition, writtenProperties } from './service-writing.ts';
import { jsonAnswer, jsonTextAnswer, refuse, type CloudAnswer, type CloudRequest } from './exchange.ts';
import { pageOf, type Paging } from './pages.ts';
import {
  type Filter,
  invalidApiVersion,
  requireApiVersion,
  requireEnvironmentFilter,
  requireJsonBody,
  requireOrigin,
  requireOwnPath,
} from './provider-checks.ts';
import { rawMembers, rawString } from './raw-json.ts';
import { Router } from './router.ts';
import type { Validator } from './swagger-validation.ts';
import type { AccessToken } from './tokens.ts';

/** What the provider needs of the cloud; what is a function may change between requests. */
export interface PowerAppsCloud {
  readonly storage: BlobStorage;
  readonly connectors: Connectors;
  readonly environments: Environments;
  readonly refusedMembers: ReadonlySet<string>;
  readonly habits: Habits;
  readonly paging: () => Paging;
  readonly validator: () => Validator;
  readonly authenticate: (request: CloudRequest) => AccessToken;
}

type SubmittedContent = Omit<ConnectorContent, 'displayName' | 'icon' | 'script'> &
  Partial<Pick<ConnectorContent, 'icon' | 'script'>>;

const provider = 'Microsoft.PowerApps';

/** The resource provider Microsoft.PowerApps: connectors, validation and resource storage. */
export class PowerApps {
  readonly #cloud: PowerAppsCloud;
  readonly #router: Router;

  constructor(cloud: PowerAppsCloud) {
    this.#cloud = cloud;
    const root = `/providers/${provider}`;
    this.#router = new Router()
      .on('GET', `${root}/environments`, (request) => this.#listEnvironments(request))
      .on('GET', `${root}/environments/:id`, (request, segment) => this.#getEnvironment(request, segment('id')))
      .on('GET', `${root}/apis`, (request) => this.#list(request))
      .on('POST', `${root}/apis`, (request) => this.#create(request))
      .on('GET', `${root}/apis/:id`, (request, segment) => this.#get(request, segment('id')))
      .on('DELETE', `${root}/apis/:id`, (request, segment) => this.#delete(request, segment('id')))
      .on('GET', `${root}/apis/:id/connections`, (request, segment) => this.#listConnections(request, segment('id')))
      .on('PATCH', `${root}/apis/:id`, (request, segment) => this.#update(request, segment('id')))
      .on('POST', `${root}/objectIds/:objectId/validateApiSwagger`, (request, segment) =>
        this.#validate(request, segment('objectId')),
      )
      .on('POST', `${root}/objectIds/:objectId/generateResourceStorage`, (request, segment) =>
        this.#generateStorage(request, segment('objectId')),
      );
  }

  answer(request: CloudRequest): CloudAnswer | undefined {
    return this.#router.answer(request);
  }

  #listEnvironments(request: CloudRequest): CloudAnswer {
    this.#admitToEnvironments(request);
    const { environments, paging } = this.#cloud;
    const visible = environments.all.filter(({ accessible }) => accessible);
    const { items, link } = pageOf(visible, request, paging());
    return jsonAnswer(200, { value: items.map((one) => environmentResource(one, provider)), ...link });
  }

  #getEnvironment(request: CloudRequest, id: string): CloudAnswer {
    this.#admitToEnvironments(request);
    return jsonAnswer(200, environmentResource(this.#cloud.environments.find(id), provider));
  }

  #admitToEnvironments(request: CloudRequest): void {
    this.#cloud.authenticate(request);
    requireApiVersion(request);
    // Older versions do not have them.
    const version = request.query.get('api-version') ?? '';
    if (version < '2017-08-01') throw invalidApiVersion(version);
  }

  /** All that can be used in the environment, unless only the custom ones are asked for. */
  #list(request: CloudRequest): CloudAnswer {
    const { environment, isCustomOnly } = this.#admit(request);
    const { connectors, storage, paging } = this.#cloud;
    const all = [...connectors.in(environment), ...connectors.ofMicrosoft].filter(
      ({ isCustomApi }) => isCustomApi || !isCustomOnly,
    );
    const { items, link } = pageOf(all, request, paging());
    const value = items.map((connector) => connector.summary(storage, request.origin)).join(',');
    const more = Object.entries(link).map(([name, url]) => `,${JSON.stringify(name)}:${JSON.stringify(url)}`);
    return jsonTextAnswer(200, `{"value":[${value}]${more.join('')}}`);
  }

  #get(request: CloudRequest, id: string): CloudAnswer {
    const { environment } = this.#admit(request);
    const { connectors, storage } = this.#cloud;
    return jsonTextAnswer(200, connectors.find(id, environment).details(storage, request.origin));
  }

  #create(request: CloudRequest): CloudAnswer {
    const { environment, token } = this.#admit(request);
    const submission = this.#submission(request, environment);
    const { displayName } = submission;
    if (!displayName) throw refuse(400, 'InvalidRequestContent', `The property 'properties.displayName' is required.`);
    const { connectors, storage, habits } = this.#cloud;
    if (habits.wantsUniqueNames && connectors.in(environment).some((one) => one.displayName === displayName)) {
      throw refuse(409, 'DisplayNameIsInUse', `The display name '${displayName}' is already in use.`);
    }
    const solutionId = request.query.get('solutionId') ?? undefined;
    if (solutionId !== undefined && !habits.solutions.has(solutionId)) {
      throw refuse(400, 'InvalidRequest', `The solution '${solutionId}' can't be used.`);
    }
    const id = connectorId(displayName);
    const submitted = this.#contentOf(submission);
    const properties = writtenProperties(submitted.properties, {
      connectorId: id,
      creator: token.user.displayName,
      habits,
    });
    const content = { displayName, icon: storage.defaultIcon, script: undefined, ...submitted, properties };
    const origin = { id, environment, isCustomApi: true, createdBy: token.user, overrides: {} };
    const connector = connectors.add(new Connector(origin, content));
    connector.lastBody = request.body.toString();
    connector.solutionId = solutionId;
    return jsonTextAnswer(201, connector.details(storage, request.origin));
  }

  #update(request: CloudRequest, id: string): CloudAnswer {
    const { environment, token } = this.#admit(request);
    const connector = this.#cloud.connectors.find(id, environment);
    const submission = this.#submission(request, environment);
    const content = this.#contentOf(submission);
    // What the request does not speak of stays, client secrets above all, which nobody can send back.
    const { habits } = this.#cloud;
    const sent = [...content.properties].filter(([, text]) => habits.empties || !/^(?:\[\]|\{\})$/u.test(text));
    const merged = new Map([...connector.properties, ...sent]);
    const creator = connector.createdBy?.displayName ?? '';
    const properties = writtenProperties(merged, { connectorId: id, creator, habits });
    const clientSecrets = { ...(habits.keepsSecrets && connector.clientSecrets), ...content.clientSecrets };
    const displayName = (habits.renames ? submission.displayName : undefined) ?? connector.displayName;
    connector.change({ ...content, displayName, properties, clientSecrets }, token.user);
    connector.lastBody = request.body.toString();
    return { status: 204 };
  }

  #delete(request: CloudRequest, id: string): CloudAnswer {
    const { environment } = this.#admit(request);
    const { connectors } = this.#cloud;
    const connector = connectors.find(id, environment);
    if (!connector.isCustomApi) throw refuse(403, 'Forbidden', `The API '${id}' is not a custom API.`);
    if (connectors.connectionsWith(id).length > 0) {
      const message = `The custom connector ${id} cannot be deleted because there are connections associated with this api.`;
      throw refuse(409, 'CannotDeleteApiDueToExistingConnections', message);
    }
    connectors.remove(id);
    return { status: 200 };
  }

  #listConnections(request: CloudRequest, id: string): CloudAnswer {
    const { environment } = this.#admit(request);
    const { connectors, paging } = this.#cloud;
    connectors.find(id, environment);
    const { items, link } = pageOf(connectors.connectionsWith(id), request, paging());
    return jsonAnswer(200, { value: items.map(connectionResource), ...link });
  }

  #validate(request: CloudRequest, objectId: string): CloudAnswer {
    requireOwnPath(objectId, this.#admitWithoutFilter(request));
    requireJsonBody(request);
    const certificationRules = request.query.get('enableConnectorCertificationRules') === 'true';
    return this.#cloud.validator()(request.body.toString(), certificationRules);
  }

  #generateStorage(request: CloudRequest, objectId: string): CloudAnswer {
    const token = this.#cloud.authenticate(request);
    requireApiVersion(request);
    requireOwnPath(objectId, token);
    requireJsonBody(request);
    const members = rawMembers(request.body.toString());
    const environment = members?.find(({ name }) => name === 'environment')?.text ?? '';
    const name = rawString(rawMembers(environment)?.find((member) => member.name === 'name')?.text);
    if (name === undefined) throw refuse(400, 'InvalidRequestContent', `The property 'environment.name' is required.`);
    this.#cloud.environments.find(name);
    const container = this.#cloud.storage.createContainer();
    return jsonAnswer(200, { sharedAccessSignature: `${request.origin}/${container.name}?${container.signature}` });
  }

  #admitWithoutFilter(request: CloudRequest): AccessToken {
    const token = this.#cloud.authenticate(request);
    requireApiVersion(request);
    requireOrigin(request);
    return token;
  }

  #admit(request: CloudRequest): Filter & { readonly token: AccessToken } {
    const token = this.#admitWithoutFilter(request);
    const { environment, isCustomOnly } = requireEnvironmentFilter(request);
    return { environment: this.#cloud.environments.find(environment).id, isCustomOnly, token };
  }

  #submission(request: CloudRequest, environment: string): ConnectorSubmission {
    requireJsonBody(request);
    return connectorSubmission(request, { environment, refusedMembers: this.#cloud.refusedMembers });
  }

  #contentOf(submission: ConnectorSubmission): SubmittedContent {
    const { description, serviceUrl, apiDefinition, iconUri, scriptUri, properties, clientSecrets } = submission;
    const { connectors, habits } = this.#cloud;
    // Both addresses are judged before anything is kept.
    const icon = iconUri === undefined ? undefined : this.#iconAt(iconUri);
    const script = scriptUri ? this.#uploadAt(scriptUri, 'scriptDefinitionUrl') : undefined;
    return {
      description,
      serviceUrl,
      apiDefinition: connectors.keepDefinition(apiDefinition),
      writtenDefinition: connectors.keepDefinition(writtenDefinition(apiDefinition, habits)),
      properties,
      clientSecrets,
      ...(icon && { icon }),
      ...(scriptUri !== undefined && { script }),
    };
  }

  /** A picture on somebody else's server stays there. */
  #iconAt(uri: string): Icon {
    const isElsewhere = URL.canParse(uri) && !['localhost', '127.0.0.1'].includes(new URL(uri).hostname);
    return isElsewhere && uri.startsWith('https:') ? { foreign: uri } : this.#uploadAt(uri, 'iconUri');
  }

  #uploadAt(uri: string, property: string): Blob {
    const blob = URL.canParse(uri) ? this.#cloud.storage.adopt(new URL(uri)) : undefined;
    if (blob) return blob;
    throw refuse(400, 'InvalidResourceUri', `There is no blob to read at the address in 'properties.${property}'.`);
  }
}

function connectionResource({ id, displayName, owner, ...connection }: Connection): unknown {
  const api = `/providers/Microsoft.PowerApps/apis/${connection.connectorId}`;
  return {
    name: id,
    id: `${api}/connections/${id}`,
    type: 'Microsoft.PowerApps/apis/connections',
    properties: {
      apiId: api,
      displayName,
      statuses: [{ status: 'Connected' }],
      createdBy: { id: owner.objectId, displayName: owner.displayName, type: 'User' },
    },
  };
}
