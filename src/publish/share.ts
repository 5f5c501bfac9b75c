import type { Remote, Target } from '../api/remote.ts';
import type { PermissionResource } from '../api/resources.ts';
import type { Context } from '../context.ts';
import { listConnectors } from '../environment/listings.ts';
import { PaconnError, UsageError } from '../errors.ts';
import { inOrder } from '../io/async.ts';
import { commandWord } from '../io/terminal/command-word.ts';
import { changeShares } from './change-shares.ts';

/** A principal that a connector is shared with: a user or a group. */
export type PrincipalType = 'User' | 'Group';

/** Somebody as they were named. */
export interface WrittenPrincipal {
  readonly type: PrincipalType;
  /** An object ID, an e-mail address or a name. */
  readonly written: string;
}

export type ShareRole = 'CanView' | 'CanEdit';

/** Somebody to share a connector with, and what they may do. */
export interface Share extends WrittenPrincipal {
  readonly role: ShareRole;
}

/** The same with the object ID. */
export interface FoundShare extends Share {
  readonly id: string;
}

/** The roles of the service, in words. */
export const roleWords: Readonly<Record<string, string>> = {
  Owner: 'owner',
  CanEdit: 'can edit',
  CanView: 'can use',
};

/** Reads `user:WHO`, `group:WHO`, each perhaps with `:can-use` or `:can-edit` behind it. Raises {@link UsageError}. */
export function parseShare(text: string): Share {
  const [, kind, written, role] = /^(user|group):(.+?)(?::(can-use|can-edit))?$/isu.exec(text) ?? [];
  if (kind === undefined || written === undefined) {
    throw new UsageError(`--share must start with user: or group:, but it's '${text}'.`, {
      hint: 'For example:\n  --share group:11111111-2222-4333-8444-555555555555:can-edit',
    });
  }
  return {
    type: kind.toLowerCase() === 'group' ? 'Group' : 'User',
    written,
    role: role?.toLowerCase() === 'can-edit' ? 'CanEdit' : 'CanView',
  };
}

const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu;

/** A principal that the service listed. */
interface KnownPrincipal {
  readonly id: string;
  readonly type: PrincipalType;
  readonly names: readonly string[];
}

/**
 * The object ID of a user or group. The service finds no one by name: one is known only of those who can use the connector already,
 * and of those who have made connectors in the environment. Raises {@link UsageError}.
 */
export async function principalId(
  { type, written }: WrittenPrincipal,
  { environment }: Pick<Target, 'environment'>,
  permissions: readonly PermissionResource[],
  remote: Remote,
  context: Context,
): Promise<string> {
  if (guid.test(written)) return written.toLowerCase();
  const makers = type === 'User' ? await listConnectors(environment, remote, context) : [];
  const known: readonly KnownPrincipal[] = [
    ...permissions.flatMap(({ properties: { principal } }) => {
      const names = [principal.displayName, principal.email].flatMap((name) => name ?? []);
      return principal.type === type ? [{ id: principal.id, type, names }] : [];
    }),
    ...makers.flatMap(({ properties }) => {
      const { id, displayName, email, userPrincipalName } = properties?.createdBy ?? {};
      return id ? [{ id, type, names: [displayName, email, userPrincipalName].flatMap((name) => name ?? []) }] : [];
    }),
  ];
  const isMeant = (name: string): boolean => name.toLowerCase() === written.toLowerCase();
  const ids = new Set(known.filter(({ names }) => names.some(isMeant)).map(({ id }) => id.toLowerCase()));
  const [found, another] = ids;
  if (found !== undefined && another === undefined) return found;
  const word = type.toLowerCase();
  const command =
    type === 'User'
      ? `az ad user show --id ${commandWord(written)}`
      : `az ad group show --group ${commandWord(written)}`;
  const problem = found === undefined ? `No ${word} '${written}' found.` : `Several users have the name '${written}'.`;
  throw new UsageError(`${problem} The service can't look up names in Microsoft Entra ID.`, {
    hint: `Use the object ID. With the Azure CLI, get it with:\n  ${command} --query id -o tsv`,
  });
}

/** Who is meant, before anything is sent. Nobody uses a connector yet that doesn't exist. Raises as {@link principalId}. */
export async function findShares(
  shares: readonly Share[],
  { environment, connectorId }: Pick<Target, 'environment'> & Partial<Target>,
  remote: Remote,
  context: Context,
): Promise<readonly FoundShare[]> {
  const isListed = connectorId !== undefined && !shares.every(({ written }) => guid.test(written));
  const permissions = isListed ? await remote.listPermissions({ environment, connectorId }) : [];
  return await inOrder(
    shares.map(async (share) => ({
      ...share,
      id: await principalId(share, { environment }, permissions, remote, context),
    })),
  );
}

/** Shares a connector, and reports with whom. Gives who can use it then; undefined where the service doesn't say. */
export async function shareWith(
  shares: readonly FoundShare[],
  target: Target,
  remote: Remote,
  context: Context,
): Promise<readonly PermissionResource[] | undefined> {
  if (shares.length === 0) return undefined;
  const permissions = await changeShares({ put: shares, remove: [] }, target, remote, context);
  for (const { written, role } of shares) context.terminal.note(`Shared with ${written}: ${roleWords[role] ?? role}`);
  return permissions;
}

/** The same after a connector was sent. What was done stays done: a failure says how to share it without sending it again. */
export async function shareSent(
  shares: readonly FoundShare[],
  target: Target,
  remote: Remote,
  context: Context,
): Promise<void> {
  try {
    await shareWith(shares, target, remote, context);
  } catch (error) {
    if (error instanceof PaconnError) {
      context.terminal.note(
        `The connector is in the environment, but may not be shared. To share it:\n  ${shareCommand(shares, target)}`,
      );
    }
    throw error;
  }
}

function shareCommand(shares: readonly Share[], { environment, connectorId }: Target): string {
  const [first] = shares;
  const alike = shares.filter(({ role }) => role === first?.role);
  const named = alike.map(({ type, written }) => `--${type.toLowerCase()} ${commandWord(written)}`);
  const words = ['paconn share add', ...named, ...(first?.role === 'CanEdit' ? ['--can-edit'] : [])];
  return [...words, `--environment ${commandWord(environment)} --connector ${commandWord(connectorId)}`].join(' ');
}
