import { commandWord, pathArgument, pathWord } from '../../io/terminal/command-word.ts';
import * as z from 'zod';
import { publisherKinds } from '../../connector/publisher.ts';
import { isPassingPath } from '../../io/fs/passing-path.ts';
import type { Context } from '../../context.ts';
import { type FileError, UsageError } from '../../errors.ts';
import { findingsResult } from '../../output/findings-result.ts';
import { summaryOf } from '../../output/report.ts';
import type { Result } from '../../output/result.ts';
import { givenSettingsSchema, pathsOriginSchema, type Settings } from '../../settings/settings.ts';
import { signInFromVariables } from '../../settings/sign-in-variables.ts';
import { readVariables } from '../../settings/variables.ts';
import { isSettingsOfFiles } from '../../check/connector-arguments.ts';
import { checkConnectors } from '../../check/check-connectors.ts';
import { DefinitionService, type SettingsOf } from '../../check/definition-service.ts';
import { findConnectors } from '../../check/find-connectors.ts';
import { countingFlags, sameFiles } from '../../environment/same-connector.ts';
import { parseFlags } from '../../settings/flags.ts';
import { type FindingFormat, hasFindings, noteSummary, reportFindings, requireReport } from './report-findings.ts';
import { resolveSettings } from '../../remote/resolve-settings.ts';
import { settingsHere } from '../../check/settings-here.ts';
import { inFolder } from '../../bulk/in-folder.ts';
import { readIgnored } from './rule-names.ts';
import { errorsFailure, successWords, unreadableFailure, warningsFailure } from './verdict.ts';

const validateFlagsSchema = givenSettingsSchema.extend({
  paths: z.array(z.string()).default([]),
  settingsFile: z.string().optional(),
  relativeTo: pathsOriginSchema.optional(),
  offline: z.boolean().default(false),
  online: z.boolean().default(false),
  certification: z.boolean().default(false),
  against: z.string().optional(),
  skipCertification: z.boolean().default(false),
  publisher: z.enum(publisherKinds).optional(),
  info: z.boolean().default(false),
  maxWarnings: z.number().optional(),
  ignore: z.array(z.string()).default([]),
  format: z.enum(['text', 'sarif', 'github', 'markdown']).optional(),
  outputFile: z.string().optional(),
  resultFile: z.string().optional(),
  fix: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  explain: z.string().optional(),
  rules: z.boolean().default(false),
  output: z.string().default('none'),
  query: z.string().optional(),
});

type ValidateFlags = z.infer<typeof validateFlagsSchema>;

/**
 * Checks the files of connectors, here and by the service, whose certification rules count unless they are skipped. Fails when
 * there are errors. Without a sign-in, the files alone are checked, unless the service was demanded.
 */
export async function validate(given: unknown, context: Context): Promise<Result | void> {
  const flags = parseFlags(given, validateFlagsSchema);
  if (flags.explain !== undefined || flags.rules) {
    const { reportRules } = await import('./report-rules.ts');
    return await reportRules({ ...flags, format: flags.format ?? 'text' }, context);
  }
  return await validateFiles(await withSettingsArgument(flags, context), isPythonForm(flags), context);
}

/** A settings file as the only argument is the same as `--settings`. */
async function withSettingsArgument(flags: ValidateFlags, { workingDirectory }: Context): Promise<ValidateFlags> {
  const [path, another] = flags.paths;
  if (path === undefined || another !== undefined || flags.settingsFile) return flags;
  return (await isSettingsOfFiles(path, workingDirectory)) ? { ...flags, paths: [], settingsFile: path } : flags;
}

async function validateFiles(flags: ValidateFlags, isOfPython: boolean, context: Context): Promise<Result> {
  const { format, isDryRun, isReported } = requireFitting(flags);
  const ignored = readIgnored(flags.ignore);
  const settingsFile = flags.settingsFile || undefined;
  const unknownKeys = 'leave';
  const settings = await resolveSettings(flags, context, { unknownKeys, ifUnclear: 'warn' });
  const settingsOf: SettingsOf = async (folder) =>
    folder === undefined ? settings : (await settingsHere(flags, inFolder(context, folder), { unknownKeys })).settings;
  const unreadable: FileError[] = [];
  const onUnreadable = (error: FileError): void => void unreadable.push(error);
  const found = await findConnectors({ paths: flags.paths, settingsFile, named: settings, onUnreadable }, context);

  const isOffline = flags.offline || isDryRun;
  const isDemanded = flags.online || isOfPython || namesSignIn(settings, context);
  const service = isOffline
    ? undefined
    : new DefinitionService({ settingsOf, certification: !flags.skipCertification, isDemanded }, context);
  const fixing = flags.fix || isDryRun ? await import('./fix-files.ts') : undefined;
  const fixer = fixing?.fixer({ isDryRun }, context);
  const { certification, info, publisher, against } = flags;
  const comparison =
    against === undefined
      ? undefined
      : (await import('./find-published.ts')).findPublished(against, { found, settingsOf }, context);
  const published = comparison?.find;
  const options = { certification, info, publisher, ignored, published, service, fix: fixer, onUnreadable };
  const checking = checkConnectors(found, options, context);
  const connectors = await context.terminal.during('Validating the API definition', checking);
  const unread = unreadableFailure(unreadable);
  if (unread && connectors.length === 0) throw unread;

  const reportFile = flags.outputFile ?? flags.resultFile;
  if (reportFile !== undefined) await requireReport(connectors, reportFile, context);
  const summary = summaryOf(connectors);
  await fixing?.reportFixed(connectors, { ...flags, isDryRun }, context);
  const fix = `${checkCommand(flags, context)} --fix`;
  if (isReported) await reportFindings(connectors, summary, { format, outputFile: flags.outputFile, fix }, context);
  else if (!isDryRun) noteSummary(connectors, summary, { fix }, context);
  for (const text of service?.said ?? []) context.terminal.note(text);
  if (service?.notAsked !== undefined) context.terminal.note(service.notAsked);
  const failure =
    service?.failure ??
    comparison?.failure() ??
    unread ??
    errorsFailure(connectors, isDryRun ? checkCommand(flags, context) : undefined) ??
    warningsFailure(summary, flags.maxWarnings);
  const isClean = failure === undefined && !hasFindings(summary);
  if (isClean && !isDryRun) context.terminal.report(successWords(connectors));
  return { ...findingsResult(connectors, summary), failure };
}

/** The command that checks the same files in the same way. */
function checkCommand(flags: ValidateFlags, { terminal }: Context): string {
  const { paths, settingsFile, offline, ignore, certification, info, publisher } = flags;
  const named = sameFiles(
    { settingsFile: settingsFile || undefined, folder: '', flags: countingFlags(flags) },
    undefined,
  );
  const checked = [
    ...(offline ? ['--offline'] : []),
    ...ignore.flatMap((rules) => ['--ignore', rules]),
    ...(certification ? ['--certification'] : []),
    ...(publisher === undefined ? [] : ['--publisher', publisher]),
    ...(info ? ['--info'] : []),
  ];
  const { completed = (text) => text } = terminal.verbosity;
  return completed(`paconn validate${asWords(paths.map(pathArgument))}${named}${asWords(checked)}`);
}

function asWords(words: readonly string[]): string {
  return words.map((word) => ` ${commandWord(word)}`).join('');
}

/** How the Python tool names what to check: its scripts expect that a sign-in is demanded, as there. */
function isPythonForm({ settingsFile, apiDefinition, script }: ValidateFlags): boolean {
  return [settingsFile, apiDefinition, script].some((value) => value !== undefined);
}

/** Whether the user said how to sign in: then it must succeed. */
function namesSignIn({ account }: Settings, context: Context): boolean {
  const named = account ?? readVariables(context.variables).account;
  return named !== undefined || signInFromVariables(context)?.isExplicit === true;
}

interface Reporting {
  readonly format: FindingFormat;
  readonly isDryRun: boolean;
  /** Whether findings are reported beside the result: not where that is what is printed. */
  readonly isReported: boolean;
}

function requireFitting(flags: ValidateFlags): Reporting {
  const { dryRun: isDryRun, paths, settingsFile, apiDefinition, apiProperties, icon, script } = flags;
  const { format = 'text', output, query, outputFile } = flags;
  const isPrinted = output !== 'none' || query !== undefined;
  if (flags.online && flags.offline) throw new UsageError("--online and --offline can't be used together.");
  if (flags.against === 'environment' && flags.offline) {
    throw new UsageError("--against environment and --offline can't be used together.", {
      hint: 'Compare with a folder of the published connector instead.',
    });
  }
  if (flags.online && isDryRun) {
    throw new UsageError("--online and --dry-run can't be used together.", {
      hint: 'A dry run checks only the local files.',
    });
  }
  if (format === 'markdown') {
    throw new UsageError("'--format markdown' requires --rules.", {
      hint: 'Use --format text, json, sarif, or github.',
    });
  }
  if (isDryRun && (format !== 'text' || isPrinted)) {
    throw new UsageError(`--dry-run shows a diff, which isn't available as ${format === 'text' ? output : format}.`);
  }
  if (isPrinted && flags.format !== undefined && outputFile === undefined) {
    throw new UsageError("--format and --output can't be used together.", {
      hint: 'With --output-file <file>, the problems are written to the file, and the result to stdout.',
    });
  }
  if (flags.certification && flags.skipCertification) {
    throw new UsageError("--certification and --skip-certification can't be used together.");
  }
  if (!settingsFile && script !== undefined && apiDefinition !== undefined) {
    throw new UsageError("--script and --api-definition can't be used together.", {
      hint: [apiDefinition, script].some(isPassingPath)
        ? 'Check one after the other.'
        : `To check both:\n  paconn validate ${pathWord(apiDefinition)} ${pathWord(script)}`,
    });
  }
  const named = [settingsFile, apiDefinition, apiProperties, icon, script].some((value) => value);
  if (paths.length > 0 && named) {
    throw new UsageError(`${paths.join(' ')} and the options that name files can't be used together.`);
  }
  return { format, isDryRun, isReported: !isDryRun && (!isPrinted || outputFile !== undefined) };
}
