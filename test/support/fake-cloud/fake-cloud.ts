import { randomUUID } from 'node:crypto';
import { provideCertificate, type Certificate, type CertificateFiles } from '../certificate.ts';
import { BlobStorage, type Blob } from './blob-storage.ts';
import type { Claims } from './claims.ts';
import type { Connector } from './connector.ts';
import { type Connection, Connectors, type ConnectorChoices, type NewConnector } from './connectors.ts';
import type { CloudRequest } from './exchange.ts';
import { Dataverse } from './dataverse.ts';
import { Environments, type Environment } from './environments.ts';
import { Faults, type Fault, type FaultOrder } from './faults.ts';
import { Flow } from './flow.ts';
import { FrontDoor, type Service } from './front-door.ts';
import { Habits } from './habits.ts';
import { listen, type Listener } from './listener.ts';
import { ManagedIdentities } from './managed-identities.ts';
import { Pipelines } from './pipelines.ts';
import { PowerApps } from './power-apps.ts';
import { requireToken } from './provider-checks.ts';
import { RequestLog, type RecordedRequest } from './request-log.ts';
import { writtenDefinition } from './service-writing.ts';
import { Sharing } from './sharing.ts';
import { SignIn, type AccessTokenOptions } from './sign-in.ts';
import { diego, type User } from './users.ts';
import { adele } from './users.ts';
import { swaggerValidator, type Validator } from './swagger-validation.ts';

export interface FakeCloudOptions {
  /** Listens by plain http too, for measurements without TLS. */
  readonly http?: boolean;
  readonly certificate?: CertificateFiles;
}

/** The keys of a settings file that lead to a cloud. */
export interface CloudSettings {
  readonly powerAppsUrl: string;
  readonly flowUrl: string;
  readonly authorityUrl: string;
  readonly resource: string;
}

/** A small, strict model of sign-in, both resource providers and blob storage, behind one server. */
export class FakeCloud implements AsyncDisposable {
  readonly signIn = new SignIn();
  readonly pipelines = new Pipelines();
  readonly identities = new ManagedIdentities({
    issue: (identity, resource, origin) => this.signIn.issueApplicationToken(identity, resource, origin),
  });
  readonly storage = new BlobStorage();
  readonly certificate: CertificateFiles;
  /** Audiences whose tokens the resource providers take. */
  readonly audiences = new Set(['https://service.powerapps.com/']);
  readonly habits = new Habits();
  /** What the resource providers ask of tokens beside. */
  demandedClaims: Claims = {};
  /** Members of a connector that this service does not know yet. */
  readonly refusedMembers = new Set<string>();
  /** How API definitions are judged, by whatever a test puts in. */
  validator: Validator | undefined;
  /** Milliseconds by which every request is late. */
  latency = 0;
  /** How many items a list answer holds. */
  pageSize = Number.MAX_SAFE_INTEGER;
  /** Who may use connectors, and what administrators see. */
  readonly sharing: Sharing;
  readonly #environments = new Environments();
  readonly #connectors = new Connectors(this.storage);
  readonly #violations: string[] = [];
  readonly #faults = new Faults();
  readonly #log = new RequestLog();
  readonly #frontDoor: FrontDoor;
  #listeners: readonly Listener[] = [];

  private constructor(certificate: CertificateFiles) {
    this.certificate = certificate;
    this.signIn.issuers.push(...this.pipelines.issuers);
    const cloud = {
      storage: this.storage,
      connectors: this.#connectors,
      environments: this.#environments,
      refusedMembers: this.refusedMembers,
      habits: this.habits,
      paging: () => ({ size: this.pageSize, linkName: this.habits.nextLinkName }),
      validator: () => this.validator ?? swaggerValidator(this.habits.validationForm),
      authenticate: (request: CloudRequest) =>
        requireToken(request, (text) => this.signIn.accessToken(text), {
          audiences: this.audiences,
          claims: this.demandedClaims,
        }),
    };
    this.sharing = new Sharing(cloud);
    this.#frontDoor = this.#openDoor(/^\/(?:providers|pipelines)\//, [
      this.signIn,
      this.identities,
      this.pipelines,
      this.sharing,
      new PowerApps(cloud),
      new Flow(cloud),
      this.storage,
    ]);
  }

  #openDoor(withTokens: RegExp, services: readonly Service[]): FrontDoor {
    return new FrontDoor({
      services,
      withTokens,
      faults: this.#faults,
      log: this.#log,
      latency: () => this.latency,
      violate: (what) => this.#violations.push(what),
    });
  }

  static async start({ http = false, certificate }: FakeCloudOptions = {}): Promise<FakeCloud> {
    const cloud = new FakeCloud(certificate ?? (await provideCertificate()));
    cloud.#listeners = await Promise.all([cloud.#listen(cloud.certificate), ...(http ? [cloud.#listen()] : [])]);
    return cloud;
  }

  /** The server's address, without a slash at its end. */
  get url(): string {
    return this.#originOf(0);
  }

  /** The same without TLS. */
  get httpUrl(): string {
    return this.#originOf(1);
  }

  get settings(): CloudSettings {
    const { url } = this;
    return { powerAppsUrl: url, flowUrl: url, authorityUrl: `${url}/`, resource: 'https://service.powerapps.com/' };
  }

  /** What `login` is told to sign in here. */
  get loginFlags(): readonly string[] {
    return ['--authority_url', this.settings.authorityUrl];
  }

  /** The environment that is there from the start. */
  get environment(): Environment {
    return this.#environments.default;
  }

  /** What clients have done that they must never do, such as showing a token to somebody else. */
  get violations(): readonly string[] {
    return this.#violations;
  }

  /** For a test that is about a violation: gives them all, and forgets them. */
  takeViolations(): readonly string[] {
    return this.#violations.splice(0);
  }

  /** How many connections clients have opened so far. */
  get connections(): number {
    return this.#listeners.reduce((sum, listener) => sum + listener.connections(), 0);
  }

  get requests(): readonly RecordedRequest[] {
    return this.#log.requests;
  }

  get blobs(): readonly Blob[] {
    return this.storage.blobs;
  }

  forgetRequests(): void {
    this.#log.clear();
  }

  addEnvironment(environment: Partial<Environment> = {}): Environment {
    return this.#environments.add({ id: randomUUID(), displayName: 'Contoso', ...environment });
  }

  /** Gives an environment a Dataverse, which has a host of its own. */
  async addDataverse(environment: Environment = this.environment): Promise<Dataverse> {
    let origin = '';
    const dataverse = new Dataverse({
      origin: () => origin,
      pageSize: () => this.pageSize,
      accessToken: (text) => this.signIn.accessToken(text),
    });
    const door = this.#openDoor(/^\/api\/data\//, [dataverse]);
    const listener = await listen((message, response, at) => door.serve(message, response, at), this.certificate);
    this.#listeners = [...this.#listeners, listener];
    ({ origin } = listener);
    this.#environments.add({ ...environment, instanceUrl: dataverse.url });
    return dataverse;
  }

  /** Takes away all environments, the default one too, for tests of a user who has none. */
  removeEnvironments(): void {
    this.#environments.clear();
  }

  addConnector(connector: NewConnector = {}): Connector {
    return this.#connectors.put(connector.environment ?? this.environment.id, connector);
  }

  /** Changes a connector behind the user's back, as somebody in the portal does. */
  edit(id: string, changes: ConnectorChoices, by: User = diego): Connector {
    const connector = this.connector(id);
    const { apiDefinition } = changes;
    const written = apiDefinition && this.#connectors.keepDefinition(writtenDefinition(apiDefinition, this.habits));
    connector.change({ ...this.#connectors.content(changes), ...(written && { writtenDefinition: written }) }, by);
    return connector;
  }

  /** Somebody begins to use a connector. */
  addConnection(connectorId: string, { displayName = 'Pets', owner = adele }: Partial<Connection> = {}): Connection {
    const connection = { id: randomUUID(), connectorId: this.connector(connectorId).id, displayName, owner };
    this.#connectors.connect(connection);
    return connection;
  }

  removeConnector(id: string): void {
    this.#connectors.remove(this.connector(id).id);
  }

  connector(id: string): Connector {
    const connector = this.#connectors.get(id);
    if (connector) return connector;
    throw new Error(`The fake cloud holds no connector '${id}'.`);
  }

  /** The connectors of an environment, of the default one unless told. */
  connectors(environment: string = this.environment.id): readonly Connector[] {
    return this.#connectors.in(environment);
  }

  fault(order: FaultOrder): Fault {
    return this.#faults.order(order);
  }

  clearFaults(): void {
    this.#faults.clear();
  }

  /** An access token without a sign-in, as for a token file that another tool has written. */
  accessToken(options?: AccessTokenOptions): { readonly text: string; readonly expiresAt: number } {
    return this.signIn.issueAccessToken(`${this.url}/common/v2.0`, options);
  }

  async close(): Promise<void> {
    await Promise.all(this.#listeners.map((listener) => listener.close()));
  }

  /** Fails the test if there are violations, whatever it was about. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
    if (this.#violations.length > 0)
      throw new Error(`The fake cloud saw what must not be: ${this.#violations.join('; ')}`);
  }

  #listen(certificate?: Certificate): Promise<Listener> {
    return listen((message, response, origin) => this.#frontDoor.serve(message, response, origin), certificate);
  }

  #originOf(index: number): string {
    const listener = this.#listeners[index];
    if (listener) return listener.origin;
    throw new Error(`The fake cloud does not listen${index > 0 ? ' by http: start it with { http: true }' : ''}.`);
  }
}
