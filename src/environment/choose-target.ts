import type { Remote, Target } from '../api/remote.ts';
import type { ConnectorSummary } from '../api/resources.ts';
import type { Context } from '../context.ts';
import { PaconnError, UsageError } from '../errors.ts';
import type { Choice, Question } from '../io/terminal/question.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import type { Settings } from '../settings/settings.ts';
import { findConnector, namedConnector, requireConnectorId } from './find-connector.ts';
import { findEnvironment, namedEnvironment } from './find-environment.ts';
import { listConnectors, listEnvironments } from './listings.ts';
import { readPortalAddress } from '../settings/portal-address.ts';

const environmentQuestion: Question = {
  message: 'Please select an environment:',
  insteadPass: '--env ENVIRONMENT, or "environment" in the settings file',
};

const connectorQuestion: Question = {
  message: 'Please select a connector:',
  insteadPass: '--cid CONNECTOR, or "connectorId" in the settings file',
};

/**
 * The connector to work on: the one that the settings name, whichever way, else the user is asked. Raises `UsageError` when
 * nobody can be, and for a name that is unknown or ambiguous.
 */
export async function chooseTarget(settings: Settings, remote: Remote, context: Context): Promise<Target> {
  const { connectorId } = settings;
  const { terminal } = context;
  const place = connectorId === undefined ? undefined : readPortalAddress(connectorId);
  const named = settings.environment ?? place?.environment;
  if (named === undefined) requireTerminal(terminal, 'The environment', environmentQuestion);
  if (connectorId === undefined) requireTerminal(terminal, 'The connector', connectorQuestion);
  const environment = await chooseEnvironment({ environment: named }, remote, context);
  if (connectorId === undefined)
    return { environment, connectorId: await chooseConnector(environment, remote, context) };
  if (place?.environment !== undefined) await requireSame(environment, place.environment, remote, context);
  return { environment, connectorId: await findConnector(connectorId, environment, remote, context) };
}

/** The environment to work in: the one that the settings name, else the user is asked. Raises as {@link chooseTarget}. */
export async function chooseEnvironment(
  { environment }: Pick<Settings, 'environment'>,
  remote: Remote,
  context: Context,
): Promise<string> {
  const { terminal } = context;
  if (environment !== undefined) return await findEnvironment(environment, remote, context);
  requireTerminal(terminal, 'The environment', environmentQuestion);
  const environments = await listEnvironments(remote, context);
  const choices = environments.map(namedEnvironment).map(({ id, name }) => ({ label: name, value: id }));
  if (choices.length === 0) throw new PaconnError('There is no environment that you can work in.');
  const chosen = await terminal.choose(environmentQuestion, distinct(choices));
  terminal.say(`Environment selected: ${chosen.label}`);
  return chosen.value;
}

/** Nobody should work on a connector of another environment than the one they name. */
async function requireSame(environment: string, other: string, remote: Remote, context: Context): Promise<void> {
  if ((await findEnvironment(other, remote, context)).toLowerCase() === environment.toLowerCase()) return;
  throw new UsageError(`The connector's address is one of the environment ${other}, not of ${environment}.`, {
    hint: 'Leave the environment out: the address says it.',
  });
}

async function chooseConnector(environment: string, remote: Remote, context: Context): Promise<string> {
  const { terminal } = context;
  const connectors = await listConnectors(environment, remote, context);
  if (connectors.length === 0) {
    throw new PaconnError(`There is no custom connector in the environment ${environment}.`, {
      hint: 'Make one with: paconn create',
    });
  }
  const choices = connectors.map((connector) => ({ label: connectorLabel(connector), value: connector.name }));
  const chosen = await terminal.choose(connectorQuestion, distinct(choices));
  terminal.say(`Connector selected: ${chosen.label}`);
  return requireConnectorId(chosen.value);
}

function connectorLabel(connector: ConnectorSummary): string {
  const creator = connector.properties?.createdBy?.displayName;
  return `${namedConnector(connector).name}${creator ? ` - ${creator}` : ''}`;
}

/** Labels of one line each; those that would read the same get their ID behind the name. */
function distinct(choices: readonly Choice<string>[]): Choice<string>[] {
  const lines = choices.map(({ label, value }) => ({ label: label.replaceAll(/\s+/gu, ' ').trim(), value }));
  const uses = new Map<string, number>();
  for (const { label } of lines) uses.set(label, (uses.get(label) ?? 0) + 1);
  return lines.map(({ label, value }) => ({ label: uses.get(label) === 1 ? label : `${label} (${value})`, value }));
}

function requireTerminal({ interactive }: Terminal, what: string, { insteadPass }: Question): void {
  if (interactive) return;
  throw new UsageError(`${what} must be specified.`, { hint: `Pass ${insteadPass}.` });
}
