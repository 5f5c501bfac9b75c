import * as z from 'zod';
import type { Context } from '../context.ts';
import { PaconnError, UnknownNameError, UsageError } from '../errors.ts';
import { type CheckedConnector, counted, type Summary, summaryOf } from '../output/report.ts';
import { givenSettingsSchema } from '../settings/settings.ts';
import { completeSettings, givenSettings } from '../settings/settings-file.ts';
import { checkConnectors, ignorableRules } from '../steps/check-connectors.ts';
import { DefinitionService } from '../steps/definition-service.ts';
import { findConnectors } from '../steps/find-connectors.ts';
import { parseFlags } from '../steps/flags.ts';
import { hasFindings, printOrWrite, reportFindings } from '../steps/report-findings.ts';

const validateFlagsSchema = givenSettingsSchema.extend({
  paths: z.array(z.string()).default([]),
  settingsFile: z.string().optional(),
  offline: z.boolean().default(false),
  certification: z.boolean().default(false),
  publisher: z.enum(['verified', 'independent']).optional(),
  info: z.boolean().default(false),
  maxWarnings: z.number().optional(),
  ignore: z.array(z.string()).default([]),
  format: z.enum(['text', 'json', 'sarif', 'github', 'markdown']).default('text'),
  outputFile: z.string().optional(),
  fix: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  explain: z.string().optional(),
  rules: z.boolean().default(false),
});

type ValidateFlags = z.infer<typeof validateFlagsSchema>;

/**
 * Checks the files of connectors, here and by the service, whose rules of certification count, too. Raises `PaconnError`
 * when there are errors, `NotSignedInError` when the service was to be asked and nobody is signed in.
 */
export async function validate(given: unknown, context: Context): Promise<void> {
  const flags = parseFlags(given, validateFlagsSchema);
  if (flags.explain !== undefined || flags.rules) {
    await tellRules(flags, context);
    return;
  }
  const { format, isDryRun } = requireFitting(flags);
  const ignored = readIgnored(flags.ignore);
  const settings = await givenSettings(flags, context, { unknownKeys: 'leave' });
  const ready = completeSettings(settings, flags.settingsFile || undefined);
  const { apiDefinition, apiProperties, icon, script } = ready;
  const settingsFile = flags.settingsFile || undefined;
  const named = { apiDefinition, apiProperties, icon, script };
  const found = await findConnectors({ paths: flags.paths, settingsFile, named }, context);

  const isOffline = flags.offline || isDryRun;
  const service = isOffline ? undefined : new DefinitionService(ready, context);
  const isMending = flags.fix || isDryRun;
  const mend = isMending ? (await import('../steps/mend-files.ts')).mender({ isDryRun }, context) : undefined;
  const { certification, info, publisher } = flags;
  const checking = checkConnectors(found, { certification, info, publisher, ignored, service, mend }, context);
  const connectors = await context.terminal.during('Validating the API definition', checking);

  const summary = summaryOf(connectors);
  if (isMending) await tellMended(connectors, { ...flags, isDryRun }, context);
  if (!isDryRun) await reportFindings(connectors, summary, { format, outputFile: flags.outputFile }, context);
  if (service?.failure !== undefined) throw service.failure;
  requireNoErrors(connectors, isDryRun);
  requireFewWarnings(summary, flags.maxWarnings);
  if (!hasFindings(summary) && !isDryRun) context.terminal.report(successWords(connectors));
}

async function tellRules({ explain, format, outputFile }: ValidateFlags, context: Context): Promise<void> {
  const { explanation, ruleReference } = await import('../output/rule-reference.ts');
  if (explain !== undefined) {
    const text = explanation(requireRule(explain), context.terminal.columns);
    await printOrWrite(text, outputFile, context);
    return;
  }
  if (format === 'sarif' || format === 'github') {
    throw new UsageError(`--rules cannot be had as ${format}.`, { hint: 'Use --format text, markdown or json.' });
  }
  await printOrWrite(ruleReference(format), outputFile, context);
}

function requireFitting(flags: ValidateFlags): {
  readonly format: Exclude<ValidateFlags['format'], 'markdown'>;
  readonly isDryRun: boolean;
} {
  const { format, dryRun: isDryRun, paths, settingsFile, apiDefinition, apiProperties, icon, script } = flags;
  if (format === 'markdown') {
    throw new UsageError('Findings cannot be had as markdown.', { hint: 'Use --format text, json, sarif or github.' });
  }
  if (isDryRun && format !== 'text') {
    throw new UsageError(`--dry-run shows a diff, and cannot be had as ${format}.`);
  }
  if (!settingsFile && script !== undefined && apiDefinition !== undefined) {
    throw new UsageError('--script and --api-def exclude each other.', {
      hint: `To check both: paconn validate ${apiDefinition} ${script}`,
    });
  }
  const named = [settingsFile, apiDefinition, apiProperties, icon, script].some((value) => value);
  if (paths.length > 0 && named) {
    throw new UsageError(`Files are named by options or as ${paths.join(' ')}, not both.`);
  }
  return { format, isDryRun };
}

function readIgnored(given: readonly string[]): ReadonlySet<string> {
  return new Set(
    given
      .flatMap((list) => list.split(/[\s,]+/u))
      .filter((id) => id !== '')
      .map(requireRule),
  );
}

function requireRule(id: string): string {
  if (ignorableRules.includes(id)) return id;
  throw new UnknownNameError(`There is no rule '${id}'.`, {
    written: id,
    names: ignorableRules,
    hint: 'paconn validate --rules lists them.',
  });
}

async function tellMended(
  connectors: readonly CheckedConnector[],
  { isDryRun, outputFile }: { readonly isDryRun: boolean; readonly outputFile?: string | undefined },
  context: Context,
): Promise<void> {
  const { mendedWords } = await import('../steps/mend-files.ts');
  const mended = connectors.flatMap((connector) => connector.mended ?? []);
  if (isDryRun) {
    const { unifiedDiff } = await import('../output/unified-diff.ts');
    await printOrWrite(unifiedDiff(mended.flatMap(({ changes }) => changes)), outputFile, context);
  }
  const words = mendedWords(mended, isDryRun);
  context.terminal.note(words ?? 'There is nothing that --fix can mend.');
}

function requireNoErrors(connectors: readonly CheckedConnector[], isDryRun: boolean): void {
  const faulty = connectors.filter(({ findings }) => findings.some(({ level }) => level === 'error'));
  const [first] = faulty;
  if (!first) return;
  const which = isDryRun ? ' that --fix cannot mend' : '';
  const only = connectors.length === 1 ? first.findings.find(({ level }) => level === 'error') : undefined;
  const subject = only ? `${only.file} has` : `${faulty.length} of ${counted(connectors.length, 'connector')} have`;
  throw new PaconnError(`${subject} errors${which}.`);
}

function requireFewWarnings({ warnings }: Summary, most = Infinity): void {
  if (warnings <= most) return;
  throw new PaconnError(
    `There ${warnings === 1 ? 'is' : 'are'} ${counted(warnings, 'warning')}; --max-warnings allows ${most}.`,
  );
}

function successWords(connectors: readonly CheckedConnector[]): string {
  const [first] = connectors;
  const subject = connectors.length === 1 && first ? first.shown : counted(connectors.length, 'connector');
  return `${subject} validated successfully.`;
}
