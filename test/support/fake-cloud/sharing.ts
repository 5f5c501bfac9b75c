import * as z from 'zod';
import type { Connectors } from './connectors.ts';
import type { Connector } from './connector.ts';
import type { Environments } from './environments.ts';
import { type CloudAnswer, type CloudRequest, jsonAnswer, jsonTextAnswer, refuse } from './exchange.ts';
import type { BlobStorage } from './blob-storage.ts';
import { requireApiVersion, requireEnvironmentFilter, requireJsonBody } from './provider-checks.ts';
import { Router } from './router.ts';
import type { AccessToken } from './tokens.ts';
import { adele, diego } from './users.ts';

/** What sharing needs of the cloud. */
export interface SharingCloud {
  readonly storage: BlobStorage;
  readonly connectors: Connectors;
  readonly environments: Environments;
  readonly authenticate: (request: CloudRequest) => AccessToken;
}

export interface Principal {
  readonly id: string;
  readonly displayName: string;
  readonly email: string;
  readonly type: 'User' | 'Group';
}

/** What somebody may do with a connector. */
export interface Permission {
  readonly principal: Principal;
  readonly roleName: 'CanEdit' | 'CanView';
}

const guid = z.string().regex(/^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu);

const changesSchema = z.strictObject({
  put: z
    .array(
      z.strictObject({
        properties: z.strictObject({
          roleName: z.enum(['CanEdit', 'CanView']),
          principal: z.strictObject({ id: guid, type: z.enum(['User', 'Group']) }),
        }),
      }),
    )
    .optional(),
  delete: z.array(z.strictObject({ id: guid })).optional(),
});

/** Who may use connectors, and what administrators see. */
export class Sharing {
  /** Those who can be found in Microsoft Entra ID. */
  readonly directory: Principal[] = [adele, diego].map(({ objectId, displayName, userPrincipalName }) => ({
    id: objectId,
    displayName,
    email: userPrincipalName,
    type: 'User',
  }));
  /** The object IDs of administrators. */
  readonly administrators = new Set<string>();
  /** Whether makers may ask who can use a connector; only for administrators it is known for sure. */
  answersMakers = true;
  readonly #permissions = new Map<string, Map<string, Permission>>();
  readonly #cloud: SharingCloud;
  readonly #router: Router;

  constructor(cloud: SharingCloud) {
    this.#cloud = cloud;
    const root = '/providers/Microsoft.PowerApps';
    const scope = `${root}/scopes/admin/environments/:environment/apis`;
    this.#router = new Router()
      .on('GET', `${root}/apis/:id/permissions`, (request, segment) => this.#listOfMaker(request, segment('id')))
      .on('POST', `${root}/apis/:id/modifyPermissions`, (request, segment) => this.#modify(request, segment('id')))
      .on('GET', scope, (request, segment) => this.#listConnectors(request, segment('environment')))
      .on('GET', `${scope}/:id`, () => {
        throw refuse(405, 'MethodNotAllowed', 'The requested resource does not support http method GET.');
      })
      .on('GET', `${scope}/:id/permissions`, (request, segment) => {
        const environment = this.#admitAdministrator(request, segment('environment'));
        return this.#list(this.#cloud.connectors.find(segment('id'), environment));
      });
  }

  answer(request: CloudRequest): CloudAnswer | undefined {
    return this.#router.answer(request);
  }

  /** Whom a connector is shared with. */
  of(connectorId: string): readonly Permission[] {
    return [...(this.#permissions.get(connectorId)?.values() ?? [])];
  }

  addGroup(displayName: string, id: string): void {
    this.directory.push({ id, displayName, email: '', type: 'Group' });
  }

  #listOfMaker(request: CloudRequest, id: string): CloudAnswer {
    const { connector } = this.#admit(request, id);
    if (!this.answersMakers) throw refuse(403, 'Forbidden', 'Only administrators can do that.');
    return this.#list(connector);
  }

  #list({ id, createdBy }: Connector): CloudAnswer {
    const owner = this.directory.find((one) => one.id === createdBy?.objectId);
    const all = [...(owner ? [{ principal: owner, roleName: 'Owner' }] : []), ...this.of(id)];
    const value = all.map(({ principal, roleName }) => ({
      name: principal.id,
      id: `/providers/Microsoft.PowerApps/apis/${id}/permissions/${principal.id}`,
      type: 'Microsoft.PowerApps/apis/permissions',
      properties: { roleName, principal },
    }));
    return jsonAnswer(200, { value });
  }

  #modify(request: CloudRequest, id: string): CloudAnswer {
    const { connector, token } = this.#admit(request, id);
    requireJsonBody(request);
    const { success, data } = changesSchema.safeParse(JSON.parse(request.body.toString()));
    if (!success) throw refuse(400, 'InvalidRequestContent', 'The request content was invalid.');
    const { objectId } = token.user;
    const permissions = this.#permissions.get(id) ?? new Map<string, Permission>();
    const isEditor = permissions.get(objectId)?.roleName === 'CanEdit';
    if (connector.createdBy?.objectId !== objectId && !isEditor) {
      throw refuse(403, 'Forbidden', `The user '${objectId}' may not share the API '${id}'.`);
    }
    const put = (data.put ?? []).map(({ properties: { roleName, principal } }) => {
      const known = this.directory.find((one) => one.id === principal.id && one.type === principal.type);
      if (known) return { principal: known, roleName };
      throw refuse(400, 'PrincipalNotFound', `The principal '${principal.id}' was not found.`);
    });
    for (const permission of put) permissions.set(permission.principal.id, permission);
    for (const one of data.delete ?? []) permissions.delete(one.id);
    this.#permissions.set(id, permissions);
    return jsonAnswer(200, {});
  }

  /** Also what others have made and not shared. */
  #listConnectors(request: CloudRequest, environment: string): CloudAnswer {
    const { storage, connectors } = this.#cloud;
    const found = this.#admitAdministrator(request, environment);
    if (!/(?:^|&)%24filter=isCustomApi%20eq%20%27True%27(?:&|$)/u.test(request.rawQuery)) {
      throw refuse(400, 'InvalidFilter', 'The $filter query parameter has to ask for custom APIs.');
    }
    const items = connectors.in(found).filter(({ isCustomApi }) => isCustomApi);
    return jsonTextAnswer(
      200,
      `{"value":[${items.map((one) => one.adminSummary(storage, request.origin)).join(',')}]}`,
    );
  }

  #admit(request: CloudRequest, id: string): { readonly connector: Connector; readonly token: AccessToken } {
    const token = this.#cloud.authenticate(request);
    requireApiVersion(request);
    const { environment } = requireEnvironmentFilter(request);
    return { connector: this.#cloud.connectors.find(id, this.#cloud.environments.find(environment).id), token };
  }

  #admitAdministrator(request: CloudRequest, environment: string): string {
    const token = this.#cloud.authenticate(request);
    requireApiVersion(request);
    if (this.administrators.has(token.user.objectId)) return this.#cloud.environments.find(environment).id;
    const message = `The user '${token.user.objectId}' is not an administrator of the environment '${environment}'.`;
    throw refuse(403, 'Forbidden', message);
  }
}
