import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import { findEnvironment, namedEnvironment } from '../../environment/find-environment.ts';
import { listEnvironments } from '../../environment/listings.ts';
import { connect } from '../../remote/connect.ts';
import { resolveSettings } from '../../remote/resolve-settings.ts';
import { type Defaults, defaultsSchema } from '../../settings/defaults.ts';
import type { GivenFlags } from '../../settings/settings-file.ts';

/** The value that the user sets a default to. The environment is looked up, so that its ID is stored. Raises {@link UsageError}. */
export async function readDefault(
  name: keyof Defaults,
  value: string,
  flags: GivenFlags,
  context: Context,
): Promise<Defaults> {
  if (name === 'environment') return { environment: await readEnvironment(value, flags, context) };
  const { success, data } = defaultsSchema.safeParse({ [name]: value });
  if (success) return data;
  const words = name === 'account' ? undefined : defaultsSchema.shape[name].unwrap().options;
  throw new UsageError(`Invalid value for ${name}: '${value}'.`, { hint: words && `Use one of ${words.join(', ')}.` });
}

async function readEnvironment(
  written: string,
  flags: GivenFlags,
  context: Context,
): Promise<NonNullable<Defaults['environment']>> {
  const remote = await connect(await resolveSettings(flags, context), context);
  const id = await findEnvironment(written, remote, context);
  const found = (await listEnvironments(remote, context))
    .map(namedEnvironment)
    .find((one) => one.id.toLowerCase() === id.toLowerCase());
  return { id, name: found?.name ?? null };
}
