import { entraRefusal } from './entra-error.ts';

const identityScopes = new Set(['openid', 'profile', 'offline_access', 'email']);

/** The resource that a scope is for: everything before its last slash, so `https://host//.default` is for `https://host/`. */
export function audienceOf(scope: string): string {
  const audiences = new Set(
    scope
      .split(' ')
      .filter((name) => name !== '' && !identityScopes.has(name))
      .map((name) => name.slice(0, Math.max(0, name.lastIndexOf('/')))),
  );
  const [audience, another] = audiences;
  if (another !== undefined) {
    throw entraRefusal('invalid_request', `AADSTS28000: The scope '${scope}' is for more than one resource.`);
  }
  if (audience === '') {
    throw entraRefusal(
      'invalid_scope',
      `AADSTS70011: The provided value for the input parameter 'scope' is not valid: '${scope}'.`,
    );
  }
  return audience ?? '00000003-0000-0000-c000-000000000000';
}

/** Whether Entra would look such a tenant up at all: a word of its own, a GUID or a domain. */
export function isTenantName(name: string): boolean {
  return /^(common|organizations|consumers|[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}|[\w-]+(\.[\w-]+)+)$/i.test(name);
}
