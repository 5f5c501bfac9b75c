import { commandChoices } from '../../publish/command-choices.ts';
import { stateAsSent } from '../../connector/as-sent.ts';
import { type Connector, differentParts, partHashes, type RemoteState } from '../../connector/connector.ts';
import { type ConnectorPart, connectorParts } from '../../connector/part.ts';
import { ConflictError } from '../../errors.ts';
import { baseFileName, type BaseTarget, readBase, readBaseState } from '../../history/base.ts';
import { knownReferences } from '../../history/known-references.ts';
import { baseAfterSending } from '../../history/sent.ts';
import { noteUnreadableBase } from '../../publish/record-base.ts';
import type { Terminal } from '../../io/terminal/terminal.ts';
import type { Side } from '../../merging/merge-nodes.ts';

export interface CommonStateRequest {
  readonly configDirectory: string;
  /** Where the base is. */
  readonly directory: string;
  readonly target: BaseTarget;
  readonly local: Connector;
  readonly current: RemoteState;
  /** Whose values are taken where both sides have changed them. */
  readonly decided: Side | undefined;
  /** The arguments for a command about the same connector. */
  readonly named: string;
  readonly terminal: Pick<Terminal, 'note'>;
}

/**
 * The state that the files here and the environment began with: their base. Where its content is not there, its hashes tell
 * what only one side has changed. Where they do not, and one side is to decide, that of the other, as if only the one had
 * changed. Raises {@link ConflictError} without a decision.
 */
export async function commonState(request: CommonStateRequest): Promise<Connector> {
  const { directory, target, local, current, decided, named, terminal } = request;
  const { base: recorded, problem } = await readBase(directory, target);
  const base = problem === undefined ? await baseAfterSending(request, recorded, current) : recorded;
  const references = await knownReferences({ files: local, current: current.state, base, directory });
  const [here, there] = [partHashes(local), partHashes(stateAsSent(current.state, local, { known: references }))];
  if (base) {
    const isUnknown = (part: ConnectorPart): boolean => part === 'icon' && current.state.missingIcon !== undefined;
    // Where both are the same it does not matter what they began with.
    const hashes = Object.fromEntries(
      connectorParts.map((part) => [
        part,
        here[part] === there[part] && !isUnknown(part) ? here[part] : base.hashes[part],
      ]),
    );
    const known = [local, current.state];
    const state = await readBaseState(directory, { ...base, hashes }, known, { mayHaveStars: true });
    if (state) return state;
  }
  const isSettled = decided !== undefined || differentParts(here, there).length === 0;
  if (isSettled && problem !== undefined) noteUnreadableBase(problem, terminal);
  if (isSettled) return decided === 'ours' ? current.state : local;
  const why = base
    ? 'The last synced version is incomplete: paconn.base/ lacks content that changed on both sides.'
    : (problem ?? `${baseFileName} doesn't contain the last synced version of this connector.`);
  throw new ConflictError(
    `${why} Without it, paconn can't distinguish your changes from the environment's changes. No files were changed.`,
    {
      hint: [
        ...commandChoices([
          [`paconn diff${named}`, 'show the differences'],
          [`paconn pull${named} --theirs`, "use the environment's version"],
          [`paconn pull${named} --ours`, 'use the local files'],
        ]),
        'To download the version of the environment to another folder:\n  paconn download --output-dir <folder>',
      ].join('\n'),
    },
  );
}
