import * as z from 'zod';
import { NotSignedInError, UsageError } from '../../errors.ts';
import { readText } from '../../io/files.ts';
import { isLoopback } from '../../io/hosts.ts';
import type { HttpRequest } from '../../io/http.ts';
import { parseJson } from '../../io/parse-json.ts';
import type { RenewalOptions, SignInRequest } from '../sign-in-request.ts';
import type { Credential } from './application.ts';

export type TokenOrigin = Extract<SignInRequest, { way: 'federated-token' }>['from'];

/**
 * For whom a federated token has to be, by the host of the authority:
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust
 */
const audiences: Readonly<Record<string, string>> = {
  'login.microsoftonline.us': 'api://AzureADTokenExchangeUSGov',
  'login.chinacloudapi.cn': 'api://AzureADTokenExchangeChina',
  'login.partner.microsoftonline.cn': 'api://AzureADTokenExchangeChina',
};
const usualAudience = 'api://AzureADTokenExchange';

/**
 * The credential that a token of another issuer is. Raises `FileError` for a file that cannot be read,
 * {@link NotSignedInError} when the pipeline gives no token, {@link UsageError} outside of one, and `NetworkError`.
 */
export async function federatedToken(from: TokenOrigin, options: RenewalOptions): Promise<Credential> {
  if (typeof from === 'object') return { clientAssertion: await tokenInFile(from.file) };
  return { clientAssertion: await (from === 'github' ? tokenOfGitHub(options) : tokenOfAzureDevOps(options)) };
}

async function tokenInFile(path: string): Promise<string> {
  const token = (await readText(path)).trim();
  if (token !== '') return token;
  throw new NotSignedInError(`The federated token file ${path} is empty.`, {
    hint: 'Whoever writes it (a Kubernetes cluster, a step before) has not done so.',
  });
}

/** https://docs.github.com/actions/reference/security/oidc: the URL has a query already. */
async function tokenOfGitHub({ settings, variables, http }: RenewalOptions): Promise<string> {
  const missing = 'Give the job "permissions: id-token: write"; without it GitHub sets neither.';
  const url = requestUrl('ACTIONS_ID_TOKEN_REQUEST_URL', variables, missing);
  const token = requiredVariable('ACTIONS_ID_TOKEN_REQUEST_TOKEN', variables, missing);
  url.searchParams.set('audience', audiences[new URL(settings.authorityUrl).hostname] ?? usualAudience);
  const answer = await http.send(tokenRequest('GET', url, { Authorization: `Bearer ${token}` }));
  return tokenIn(
    answer,
    z.object({ value: z.string().min(1) }).transform(({ value }) => value),
    'GitHub',
  );
}

/** https://learn.microsoft.com/rest/api/azure/devops/distributedtask/oidctoken/create */
async function tokenOfAzureDevOps({ variables, http }: RenewalOptions): Promise<string> {
  const missing =
    'Run in a task of the service connection (AzureCLI@2, AzurePowerShell@5), with "env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)".';
  const url = requestUrl('SYSTEM_OIDCREQUESTURI', variables, missing);
  const token = requiredVariable('SYSTEM_ACCESSTOKEN', variables, missing);
  url.searchParams.set('api-version', '7.1');
  const connection = requiredVariable('AZURESUBSCRIPTION_SERVICE_CONNECTION_ID', variables, missing);
  url.searchParams.set('serviceConnectionId', connection);
  const headers = {
    Authorization: `Bearer ${token}`,
    'Content-Type': 'application/json',
    // Else a token that is refused leads to a sign-in page.
    'X-TFS-FedAuthRedirect': 'Suppress',
  };
  const answer = await http.send(tokenRequest('POST', url, headers));
  return tokenIn(
    answer,
    z.object({ oidcToken: z.string().min(1) }).transform(({ oidcToken }) => oidcToken),
    'Azure DevOps',
  );
}

function tokenRequest(method: 'GET' | 'POST', url: URL, headers: Readonly<Record<string, string>>): HttpRequest {
  return { method, url, headers, ...(method === 'POST' && { body: '' }), repeatable: true, sizeLimit: 1_048_576 };
}

function tokenIn(
  { status, body }: { readonly status: number; readonly body: Buffer },
  schema: z.ZodType<string>,
  service: string,
): string {
  const { data } = status === 200 ? schema.safeParse(parseJson(body.toString('utf8'))) : {};
  if (data !== undefined) return data;
  throw new NotSignedInError(`${service} gave no token for this job: it answered with status ${status}.`, {
    hint:
      service === 'GitHub'
        ? 'Check that the job has "permissions: id-token: write".'
        : 'Check the service connection, and that the pipeline may use it.',
  });
}

/** The token that proves the job goes there: over https, or to this machine. */
function requestUrl(name: string, variables: RenewalOptions['variables'], missing: string): URL {
  const text = requiredVariable(name, variables, missing);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (url && isLoopback(url))) return url;
  throw new UsageError(`The environment variable ${name} cannot be used: it is not an https URL.`);
}

function requiredVariable(name: string, variables: RenewalOptions['variables'], hint: string): string {
  const value = variables[name];
  if (value) return value;
  throw new UsageError(`The environment variable ${name} is not set.`, { hint });
}
