/** Names that mean the tenant of the user who signs in. */
const anyTenant = new Set(['common', 'organizations', 'consumers']);

/** Whether a name is that of one tenant. */
export function isOneTenant(name: string): boolean {
  return !anyTenant.has(name.toLowerCase());
}
