import { changeSummary } from '../../src/comparison/change.ts';
import { compareStates } from '../../src/comparison/compare-states.ts';
import { stateOf, type StateChoices } from '../support/states.ts';

/** One line for each change; those that break flows end in the reason. */
export function told(before: StateChoices, after: StateChoices): readonly string[] {
  return compareStates(stateOf(before), stateOf(after)).map((change) => {
    const users = change.usedBy.length > 0 ? ` (used by ${change.usedBy.join(', ')})` : '';
    return `${changeSummary(change)}${users}${change.breaking === undefined ? '' : ` !! ${change.breaking}`}`;
  });
}
