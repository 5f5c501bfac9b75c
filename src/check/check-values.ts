import { dirname, join } from 'node:path';
import type { Connector } from '../connector/connector.ts';
import type { Context } from '../context.ts';
import { PaconnError } from '../errors.ts';
import { withoutEchoes } from '../io/terminal/concealment.ts';
import type { RawJson } from '../json/document.ts';
import { parseJson } from '../json/parse.ts';
import { counted } from '../output/report.ts';
import { settingsFileName } from '../settings/settings-file.ts';
import type { Settings } from '../settings/settings.ts';
import type { Finding, Severity } from '../validation/engine/finding.ts';
import { concealedIn } from '../values/concealed-values.ts';
import { valuesAt } from '../values/place-values.ts';
import { causedByValues } from './value-findings.ts';

export interface ValuesToCheck {
  readonly settings: Pick<Settings, 'apiDefinition'>;
  readonly settingsFile: string | undefined;
  readonly before: Connector;
  /** With the values. */
  readonly after: Connector;
  /** Where each value is written, by its JSON pointer. */
  readonly places: ReadonlyMap<string, string>;
}

/**
 * Checks a connector with the values for an environment, as it is to be sent: says the warnings that they cause, and raises
 * `PaconnError` for errors.
 */
export async function checkValues(
  { before, after, places, ...settings }: ValuesToCheck,
  context: Context,
): Promise<void> {
  const found = await findingsIn(after, settings, context);
  if (found.length === 0) return;
  const secrets = [...valuesAt(after, concealedIn([after])).values()].flatMap((value) => value ?? []).map(textOf);
  const own = causedByValues(after, [...places.keys()], found, await findingsIn(before, settings, context));
  const lines = (severity: Severity, label = ''): readonly string[] =>
    own.flatMap(({ finding: { file, line, column, message, rule, level }, pointer }) => {
      const place = pointer === undefined ? `${file}:${line}:${column}, with the values` : places.get(pointer);
      return level === severity
        ? [`${place}: ${label}${withoutEchoes(message, secrets).replaceAll(/\s+/gu, ' ')} (${rule})`]
        : [];
    });
  reportWarnings(lines('warning'), context);
  const errors = lines('error', 'error: ');
  if (errors.length === 0) return;
  for (const error of errors) context.terminal.report(error);
  throw new PaconnError(`Nothing was uploaded: ${counted(errors.length, 'error')} in the values for the environment.`, {
    hint: 'Fix the values, or pass --skip-validation to upload them anyway.',
  });
}

/** A string without its quotation marks, as messages have it. */
function textOf({ text }: RawJson): string {
  const value = parseJson(text);
  return typeof value === 'string' ? value : text;
}

/** More are counted. */
const mostWarnings = 3;

function reportWarnings(warnings: readonly string[], { terminal: { note }, shared }: Context): void {
  const shown = shared === undefined ? warnings.slice(0, mostWarnings) : [];
  for (const line of shown) note(`Warning: ${line}`);
  const rest = warnings.length - shown.length;
  if (rest > 0)
    note(`${counted(rest, shown.length > 0 ? 'more warning' : 'warning')} in the values for the environment.`);
}

async function findingsIn(
  { apiDefinition, apiProperties, icon, script }: Connector,
  { settings, settingsFile }: Pick<ValuesToCheck, 'settings' | 'settingsFile'>,
  context: Context,
): Promise<readonly Finding[]> {
  const { checkConnectors } = await import('./check-connectors.ts');
  const shown = settings.apiDefinition ?? '';
  const source = { definition: apiDefinition, properties: apiProperties, icon, script };
  const found = {
    shown,
    read: async () => await Promise.resolve(source),
    settingsBeside: settingsFile ?? join(dirname(shown), settingsFileName),
  };
  const connectors = await checkConnectors([found], { beforeSending: true }, context);
  return connectors.flatMap(({ findings }) => findings);
}
