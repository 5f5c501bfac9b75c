import { randomUUID } from 'node:crypto';
import type { Blob, BlobStorage } from './blob-storage.ts';
import { rawObject } from './raw-json.ts';
import type { User } from './users.ts';

/** The icon: bytes in our storage, or the address of somebody else's picture. */
export type Icon = Blob | { readonly foreign: string };

/** What can change about a connector. */
export interface ConnectorContent {
  readonly displayName: string;
  readonly description: string;
  readonly serviceUrl: string;
  /** Its text as it was sent; missing for a connector that has none. */
  readonly apiDefinition: Blob | undefined;
  /** The same as the service writes it, where that is not as it was sent. */
  readonly writtenDefinition?: Blob | undefined;
  readonly icon: Icon;
  readonly script: Blob | undefined;
  /** The user's API properties by name, as the text that was sent, without client secrets. */
  readonly properties: ReadonlyMap<string, string>;
  /** By where they were, such as `connectionParameters/token`. */
  readonly clientSecrets: Readonly<Record<string, string>>;
}

export interface ConnectorOrigin {
  readonly id: string;
  readonly environment: string;
  readonly isCustomApi: boolean;
  readonly createdBy: User | undefined;
  /** JSON text by property name that stands in answers instead of what would; `undefined` leaves the property out. */
  readonly overrides: Readonly<Record<string, string | undefined>>;
}

/** A connector that an environment holds. */
export class Connector {
  readonly id: string;
  readonly environment: string;
  readonly isCustomApi: boolean;
  readonly createdBy: User | undefined;
  /** What Dataverse and pac know it by. */
  readonly xrmConnectorId = randomUUID();
  readonly createdTime: string;
  changedTime: string;
  modifiedBy: User | undefined;
  /** The body of the request that last created or updated it. */
  lastBody: string | undefined;
  /** The solution that it was created in, if any. */
  solutionId: string | undefined;
  readonly #overrides: Readonly<Record<string, string | undefined>>;
  #content: ConnectorContent;

  constructor({ id, environment, isCustomApi, createdBy, overrides }: ConnectorOrigin, content: ConnectorContent) {
    this.id = id;
    this.environment = environment;
    this.isCustomApi = isCustomApi;
    this.createdBy = createdBy;
    this.createdTime = timestamp(Date.now());
    this.changedTime = this.createdTime;
    this.modifiedBy = createdBy;
    this.#overrides = overrides;
    this.#content = content;
  }

  get displayName(): string {
    return this.#content.displayName;
  }

  get description(): string {
    return this.#content.description;
  }

  get serviceUrl(): string {
    return this.#content.serviceUrl;
  }

  /** The text of the API definition, to the letter as it was sent. */
  get apiDefinition(): string | undefined {
    return textOf(this.#content.apiDefinition);
  }

  /** The user's API properties as one document. */
  get apiProperties(): string {
    return `{"properties":${rawObject(this.#content.properties)}}`;
  }

  /** The text of each API property, to the letter. */
  get properties(): ReadonlyMap<string, string> {
    return this.#content.properties;
  }

  get clientSecrets(): Readonly<Record<string, string>> {
    return this.#content.clientSecrets;
  }

  /** The icon's bytes, or the address of one kept elsewhere. */
  get icon(): Uint8Array | string {
    const { icon } = this.#content;
    return 'foreign' in icon ? icon.foreign : icon.bytes;
  }

  get iconContentType(): string | undefined {
    const { icon } = this.#content;
    return 'foreign' in icon ? undefined : icon.contentType;
  }

  get script(): string | undefined {
    return textOf(this.#content.script);
  }

  change(content: Partial<ConnectorContent>, by: User | undefined): void {
    this.modifiedBy = by;
    this.#content = { ...this.#content, ...content };
    // Never the same as before, however fast changes follow each other.
    this.changedTime = timestamp(Math.max(Date.now(), Date.parse(this.changedTime) + 1));
  }

  /** As one of a list: without the definition. */
  summary(storage: BlobStorage, origin: string): string {
    return this.#resource(this.#summaryProperties(storage, origin));
  }

  /** As one of an administrator's list: with where it is, and how users sign in. */
  adminSummary(storage: BlobStorage, origin: string): string {
    const own = this.#summaryProperties(storage, origin);
    own.set('backendService', JSON.stringify({ serviceUrl: this.#content.serviceUrl }));
    for (const name of ['connectionParameters', 'connectionParameterSets']) {
      const text = this.#content.properties.get(name);
      if (text !== undefined) own.set(name, text);
    }
    return this.#resource(own);
  }

  /** As asked for by ID. */
  details(storage: BlobStorage, origin: string): string {
    const { script, serviceUrl, properties, writtenDefinition } = this.#content;
    const apiDefinition = writtenDefinition ?? this.#content.apiDefinition;
    const own = this.#summaryProperties(storage, origin);
    if (apiDefinition) {
      const originalSwaggerUrl = storage.addressOf(apiDefinition, origin);
      const modifiedSwaggerUrl = storage.addressOf(storage.modifiedDefinition, origin);
      own.set('apiDefinitions', JSON.stringify({ originalSwaggerUrl, modifiedSwaggerUrl }));
    }
    own.set('backendService', JSON.stringify({ serviceUrl }));
    if (script) own.set('scriptDefinitionUrl', JSON.stringify(storage.addressOf(script, origin)));
    return this.#resource(new Map([...properties, ...own]));
  }

  #summaryProperties(storage: BlobStorage, origin: string): Map<string, string> {
    const { displayName, description, icon, properties } = this.#content;
    const { createdBy, modifiedBy, createdTime, changedTime, isCustomApi } = this;
    const brandColor = properties.get('iconBrandColor');
    const environment = {
      id: `/providers/Microsoft.PowerApps/environments/${this.environment}`,
      name: this.environment,
    };
    return new Map([
      ['displayName', JSON.stringify(displayName)],
      ['description', JSON.stringify(description)],
      ['iconUri', JSON.stringify('foreign' in icon ? icon.foreign : storage.addressOf(icon, origin))],
      ...(brandColor === undefined ? [] : ([['iconBrandColor', brandColor]] as const)),
      ['isCustomApi', JSON.stringify(isCustomApi)],
      ...(isCustomApi ? ([['metadata', JSON.stringify(this.#metadata())]] as const) : []),
      ...(createdBy ? ([['createdBy', JSON.stringify(principal(createdBy))]] as const) : []),
      ...(modifiedBy ? ([['modifiedBy', JSON.stringify(principal(modifiedBy))]] as const) : []),
      ['createdTime', JSON.stringify(createdTime)],
      ['changedTime', JSON.stringify(changedTime)],
      ['environment', JSON.stringify(environment)],
      ['tier', '"NotSpecified"'],
    ]);
  }

  #metadata(): Readonly<Record<string, unknown>> {
    const { xrmConnectorId, environment: environmentName } = this;
    return { source: 'powerapps-user-defined', environmentName, xrmConnectorId, almMode: 'Environment' };
  }

  #resource(properties: Map<string, string>): string {
    for (const [name, text] of Object.entries(this.#overrides)) {
      if (text === undefined) properties.delete(name);
      else properties.set(name, text);
    }
    return rawObject([
      ['name', JSON.stringify(this.id)],
      ['id', JSON.stringify(`/providers/Microsoft.PowerApps/apis/${this.id}`)],
      ['type', '"Microsoft.PowerApps/apis"'],
      ['properties', rawObject(properties)],
    ]);
  }
}

function principal(user: User): Readonly<Record<string, string>> {
  return {
    id: user.objectId,
    displayName: user.displayName,
    email: user.userPrincipalName,
    type: 'User',
    tenantId: user.tenantId,
    userPrincipalName: user.userPrincipalName,
  };
}

/** With seven decimals, as the service writes time. */
function timestamp(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '0000Z');
}

function textOf(blob: Blob | undefined): string | undefined {
  return blob && Buffer.from(blob.bytes).toString();
}
