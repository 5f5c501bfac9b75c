import type { Ledger } from './ledger.ts';
import { statedText } from './postman-text.ts';
import type { SourceNode } from './source.ts';
import { reportType } from './wrong-type.ts';

/** Members that are read, by the kind of object; those of a part that is reported as a whole aren't looked at. */
const known = {
  collection: 'info item variable auth event',
  info: 'name description version schema',
  version: 'major minor patch',
  folder: 'name description item variable auth event',
  item: 'name description request response event variable',
  request: 'method url header body auth description',
  description: 'content type version',
  url: 'raw protocol host port path query hash variable',
} as const;

const identities: ReadonlySet<string> = new Set(
  'id uid _postman_id _exporter_id _collection_link _postman_isSubFolder'.split(' '),
);

const texts: ReadonlySet<string> = new Set(
  'name schema major minor patch method content type raw protocol port hash'.split(' '),
);
const lists: ReadonlySet<string> = new Set('item response event variable header query'.split(' '));

/** Reports members of a part of a collection that have no counterpart. Null and what is empty say nothing. */
export function reportMembers(node: SourceNode | undefined, kind: keyof typeof known, ledger: Ledger): void {
  const names: ReadonlySet<string> = new Set(known[kind].split(' '));
  for (const member of node?.members.values() ?? []) {
    const { name } = member;
    if (saysNothing(member)) continue;
    const isPlain = member.kind !== 'object' && member.kind !== 'array';
    if (texts.has(name) && !isPlain) reportType(ledger, member, 'text');
    if (name === 'description' && member.kind === 'array') reportType(ledger, member, 'text');
    if (lists.has(name) && member.kind !== 'array') reportType(ledger, member, 'a list');
    if (name === 'description' && member.kind === 'object') reportMembers(member, 'description', ledger);
    if (names.has(name)) continue;
    if (identities.has(name)) ledger.add('postman-identity', member, { name });
    else ledger.add('postman-setting', member, { name });
  }
}

/** Reports scripts and variables, which requests and folders can have. */
export function reportEvents(node: SourceNode, ledger: Ledger): void {
  for (const event of node.members.get('event')?.items ?? []) ledger.add('postman-script', event);
}

/** Reports variables. @param isUsed Whether the value of one is in the result. */
export function reportVariables(
  node: SourceNode | undefined,
  ledger: Ledger,
  isUsed: (name: string) => boolean = () => false,
): void {
  for (const variable of node?.members.get('variable')?.items ?? []) {
    const name = statedText(variable.members.get('key') ?? variable.members.get('id')) ?? '';
    ledger.add('postman-variable', variable, { name }, isUsed(name) ? 'kept' : 'dropped');
  }
}

/** Whether a value says nothing, as programs write it where nothing was entered. */
export function saysNothing({ kind, items, members, text }: SourceNode): boolean {
  return items.length === 0 && members.size === 0 && (kind === 'null' || text.trim() === '');
}
