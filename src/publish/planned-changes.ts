import type { Change } from '../comparison/change.ts';
import { compareStates } from '../comparison/compare-states.ts';
import { stateAsSent } from '../connector/as-sent.ts';
import { type Connector, type RemoteState, titleOf } from '../connector/connector.ts';
import { type Base, hasUnsent } from '../history/base.ts';
import { counted } from '../output/report.ts';
import { requestedState, type UpdateRequest } from './examine-update.ts';

/** How an update would change a connector. */
export interface PlannedChanges {
  readonly changes: readonly Change[];
  readonly from: Connector;
  readonly to: Connector;
}

export function plannedChanges(request: UpdateRequest, before: RemoteState, base: Base | undefined): PlannedChanges {
  const to = resultingState(request, before);
  const from = stateAsSent(before.state, to, { hasUnsent: hasUnsent(request.connector, base) });
  return { changes: compareStates(from, to), from, to };
}

/** What the environment would have: an icon and a name that aren't sent stay. */
function resultingState(request: UpdateRequest, { state }: RemoteState): Connector {
  const requested = requestedState(request);
  return { ...requested, icon: requested.icon ?? state.icon, displayName: request.displayName ?? titleOf(state) };
}

export function isBreaking({ breaking }: Change): boolean {
  return breaking !== undefined;
}

/** `3 changes, 1 breaking` */
export function changeCount(changes: readonly Change[]): string {
  const breaking = changes.filter(isBreaking).length;
  return `${changes.length === 0 ? 'no changes' : counted(changes.length, 'change')}${breaking > 0 ? `, ${breaking} breaking` : ''}`;
}
