import { dirname, join } from 'node:path';
import type { Connector } from '../connector/connector.ts';
import type { Context } from '../context.ts';
import { PaconnError } from '../errors.ts';
import { counted } from '../output/report.ts';
import { settingsFileName } from '../settings/settings-file.ts';
import type { Settings } from '../settings/settings.ts';
import type { Finding } from '../validation/engine/finding.ts';
import { partOfPointer } from '../values/place-values.ts';

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
 * Checks a connector with the values for an environment, as it is to be sent. Raises `PaconnError` for errors that it doesn't
 * have without them.
 */
export async function checkValues(
  { before, after, places, ...settings }: ValuesToCheck,
  context: Context,
): Promise<void> {
  const errors = await errorsIn(after, settings, context);
  if (errors.length === 0) return;
  const known = new Set((await errorsIn(before, settings, context)).map(keyOf));
  const located = errors.map((finding) => ({ finding, place: placeOf(finding, after, places) }));
  const own = located.filter(({ finding, place }) => place !== undefined || !known.has(keyOf(finding)));
  if (own.length === 0) return;
  const lines = own.map(({ finding: { file, line, column, message, rule }, place }) => {
    const words = `error: ${message.replaceAll(/\s+/gu, ' ')} (${rule})`;
    return place === undefined ? `${file}:${line}:${column}, with the values: ${words}` : `${place}: ${words}`;
  });
  context.terminal.report(lines.join('\n'));
  throw new PaconnError(`Nothing was uploaded: ${counted(own.length, 'error')} in the values for the environment.`, {
    hint: 'Fix the values, or pass --skip-validation to upload them anyway.',
  });
}

async function errorsIn(
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
  return connectors.flatMap(({ findings }) => findings.filter(({ level }) => level === 'error'));
}

/** Where the value is written that a finding is about; undefined for a finding about something else. */
function placeOf(
  { file, pointer }: Finding,
  connector: Connector,
  places: ValuesToCheck['places'],
): string | undefined {
  const own = [...places].find(
    ([value]) =>
      connector[partOfPointer(value)]?.name === file && (pointer === value || pointer.startsWith(`${value}/`)),
  );
  return own?.[1];
}

function keyOf({ file, pointer, rule, message }: Finding): string {
  return JSON.stringify([file, pointer, rule, message]);
}
