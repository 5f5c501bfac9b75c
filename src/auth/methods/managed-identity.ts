import * as z from 'zod';
import { NetworkError, NotSignedInError, UsageError } from '../../errors.ts';
import { isLoopback } from '../../io/net/hosts.ts';
import type { HttpRequest, HttpResponse } from '../../io/net/exchange.ts';
import { parseJson } from '../../json/parse.ts';
import type { Authentication, RenewalOptions } from '../sign-in-request.ts';
import { foreignToken } from './foreign-token.ts';

// MSAL knows these endpoints, too, but keeps the first one it met, and how to reach it, for the life of the process.

const answerSchema = z
  .object({
    access_token: z.string().min(1),
    /** Seconds since 1970; IMDS writes them as text. */
    expires_on: z.coerce.number(),
  })
  .transform((answer) => ({ value: answer.access_token, expiresOn: answer.expires_on }));

const refusalSchema = z.union([
  z.object({ error: z.string(), error_description: z.string() }).transform((answer) => answer.error_description),
  z.object({ message: z.string() }).transform(({ message }) => message),
]);

/** Milliseconds: what is on the machine itself, or one hop away, answers at once or not at all. */
const patience = 3000;
const metadataHost = 'http://169.254.169.254';
const linkLocal = /^169\.254(\.\d{1,3}){2}$/u;

/**
 * A token of the identity that Azure gives to a machine, an app or a container. Raises {@link NotSignedInError} where there
 * is none, {@link UsageError} for an endpoint that cannot be, and `NetworkError`.
 *
 * @param clientId Of a user-assigned identity.
 */
export async function signInByManagedIdentity(
  clientId: string | undefined,
  options: RenewalOptions,
): Promise<Authentication> {
  const { status, body } = await ask(identityRequest(clientId, options), options);
  const answer = parseJson(body.toString('utf8'));
  const { data: token } = status === 200 ? answerSchema.safeParse(answer) : {};
  if (token) return foreignToken(token, options, 'The token of the managed identity');
  const why = refusalSchema.safeParse(answer).data ?? `it responded with status ${status}`;
  throw new NotSignedInError(`The managed identity didn't return a token: ${sentence(why)}`, {
    hint:
      clientId === undefined
        ? 'Check that the computer has an identity. Select a user-assigned identity with --client-id or AZURE_CLIENT_ID.'
        : `Check that the identity ${clientId} is assigned to this computer.`,
  });
}

async function ask(request: HttpRequest, { http, signal }: RenewalOptions): Promise<HttpResponse> {
  try {
    return await http.send(request);
  } catch (error) {
    if (!(error instanceof NetworkError) || signal.aborted) throw error;
    throw new NotSignedInError("No managed identity found: the token endpoint of Azure doesn't respond.", {
      detail: error.message,
      hint: 'Managed identities exist only in Azure. Elsewhere, use another sign-in method.',
      cause: error,
    });
  }
}

/**
 * App Service, Functions and Container Apps say where; virtual machines have it at a fixed address, or where
 * AZURE_POD_IDENTITY_AUTHORITY_HOST says:
 * https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 * https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token#get-a-token-using-http
 */
function identityRequest(clientId: string | undefined, { settings, variables }: RenewalOptions): HttpRequest {
  const { IDENTITY_ENDPOINT: endpoint, IDENTITY_HEADER: header, AZURE_POD_IDENTITY_AUTHORITY_HOST: host } = variables;
  const isAppService = Boolean(endpoint && header);
  const url = isAppService
    ? localUrl('IDENTITY_ENDPOINT', endpoint)
    : new URL('/metadata/identity/oauth2/token', localUrl('AZURE_POD_IDENTITY_AUTHORITY_HOST', host || metadataHost));
  url.searchParams.set('api-version', isAppService ? '2019-08-01' : '2018-02-01');
  url.searchParams.set('resource', settings.resource.replace(/\/\.default$/u, ''));
  if (clientId !== undefined) url.searchParams.set('client_id', clientId);
  const headers: Record<string, string> = isAppService ? { 'X-IDENTITY-HEADER': header ?? '' } : { Metadata: 'true' };
  return { method: 'GET', url, headers, repeatable: true, timeout: patience, sizeLimit: 1_048_576 };
}

/** Only what is on this machine or its link is asked without TLS. */
function localUrl(name: string, text: string | undefined): URL {
  const url = text && URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:') return url;
  if (url?.protocol === 'http:' && (isLoopback(url) || linkLocal.test(url.hostname))) return url;
  throw new UsageError(`The environment variable ${name} isn't valid: the URL must use https or this computer.`);
}

function sentence(text: string): string {
  const [line = ''] = text.trim().split(/\r?\n/u);
  return /[.!?]$/u.test(line) ? line : `${line}.`;
}
