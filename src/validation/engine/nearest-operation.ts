import type { Definition } from './definition.ts';
import { mostCandidates, nearestName } from '../../nearest-name.ts';

/** The operation that was most likely meant by an ID that is none. */
export function nearestOperation(id: string, { operationsById }: Definition): string | undefined {
  return operationsById.size > mostCandidates ? undefined : nearestName(id, [...operationsById.keys()]);
}
