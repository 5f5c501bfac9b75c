import * as z from 'zod';
import type { EnvironmentResource } from '../../api/resources.ts';
import type { Context } from '../../context.ts';
import type { ColumnKind, Result } from '../../output/result.ts';
import type { EnvironmentsData } from '../../results/accounts.ts';
import { givenSettingsSchema } from '../../settings/settings.ts';
import { resolveSettings } from '../../remote/resolve-settings.ts';
import { openPage, requirePortal } from '../../remote/open-page.ts';
import { connect } from '../../remote/connect.ts';
import { namedEnvironment } from '../../environment/find-environment.ts';
import { parseFlags } from '../../settings/flags.ts';
import { listEnvironments } from '../../environment/listings.ts';

const environmentsFlagsSchema = givenSettingsSchema.extend({
  settingsFile: z.string().optional(),
  web: z.boolean().default(false),
});

/** Tells the environments that the user can work in. */
export async function environments(given: unknown, context: Context): Promise<Result> {
  const { web, ...flags } = parseFlags(given, environmentsFlagsSchema);
  const settings = await resolveSettings(flags, context);
  if (web) requirePortal(settings);
  const remote = await connect(settings, context);
  const listed = (await listEnvironments(remote, context)).map(plainEnvironment);
  if (web) await openPage(settings, {}, context);
  if (listed.length === 0) context.terminal.note('No environments found that you have access to.');
  const rows = listed.map(({ name, id, type, region, isDefault }) => [
    name,
    type ?? '',
    isDefault ? 'yes' : '',
    id,
    region ?? '',
  ]);
  const columns = ['Name', 'Type', 'Default', 'ID', 'Region'];
  const kinds: readonly ColumnKind[] = ['name', 'word', 'word', 'id', 'text'];
  return { data: { environments: listed } satisfies EnvironmentsData, table: { columns, kinds, rows } };
}

function plainEnvironment(environment: EnvironmentResource) {
  const { location, properties } = environment;
  return {
    ...namedEnvironment(environment),
    type: properties?.environmentSku ?? null,
    region: properties?.azureRegionHint ?? location ?? null,
    isDefault: properties?.isDefault ?? false,
  };
}
