import type { Target } from '../../api/remote.ts';
import { sameSolution } from '../../check/solution-source.ts';
import type { Context } from '../../context.ts';
import { type GivenConnector, pullArguments, sameConnector } from '../../environment/same-connector.ts';
import { commandWord } from '../../io/terminal/command-word.ts';
import type { UpdateRequest } from '../../publish/examine-update.ts';
import { isPullable } from '../../publish/files-inside.ts';
import type { Plan } from './plan.ts';

/** The same deployment again, without `paconn` before it; where the settings name another environment, that has to be said. */
export function sameDeployment(plan: Plan): string {
  const { flags, solution, promotion, environmentWord } = plan;
  if (promotion) {
    const { fromEnvironment, toEnvironment } = promotion;
    const places = `--from-environment ${commandWord(fromEnvironment)} --to-environment ${commandWord(toEnvironment)}`;
    return `deploy ${places}${flags.connectorId === undefined ? '' : ` --connector ${commandWord(flags.connectorId)}`}`;
  }
  if (solution) return `deploy${sameSolution(solution)} --environment ${commandWord(environmentWord)}`;
  return `deploy${sameConnector(givenConnector(plan))}`;
}

/** What the user types to go on with a connector; where the settings name another environment, that has to be said. */
export function commandsFor(
  plan: Plan,
  { environment, connectorId }: Target,
  here: Context,
): Pick<UpdateRequest, 'named' | 'command' | 'canPull' | 'pull'> {
  const { settings, settingsFile, isOwn, solution, promotion } = plan;
  const command = sameDeployment(plan);
  if (promotion) {
    const flags = { environment, connectorId };
    return { named: sameConnector({ settingsFile: undefined, folder: '', flags }), command, canPull: false };
  }
  if (solution) return { named: sameSolution(solution), command, canPull: false };
  const given = givenConnector(plan);
  // Other commands don't find a connector by the title in the files.
  const isKnown = isOwn && settings.connectorId !== undefined;
  const flags = isKnown ? given.flags : { ...given.flags, connectorId };
  const named = sameConnector({ ...given, flags });
  const canPull = isPullable(settings, here);
  const pull = isOwn && canPull ? pullArguments({ ...given, settingsFile, flags }) : undefined;
  return { named, command, canPull, pull };
}

function givenConnector({ settings, folder, isOwn, flags, environmentWord }: Plan): Required<GivenConnector> {
  const isSaid = isOwn && settings.environment !== undefined;
  return {
    settingsFile: flags.settingsFile || undefined,
    folder,
    flags: isSaid ? flags : { ...flags, environment: environmentWord },
  };
}
