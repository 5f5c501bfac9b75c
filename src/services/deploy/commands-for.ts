import type { Target } from '../../api/remote.ts';
import { sameSolution } from '../../check/solution-source.ts';
import { pullArguments, sameConnector } from '../../environment/same-connector.ts';
import { commandWord } from '../../io/terminal/command-word.ts';
import type { UpdateRequest } from '../../publish/examine-update.ts';
import type { Plan } from './plan.ts';

/** What the user types to go on with a connector; where the settings name another environment, that has to be said. */
export function commandsFor(
  { settingsFile, folder, isOwn, flags, solution, promotion }: Plan,
  { environment, connectorId }: Target,
): Pick<UpdateRequest, 'named' | 'command' | 'pull'> {
  if (promotion) {
    const { fromEnvironment, toEnvironment } = promotion;
    const named = sameConnector({ settingsFile: undefined, folder: '', flags: { environment, connectorId } });
    const places = `--from-environment ${commandWord(fromEnvironment)} --to-environment ${commandWord(toEnvironment)}`;
    const source = flags.connectorId === undefined ? '' : ` --connector ${commandWord(flags.connectorId)}`;
    return { named, command: `deploy ${places}${source}` };
  }
  if (solution) {
    const given = sameSolution(solution);
    return { named: given, command: `deploy${given} --environment ${commandWord(environment)}` };
  }
  const given = sameConnector({ settingsFile: flags.settingsFile || undefined, folder, flags });
  const pull = pullArguments({ settingsFile, folder, flags });
  if (isOwn) return { named: given, command: `deploy${given}`, pull };
  const named = sameConnector({ settingsFile: undefined, folder, flags: { ...flags, environment, connectorId } });
  return { named, command: `deploy${given} --environment ${commandWord(environment)}` };
}
