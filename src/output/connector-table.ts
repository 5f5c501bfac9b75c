import type { ConnectorAuthentication } from '../connector/authentication.ts';
import type { ShowData } from '../results/connectors.ts';
import type { PersonData } from '../results/members.ts';
import type { Table } from './result.ts';
import { shortTime } from './short-time.ts';

const kinds: Readonly<Record<ConnectorAuthentication['kind'], string>> = {
  none: 'none',
  oauth2: 'OAuth 2.0',
  basic: 'basic',
  apiKey: 'API key',
  other: 'other parameters',
};

/**
 * A connector as a table of two columns, for people; what it does not have is left out.
 *
 * @param place The name of its environment, or the ID.
 */
export function connectorTable(connector: ShowData, place?: string): Table {
  const { operations } = connector;
  const rows: readonly (readonly [name: string, value: string | null])[] = [
    ['Name', connector.name],
    ['ID', connector.connectorId],
    ['Environment', environmentWords(connector.environment?.id ?? null, place)],
    ['URL', connector.url],
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
    kinds: ['property', 'prose'],
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

function scriptWords({ hasScript, scriptOperations }: ShowData): string {
  if (!hasScript) return 'none';
  return scriptOperations.length === 0 ? 'for all operations' : `for ${scriptOperations.join(', ')}`;
}

function momentWords(time: string | null, who: PersonData): string {
  return [shortTime(time), who?.name && `by ${who.name}`].filter(Boolean).join(' ');
}

function operationWords({ operationId, summary, method, path, isTrigger }: ShowData['operations'][number]): string {
  const about = [summary, isTrigger && 'trigger'].filter(Boolean).join('; ');
  return `${operationId ?? '?'}: ${method.toUpperCase()} ${path}${about && ` (${about})`}`;
}
