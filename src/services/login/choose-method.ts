import { resolve } from 'node:path';
import * as z from 'zod';
import type { SignInRequest } from '../../auth/sign-in-request.ts';
import type { Context } from '../../context.ts';
import { UsageError } from '../../errors.ts';
import { fromStdin, readSecret } from '../../settings/secret-text.ts';
import {
  applicationFromVariables,
  type ApplicationRequest,
  identityFromVariables,
  type VariableSettings,
} from '../../settings/sign-in-variables.ts';
import type { GivenSettings } from '../../settings/settings.ts';

/** The flags of `login` that say how to sign in. */
export const methodFlagsSchema = z.object({
  browser: z.boolean().default(false),
  servicePrincipal: z.boolean().default(false),
  applicationSecret: z.string().optional(),
  certificateFile: z.string().optional(),
  federatedTokenFile: z.string().optional(),
  managedIdentity: z.boolean().default(false),
  azureCli: z.boolean().default(false),
});

export type MethodFlags = z.infer<typeof methodFlagsSchema>;

export interface ChosenMethod {
  readonly request: SignInRequest;
  /** What environment variables add to the settings that were given. */
  readonly settings: VariableSettings;
}

/**
 * The sign-in method that the flags choose: a device code unless another is named. Asks for a client secret that is nowhere
 * else. Raises {@link UsageError} for flags that exclude each other, and for what is missing without a terminal to prompt at.
 */
export async function requestOf(
  flags: MethodFlags,
  given: Partial<GivenSettings>,
  context: Context,
): Promise<ChosenMethod> {
  const { browser, managedIdentity, azureCli } = flags;
  const application = applicationFlags(flags);
  const chosen = [
    ...(browser ? ['--browser'] : []),
    ...application.slice(0, 1),
    ...(managedIdentity ? ['--managed-identity'] : []),
    ...(azureCli ? ['--azure-cli'] : []),
  ];
  if (chosen.length > 1) throw new UsageError(`${chosen.join(' and ')} can't be used together.`);
  if (browser) return { request: { method: 'browser' }, settings: {} };
  if (azureCli) return { request: { method: 'azure-cli' }, settings: {} };
  if (managedIdentity) return { request: identityRequest(given, context), settings: {} };
  if (application.length > 0) return await applicationMethod(flags, given, context);
  return { request: { method: 'device-code' }, settings: {} };
}

/** Those flags that ask for a sign-in as an application, as they are written. */
function applicationFlags({ servicePrincipal, ...flags }: MethodFlags): string[] {
  const { applicationSecret, certificateFile, federatedTokenFile } = flags;
  return [
    ...(servicePrincipal ? ['--service-principal'] : []),
    ...(applicationSecret === undefined ? [] : ['--client-secret']),
    ...(certificateFile === undefined ? [] : ['--certificate']),
    ...(federatedTokenFile === undefined ? [] : ['--federated-token-file']),
  ];
}

function identityRequest(given: Partial<GivenSettings>, context: Context): SignInRequest {
  const clientId = given.clientId ?? identityFromVariables(context);
  return { method: 'managed-identity', ...(clientId !== undefined && { clientId }) };
}

async function applicationMethod(
  flags: MethodFlags,
  given: Partial<GivenSettings>,
  context: Context,
): Promise<ChosenMethod> {
  const [first, second] = applicationFlags({ ...flags, servicePrincipal: false });
  if (second !== undefined) throw new UsageError(`${first} and ${second} can't be used together.`);
  const found = applicationFromVariables(context);
  const settings = { ...found.settings, ...definedOf(given) };
  if (settings.clientId === undefined || settings.tenant === undefined) {
    throw new UsageError('An application signs in by its client ID, to one tenant.', {
      hint: 'Pass --client-id <application> and --tenant <tenant>, or set AZURE_CLIENT_ID and AZURE_TENANT_ID.',
    });
  }
  const request = (await requestFromFlags(flags, context)) ?? found.request ?? (await askForApplicationSecret(context));
  if (request.method === 'client-secret') context.terminal.concealGiven(request.secret);
  return { request, settings };
}

function definedOf({ clientId, tenant, authorityUrl }: Partial<GivenSettings>): VariableSettings {
  return {
    ...(clientId !== undefined && { clientId }),
    ...(tenant !== undefined && { tenant }),
    ...(authorityUrl !== undefined && { authorityUrl }),
  };
}

async function requestFromFlags(
  { applicationSecret, certificateFile, federatedTokenFile }: MethodFlags,
  context: Context,
): Promise<ApplicationRequest | undefined> {
  const absolute = (path: string): string => resolve(context.workingDirectory, path);
  if (certificateFile !== undefined) return { method: 'certificate', certificateFile: absolute(certificateFile) };
  if (federatedTokenFile !== undefined)
    return { method: 'federated-token', from: { file: absolute(federatedTokenFile) } };
  if (applicationSecret === undefined) return undefined;
  if (applicationSecret !== fromStdin) {
    throw new UsageError(
      "Other users of this computer can read command lines, so --client-secret doesn't accept a secret.",
      {
        hint: 'Pass --client-secret - and the secret on stdin, or set PACONN_SP_SECRET.',
      },
    );
  }
  return secretOf(await readSecret(context.terminal, secretQuestion));
}

async function askForApplicationSecret({ terminal }: Context): Promise<ApplicationRequest> {
  if (!terminal.interactive) {
    throw new UsageError('No credential for the service principal was provided.', {
      hint: 'Set PACONN_SP_SECRET, or pass --client-secret - with the secret on stdin, --certificate <file>, or --federated-token-file <file>.',
    });
  }
  return secretOf(await readSecret(terminal, secretQuestion));
}

const secretQuestion = {
  message: 'Client secret of the application',
  insteadPass: '--client-secret - and the secret on stdin, or set PACONN_SP_SECRET',
};

function secretOf(secret: string): ApplicationRequest {
  if (secret !== '') return { method: 'client-secret', secret };
  throw new UsageError('The client secret is empty.');
}
