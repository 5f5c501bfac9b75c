import { dirname, join } from 'node:path';
import type { Context } from '../context.ts';
import { PaconnError } from '../errors.ts';
import { commandWord } from '../io/terminal/command-word.ts';
import { counted } from '../output/report.ts';
import { settingsFileName } from '../settings/settings-file.ts';
import type { Settings } from '../settings/settings.ts';
import type { FoundConnector } from './find-connectors.ts';
import { readConnectorFile } from './read-connector-file.ts';

export interface CheckFirstOptions {
  readonly settingsFile: string | undefined;
  readonly skipValidation: boolean;
}

/**
 * Checks the files before they are sent anywhere. Raises `PaconnError` when the service would refuse them; warnings are
 * counted. What is checked needs the files only, and its rules are loaded here.
 */
export async function checkFirst(
  settings: Settings,
  { settingsFile, skipValidation }: CheckFirstOptions,
  context: Context,
): Promise<void> {
  if (skipValidation) return;
  const [{ checkConnectors }, { summaryOf }] = await Promise.all([
    import('./check-connectors.ts'),
    import('../output/report.ts'),
  ]);
  const found = [connectorOf(settings, settingsFile, context)];
  const connectors = await checkConnectors(found, { beforeSending: true }, context);
  const summary = summaryOf(connectors);
  if (summary.errors > 0) {
    const { findingsText } = await import('../output/text.ts');
    context.terminal.report(findingsText(connectors, summary, context.terminal.columns));
    throw new PaconnError('The files have errors; nothing is sent.', {
      hint: 'Mend them, or pass --skip-validation to send them all the same.',
    });
  }
  if (summary.warnings === 0) return;
  const again =
    settingsFile === undefined ? pathsOf(settings).map(commandWord).join(' ') : `-s ${commandWord(settingsFile)}`;
  context.terminal.note(`${counted(summary.warnings, 'warning')}: paconn validate --offline ${again}`);
}

const roles = [
  ['definition', 'apiDefinition'],
  ['properties', 'apiProperties'],
  ['icon', 'icon'],
  ['script', 'script'],
] as const;

function connectorOf(
  settings: Settings,
  settingsFile: string | undefined,
  { workingDirectory }: Context,
): FoundConnector {
  const shown = settings.apiDefinition ?? '';
  const read: FoundConnector['read'] = async () => {
    const files = await Promise.all(
      roles.map(async ([role, key]) => {
        const path = settings[key];
        return path === undefined ? [] : [[role, await readConnectorFile(role, path, workingDirectory)] as const];
      }),
    );
    return Object.fromEntries(files.flat());
  };
  return { shown, read, settingsBeside: settingsFile ?? join(dirname(shown), settingsFileName) };
}

function pathsOf(settings: Settings): readonly string[] {
  return roles.flatMap(([, key]) => settings[key] ?? []).map((path) => (/[^\w./\\-]/u.test(path) ? `"${path}"` : path));
}
