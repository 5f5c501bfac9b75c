import { resolve } from 'node:path';
import * as z from 'zod';
import { UsageError } from '../errors.ts';
import { withoutLineEnd } from './secret-text.ts';
import { parseVariables } from './variables.ts';

const text = z.string().trim().optional();

/** Not trimmed: a secret may begin or end with anything, except a line end. */
const secretText = z
  .string()
  .transform((value) => withoutLineEnd(value) || undefined)
  .optional();

/** Where there is a convention of Azure's tools or of a pipeline, its names: a step that works for them works here. */
const signInVariablesSchema = z.object({
  /** How to sign in, whatever sign-in there is. */
  PACONN_AUTH: z
    .enum(['service-principal', 'certificate', 'federated-token', 'managed-identity', 'azure-cli'])
    .optional(),
  PACONN_ACCESS_TOKEN: text,
  PACONN_SP_SECRET: secretText,
  AZURE_CLIENT_SECRET: secretText,
  AZURE_CLIENT_ID: text,
  AZURE_TENANT_ID: text,
  AZURE_AUTHORITY_HOST: text,
  AZURE_CLIENT_CERTIFICATE_PATH: text,
  AZURE_FEDERATED_TOKEN_FILE: text,
  /** GitHub Actions. */
  GITHUB_ACTIONS: text,
  ACTIONS_ID_TOKEN_REQUEST_URL: text,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: text,
  /** Azure DevOps, in a task of a service connection. */
  SYSTEM_OIDCREQUESTURI: text,
  SYSTEM_ACCESSTOKEN: text,
  AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: text,
  AZURESUBSCRIPTION_CLIENT_ID: text,
  AZURESUBSCRIPTION_TENANT_ID: text,
});

type SignInVariables = z.infer<typeof signInVariablesSchema>;

/** An application with what proves who it is. */
export type ApplicationRequest =
  | { readonly method: 'client-secret'; readonly secret: string }
  | { readonly method: 'certificate'; readonly certificateFile: string }
  | { readonly method: 'federated-token'; readonly from: { readonly file: string } | 'github' | 'azure-devops' };

/** A sign-in that environment variables ask for. */
export interface SignInFromVariables {
  readonly request:
    | ApplicationRequest
    | { readonly method: 'managed-identity'; readonly clientId?: string }
    | { readonly method: 'azure-cli' }
    | { readonly method: 'access-token'; readonly token: string };
  /** Whether it is meant for us, and so goes before a sign-in that was kept. */
  readonly isExplicit: boolean;
  /** What they say about where and as what to sign in; it goes before what the settings say. */
  readonly settings: VariableSettings;
}

export interface VariableSettings {
  readonly clientId?: string;
  readonly tenant?: string;
  readonly authorityUrl?: string;
}

interface Surroundings {
  readonly variables: Readonly<Record<string, string | undefined>>;
  /** What relative paths start from. */
  readonly workingDirectory: string;
}

/**
 * The sign-in that environment variables ask for, if they do: PACONN_ACCESS_TOKEN, else PACONN_AUTH, else a whole set of
 * those that Azure's tools know. Raises {@link UsageError} for a set that PACONN_AUTH names and that is not whole.
 */
export function signInFromVariables(surroundings: Surroundings): SignInFromVariables | undefined {
  const variables = parseVariables(surroundings.variables, signInVariablesSchema);
  const { PACONN_ACCESS_TOKEN: token, PACONN_AUTH: method, AZURE_CLIENT_ID: clientId } = variables;
  const settings = settingsOf(variables);
  if (token) return { request: { method: 'access-token', token }, isExplicit: true, settings: {} };
  if (method === 'azure-cli') {
    const { tenant } = settings;
    return { request: { method }, isExplicit: true, settings: tenant === undefined ? {} : { tenant } };
  }
  if (method === 'managed-identity') {
    const request = { method, ...(clientId !== undefined && { clientId }) };
    return { request, isExplicit: true, settings: {} };
  }
  const request = applicationRequests(variables, surroundings).find((candidate) => isMeant(candidate, method));
  if (request && settings.clientId !== undefined && settings.tenant !== undefined) {
    return { request, isExplicit: method !== undefined, settings };
  }
  if (method === undefined) return undefined;
  throw new UsageError(`PACONN_AUTH=${method} needs more environment variables.`, {
    hint: `Set AZURE_CLIENT_ID, AZURE_TENANT_ID, and ${needs[method]}.`,
  });
}

const needs = {
  'service-principal': 'AZURE_CLIENT_SECRET, AZURE_CLIENT_CERTIFICATE_PATH, or AZURE_FEDERATED_TOKEN_FILE',
  certificate: 'AZURE_CLIENT_CERTIFICATE_PATH',
  'federated-token': 'AZURE_FEDERATED_TOKEN_FILE (in GitHub Actions and Azure DevOps: what the pipeline sets)',
} as const;

/**
 * What an incomplete set of variables lacks, as a sentence; undefined for a complete set, and without one. Otherwise a pipeline
 * with an empty variable, or without permission for its token, would only report a missing sign-in.
 */
export function whatVariablesLack(surroundings: Surroundings): string | undefined {
  const variables = parseVariables(surroundings.variables, signInVariablesSchema);
  const { clientId, tenant } = settingsOf(variables);
  const [proof] = applicationRequests(variables, surroundings);
  const lacking = [
    ...(clientId === undefined ? ['AZURE_CLIENT_ID'] : []),
    ...(tenant === undefined ? ['AZURE_TENANT_ID'] : []),
    ...(proof === undefined ? [lackingProof(variables)] : []),
  ];
  const isBegun = lacking.length < 3;
  if (!isBegun || lacking.length === 0) return undefined;
  return `To sign in by environment variables alone, add ${lacking.join(' and ')}.`;
}

function lackingProof(variables: SignInVariables): string {
  if (variables.GITHUB_ACTIONS !== undefined) return '"permissions: id-token: write" to the job';
  if (variables.AZURESUBSCRIPTION_SERVICE_CONNECTION_ID !== undefined) {
    return '"env: SYSTEM_ACCESSTOKEN: $(System.AccessToken)" to the task';
  }
  return needs['service-principal'];
}

function isMeant({ method }: ApplicationRequest, asked: keyof typeof needs | undefined): boolean {
  return asked === undefined || asked === 'service-principal' || method === asked;
}

/** The same for `login --service-principal`: by what the variables prove who the application is, and which it is. */
export function applicationFromVariables(surroundings: Surroundings): {
  readonly request: ApplicationRequest | undefined;
  readonly settings: VariableSettings;
} {
  const variables = parseVariables(surroundings.variables, signInVariablesSchema);
  const [request] = applicationRequests(variables, surroundings);
  return { request, settings: settingsOf(variables) };
}

/** What must never be shown of the environment variables, wherever it may come back from. */
export function secretsIn({ variables }: Pick<Surroundings, 'variables'>): string[] {
  const names = [
    'PACONN_ACCESS_TOKEN',
    'PACONN_SP_SECRET',
    'AZURE_CLIENT_SECRET',
    'AZURE_CLIENT_CERTIFICATE_PASSWORD',
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'SYSTEM_ACCESSTOKEN',
    'IDENTITY_HEADER',
  ];
  return names.map((name) => withoutLineEnd(variables[name] ?? '')).filter((value) => value !== '');
}

/** Of a user-assigned identity. */
export function identityFromVariables({ variables }: Surroundings): string | undefined {
  return parseVariables(variables, signInVariablesSchema).AZURE_CLIENT_ID;
}

/** In the order of Azure's tools: what the user set by hand comes before what a cluster or a pipeline sets. */
function applicationRequests(variables: SignInVariables, { workingDirectory }: Surroundings): ApplicationRequest[] {
  const secret = variables.PACONN_SP_SECRET ?? variables.AZURE_CLIENT_SECRET;
  const { AZURE_CLIENT_CERTIFICATE_PATH: certificate, AZURE_FEDERATED_TOKEN_FILE: tokenFile } = variables;
  return [
    ...(secret === undefined ? [] : [{ method: 'client-secret', secret } as const]),
    ...(certificate === undefined
      ? []
      : [{ method: 'certificate', certificateFile: resolve(workingDirectory, certificate) } as const]),
    ...(tokenFile === undefined
      ? []
      : [{ method: 'federated-token', from: { file: resolve(workingDirectory, tokenFile) } } as const]),
    ...(isGitHub(variables) ? [{ method: 'federated-token', from: 'github' } as const] : []),
    ...(isAzureDevOps(variables) ? [{ method: 'federated-token', from: 'azure-devops' } as const] : []),
  ];
}

function isGitHub(variables: SignInVariables): boolean {
  return Boolean(variables.ACTIONS_ID_TOKEN_REQUEST_URL && variables.ACTIONS_ID_TOKEN_REQUEST_TOKEN);
}

function isAzureDevOps(variables: SignInVariables): boolean {
  const { SYSTEM_OIDCREQUESTURI: uri, SYSTEM_ACCESSTOKEN: token } = variables;
  return Boolean(uri && token && variables.AZURESUBSCRIPTION_SERVICE_CONNECTION_ID);
}

function settingsOf(variables: SignInVariables): VariableSettings {
  const clientId = variables.AZURE_CLIENT_ID ?? variables.AZURESUBSCRIPTION_CLIENT_ID;
  const tenant = variables.AZURE_TENANT_ID ?? variables.AZURESUBSCRIPTION_TENANT_ID;
  const host = variables.AZURE_AUTHORITY_HOST;
  return {
    ...(clientId !== undefined && { clientId }),
    ...(tenant !== undefined && { tenant }),
    // Some write the host alone.
    ...(host !== undefined && { authorityUrl: host.includes('://') ? host : `https://${host}` }),
  };
}
