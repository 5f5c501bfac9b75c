import type { ConnectorAuthentication } from '../connector/authentication.ts';
import type { ConnectorDescription, OperationDescription } from '../connector/connector-description.ts';
import type { Table } from './result.ts';
import { shortTime } from './short-time.ts';

const kinds: Readonly<Record<ConnectorAuthentication['kind'], string>> = {
  none: 'none',
  oauth2: 'OAuth 2.0',
  basic: 'basic',
  apiKey: 'API key',
  other: 'other parameters',
};

/** Where people find a connector. */
export interface ConnectorPlace {
  /** The name of its environment, or the ID. */
  readonly place: string;
  /** Its page in the maker portal. */
  readonly url: string | undefined;
}

/** A connector as a table of two columns, for people; what it does not have is left out. */
export function connectorTable(connector: ConnectorDescription, { place, url }: Partial<ConnectorPlace> = {}): Table {
  const { operations } = connector;
  const rows: readonly (readonly [name: string, value: string | null])[] = [
    ['Name', connector.name],
    ['ID', connector.id],
    ['Environment', environmentWords(connector.environment, place)],
    ['URL', url ?? null],
    ['Description', connector.description],
    ['Service', connector.serviceUrl],
    ['Sign-in', connector.authentication.map(authenticationWords).join(', ')],
    ...redirectRows(connector.authentication),
    ['Icon', connector.hasIcon ? (connector.iconBrandColor ?? 'yes') : 'none'],
    ['Script', scriptWords(connector)],
    ['Policies', connector.policies.map(({ title, templateId }) => title ?? templateId ?? '').join(', ')],
    ['Publisher', connector.publisher],
    ['Stack owner', connector.stackOwner],
    ['Created (UTC)', momentWords(connector.createdTime, connector.createdBy)],
    ['Changed (UTC)', momentWords(connector.changedTime, connector.changedBy)],
    ['Operations', String(operations.length)],
    ...operations.map((operation) => ['', operationWords(operation)] as const),
  ];
  return {
    columns: ['Property', 'Value'],
    rows: rows.flatMap(([name, value]) => (value ? [[name, value]] : [])),
    kinds: ['word', 'prose'],
  };
}

function environmentWords(environment: string | null, place: string | undefined): string | null {
  return environment === null || place === undefined || place === environment
    ? environment
    : `${place} (${environment})`;
}

function authenticationWords({ set, kind, identityProvider }: ConnectorAuthentication): string {
  const words = `${kinds[kind]}${identityProvider === null ? '' : ` (${identityProvider})`}`;
  return set === null ? words : `${set}: ${words}`;
}

/** One for each that signs in by OAuth 2.0: people copy them. */
function redirectRows(
  authentication: readonly ConnectorAuthentication[],
): readonly (readonly [name: string, value: string])[] {
  const urls = authentication.flatMap(({ set, redirectUrl }) =>
    redirectUrl === null ? [] : [`${set === null ? '' : `${set}: `}${redirectUrl}`],
  );
  return urls.map((url, index) => [index === 0 ? 'Redirect URL' : '', url]);
}

function scriptWords({ hasScript, scriptOperations }: ConnectorDescription): string {
  if (!hasScript) return 'none';
  return scriptOperations.length === 0 ? 'for all operations' : `for ${scriptOperations.join(', ')}`;
}

function momentWords(time: string | null, who: string | null): string {
  return [shortTime(time), who && `by ${who}`].filter(Boolean).join(' ');
}

function operationWords({ id, summary, method, path, isTrigger }: OperationDescription): string {
  const about = [summary, isTrigger && 'trigger'].filter(Boolean).join('; ');
  return `${id ?? '?'}: ${method.toUpperCase()} ${path}${about && ` (${about})`}`;
}
