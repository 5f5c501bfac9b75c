import type { Remote, Target } from '../api/remote.ts';
import type { Context } from '../context.ts';
import { PaconnError, UsageError } from '../errors.ts';
import { commandWord } from '../io/terminal/command-word.ts';
import type { Choice, Question } from '../io/terminal/question.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import type { Settings } from '../settings/settings.ts';
import { environmentWords } from './environment-name.ts';
import { findConnector, namedConnector, requireConnectorId } from './find-connector.ts';
import { findEnvironment, namedEnvironment, requireSameEnvironment } from './find-environment.ts';
import { listConnectors, listEnvironments } from './listings.ts';
import { readPortalAddress } from '../settings/portal-address.ts';

const environmentQuestion: Question = {
  message: 'Please select an environment:',
  insteadPass: '--environment <environment>, or "environment" in the settings file',
};

const connectorQuestion: Question = {
  message: 'Please select a connector:',
  insteadPass: '--connector <connector>, or "connectorId" in the settings file',
};

const bothQuestions: Pick<Question, 'insteadPass'> = {
  insteadPass: '--environment <environment> and --connector <connector>, or the folder of a connector',
};

/**
 * The connector to work on: the one that the settings name, whichever way, else the user is asked. Raises `UsageError` when
 * nobody can be, and for a name that is unknown or ambiguous.
 */
export async function chooseTarget(settings: Settings, remote: Remote, context: Context): Promise<Target> {
  const { connectorId } = settings;
  const { terminal } = context;
  const place = connectorId === undefined ? undefined : readPortalAddress(connectorId);
  const named = settings.environment ?? place?.environment ?? settings.defaultEnvironment;
  if (named === undefined && connectorId === undefined)
    requireTerminal(terminal, 'The environment and the connector', bothQuestions);
  if (named === undefined) requireTerminal(terminal, 'The environment', environmentQuestion);
  if (connectorId === undefined) requireTerminal(terminal, 'The connector', connectorQuestion);
  const environment = await chooseEnvironment({ environment: named }, remote, context);
  if (connectorId === undefined)
    return { environment, connectorId: await chooseConnector(environment, remote, context) };
  if (place?.environment !== undefined) {
    await requireSameEnvironment('connector', { environment, other: place.environment }, remote, context);
  }
  return { environment, connectorId: await findConnector(connectorId, environment, remote, context) };
}

/**
 * The environment to work in: the one that the settings name, else the user is asked. Raises as {@link chooseTarget}.
 *
 * @param question What names one where nobody can be asked.
 */
export async function chooseEnvironment(
  { environment: named, defaultEnvironment }: Partial<Pick<Settings, 'environment' | 'defaultEnvironment'>>,
  remote: Remote,
  context: Context,
  { insteadPass }: Pick<Question, 'insteadPass'> = environmentQuestion,
): Promise<string> {
  const { terminal } = context;
  const environment = named ?? defaultEnvironment;
  if (environment !== undefined) return await findEnvironment(environment, remote, context);
  requireTerminal(terminal, 'The environment', { insteadPass });
  const environments = await listEnvironments(remote, context);
  if (environments.length === 0) throw new PaconnError('No environments found that you have access to.');
  const choices = environments.map((listed) => {
    const { id, name } = namedEnvironment(listed);
    const { environmentSku: detail, isDefault } = listed.properties ?? {};
    return { value: id, name, label: name, detail, isFirst: isDefault === true };
  });
  const chosen = await terminal.choose(environmentQuestion, presented(choices));
  terminal.say(`Environment selected: ${chosen.label}`);
  return chosen.value;
}

async function chooseConnector(environment: string, remote: Remote, context: Context): Promise<string> {
  const { terminal } = context;
  const connectors = await listConnectors(environment, remote, context);
  if (connectors.length === 0) {
    throw new PaconnError(`No custom connectors found in ${await environmentWords(environment, context)}.`, {
      hint: `Create one with:\n  paconn deploy --environment ${commandWord(environment)}`,
    });
  }
  const choices = connectors.map((connector) => {
    const { id, name } = namedConnector(connector);
    const creator = connector.properties?.createdBy?.displayName;
    return { value: id, name, label: creator ? `${name} - ${creator}` : name, detail: creator };
  });
  const chosen = await terminal.choose(connectorQuestion, presented(choices));
  terminal.say(`Connector selected: ${chosen.label}`);
  return requireConnectorId(chosen.value);
}

interface UnsortedChoice {
  readonly value: string;
  readonly name: string;
  readonly label: string;
  readonly detail: string | null | undefined;
  readonly isFirst?: boolean;
}

/** In the order of their names; of those that would read the same in one line, lists show the ID, and menus its end. */
function presented(choices: readonly UnsortedChoice[]): Choice<string>[] {
  const { compare } = new Intl.Collator('en', { numeric: true });
  const lines = choices
    .map((choice) => ({ ...choice, label: oneLine(choice.label), name: oneLine(choice.name) }))
    .toSorted((a, b) => Number(b.isFirst ?? false) - Number(a.isFirst ?? false) || compare(a.name, b.name));
  const uses = new Map<string, number>();
  for (const { label } of lines) uses.set(label, (uses.get(label) ?? 0) + 1);
  return lines.map(({ label, value, name, detail }) => {
    if (uses.get(label) === 1) return { label, value, name, detail: detail ?? undefined };
    const ending = `…${value.slice(-shownOfId)}`;
    return { label: `${label} (${value})`, value, name, detail: [ending, detail].filter(Boolean).join(' · ') };
  });
}

/** As much of the end of an ID as makes another one of the same name unlikely to end in it. */
const shownOfId = 6;

function oneLine(text: string): string {
  return text.replaceAll(/\s+/gu, ' ').trim();
}

function requireTerminal(
  { interactive }: Terminal,
  what: string,
  { insteadPass }: Pick<Question, 'insteadPass'>,
): void {
  if (interactive) return;
  throw new UsageError(`${what} must be specified.`, { hint: `Pass ${insteadPass}.` });
}
