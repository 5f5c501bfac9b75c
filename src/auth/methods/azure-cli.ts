import * as z from 'zod';
import { InterruptedError, NotSignedInError, UsageError } from '../../errors.ts';
import { parseJson } from '../../json/parse.ts';
import { type ProgramOutput, runProgram } from '../../io/run-program.ts';
import type { Authentication, RenewalOptions } from '../sign-in-request.ts';
import { isOneTenant } from '../tenant.ts';
import { foreignToken } from './foreign-token.ts';

/** https://learn.microsoft.com/cli/azure/account#az-account-get-access-token; `expires_on` is there from 2.54 on. */
const answerSchema = z.object({ accessToken: z.string().min(1), expires_on: z.coerce.number().optional() });

/** On Windows a command line goes through a shell, and a settings file from someone else can name both values. */
const harmless = /^\w[\w:/.-]*$/u;

/** A token of who is signed in at the Azure CLI. Raises {@link NotSignedInError} when it gives none. */
export async function signInByAzureCli(options: RenewalOptions): Promise<Authentication> {
  const { tenant, resource } = options.settings;
  const bare = resource.replace(/\/\.default$/u, '');
  const tenantArguments = isOneTenant(tenant) ? ['--tenant', tenant] : [];
  for (const value of [bare, ...tenantArguments.slice(1)]) {
    if (!harmless.test(value)) throw new UsageError(`'${value}' can't be passed to the Azure CLI.`);
  }
  const args = ['account', 'get-access-token', '--resource', bare, '--output', 'json', ...tenantArguments];
  const login = ['az login', ...tenantArguments].join(' ');
  const output = await run(args, options);
  const { data } = output.exitCode === 0 ? answerSchema.safeParse(parseJson(output.stdout)) : {};
  if (!data) {
    throw new NotSignedInError(`The Azure CLI didn't return a token: ${complaint(output)}`, {
      hint: `Sign in with:\n  ${login}`,
    });
  }
  const { accessToken: value, expires_on: expiresOn } = data;
  return foreignToken({ value, ...(expiresOn !== undefined && { expiresOn }) }, options, 'The token of the Azure CLI');
}

async function run(args: readonly string[], options: RenewalOptions): Promise<ProgramOutput> {
  const { variables, timeout, signal } = options;
  const output = await runProgram('az', args, { variables, timeout, signal });
  if (output === 'missing') {
    throw new NotSignedInError("The Azure CLI isn't installed, or isn't on the PATH.", {
      hint: 'Install it (https://aka.ms/azure-cli) and run az login, or use another method:\n  paconn login',
    });
  }
  if (output === 'late') {
    throw new NotSignedInError(`The Azure CLI didn't respond within ${timeout / 1000} seconds.`, {
      hint: 'To wait longer, set PACONN_HTTP_TIMEOUT to a number of seconds. To check the Azure CLI:\n  az account get-access-token',
    });
  }
  if (output === 'interrupted') throw new InterruptedError();
  return output;
}

/** Its error in one line, without the word that marks it. */
function complaint({ stderr, exitCode }: ProgramOutput): string {
  const lines = stderr.split(/\r?\n/u);
  const line = lines.find((candidate) => candidate.startsWith('ERROR:')) ?? lines.find((candidate) => candidate.trim());
  const words = line
    ?.replace(/^ERROR:\s*/u, '')
    .replace(/(?<!\s)\s+Trace ID:.*$/u, '')
    .trim();
  if (!words) return exitCode === 0 ? "its output isn't valid." : `it ended with exit code ${exitCode}.`;
  return /[.!?]$/u.test(words) ? words : `${words}.`;
}
