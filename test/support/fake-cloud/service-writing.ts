import { applyEdits, modify, parseTree, type Node } from 'jsonc-parser';
import type { Habits } from './habits.ts';
import { parsed, rawMembers, rawObject } from './raw-json.ts';

/** What the service knows beside what was sent. */
export interface WritingFacts {
  readonly connectorId: string;
  /** The name of who made the connector. */
  readonly creator: string;
  readonly habits: Habits;
}

/** The API properties of a new connector, or an update of it, as the service keeps them. */
export function writtenProperties(
  sent: ReadonlyMap<string, string>,
  { connectorId, creator, habits }: WritingFacts,
): ReadonlyMap<string, string> {
  if (!habits.rewrites) return sent;
  const written = new Map([...sent].map(([name, text]) => [name, withRedirects(text, connectorId)]));
  const capabilities: unknown = parsed(sent.get('capabilities') ?? '');
  if (Array.isArray(capabilities)) {
    written.set('capabilities', JSON.stringify(capabilities.filter((one) => habits.capabilities.has(one))));
  }
  if (!written.has('publisher')) written.set('publisher', JSON.stringify(creator));
  if (habits.emptiesPublishers) for (const name of ['publisher', 'stackOwner']) written.set(name, '""');
  return written;
}

/** The same with what each OAuth sign-in gets, in parameters and in sets of them. */
function withRedirects(text: string, connectorId: string): string {
  return oAuthSettingsIn(text).reduce((changed, path) => {
    const redirect = `https://global.consent.azure-apim.net/redirect/${connectorId.replace(/^shared_/, '')}`;
    const settings = valueAt(changed, path);
    const members = isObject(settings['properties']) ? settings['properties'] : {};
    const isEntra = String(settings['identityProvider']).startsWith('aad');
    const added: readonly (readonly [path: readonly string[], value: unknown])[] = [
      ...(settings['redirectMode'] === 'Global' ? [[['redirectMode'], 'GlobalPerConnector'] as const] : []),
      [['redirectUrl'], redirect],
      ...(isEntra && members['IsFirstParty'] === undefined ? [[['properties', 'IsFirstParty'], 'False'] as const] : []),
      ...(isEntra && members['IsOnbehalfofLoginSupported'] === undefined
        ? [[['properties', 'IsOnbehalfofLoginSupported'], true] as const]
        : []),
    ];
    return added.reduce((one, [names, value]) => applyEdits(one, modify(one, [...path, ...names], value, {})), changed);
  }, text);
}

type Path = readonly (string | number)[];

/** The paths to all `oAuthSettings`. */
function oAuthSettingsIn(text: string): Path[] {
  if (!text.includes('"oAuthSettings"')) return [];
  const search = (node: Node, path: Path): Path[] => {
    if (node.type === 'property') {
      const [name, value] = node.children ?? [];
      const own: Path = [...path, String(name?.value)];
      if (!value) return [];
      return name?.value === 'oAuthSettings' && value.type === 'object' ? [own] : search(value, own);
    }
    return (node.children ?? []).flatMap((child, index) =>
      search(child, node.type === 'array' ? [...path, index] : path),
    );
  };
  const root = parseTree(text);
  return root ? search(root, []) : [];
}

function valueAt(text: string, path: Path): Readonly<Record<string, unknown>> {
  const value = path.reduce<unknown>((at, step) => (isObject(at) ? at[step] : undefined), parsed(text));
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Readonly<Record<string | number, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The same definition by value, as the service gives it back: members in its own order, more characters escaped. */
export function writtenDefinition(sent: string, { rewrites }: Habits): string {
  if (!rewrites) return sent;
  // These stand nowhere but in strings.
  const escaped = sent.replaceAll(/['<>&]/g, (character) => `\\u00${character.charCodeAt(0).toString(16)}`);
  return inOrderOfNames(escaped);
}

function inOrderOfNames(text: string): string {
  const members = rawMembers(text);
  if (!members) return text;
  const sorted = members.toSorted((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
  return rawObject(sorted.map((member) => [member.name, inOrderOfNames(member.text)] as const));
}
