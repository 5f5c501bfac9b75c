import * as z from 'zod';
import type { Context } from '../context.ts';
import { connectorTable } from '../output/connector-table.ts';
import type { Result } from '../output/result.ts';
import { givenSettingsSchema } from '../settings/settings.ts';
import { chooseTarget } from '../steps/target/choose-target.ts';
import { connect } from '../steps/sign-in/connect.ts';
import { describeConnector } from '../steps/target/describe-connector.ts';
import { parseFlags } from '../steps/input/flags.ts';
import { openNetwork } from '../steps/sign-in/network.ts';
import { settingsHere } from '../steps/input/settings-here.ts';

const showFlagsSchema = givenSettingsSchema.extend({ settingsFile: z.string().optional() });

/** Tells what a connector consists of: the one in the current directory, unless told otherwise. */
export async function show(given: unknown, context: Context): Promise<Result> {
  const { terminal } = context;
  const { settings } = await settingsHere(parseFlags(given, showFlagsSchema), context);
  const http = openNetwork(context);
  const api = await connect(settings, context, http);
  const target = await chooseTarget(settings, api, context);
  const connector = await terminal.during('Reading the connector', api.getConnector(target));
  const description = await terminal.during('Reading its definition', describeConnector(http, target, connector));
  return { data: { version: 1, ...description }, table: connectorTable(description) };
}
