import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Connector } from '../connector/connector.ts';
import { connectorParts } from '../connector/part.ts';
import type { Context } from '../context.ts';
import { FileError, PaconnError } from '../errors.ts';
import { isFile } from '../io/fs/files.ts';
import { pathWord } from '../io/terminal/command-word.ts';
import { type CheckedConnector, counted } from '../output/report.ts';
import { settingsFileName } from '../settings/settings-file.ts';
import type { Settings } from '../settings/settings.ts';
import type { FoundConnector } from './found-connector.ts';
import { inspectFolder } from './connector-folder.ts';
import type { SolutionSource } from './solution-source.ts';
import { pathFromHere } from '../settings/path-from-here.ts';

export interface CheckFirstOptions {
  readonly settingsFile: string | undefined;
  readonly skipValidation: boolean;
  /** Where the connector is from, if it isn't from files. */
  readonly solution?: SolutionSource | undefined;
}

/**
 * Checks a connector before it is sent anywhere. Raises `PaconnError` when the service would refuse them; the first warnings are
 * shown. What is checked needs the files only, and its rules are loaded here.
 */
export async function checkFirst(
  connector: Connector,
  settings: Settings,
  { settingsFile, skipValidation, solution }: CheckFirstOptions,
  context: Context,
): Promise<void> {
  if (skipValidation) return;
  const [{ checkConnectors }, { summaryOf }] = await Promise.all([
    import('./check-connectors.ts'),
    import('../output/report.ts'),
  ]);
  const found = [solution?.checked ?? foundConnector(connector, settings, settingsFile, context)];
  const connectors = await checkConnectors(found, { beforeSending: true }, context);
  const summary = summaryOf(connectors);
  if (summary.errors === 0 && summary.warnings === 0) return;
  const check = (await canBeReadAgain(settings, context))
    ? [
        'paconn validate',
        ...(solution ? [pathWord(solution.path)] : await whatToCheck(settings, settingsFile, context)),
      ].join(' ')
    : undefined;
  if (summary.errors > 0) {
    const { findingsText } = await import('../output/text.ts');
    const { verbosity, report } = context.terminal;
    const { completed = (words) => words, dataOnStdout = false } = verbosity;
    // What is in a solution isn't changed.
    const fix = solution ? undefined : check && completed(`${check} --fix`);
    // For a program they belong to the failure, which one of many connectors has in the result.
    if (!dataOnStdout || context.shared !== undefined)
      report(findingsText(connectors, summary, { terminal: context.terminal, fix }));
    const isHopeless = connectors.some(({ findings }) => findings.some(({ rule }) => hopeless.has(rule)));
    const otherwise =
      canBeSent(connector) && !isHopeless ? ', or pass --skip-validation to upload the files anyway' : '';
    throw new PaconnError(`Nothing was uploaded: ${counted(summary.errors, 'error')}.`, {
      detail: dataOnStdout ? errorLines(connectors) : undefined,
      hint: `Fix the errors${otherwise}.`,
    });
  }
  const details = check === undefined ? 'For details, validate files instead of a pipe.' : `For details: ${check}`;
  reportWarnings(connectors, summary.warnings, details, context);
}

/** In longer lists nobody looks for more. */
const mostErrors = 20;

function errorLines(connectors: readonly CheckedConnector[]): string {
  const errors = connectors.flatMap(({ findings }) => findings.filter(({ level }) => level === 'error'));
  const more = errors.length > mostErrors ? [`  and ${errors.length - mostErrors} more`] : [];
  return ['Errors:', ...errors.slice(0, mostErrors).map((error) => `  ${lineOf(error)}`), ...more].join('\n');
}

function lineOf({ file, line, column, message, rule }: CheckedConnector['findings'][number]): string {
  return `${file}:${line}:${column}: ${message.replaceAll(/\s+/gu, ' ')} (${rule})`;
}

/** More are counted. */
const mostWarnings = 3;

/** The first warnings with their words; of one of many connectors just how many there are. */
function reportWarnings(
  connectors: readonly CheckedConnector[],
  count: number,
  details: string,
  { terminal, shared }: Context,
): void {
  const warnings = connectors.flatMap(({ findings }) => findings.filter(({ level }) => level === 'warning'));
  const shown = shared === undefined ? warnings.slice(0, mostWarnings) : [];
  for (const warning of shown) terminal.note(`Warning: ${lineOf(warning)}`);
  const isShown = shown.length > 0 && shown.length < count;
  terminal.note(`${isShown ? `${count - shown.length} more` : counted(count, 'warning')}. ${details}`);
}

/** The file is something else, of which the service can make nothing. */
const hopeless: ReadonlySet<string> = new Set([
  'openapi3-unsupported',
  'yaml-unsupported',
  'postman-unsupported',
  'file-wrong-kind',
]);

/** Whether the files can be sent at all: without the check, what cannot be read is an error, too. */
export function canBeSent({ apiDefinition, apiProperties }: Connector): boolean {
  try {
    return apiDefinition?.document.text !== '' && apiProperties.document.text !== '';
  } catch (error) {
    if (error instanceof FileError) return false;
    throw error;
  }
}

/** Piped content can't be read again. */
async function canBeReadAgain(settings: Settings, { workingDirectory }: Context): Promise<boolean> {
  const named = pathsOf(settings).map(async (path) => await isFile(resolve(workingDirectory, path)));
  return (await Promise.all(named)).every(Boolean);
}

/** The files as the command line names them, seen from where it was typed; nothing for those of the current folder. */
async function whatToCheck(
  settings: Settings,
  settingsFile: string | undefined,
  context: Context,
): Promise<readonly string[]> {
  const { folder = '.' } = context;
  const files = pathsOf(settings).map((path) => pathWord(pathFromHere(path, context)));
  if (settingsFile !== undefined && dirname(settingsFile) !== '.') {
    // Named from above: the folder has its own settings file, and what another one names is checked by itself.
    const place = dirname(settingsFile);
    const isOwn =
      basename(settingsFile) === settingsFileName && pathsOf(settings).every((path) => isBelow(place, path));
    return isOwn ? [pathWord(place)] : files;
  }
  if (settingsFile !== undefined && settingsFile !== settingsFileName && folder === '.') {
    return ['-s', pathWord(settingsFile)];
  }
  if (!(await areOfFolder(settings, context))) return files;
  return folder === '.' ? [] : [pathWord(folder)];
}

/** Whether the files are those that a check of the current folder finds: an option can name others. */
async function areOfFolder(settings: Settings, { workingDirectory }: Context): Promise<boolean> {
  const names = (await inspectFolder('.', workingDirectory))?.connector?.names;
  const found = Object.values(names ?? {}).flatMap((name) => name ?? []);
  const absolute = new Set(found.map((name) => resolve(workingDirectory, name)));
  return pathsOf(settings).every((path) => absolute.has(resolve(workingDirectory, path)));
}

function isBelow(folder: string, path: string): boolean {
  return isAbsolute(folder) === isAbsolute(path) && !isOutside(relative(folder, path));
}

function isOutside(path: string): boolean {
  return isAbsolute(path) || /^\.\.(?:[\\/]|$)/u.test(path);
}

function foundConnector(
  { apiDefinition, apiProperties, icon, script }: Connector,
  settings: Settings,
  settingsFile: string | undefined,
  context: Context,
): FoundConnector {
  const path = settings.apiDefinition ?? '';
  const source = { definition: apiDefinition, properties: apiProperties, icon, script };
  return {
    shown: pathFromHere(path, context),
    read: async () => await Promise.resolve(source),
    settingsBeside: settingsFile ?? join(dirname(path), settingsFileName),
  };
}

function pathsOf(settings: Settings): readonly string[] {
  return connectorParts.flatMap((part) => settings[part] ?? []);
}
