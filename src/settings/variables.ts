import * as z from 'zod';
import { UsageError } from '../errors.ts';
import { mismatch } from '../json/mismatch.ts';
import { outputFormats } from './defaults.ts';
import { type CloudName, cloudNames } from './clouds.ts';

/** Environment variables with a meaning for us. An empty one is as good as none. */
const variablesSchema = z.object({
  /** Where the sign-in is stored: encrypted with a key in the keychain if there is one, or as requested. */
  PACONN_TOKEN_STORE: z.enum(['auto', 'keychain', 'file']).default('auto'),
  /** Hosts besides Microsoft's that can receive tokens, separated by commas; `*.` at the start includes all subdomains. */
  PACONN_TRUSTED_HOSTS: z
    .string()
    .default('')
    .transform((hosts, context) => {
      const written = hosts.split(/[\s,;]+/u).filter((host) => host !== '');
      const patterns = written.map(hostPattern);
      const wrong = written.find((_host, index) => patterns[index] === undefined);
      if (wrong !== undefined)
        context.addIssue(`has '${wrong}', which isn't a host such as api.example.com or *.example.com`);
      return patterns.filter((pattern) => pattern !== undefined);
    }),
  /** The OAuth 2.0 client secret of the connector, in the form of `--client-secret`. */
  PACONN_CLIENT_SECRET: z.string().optional(),
  /** The cloud to work in where neither flags nor settings file say, or lead to one. */
  PACONN_CLOUD: z.enum(cloudNames).optional(),
  /** The account to use, in the form of `--account`. */
  PACONN_ACCOUNT: z.string().optional(),
  /** The environment to work in, in the form of `--environment`, instead of the one in a settings file. */
  PACONN_ENVIRONMENT: z.string().optional(),
  /** The output format, in the form of `--output`. */
  PACONN_OUTPUT: z.enum(outputFormats).optional(),
  /** The version of results, in the form of `--json-version`. */
  PACONN_JSON_VERSION: z.enum(['1', '2']).optional(),
  /** Choices as numbered lists; `main.ts` reads it. */
  PACONN_PROMPT: z.enum(['line']).optional(),
  /** After how many seconds without a response a request fails. */
  PACONN_HTTP_TIMEOUT: z.coerce.number().positive().max(3600).optional(),
});

/**
 * A host in the way of URLs, with which it's compared: people also write `https://` in front, a dot at the end, and letters beyond
 * ASCII. Undefined for a text that can be no host, or no host alone.
 */
function hostPattern(written: string): string | undefined {
  const [, below = '', host = '', port = ''] = /^(?:https?:\/\/)?(\*\.)?([^*]+?)(:\d{1,5})?\/?$/iu.exec(written) ?? [];
  const url = URL.canParse(`https://${host}`) ? new URL(`https://${host}`) : undefined;
  if (!url || url.href !== `https://${url.hostname}/`) return undefined;
  const name = url.hostname.replace(/\.$/u, '');
  return name === '' ? undefined : below + name + port;
}

export interface Variables {
  readonly tokenStore: 'auto' | 'keychain' | 'file';
  readonly trustedHosts: readonly string[];
  readonly clientSecret: string | undefined;
  readonly cloud: CloudName | undefined;
  readonly account: string | undefined;
  readonly environment: string | undefined;
  readonly output: string | undefined;
  readonly jsonVersion: string | undefined;
  readonly timeoutSeconds: number;
  /** The same for requests that the service may work on for minutes. */
  readonly slowTimeoutSeconds: number;
}

const defaultTimeout = 100;

/** Gateways give up after four minutes or so; who waits longer than they do gets their answer. */
const defaultSlowTimeout = 300;

/** Reads the environment variables. Raises {@link UsageError} for one with a value it cannot have. */
export function readVariables(given: Readonly<Record<string, string | undefined>>): Variables {
  const data = parseVariables(given, variablesSchema);
  return {
    tokenStore: data.PACONN_TOKEN_STORE,
    trustedHosts: data.PACONN_TRUSTED_HOSTS,
    clientSecret: data.PACONN_CLIENT_SECRET,
    cloud: data.PACONN_CLOUD,
    account: data.PACONN_ACCOUNT,
    environment: data.PACONN_ENVIRONMENT,
    output: data.PACONN_OUTPUT,
    jsonVersion: data.PACONN_JSON_VERSION,
    timeoutSeconds: data.PACONN_HTTP_TIMEOUT ?? defaultTimeout,
    slowTimeoutSeconds: data.PACONN_HTTP_TIMEOUT ?? defaultSlowTimeout,
  };
}

/** What a schema reads in environment variables, where an empty one is as good as none. Raises {@link UsageError}. */
export function parseVariables<Shape extends z.ZodRawShape>(
  given: Readonly<Record<string, string | undefined>>,
  schema: z.ZodObject<Shape>,
): z.output<z.ZodObject<Shape>> {
  // Each is asked for by its name: on Windows letter case is no difference to that.
  const set = Object.fromEntries(Object.keys(schema.shape).map((name) => [name, given[name] || undefined]));
  const { success, data, error } = schema.safeParse(set);
  if (success) return data;
  const why = mismatch(error, undefined, ([name]) => String(name));
  const [issue] = error.issues;
  const example = issue?.code === 'invalid_value' ? `, such as ${issue.path.join('')}=${String(issue.values[0])}` : '';
  throw new UsageError(`The environment variable ${why}.`, {
    hint: `Set a valid value${example}, or unset it.`,
    cause: error,
  });
}
