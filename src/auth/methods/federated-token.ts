import * as z from 'zod';
import { NotSignedInError, UsageError } from '../../errors.ts';
import { readText } from '../../io/fs/read-file.ts';
import { isLoopback } from '../../io/net/hosts.ts';
import type { HttpResponse } from '../../io/net/exchange.ts';
import { parseJson } from '../../json/parse.ts';
import type { RenewalOptions, SignInRequest } from '../sign-in-request.ts';
import type { Credential } from './application.ts';

type TokenOrigin = Extract<SignInRequest, { method: 'federated-token' }>['from'];

/**
 * For whom a federated token has to be, by the host of the authority:
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation-create-trust
 */
const audiences: Readonly<Record<string, string>> = {
  'login.microsoftonline.us': 'api://AzureADTokenExchangeUSGov',
  'login.chinacloudapi.cn': 'api://AzureADTokenExchangeChina',
  'login.partner.microsoftonline.cn': 'api://AzureADTokenExchangeChina',
};
const defaultAudience = 'api://AzureADTokenExchange';

const answerLimit = 1_048_576;
const gitHubAnswerSchema = z.object({ value: z.string().min(1) }).transform(({ value }) => value);
const azureDevOpsAnswerSchema = z.object({ oidcToken: z.string().min(1) }).transform(({ oidcToken }) => oidcToken);

/** What to do about a job that cannot ask for its token, or does not get it. */
const advice = {
  gitHub: 'Add "permissions: id-token: write" to the job. GitHub doesn\'t issue a token without it.',
  azureDevOps:
    'Run paconn in a task with a service connection (AzureCLI@2, AzurePowerShell@5) and "env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)".',
} as const;

/**
 * The credential that a token of another issuer is. Raises `FileError` for a file that cannot be read,
 * {@link NotSignedInError} when the pipeline gives no token, {@link UsageError} outside of one, and `NetworkError`.
 */
export async function federatedToken(from: TokenOrigin, options: RenewalOptions): Promise<Credential> {
  if (from === 'github') return { clientAssertion: await tokenOfGitHub(options) };
  if (from === 'azure-devops') return { clientAssertion: await tokenOfAzureDevOps(options) };
  return { clientAssertion: await tokenInFile(from.file) };
}

async function tokenInFile(path: string): Promise<string> {
  const token = (await readText(path)).trim();
  if (token !== '') return token;
  throw new NotSignedInError(`The federated token file ${path} is empty.`, {
    hint: 'The cluster or an earlier step of the pipeline must write it.',
  });
}

/** https://docs.github.com/actions/reference/security/oidc: the URL has a query already. */
async function tokenOfGitHub({ settings, variables, http }: RenewalOptions): Promise<string> {
  const variable = (name: string): string => required(name, variables, advice.gitHub);
  const url = checkedUrl('ACTIONS_ID_TOKEN_REQUEST_URL', variable);
  url.searchParams.set('audience', audiences[new URL(settings.authorityUrl).hostname] ?? defaultAudience);
  const answer = await http.send({
    method: 'GET',
    url,
    headers: { Authorization: `Bearer ${variable('ACTIONS_ID_TOKEN_REQUEST_TOKEN')}` },
    repeatable: true,
    sizeLimit: answerLimit,
  });
  const token = tokenIn(answer, gitHubAnswerSchema);
  if (token !== undefined) return token;
  throw noToken('GitHub', answer, advice.gitHub);
}

/** https://learn.microsoft.com/rest/api/azure/devops/distributedtask/oidctoken/create */
async function tokenOfAzureDevOps({ variables, http }: RenewalOptions): Promise<string> {
  const variable = (name: string): string => required(name, variables, advice.azureDevOps);
  const url = checkedUrl('SYSTEM_OIDCREQUESTURI', variable);
  url.searchParams.set('api-version', '7.1');
  url.searchParams.set('serviceConnectionId', variable('AZURESUBSCRIPTION_SERVICE_CONNECTION_ID'));
  const answer = await http.send({
    method: 'POST',
    url,
    headers: {
      Authorization: `Bearer ${variable('SYSTEM_ACCESSTOKEN')}`,
      'Content-Type': 'application/json',
      // Else a token that is refused leads to a sign-in page.
      'X-TFS-FedAuthRedirect': 'Suppress',
    },
    body: '',
    repeatable: true,
    sizeLimit: answerLimit,
  });
  const token = tokenIn(answer, azureDevOpsAnswerSchema);
  if (token !== undefined) return token;
  throw noToken('Azure DevOps', answer, advice.azureDevOps);
}

function tokenIn({ status, body }: HttpResponse, schema: z.ZodType<string>): string | undefined {
  return status === 200 ? schema.safeParse(parseJson(body.toString('utf8'))).data : undefined;
}

function noToken(service: string, { status }: HttpResponse, hint: string): NotSignedInError {
  return new NotSignedInError(`${service} didn't return a token for this job: status ${status}.`, { hint });
}

/** The token that proves what job it is goes there: over https, or to this machine. */
function checkedUrl(name: string, variable: (name: string) => string): URL {
  const text = variable(name);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === 'https:' || (url && isLoopback(url))) return url;
  throw new UsageError(`The environment variable ${name} isn't valid: it must be an https URL.`);
}

function required(name: string, variables: RenewalOptions['variables'], hint: string): string {
  const value = variables[name];
  if (value) return value;
  throw new UsageError(`The environment variable ${name} isn't set.`, { hint });
}
