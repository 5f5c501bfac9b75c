import { randomBytes } from 'node:crypto';
import { petStore, petStoreProperties } from '../pet-store.ts';
import type { Blob, BlobStorage } from './blob-storage.ts';
import { keptProperties } from './connector-submission.ts';
import { Connector, type ConnectorContent } from './connector.ts';
import { connectorsOfMicrosoft } from './connectors-of-microsoft.ts';
import { refuse } from './exchange.ts';
import { parsed, rawMembers } from './raw-json.ts';
import { adele, type User } from './users.ts';

/** What a test may say about the content of a connector. */
export interface ConnectorChoices {
  readonly displayName?: string;
  readonly description?: string;
  /** The text of the definition, kept to the letter (a byte order mark too); `null` for a connector without one. */
  readonly apiDefinition?: string | null;
  /** The text of an API properties file. */
  readonly apiProperties?: string;
  /** The bytes of an icon; `null` for the default one. */
  readonly icon?: Uint8Array | null;
  readonly iconContentType?: string;
  /** `null` for none. */
  readonly script?: string | Uint8Array | null;
}

export interface NewConnector extends ConnectorChoices {
  readonly id?: string;
  /** The default environment unless told. */
  readonly environment?: string;
  /** `null` for a connector that does not say. */
  readonly createdBy?: User | null;
  readonly isCustomApi?: boolean;
  /** JSON text by property name that stands in answers instead of what would; `undefined` leaves the property out. */
  readonly overrides?: Readonly<Record<string, string | undefined>>;
}

/** What somebody has made to use a connector. */
export interface Connection {
  readonly id: string;
  readonly connectorId: string;
  readonly displayName: string;
  readonly owner: User;
}

const defaultProperties = propertiesIn(petStoreProperties);

/** The connectors of all environments. */
export class Connectors {
  readonly #connectors = new Map<string, Connector>();
  readonly #connections: Connection[] = [];
  readonly #ofMicrosoft: readonly Connector[];
  readonly #storage: BlobStorage;

  constructor(storage: BlobStorage) {
    this.#storage = storage;
    this.#ofMicrosoft = connectorsOfMicrosoft(storage);
  }

  in(environment: string): readonly Connector[] {
    return this.all.filter((connector) => connector.environment === environment);
  }

  /** What Microsoft has made for everybody: in the list of each environment. */
  get ofMicrosoft(): readonly Connector[] {
    return this.#ofMicrosoft;
  }

  get all(): readonly Connector[] {
    return [...this.#connectors.values()];
  }

  get(id: string): Connector | undefined {
    return this.#connectors.get(id);
  }

  /** The connector for a request that names it, which is refused when there is none. */
  find(id: string, environment: string): Connector {
    const connector = this.#connectors.get(id);
    if (connector?.environment === environment) return connector;
    throw refuse(404, 'ApiResourceNotFound', `Could not find API '${id}'.`);
  }

  connectionsWith(id: string): readonly Connection[] {
    return this.#connections.filter(({ connectorId: used }) => used === id);
  }

  connect(connection: Connection): void {
    this.#connections.push(connection);
  }

  remove(id: string): boolean {
    return this.#connectors.delete(id);
  }

  /** Puts a connector there as if it had been made long ago. */
  put(environment: string, choices: NewConnector): Connector {
    const { isCustomApi = true, overrides = {}, createdBy = adele } = choices;
    const apiDefinition = choices.apiDefinition === undefined ? matchingDefinition(choices) : choices.apiDefinition;
    const content = {
      displayName: 'Pet Store',
      description: '',
      serviceUrl: 'https://pets.contoso.example/v1',
      apiDefinition: undefined,
      icon: this.#storage.defaultIcon,
      script: undefined,
      ...defaultProperties,
      ...(choices.apiDefinition ? infoOf(choices.apiDefinition) : { description: 'Sells pets.' }),
      ...this.content({ ...choices, apiDefinition }),
    };
    const id = choices.id ?? connectorId(content.displayName);
    const origin = { id, environment, isCustomApi, createdBy: createdBy ?? undefined, overrides };
    return this.add(new Connector(origin, content));
  }

  add(connector: Connector): Connector {
    this.#connectors.set(connector.id, connector);
    return connector;
  }

  /** The parts of a connector's content that the choices speak of. */
  content(choices: ConnectorChoices): Partial<ConnectorContent> {
    const { displayName, description, apiDefinition, apiProperties, icon, script } = choices;
    return {
      ...(displayName !== undefined && { displayName }),
      ...(description !== undefined && { description }),
      ...(apiDefinition !== undefined && {
        apiDefinition: apiDefinition === null ? undefined : this.keepDefinition(apiDefinition),
        writtenDefinition: undefined,
      }),
      ...(apiProperties !== undefined && propertiesIn(apiProperties)),
      ...(icon !== undefined && { icon: this.#keepIcon(icon, choices.iconContentType) }),
      ...(script !== undefined && { script: this.#keepScript(script) }),
    };
  }

  keepDefinition(text: string): Blob {
    return this.#storage.keep('apiDefinition.swagger.json', Buffer.from(text), 'application/json');
  }

  #keepIcon(icon: Uint8Array | null, contentType = 'image/png'): Blob {
    return icon ? this.#storage.keep('icon.png', icon, contentType) : this.#storage.defaultIcon;
  }

  #keepScript(script: string | Uint8Array | null): Blob | undefined {
    return script === null
      ? undefined
      : this.#storage.keep('script.csx', Buffer.from(script), 'application/octet-stream');
  }
}

/** As the service makes them: the name with its odd characters written out, and something unique. */
export function connectorId(displayName: string): string {
  const name = [...Buffer.from(displayName.toLowerCase().slice(0, 40))]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[a-z\d]/.test(character) ? character : `-${byte.toString(16).padStart(2, '0')}`;
    })
    .join('');
  return `shared_${name}-5f${randomBytes(8).toString('hex')}`;
}

function propertiesIn(apiProperties: string): Pick<ConnectorContent, 'properties' | 'clientSecrets'> {
  if (parsed(apiProperties) === undefined) throw new Error('The API properties are not JSON.');
  const properties = rawMembers(apiProperties)?.find(({ name }) => name === 'properties');
  return keptProperties((properties && rawMembers(properties.text)) ?? []);
}

function matchingDefinition({ displayName, description }: ConnectorChoices): string {
  return petStore({
    ...(displayName !== undefined && { title: displayName }),
    ...(description !== undefined && { description }),
  });
}

/** What a definition says about the connector, where it can be read. */
function infoOf(apiDefinition: string): Partial<Pick<ConnectorContent, 'displayName' | 'description'>> {
  const definition = parsed(apiDefinition.replace(/^\uFEFF/, ''));
  const info = isObject(definition) ? definition['info'] : undefined;
  if (!isObject(info)) return {};
  const { title, description } = info;
  return {
    ...(typeof title === 'string' && { displayName: title }),
    ...(typeof description === 'string' && { description }),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
