import { basename } from 'node:path';
import { type NewAuthentication, authenticationKinds } from '../../connector/new-authentication.ts';
import type { NewConnector } from '../../connector/new-connector.ts';
import { type StatedAuthentication, statedAuthentication } from '../../connector/stated-authentication.ts';
import { UsageError } from '../../errors.ts';
import type { Terminal } from '../../io/terminal/terminal.ts';
import { isEnvironmentExpression } from '../../connector/expression.ts';
import { httpsUrl, learn, required, type Unknown } from './learn.ts';
import type { SourceDefinition } from './read-definition.ts';

/** The options of a new connector. */
export interface ConnectorFlags {
  readonly title?: string | undefined;
  readonly summary?: string | undefined;
  readonly host?: string | undefined;
  readonly authKind?: NewAuthentication['kind'] | undefined;
  readonly apiKeyHeader?: string | undefined;
  readonly oAuthClientId?: string | undefined;
  readonly authorizationUrl?: string | undefined;
  readonly tokenUrl?: string | undefined;
  readonly scopes?: string | undefined;
  readonly resourceUri?: string | undefined;
}

/** The values that a new connector starts with. */
export interface ConnectorOrigin {
  readonly source: SourceDefinition | undefined;
  /** An MCP server. */
  readonly server: URL | undefined;
}

/** Goes into the files for whoever has no application yet: `validate --info` finds it. */
export const clientIdPlaceholder = 'YOUR-CLIENT-ID';

/**
 * All that has to be known about a new connector: from the command line, from the API definition it begins with, else from
 * the user. Raises `UsageError` for what is missing without a terminal to prompt at, and for a value that cannot be.
 *
 * @param directory Names the connector when nothing else does.
 */
export async function planConnector(
  flags: ConnectorFlags,
  { source, server }: ConnectorOrigin,
  directory: string,
  terminal: Terminal,
): Promise<NewConnector> {
  const { info, host } = source?.document.value ?? {};
  const title = await learn(
    flags.title ?? (info?.title || undefined),
    { message: 'Name of the connector', option: '--title', defaultAnswer: titleFrom(directory) },
    terminal,
  );
  const description = await learn(
    flags.summary ?? info?.description ?? undefined,
    {
      message: 'Description, in a sentence',
      option: '--description',
      defaultAnswer: server ? `Lets agents use the tools of ${title}.` : `Lets apps and flows work with ${title}.`,
      problem: () => undefined,
    },
    terminal,
  );
  const isStated = server !== undefined || (Boolean(host) && flags.host === undefined);
  const address = isStated ? undefined : await learnAddress(flags, source, terminal);
  const stated = source && statedAuthentication(source.document.value);
  // A description that was converted has said how to sign in.
  const isConverted = source?.properties !== undefined;
  const authentication = isConverted ? ({ kind: 'none' } as const) : await learnAuthentication(flags, stated, terminal);
  return { title, description, address, authentication };
}

/** The URLs of a sign-in can come from environment variables of a solution. */
function urlOrReference(text: string): string | undefined {
  return isEnvironmentExpression(text) ? undefined : httpsUrl(text);
}

/** `contoso-orders` is Contoso orders. */
function titleFrom(directory: string): string | undefined {
  const words = basename(directory)
    .replaceAll(/[\s._-]+/gu, ' ')
    .trim();
  return words === '' ? undefined : `${words[0]?.toUpperCase()}${words.slice(1)}`;
}

async function learnAddress(
  flags: ConnectorFlags,
  source: SourceDefinition | undefined,
  terminal: Terminal,
): Promise<URL> {
  const problem = (text: string): string | undefined =>
    addressOf(text) ? undefined : 'Use a host, such as api.contoso.com, or a URL.';
  const question = { message: 'Host or URL of the API', option: '--host', defaultAnswer: source?.url?.host, problem };
  const written = await learn(flags.host, question, terminal);
  return addressOf(written) ?? new URL(written);
}

function addressOf(text: string): URL | undefined {
  const written = /^https?:\/\//iu.test(text) ? text : `https://${text}`;
  return URL.canParse(written) ? new URL(written) : undefined;
}

async function learnAuthentication(
  flags: ConnectorFlags,
  stated: StatedAuthentication | undefined,
  terminal: Terminal,
): Promise<NewAuthentication> {
  const kind =
    flags.authKind ?? stated?.kind ?? (stated && !terminal.interactive ? 'none' : await chooseKind(terminal));
  const clientId = async (): Promise<string> =>
    await learn(
      flags.oAuthClientId,
      { message: 'Client ID of your application', option: '--client-id', defaultAnswer: clientIdPlaceholder },
      terminal,
    );
  // What the definition says stays, whatever it is, and what it lacks is missing: validate finds what has to be changed.
  const learnUrl = async (
    given: string | undefined,
    ofDefinition: string | undefined,
    question: Pick<Unknown, 'message' | 'option'>,
  ): Promise<string | undefined> => {
    const isLeft = given === undefined && (ofDefinition !== undefined || (stated?.kind && !terminal.interactive));
    return isLeft ? ofDefinition : await learn(given, { ...question, problem: urlOrReference }, terminal);
  };
  const scopes = wordsOf(flags.scopes) ?? stated?.scopes ?? [];
  switch (kind) {
    case 'none':
    case 'basic':
      return { kind };
    case 'api-key': {
      const question = { message: 'Header of the API key', option: '--api-key-header', defaultAnswer: 'X-API-Key' };
      return {
        kind,
        header: await learn(flags.apiKeyHeader ?? stated?.header, { ...question, problem: header }, terminal),
      };
    }
    case 'oauth2':
      return {
        kind,
        authorizationUrl: await learnUrl(flags.authorizationUrl, stated?.authorizationUrl, {
          message: 'URL where users sign in',
          option: '--authorization-url',
        }),
        tokenUrl: await learnUrl(flags.tokenUrl, stated?.tokenUrl, {
          message: 'URL that issues tokens',
          option: '--token-url',
        }),
        clientId: await clientId(),
        scopes,
      };
    case 'entra-id':
      return {
        kind,
        resourceUri: await learn(
          flags.resourceUri,
          { message: 'Application ID URI of the API', option: '--resource-uri', problem: required },
          terminal,
        ),
        clientId: await clientId(),
        scopes,
      };
  }
}

const authenticationWords: Readonly<Record<NewAuthentication['kind'], string>> = {
  none: 'No authentication',
  'api-key': 'API key',
  basic: 'User name and password',
  oauth2: 'OAuth 2.0',
  'entra-id': 'Microsoft Entra ID',
};

async function chooseKind(terminal: Terminal): Promise<NewAuthentication['kind']> {
  const insteadPass = `--auth ${authenticationKinds.join('|')}`;
  if (!terminal.interactive) {
    throw new UsageError('The authentication of the API must be specified.', { hint: `Pass ${insteadPass}.` });
  }
  const choices = authenticationKinds.map((kind) => {
    const detail = authenticationWords[kind];
    return { value: kind, name: kind, detail, label: `${kind} - ${detail}` };
  });
  const { value } = await terminal.choose<NewAuthentication['kind']>(
    { message: 'Please select the authentication of the API:', insteadPass },
    choices,
  );
  terminal.say(`Authentication selected: ${value}`);
  return value;
}

function wordsOf(text: string | undefined): readonly string[] | undefined {
  return text?.split(/[\s,]+/u).filter((word) => word !== '');
}

function header(value: string): string | undefined {
  return /^[\w!#$%&'*+.^`|~-]+$/u.test(value) ? undefined : 'Use the name of a header.';
}
