import type { JsonDocument } from '../json/document.ts';
import type { ApiProperties } from './api-properties.ts';
import { oAuthSettingsPaths } from './client-secret.ts';
import { isEnvironmentExpression } from './expression.ts';
import { oAuthPairs, valueAt } from './service-writing.ts';

type Properties = JsonDocument<ApiProperties>;

/** Words that one says to the reader instead of giving a client ID. */
const telling = [
  'yours?|replace|enter|please|insert|todo|fixme|change|dummy|placeholder|sample|example',
  String.raw`x{3,}(?!x)`,
].join('|');

const clientIdWords = String.raw`(?:client|app(?:lication)?)[\W_]?id`;

/** Words around them, which can also be the name of an application. */
const around =
  'me|this|it|here|my|the|of|from|with|value|client|app(?:lication)?|id|guid|uuid|secret|key|name|test|real|actual|own|oauth2?|azure|aad|entra';

/** Nothing, characters of no client ID, and nothing but such words: a client ID can have one of them in it, or consist of digits. */
const placeholder = new RegExp(
  [
    String.raw`^[^\p{L}\p{N}]*$|[<>{}\[\]*\s]`,
    '^__.*__$',
    '^(?:n/?a|none|null|nil|undefined|unknown|empty|tb[acd]|redacted|removed|id|foo|bar|test)$',
    String.raw`(?:^|[\W_])${clientIdWords}$`,
    String.raw`^(?=.*(?:${telling}|${clientIdWords}))(?:[\W_]*(?:${telling}|${around}))+[\W_]*$`,
    '^[0-]+$',
  ].join('|'),
  'iu',
);

/** Whether a text stands where the client ID of an application is to come. */
export function isPlaceholderClientId(clientId: string): boolean {
  return placeholder.test(clientId) && !isEnvironmentExpression(clientId);
}

/** The client IDs that users can't sign in with, each once: placeholders, and those that are empty. */
export function unusableClientIds(properties: Properties): readonly string[] {
  const clientIds = oAuthSettingsPaths(properties.value).map((path) => valueAt(properties, [...path, 'clientId']));
  return [...new Set(clientIds.filter((clientId) => typeof clientId === 'string'))].filter(isPlaceholderClientId);
}

/** A client ID that users sign in with, and what would come in its place. */
export interface LostClientId {
  readonly live: string;
  /** Empty for none. */
  readonly sent: string;
}

/**
 * The client IDs that would be replaced by a placeholder, or by nothing, in settings that both have. What is in the environment counts
 * as one, whatever it looks like.
 */
export function lostClientIds(remote: Properties, sent: Properties): readonly LostClientId[] {
  return oAuthPairs(remote, sent).flatMap(({ path, sentPath }) => {
    const [live, ours] = [textAt(remote, path), textAt(sent, sentPath)];
    const isLost = live.trim() !== '' && live !== ours && isPlaceholderClientId(ours);
    return isLost ? [{ live, sent: ours }] : [];
  });
}

function textAt(properties: Properties, path: readonly (string | number)[]): string {
  const clientId = valueAt(properties, [...path, 'clientId']);
  return typeof clientId === 'string' ? clientId : '';
}
