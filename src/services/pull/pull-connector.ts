import * as z from 'zod';
import type { Target } from '../../api/connector-api.ts';
import type { Change } from '../../comparison/change.ts';
import { compareStates } from '../../comparison/compare-states.ts';
import type { ConnectorState, RemoteState } from '../../connector/connector-state.ts';
import { apiPropertiesSchema } from '../../connector/api-properties.ts';
import type { Context } from '../../context.ts';
import { JsonDocument } from '../../json/document.ts';
import type { Side } from '../../merging/merge-nodes.ts';
import { type MergedPart, type MergedStates, mergeStates, type PartConflict } from '../../merging/merge-states.ts';
import { commonState } from './common-state.ts';
import { readConnectorFiles } from '../../check/connector-files.ts';
import { fetchState, stateOfFiles, stateProperties } from '../../check/connector-state.ts';
import { baseDirectory, recordBase } from '../../publish/record-base.ts';
import { type PulledFile, pulledFiles } from './pulled-files.ts';
import type { SettingsHere } from '../../remote/settings-here.ts';
import type { Connection } from '../../publish/verify-and-record.ts';

export interface PullRequest extends SettingsHere {
  readonly target: Target;
  /** What becomes of conflicts: a side decides, both values are written with marks, or nothing is written at all. */
  readonly conflicts: Side | 'marks' | undefined;
  /** Only looks what would be written. */
  readonly isDryRun: boolean;
  /** What follows a command that is to work on the same connector. */
  readonly named: string;
}

export interface PulledConnector {
  readonly remote: RemoteState;
  /** What comes from the environment into the files, besides conflicts. */
  readonly changes: readonly Change[];
  readonly conflicts: readonly PartConflict[];
  /** Those that change; none where conflicts stop the merge. */
  readonly files: readonly PulledFile[];
}

/**
 * Merges what an environment holds of a connector into its files here, on the state that both began with, and makes what
 * the environment holds their base: all of it or nothing. Raises `ConflictError` when nobody knows that state and no side
 * decides.
 */
export async function pullConnector(
  request: PullRequest,
  { api, http }: Connection,
  context: Context,
): Promise<PulledConnector> {
  const { settings, settingsFile, target, isDryRun, named } = request;
  const isMarked = request.conflicts === 'marks';
  const decided = request.conflicts === 'marks' ? undefined : request.conflicts;
  const files = await readConnectorFiles(settings, context.workingDirectory);
  const directory = await baseDirectory(settings, settingsFile, context);
  const remote = await context.terminal.during('Reading the connector', fetchState(api, http, target));
  const local = stateOfFiles(files);
  const versions = {
    base: await commonState({ directory, target, local, remote, decided, named }),
    ours: { ...files, icon: local.icon, script: local.script },
    theirs: remote.state,
  };
  const merged = mergeStates(versions, decided);
  const { conflicts } = merged;
  const isOpen = conflicts.length > 0 && decided === undefined;
  // Marks are no JSON: what comes besides them is what comes when the files here decide.
  const changes = compareStates(local, stateAfter(local, isOpen ? mergeStates(versions, 'ours') : merged));
  if (isOpen && !isMarked) return { remote, changes, conflicts, files: [] };
  const written = await pulledFiles({ merged, theirs: remote.state, isMarked, settings, settingsFile }, context);
  if (!isDryRun) await recordBase({ directory, target, remote, files: written }, context);
  return { remote, changes, conflicts, files: written };
}

/** What the files say after the merge. */
function stateAfter(local: ConnectorState, { parts }: MergedStates): ConnectorState {
  const { apiDefinition, apiProperties, icon, script } = parts;
  const definition = textOf(apiDefinition);
  const properties = textOf(apiProperties);
  return {
    title: local.title,
    apiDefinition: definition === undefined ? local.apiDefinition : documentOf(definition),
    apiProperties:
      properties === undefined
        ? local.apiProperties
        : stateProperties(JsonDocument.parse(properties, apiPropertiesSchema, 'The merged API properties')),
    icon: contentAfter(local.icon, icon),
    script: contentAfter(local.script, script),
  };
}

function documentOf(text: string): JsonDocument {
  return JsonDocument.parse(text, z.unknown(), 'The merged API definition');
}

function textOf(part: MergedPart): string | undefined {
  return part.kind === 'written' && typeof part.content === 'string' ? part.content : undefined;
}

function contentAfter(before: Uint8Array | undefined, part: MergedPart): Uint8Array | undefined {
  if (part.kind === 'written') return Buffer.from(part.content);
  return part.kind === 'removed' ? undefined : before;
}
