/** Names that stand for whichever tenant somebody who signs in is of. */
const anyTenant = new Set(['common', 'organizations', 'consumers']);

/** Whether a name is that of one tenant. */
export function isOneTenant(name: string): boolean {
  return !anyTenant.has(name.toLowerCase());
}
