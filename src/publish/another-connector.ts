import type { Target } from '../api/remote.ts';
import type { Connector } from '../connector/connector.ts';
import type { DefinitionContent } from '../connector/part-content.ts';
import { operationsOf } from '../connector/operations.ts';
import type { Context } from '../context.ts';
import { CanceledError, ConflictError } from '../errors.ts';
import { type Base, readBaseState } from '../history/base.ts';
import { knownEnvironment } from '../environment/environment-name.ts';
import type { Conflicting } from './conflict.ts';

export interface Replacement extends Conflicting {
  readonly target: Target;
  /** What comes in place of the connector. */
  readonly connector: Connector;
  /** Where the base of the files is. */
  readonly directory: string | undefined;
  readonly force: boolean;
}

/**
 * Makes sure that a connector isn't replaced by another one, as with the settings file of one and the files of another. Raises
 * {@link ConflictError} without a terminal to prompt at, and {@link CanceledError} when the answer is no.
 */
export async function requireSameConnector(
  base: Base | undefined,
  { target, connector, directory, force, command, replacing }: Replacement,
  { dryRun }: { readonly dryRun: boolean },
  context: Pick<Context, 'terminal' | 'configDirectory'>,
): Promise<void> {
  const { terminal } = context;
  if (force || !base || directory === undefined) return;
  const synced = (await readBaseState(directory, base, [], { mayHaveStars: true }))?.apiDefinition;
  if (!synced || !connector.apiDefinition || !isAnother(connector.apiDefinition, synced)) return;
  const [title, syncedTitle] = [titleIn(connector.apiDefinition), titleIn(synced)];
  const { name } = await knownEnvironment(target.environment, context);
  const place = name === null ? '' : ` in ${name}`;
  const problem =
    replacing === 'restore'
      ? `This backup describes '${title}', but it would replace '${syncedTitle}'${place}.`
      : `These files describe '${title}', but you're updating '${syncedTitle}'${place}.`;
  if (dryRun || !terminal.interactive) {
    throw new ConflictError(`${problem} Nothing was changed.`, {
      hint: `To replace it anyway:\n  paconn ${command} --force`,
    });
  }
  const question = { message: `${problem} Continue?`, insteadPass: '--force', defaultAnswer: false };
  if (!(await terminal.confirm(question))) throw new CanceledError({ isDeclined: true });
}

/** A connector that was renamed, moved to another host or rebuilt is still the same; all at once makes another of it. */
function isAnother(one: DefinitionContent, other: DefinitionContent): boolean {
  const operations = new Set(operationIds(one));
  return (
    titleIn(one) !== titleIn(other) &&
    hostIn(one) !== hostIn(other) &&
    !operationIds(other).some((id) => operations.has(id))
  );
}

function titleIn({ document }: DefinitionContent): string {
  return document.value.info?.title ?? '';
}

function hostIn({ document }: DefinitionContent): string {
  return (document.value.host ?? '').toLowerCase();
}

function operationIds({ tree }: DefinitionContent): readonly string[] {
  return operationsOf(tree).flatMap(({ id }) => id ?? []);
}
