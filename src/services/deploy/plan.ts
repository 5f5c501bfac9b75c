import type { Remote } from '../../api/remote.ts';
import { type Connector, requireTitle } from '../../connector/connector.ts';
import type { Context } from '../../context.ts';
import { chooseEnvironment } from '../../environment/choose-target.ts';
import { findEnvironment } from '../../environment/find-environment.ts';
import type { BreakingPolicy } from '../../publish/breaking-policy.ts';
import { connectorFor } from '../../publish/connector-for.ts';
import { pathWord } from '../../io/terminal/command-word.ts';
import { readConnectorToSend } from '../../publish/read-connector-to-send.ts';
import { baseDirectory } from '../../publish/record-base.ts';
import { type NamedTarget, namedTarget } from '../../publish/save-settings.ts';
import type { OneToSend } from '../../publish/send-each.ts';
import { settingsToSend } from '../../publish/settings-to-send.ts';
import type { Share } from '../../publish/share.ts';
import { connect } from '../../remote/connect.ts';
import { requirePortal } from '../../remote/open-page.ts';
import type { Settings } from '../../settings/settings.ts';
import type { SolutionReference } from '../../settings/solution-reference.ts';
import { type GivenFlags, settingsFileName } from '../../settings/settings-file.ts';

export interface Deployment extends OneToSend<GivenFlags> {
  /** The target of the deployment, regardless of the settings file. */
  readonly environment: string | undefined;
  readonly clientSecret: readonly string[];
  /** Values for that environment, in addition to the ones in the file. */
  readonly set: readonly string[];
  readonly skipValidation: boolean;
  readonly removeScript: boolean;
  readonly rename: boolean;
  /** The principals that it's shared with afterwards. */
  readonly shares: readonly Share[];
  /** Whether to open its page afterwards. */
  readonly web: boolean;
  /** The reaction to breaking changes. */
  readonly breaking: BreakingPolicy;
  /** Whether what others have changed is overwritten. */
  readonly force: boolean;
  /** Whether parts may be lost that no backup has. */
  readonly withoutBackup: boolean;
  /** Whether it is only shown what would be done. */
  readonly dryRun: boolean;
  /** The solution in the environment that a new connector is created in. */
  readonly inSolution: SolutionReference | undefined;
  /** The environment that has the connector, in place of files. */
  readonly promotion?: Promotion | undefined;
}

/** A deployment from one environment to another one, as they were named. */
export interface Promotion {
  readonly fromEnvironment: string;
  readonly toEnvironment: string;
  /** The connector to update there. */
  readonly toConnectorId: string | undefined;
}

/** The connector and its target. */
export interface Plan extends Deployment {
  readonly settings: Settings;
  readonly settingsFile: string | undefined;
  /** With the values for the environment. */
  readonly connector: Connector;
  /** The pointers to client secrets among those. */
  readonly secretPointers: readonly string[];
  readonly displayName: string;
  readonly remote: Remote;
  /** Its ID. */
  readonly environment: string;
  /** The same as the user typed it, for commands to type next. */
  readonly environmentWord: string;
  /** The connector there that is named; without one it is found by its name. */
  readonly connectorId: string | undefined;
  /** Whether it is the environment that the settings speak of: only then their connector ID counts, and is written. */
  readonly isOwn: boolean;
  /** Where the base is; what isn't in files has none. */
  readonly directory: string | undefined;
  /** The settings file that the connector's ID is written into, if any. */
  readonly keepsIdIn: NamedTarget | undefined;
}

/** The files as an environment is to have them. Raises `FileError` and `UsageError`. */
export async function planOfFiles(deployment: Deployment, context: Context): Promise<Plan> {
  const { flags, skipValidation, solution } = deployment;
  const {
    settings,
    settingsFile,
    unusedFile: unused,
  } = await settingsToSend(flags, context, { fileReplacesOptions: false, solution });
  const named = await namedTarget(settingsFile ?? settingsFileName, context.workingDirectory);
  if (deployment.web) requirePortal(settings);
  const files = await readConnectorToSend(settings, { settingsFile, skipValidation, solution }, context);
  requireTitle(files);
  const directory = solution ? undefined : await baseDirectory(settings, settingsFile, context);
  const remote = await connect(settings, context);
  const wanted = deployment.environment ?? settings.environment;
  // The one in a file that isn't used is no help.
  const question = unused && { insteadPass: `--environment <environment>, or --settings ${pathWord(unused)}` };
  const environment = await chooseEnvironment(
    { ...settings, environment: wanted },
    remote,
    context,
    question || undefined,
  );
  const sources = { settings, settingsFile, set: deployment.set, connector: files, environment, skipValidation };
  const { connector, secretPointers } = await connectorFor(sources, remote, context);
  const sent = { connector, secretPointers, displayName: requireTitle(connector) };
  const isOwn =
    deployment.environment === undefined || (await isOfSettings(settings.environment, environment, remote, context));
  const isKept = !solution && (isOwn || settingsFile === undefined);
  const keepsIdIn = isKept ? named : undefined;
  // In another environment the ID of the settings is nobody's, but a connector that an option names is meant.
  const connectorId = isOwn ? settings.connectorId : flags.connectorId;
  const environmentWord = deployment.environment ?? environment;
  const target = { environment, environmentWord, connectorId, isOwn, directory, keepsIdIn };
  return { ...deployment, ...target, ...sent, settings, settingsFile, remote };
}

/** Whether an environment is that of the settings, which is the first one where they name none. */
async function isOfSettings(
  written: string | undefined,
  environment: string,
  remote: Remote,
  context: Context,
): Promise<boolean> {
  if (written === undefined) return true;
  return (await findEnvironment(written, remote, context)).toLowerCase() === environment.toLowerCase();
}
