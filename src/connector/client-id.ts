import type { JsonDocument } from '../json/document.ts';
import type { ApiProperties } from './api-properties.ts';
import { oAuthSettingsPaths } from './client-secret.ts';
import { isEnvironmentExpression } from './expression.ts';
import { oAuthPairs, valueAt } from './service-writing.ts';

type Properties = JsonDocument<ApiProperties>;

/** Nothing, characters of no client ID, and words that one would say to the reader instead of giving it. */
const placeholder = new RegExp(
  [
    String.raw`^[^\p{L}\p{N}]*$|[<>{}\[\]*\s]`,
    '^__.*__$',
    String.raw`\b(?:test|change[_-]?(?:me|it|this))\b`,
    '^(?:n/?a|none|null|nil|undefined|unknown|empty|fixme|tb[acd]|redacted|removed|id|foo|bar)$',
    'placeholder|dummy|your|replace|enter|please|insert|todo|x{4}|sample|example',
    String.raw`(?<![\p{L}\p{N}])xxx(?![\p{L}\p{N}])`,
    'client[_-]?id|app[_-]?id',
    String.raw`^\d{1,9}$`,
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

/** The client IDs that would be replaced by a placeholder, or by nothing, in settings that both have. */
export function lostClientIds(remote: Properties, sent: Properties): readonly LostClientId[] {
  return oAuthPairs(remote, sent).flatMap(({ path, sentPath }) => {
    const [live, ours] = [textAt(remote, path), textAt(sent, sentPath)];
    const isLost = !isPlaceholderClientId(live) && isPlaceholderClientId(ours);
    return isLost ? [{ live, sent: ours }] : [];
  });
}

function textAt(properties: Properties, path: readonly (string | number)[]): string {
  const clientId = valueAt(properties, [...path, 'clientId']);
  return typeof clientId === 'string' ? clientId : '';
}
