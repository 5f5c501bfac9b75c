import * as z from 'zod';
import type { Context } from '../../context.ts';
import { connectorTable } from '../../output/connector-table.ts';
import type { Result } from '../../output/result.ts';
import { givenSettingsSchema } from '../../settings/settings.ts';
import { chooseTarget } from '../../environment/choose-target.ts';
import { connect } from '../../remote/connect.ts';
import { describeConnector } from './describe-connector.ts';
import { parseFlags } from '../../settings/flags.ts';
import { settingsHere } from '../../remote/settings-here.ts';

const showFlagsSchema = givenSettingsSchema.extend({ settingsFile: z.string().optional() });

/** Tells what a connector consists of: the one in the current directory, unless another is named. */
export async function show(given: unknown, context: Context): Promise<Result> {
  const { terminal } = context;
  const { settings } = await settingsHere(parseFlags(given, showFlagsSchema), context);
  const remote = await connect(settings, context);
  const target = await chooseTarget(settings, remote, context);
  const connector = await terminal.during('Reading the connector', remote.getConnector(target));
  const description = await terminal.during('Reading its definition', describeConnector(remote, target, connector));
  return { data: { version: 1, ...description }, table: connectorTable(description) };
}
