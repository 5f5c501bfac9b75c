import type { ConnectorApi, Target } from '../api/connector-api.ts';
import type { ConnectorSummary } from '../api/resources.ts';
import { connectorIdSchema } from '../connector/connector-id.ts';
import { PaconnError, UsageError } from '../errors.ts';
import type { Choice, Question, Terminal } from '../io/terminal.ts';
import type { Settings } from '../settings/settings.ts';

const environmentQuestion: Question = {
  message: 'Please select an environment:',
  insteadPass: '--env ENVIRONMENT, or "environment" in the settings file',
};

const connectorQuestion: Question = {
  message: 'Please select a connector:',
  insteadPass: '--cid CONNECTOR, or "connectorId" in the settings file',
};

/** The connector to work on: from the settings, else the user is asked. Raises `UsageError` when nobody can be. */
export async function chooseTarget(settings: Settings, api: ConnectorApi, terminal: Terminal): Promise<Target> {
  const { connectorId } = settings;
  if (connectorId !== undefined) requireConnectorId(connectorId);
  const environment = await chooseEnvironment(settings, api, terminal);
  return { environment, connectorId: connectorId ?? (await chooseConnector(environment, api, terminal)) };
}

/** The environment to work in: from the settings, else the user is asked. Raises `UsageError` when nobody can be. */
export async function chooseEnvironment(settings: Settings, api: ConnectorApi, terminal: Terminal): Promise<string> {
  if (settings.environment !== undefined) return settings.environment;
  requireTerminal(terminal, 'The environment', environmentQuestion);
  const environments = await terminal.during('Listing environments', api.listEnvironments());
  const choices = environments.map(({ name, properties }) => ({ label: properties?.displayName || name, value: name }));
  if (choices.length === 0) throw new PaconnError('There is no environment that you can work in.');
  const chosen = await terminal.choose(environmentQuestion, distinct(choices));
  terminal.say(`Environment selected: ${chosen.label}`);
  return chosen.value;
}

async function chooseConnector(environment: string, api: ConnectorApi, terminal: Terminal): Promise<string> {
  requireTerminal(terminal, 'The connector', connectorQuestion);
  const connectors = await terminal.during('Listing connectors', api.listConnectors(environment));
  if (connectors.length === 0) {
    throw new PaconnError(`There is no custom connector in the environment ${environment}.`, {
      hint: 'Make one with: paconn create',
    });
  }
  const choices = connectors.map((connector) => ({ label: connectorLabel(connector), value: connector.name }));
  const chosen = await terminal.choose(connectorQuestion, distinct(choices));
  terminal.say(`Connector selected: ${chosen.label}`);
  requireConnectorId(chosen.value);
  return chosen.value;
}

function connectorLabel({ name, properties }: ConnectorSummary): string {
  const creator = properties?.createdBy?.displayName;
  return `${properties?.displayName || name}${creator ? ` - ${creator}` : ''}`;
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

function requireConnectorId(id: string): void {
  const { success, error } = connectorIdSchema.safeParse(id);
  if (!success) throw new UsageError(`'${id}' ${error.issues[0]?.message ?? 'is not a connector ID'}.`);
}
