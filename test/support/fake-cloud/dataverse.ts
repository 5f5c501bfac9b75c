import { randomUUID } from 'node:crypto';
import { type CloudAnswer, type CloudRequest, jsonAnswer, refuse, Refusal } from './exchange.ts';
import { pageOf } from './pages.ts';
import { Router } from './router.ts';
import type { AccessToken } from './tokens.ts';

export interface Solution {
  readonly id: string;
  readonly uniqueName: string;
  readonly displayName: string;
  readonly isManaged: boolean;
  /** Whether lists for makers have it. */
  readonly isVisible: boolean;
}

/** What Dataverse needs of the cloud; what is a function may change between requests. */
export interface DataverseCloud {
  /** Its own, which is the audience of its tokens. */
  readonly origin: () => string;
  readonly pageSize: () => number;
  readonly accessToken: (text: string) => AccessToken | undefined;
}

/** The columns of the table of solutions that may be asked for. */
const columns = {
  solutionid: ({ id }: Solution) => id,
  uniquename: ({ uniqueName }: Solution) => uniqueName,
  friendlyname: ({ displayName }: Solution) => displayName,
  ismanaged: ({ isManaged }: Solution) => isManaged,
  isvisible: ({ isVisible }: Solution) => isVisible,
  version: () => '1.0.0.0',
};

/** The Web API of the Dataverse of one environment: the solutions in it. */
export class Dataverse {
  /** The object IDs of those who are no users of it, though they are of Power Platform. */
  readonly strangers = new Set<string>();
  readonly #solutions: Solution[] = [];
  readonly #cloud: DataverseCloud;
  readonly #router: Router;

  constructor(cloud: DataverseCloud) {
    this.#cloud = cloud;
    this.#router = new Router().on('GET', '/api/data/v9.2/solutions', (request) => this.#list(request));
  }

  get url(): string {
    return `${this.#cloud.origin()}/`;
  }

  add({ uniqueName, ...solution }: Pick<Solution, 'uniqueName'> & Partial<Solution>): Solution {
    const usual = { id: randomUUID(), displayName: uniqueName, isManaged: false, isVisible: true };
    const added = { ...usual, uniqueName, ...solution };
    this.#solutions.push(added);
    return added;
  }

  answer(request: CloudRequest): CloudAnswer | undefined {
    return this.#router.answer(request);
  }

  #list(request: CloudRequest): CloudAnswer {
    this.#authenticate(request);
    const { query } = request;
    if (query.has('api-version'))
      throw refuse(400, '0x80060888', "The query parameter 'api-version' is not supported.");
    const filter = query.get('$filter') ?? '';
    if (filter !== 'isvisible eq true') throw refuse(400, '0x80060888', `Syntax error in the filter '${filter}'.`);
    const selected = (query.get('$select') ?? '').split(',');
    const chosen = Object.entries(columns).filter(([name]) => selected.includes(name));
    if (chosen.length !== selected.length) {
      throw refuse(400, '0x80060888', "Could not find a property on type 'Microsoft.Dynamics.CRM.solution'.");
    }
    const visible = this.#solutions.filter(({ isVisible }) => isVisible);
    const { items, link } = pageOf(visible, request, { size: this.#cloud.pageSize(), linkName: '@odata.nextLink' });
    const value = items.map((one) => Object.fromEntries(chosen.map(([name, valueOf]) => [name, valueOf(one)])));
    return jsonAnswer(200, { '@odata.context': `${this.url}api/data/v9.2/$metadata#solutions`, value, ...link });
  }

  #authenticate({ headers }: CloudRequest): void {
    const text = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    const token = this.#cloud.accessToken(text);
    if (token?.audience !== this.#cloud.origin()) {
      const challenge = `Bearer authorization_uri=https://login.microsoftonline.com/common/oauth2/authorize, resource_id=${this.url}`;
      throw new Refusal({ status: 401, headers: { 'www-authenticate': challenge } });
    }
    if (!this.strangers.has(token.user.objectId)) return;
    throw refuse(403, '0x80072560', 'The user is not a member of the organization.');
  }
}
