import type { Target } from '../../api/remote.ts';
import { sameSolution } from '../../check/solution-source.ts';
import { pullArguments, sameConnector } from '../../environment/same-connector.ts';
import { commandWord } from '../../io/terminal/command-word.ts';
import type { UpdateRequest } from '../../publish/examine-update.ts';
import type { Plan } from './plan.ts';

/** What the user types to go on with a connector; where the settings name another environment, that has to be said. */
export function commandsFor(
  { settings, settingsFile, folder, isOwn, flags, solution, promotion }: Plan,
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
  const isSaid = isOwn && settings.environment !== undefined;
  const options = isSaid ? flags : { ...flags, environment };
  const given = { settingsFile: flags.settingsFile || undefined, folder };
  const command = `deploy${sameConnector({ ...given, flags: options })}`;
  // Other commands don't find a connector by the title in the files.
  const isKnown = isOwn && settings.connectorId !== undefined;
  const exact = isKnown ? options : { ...options, connectorId };
  const named = sameConnector({ ...given, flags: exact });
  return isOwn ? { named, command, pull: pullArguments({ settingsFile, folder, flags: exact }) } : { named, command };
}
