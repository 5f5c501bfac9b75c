import * as z from 'zod';
import { findingsText, hasErrors } from '../connector/service-findings.ts';
import type { Context } from '../context.ts';
import { PaconnError, UsageError } from '../errors.ts';
import { givenSettingsSchema } from '../settings/settings.ts';
import { resolveSettings } from '../settings/settings-file.ts';
import { connect } from '../steps/connect.ts';
import { readApiDefinition } from '../steps/connector-files.ts';
import { parseFlags } from '../steps/flags.ts';
import { openNetwork } from '../steps/network.ts';

const validateFlagsSchema = givenSettingsSchema.extend({ settingsFile: z.string().optional() });

/** Has the service check an API definition, by the rules of certification too. Raises `PaconnError` when it has errors. */
export async function validate(given: unknown, context: Context): Promise<void> {
  const { terminal } = context;
  const flags = parseFlags(given, validateFlagsSchema);
  if (!flags.settingsFile && flags.script !== undefined && flags.apiDefinition !== undefined) {
    throw new UsageError('--script and --api-def exclude each other.');
  }
  const settings = await resolveSettings(flags, context);
  const apiDefinition = await readApiDefinition(settings, context.workingDirectory);
  const api = await connect(settings, context, openNetwork(context));
  const validating = api.validateApiDefinition(apiDefinition, { certification: true });
  const findings = findingsText(await terminal.during('Validating the API definition', validating));
  if (findings === '') {
    terminal.report(`${settings.apiDefinition} validated successfully.`);
    return;
  }
  terminal.report(findings);
  if (hasErrors(findings)) throw new PaconnError(`${settings.apiDefinition} has errors.`);
}
