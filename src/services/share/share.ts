import * as z from 'zod';
import type { Remote, Target } from '../../api/remote.ts';
import type { PermissionResource } from '../../api/resources.ts';
import { oneConnector } from '../../check/connector-arguments.ts';
import { settingsHere } from '../../check/settings-here.ts';
import type { Context } from '../../context.ts';
import { chooseTargetHere } from '../../environment/choose-target-here.ts';
import { knownEnvironment } from '../../environment/environment-name.ts';
import { sameConnector } from '../../environment/same-connector.ts';
import { UsageError } from '../../errors.ts';
import { inOrder } from '../../io/async.ts';
import type { Result, Table } from '../../output/result.ts';
import { changeShares } from '../../publish/change-shares.ts';
import { findShares, principalId, roleWords, type Share, shareWith } from '../../publish/share.ts';
import { commandWord } from '../../io/terminal/command-word.ts';
import type { ShareData } from '../../results/connectors.ts';
import { connect } from '../../remote/connect.ts';
import { parseFlags } from '../../settings/flags.ts';
import { portalUrl } from '../../settings/maker-portal.ts';
import { givenSettingsSchema } from '../../settings/settings.ts';

const shareFlagsSchema = givenSettingsSchema.extend({
  paths: z.array(z.string()).default([]),
  settingsFile: z.string().optional(),
  user: z.array(z.string()).default([]),
  group: z.array(z.string()).default([]),
  canEdit: z.boolean().default(false),
});

const actions = ['list', 'add', 'remove'] as const;

/** Shows who can use a connector, and changes that. */
export async function share(given: unknown, context: Context): Promise<Result> {
  const { paths, user, group, canEdit, ...flags } = parseFlags(given, shareFlagsSchema);
  const [first, ...others] = paths;
  const named = actions.find((one) => one === first);
  const action = named ?? 'list';
  const folder = named === undefined ? first : others[0];
  const same = sameConnector({ settingsFile: flags.settingsFile || undefined, folder: folder ?? '', flags });
  if (named === undefined && others[0] !== undefined) {
    const principals = [...optionWords('--user', user), ...optionWords('--group', group)];
    throw notFirst(others[0], `${same}${principals.join('')}${canEdit ? ' --can-edit' : ''}`);
  }
  const shares: readonly Share[] = [
    ...user.map((written) => ({ type: 'User', written, role: canEdit ? 'CanEdit' : 'CanView' }) as const),
    ...group.map((written) => ({ type: 'Group', written, role: canEdit ? 'CanEdit' : 'CanView' }) as const),
  ];
  requirePrincipals(action, shares, { canEdit, same });
  const { here, options } = await oneConnector(folder, flags, 'share', context);
  const found = await settingsHere(options, here, { findsFiles: 'clear' });
  const remote = await connect(found.settings, here);
  const target = await chooseTargetHere(found, remote, here);
  const changed = await change(action, shares, target, remote, here);
  const permissions = changed ?? (await here.terminal.during('Reading permissions', remote.listPermissions(target)));
  const { connectorId } = target;
  const environment = await knownEnvironment(target.environment, here);
  const url = portalUrl(found.settings.powerAppsUrl, target) ?? null;
  return permissionsResult(permissions, { connectorId, environment, url });
}

function optionWords(option: string, values: readonly string[]): readonly string[] {
  return values.map((value) => ` ${option} ${commandWord(value)}`);
}

/**
 * The error for a word behind the folder: an action comes before it.
 *
 * @param rest What follows the action.
 */
function notFirst(word: string, rest: string): UsageError {
  const isAction = actions.some((one) => one === word);
  const hint = isAction ? `Run:\n  paconn share ${word}${rest}` : "Run 'paconn share --help' for usage.";
  return new UsageError(`Unexpected argument: ${word}`, { hint });
}

/** Raises {@link UsageError} without a user or group, and for an unknown one. */
function requirePrincipals(
  action: (typeof actions)[number],
  { length }: readonly Share[],
  { canEdit, same }: { readonly canEdit: boolean; readonly same: string },
): void {
  if (action === 'list' ? length > 0 : length === 0) {
    const hint = `For example:\n  paconn share ${action === 'list' ? 'add' : action}${same} --user ada@contoso.com`;
    throw action === 'list'
      ? new UsageError("--user and --group can't be used with 'share list'.", { hint })
      : new UsageError(`'share ${action}' requires --user or --group.`, { hint });
  }
  if (canEdit && action !== 'add') throw new UsageError("--can-edit can only be used with 'share add'.");
}

/** Who can use the connector after a change; undefined where nothing was to change, or the service doesn't say. */
async function change(
  action: (typeof actions)[number],
  shares: readonly Share[],
  target: Target,
  remote: Remote,
  context: Context,
): Promise<readonly PermissionResource[] | undefined> {
  if (action === 'list') return undefined;
  if (action === 'remove') return await remove(shares, target, remote, context);
  return await shareWith(await findShares(shares, target, remote, context), target, remote, context);
}

async function remove(
  shares: readonly Share[],
  target: Target,
  remote: Remote,
  context: Context,
): Promise<readonly PermissionResource[] | undefined> {
  const permissions = await remote.listPermissions(target);
  const ids = await inOrder(shares.map(async (one) => await principalId(one, target, permissions, remote, context)));
  const removed = ids.map((id, index) => {
    const permission = permissions.find(({ properties }) => properties.principal.id.toLowerCase() === id);
    const written = shares[index]?.written ?? id;
    if (!permission) throw new UsageError(`${target.connectorId} isn't shared with '${written}'.`);
    if (permission.properties.roleName !== 'Owner') return { name: permission.name, written };
    throw new UsageError(`'${written}' owns ${target.connectorId}. The owner's access can't be removed.`);
  });
  const left = await changeShares({ put: [], remove: removed }, target, remote, context);
  for (const { written } of shares) context.terminal.note(`No longer shared with ${written}`);
  return left;
}

function permissionsResult(
  permissions: readonly PermissionResource[],
  about: Pick<ShareData, 'connectorId' | 'environment' | 'url'>,
): Result {
  const rows = permissions.map(({ properties: { roleName, principal } }) => ({
    principal: { id: principal.id, name: principal.displayName || null },
    principalType: principal.type ?? null,
    email: principal.email || null,
    role: roleName,
  }));
  const table: Table = {
    columns: ['Name', 'Role', 'Type', 'Object ID', 'Email'],
    kinds: ['name', 'word', 'word', 'id', 'text'],
    rows: rows.map(({ principal: { id, name }, role, principalType, email }) => [
      name ?? '',
      roleWords[role] ?? role,
      principalType ?? '',
      id,
      email ?? '',
    ]),
  };
  return { data: { ...about, permissions: rows } satisfies ShareData, table };
}
