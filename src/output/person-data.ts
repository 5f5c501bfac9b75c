import type { PersonData } from '../results/members.ts';

interface Person {
  readonly id?: string | null | undefined;
  readonly displayName?: string | null | undefined;
  readonly userPrincipalName?: string | null | undefined;
}

/** Somebody as the service tells of them, for programs; null for nobody. */
export function personData(person: Person | null | undefined): PersonData {
  const { id, displayName, userPrincipalName } = person ?? {};
  const name = displayName || userPrincipalName || null;
  return name === null && !id ? null : { name, id: id || null };
}

/** Somebody of whom only the name is known. */
export function namedPerson(name: string | undefined): PersonData {
  return name === undefined ? null : { name, id: null };
}
