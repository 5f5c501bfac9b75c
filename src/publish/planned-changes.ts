import type { Change } from '../comparison/change.ts';
import { compareStates } from '../comparison/compare-states.ts';
import { stateAsSent } from '../connector/as-sent.ts';
import { type Connector, type RemoteState, titleOf } from '../connector/connector.ts';
import { hasUnsent } from '../history/base.ts';
import { withKept } from '../connector/left-out.ts';
import { counted } from '../output/report.ts';
import { concealing } from '../values/concealed-values.ts';
import { type ExaminedUpdate, type Requested, requestedState } from './examine-update.ts';
import type { LeftOut } from './left-out.ts';

/** How an update would change a connector. */
export interface PlannedChanges {
  readonly changes: readonly Change[];
  readonly from: Connector;
  readonly to: Connector;
}

/** What is known of a connector before it is replaced. */
export interface KnownBefore extends Pick<ExaminedUpdate, 'base' | 'references' | 'leftOut'> {
  readonly before: RemoteState;
}

export function plannedChanges(request: Requested, { before, base, references, leftOut }: KnownBefore): PlannedChanges {
  const to = resultingState(request, before, leftOut);
  const there = stateAsSent(before.state, to, { hasUnsent: hasUnsent(request.connector, base), known: references });
  const from = concealing(there, base?.concealed);
  return { changes: compareStates(from, to), from, to };
}

/** What the environment would have: what isn't sent stays. */
function resultingState(request: Requested, { state }: RemoteState, leftOut: LeftOut): Connector {
  const requested = requestedState(request);
  const { apiProperties } = requested;
  return {
    ...requested,
    apiProperties: apiProperties.with(withKept(apiProperties.document, state.apiProperties.document, leftOut)),
    icon: requested.icon ?? state.icon,
    displayName: request.displayName ?? titleOf(state),
  };
}

export function isBreaking({ breaking }: Change): boolean {
  return breaking !== undefined;
}

/** `3 changes, 1 breaking` */
export function changeCount(changes: readonly Change[]): string {
  const breaking = changes.filter(isBreaking).length;
  return `${changes.length === 0 ? 'no changes' : counted(changes.length, 'change')}${breaking > 0 ? `, ${breaking} breaking` : ''}`;
}
