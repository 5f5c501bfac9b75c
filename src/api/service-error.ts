import * as z from 'zod';
import { clientSecretsIn } from '../connector/client-secret-text.ts';
import { ApiError } from '../errors.ts';
import { isWebPage, webPageAdvice, webPageWords } from './foreign-content.ts';
import { commandWord } from '../io/terminal/command-word.ts';
import { withoutEchoes } from '../io/terminal/concealment.ts';
import { correlationId } from '../io/net/answer.ts';
import { withoutQuery } from '../io/net/request-failure.ts';
import type { HttpRequest, HttpResponse } from '../io/net/exchange.ts';
import { isTooDeep } from '../json/syntax.ts';
import { isObject } from '../json/value.ts';

/** A member that is something else than expected is no reason to lose the others. */
const errorSchema = z.object({
  code: z
    .union([z.string(), z.number()])
    .nullish()
    .transform((code) => code?.toString())
    .catch(undefined),
  /** OData has it in an object with its language. */
  message: z
    .union([z.string(), z.object({ value: z.string() }).transform(({ value }) => value)])
    .nullish()
    .catch(undefined),
  /** Errors that the message only counts. */
  details: z
    .union([z.array(z.unknown()), z.looseObject({}).transform((detail) => [detail])])
    .nullish()
    .catch(undefined),
  /** An answer of the platform behind the service, as JSON text. */
  FullNonLocalizedError: z.string().nullish().catch(undefined),
});

const answerSchema = z.union([
  z.object({ error: errorSchema }).transform(({ error }) => error),
  z.object({ 'odata.error': errorSchema }).transform((answer) => answer['odata.error']),
  z
    .object({ error: z.string(), error_description: z.string().nullish(), message: z.string().nullish() })
    .transform(({ error, error_description: description, message }) => {
      const words = description ?? message;
      // A code is one word; a sentence in its place is what there is to say.
      return /\s/u.test(error.trim()) ? { code: undefined, message: words ?? error } : { code: error, message: words };
    }),
  z.object({ Message: z.string() }).transform(({ Message }) => ({ code: undefined, message: Message })),
  errorSchema.refine(({ message }) => message),
]);

interface InnermostError {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

/** Services wrap answers of services behind them; deeper than this is no answer but an attack. */
const deepest = 8;
/** Braces of a message at which JSON may begin; so many others are no words for people. */
const mostBraces = 8;
/** Characters of an answer that are shown: some hundred lines. */
const mostShown = 20_000;
/** Characters of a line of text that is not JSON and may be shown. */
const longestLine = 200;

/**
 * What the service really says. Its answers hold JSON in strings in JSON: the message of the innermost one is what went
 * wrong, with the code that came with it, or the nearest one outside.
 */
export function innermostError(text: string, depth = deepest): InnermostError {
  if (/^\s*(?:<\?xml[^>]*>\s*)?<Error>/u.test(text)) return storageError(text);
  const { success, data } = answerSchema.safeParse(parsed(text));
  if (!success) return {};
  const { code, message } = data;
  const inner = depth > 0 ? innerError(data, depth - 1) : {};
  return { code: inner.code ?? code, message: inner.message ?? message ?? undefined };
}

/** The content of an error: JSON in its message, else its details, else JSON next to it. */
function innerError(
  { message, details, FullNonLocalizedError: full }: Partial<z.infer<typeof errorSchema>>,
  depth: number,
): InnermostError {
  const embedded = innermostError(embeddedJson(message ?? '') ?? '', depth);
  if (embedded.message !== undefined) return embedded;
  const inDetails = (details ?? []).map((detail) => innermostError(JSON.stringify(detail), depth));
  const messages = inDetails.flatMap((detail) => detail.message ?? []);
  // Of several the code outside speaks for all.
  if (messages.length > 0)
    return { code: inDetails.length === 1 ? inDetails[0]?.code : undefined, message: messages.map(sentence).join(' ') };
  return innermostError(full ?? '', depth);
}

/** Blob storage answers in XML: a code and a message, whose further lines are a request ID and the time. */
function storageError(xml: string): InnermostError {
  const message = /<Message>([^<\n]*)/u.exec(xml)?.[1];
  return { code: /<Code>([^<]*)<\/Code>/u.exec(xml)?.[1], message };
}

/** The JSON object that a message is or ends with, ignoring text after it. */
function embeddedJson(message: string): string | undefined {
  const end = message.lastIndexOf('}') + 1;
  let start = message.indexOf('{');
  for (let brace = 0; brace < mostBraces && start !== -1; brace += 1) {
    const candidate = message.slice(start, end);
    if (parsed(candidate) !== undefined) return candidate;
    start = message.indexOf('{', start + 1);
  }
  return undefined;
}

/** The value of a JSON text. A string that contains JSON is unwrapped. */
function parsed(text: string): unknown {
  const value = parsedOnce(text.replace(/^\ufeff/u, ''));
  return typeof value === 'string' ? (parsedOnce(value) ?? value) : value;
}

function parsedOnce(text: string): unknown {
  try {
    return isTooDeep(text) ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

export interface ErrorSurroundings {
  /** Why the answer is none, where it does not say so itself. */
  readonly unsaid?: string | undefined;
  /** The environment that was asked. */
  readonly environment?: string | undefined;
}

/**
 * The error for an answer that says no: one sentence, with what scripts and support look for. As in the Python tool the
 * answer is pretty-printed, then status and URL follow; the URL without its query, which can be a shared access signature.
 *
 * @param doing What was tried, as the middle of a sentence: `update the connector x`.
 */
export function apiError(
  doing: string,
  request: HttpRequest,
  response: HttpResponse,
  { unsaid, environment }: ErrorSurroundings = {},
): ApiError {
  const { status, statusText } = response;
  const text = withoutSecretsOf(request, response.body.toString('utf8'));
  const { code, message } = innermostError(text);
  const id = correlationId(response);
  const facts = [code && joinedLines(code), `HTTP ${status}`].filter(Boolean).join(', ');
  const why = message ?? unsaid ?? unexplained(response, text);
  const kind = ['Success', 'Redirection', 'Client Error', 'Server Error'][Math.floor(status / 100) - 2];
  const reason = `${status} ${kind}: ${statusText} for url: ${withoutQuery(request.url)}`;
  return new ApiError(`Can't ${doing}: ${beginningOf(sentence(joinedLines(why)))} (${facts})`, {
    status,
    code,
    serviceMessage: message ?? bareText(response, text),
    correlationId: id,
    detail: id && `Correlation ID: ${id}`,
    answer: [prettyJson(text), reason].filter(Boolean).join('\n'),
    hint:
      unregisteredAdvice(why) ??
      (code === 'ApiResourceNotFound' ? findConnector(environment) : adviceByCode[code ?? '']) ??
      (why === webPageWords ? webPageAdvice : advice(response, environment)),
  });
}

/** Services repeat what they refuse. */
function withoutSecretsOf({ body }: HttpRequest, answer: string): string {
  const secrets = typeof body === 'string' ? clientSecretsIn(body) : [];
  if (secrets.length === 0) return answer;
  const value = parsed(answer);
  return value === undefined ? withoutEchoes(answer, secrets) : JSON.stringify(concealed(value, secrets));
}

/** Member names aren't values that were sent. */
function concealed(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === 'string') return secrets.includes(value) ? '***' : withoutEchoes(value, secrets);
  if (Array.isArray(value)) return value.map((item) => concealed(item, secrets));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, concealed(member, secrets)]));
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/u.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** So many lines are still one sentence. */
const mostJoined = 3;

/**
 * A text of a service that begins no line of ours: it could pass for one, or for a command to the runner of a pipeline. A
 * list stays a list, indented.
 */
function joinedLines(text: string): string {
  const lines = text.split(/[\r\n\v\f\u0085\u2028\u2029]+/u).filter((line) => line.trim() !== '');
  return lines.length <= mostJoined ? lines.map((line) => line.trim()).join(' ') : lines.join('\n  ');
}

/** An answer that is words alone, bare or as a JSON string. */
function bareText(response: HttpResponse, text: string): string | undefined {
  const value = parsed(text) ?? text.trim();
  return typeof value === 'string' && value !== '' && !isWebPage(response) ? value : undefined;
}

function unexplained(response: HttpResponse, text: string): string {
  if (text.trim() === '') return "the service didn't return a reason";
  if (isWebPage(response)) return webPageWords;
  const line = text.trim();
  const isWords = line.length <= longestLine && !/^[{[]|[\r\n\ufffd]/u.test(line);
  return isWords ? `the service returned: ${line}` : 'the service returned an unexpected response';
}

function prettyJson(text: string): string | undefined {
  const value = parsed(text);
  return value === undefined ? undefined : beginningOf(JSON.stringify(value, null, 2));
}

function beginningOf(text: string): string {
  const left = text.length - mostShown;
  return left <= 0 ? text : `${text.slice(0, mostShown)}\n… and ${left} characters more.`;
}

/** https://learn.microsoft.com/power-platform/admin/powershell-create-service-principal */
function unregisteredAdvice(message: string): string | undefined {
  const pattern =
    /service principal with id '[^']*' for application (?<id>[\da-f-]{36})\b.* does not have permission/iu;
  const id = pattern.exec(message)?.groups?.['id'];
  if (id === undefined) return undefined;
  return `A Power Platform administrator must register the application once: New-PowerAppManagementApp -ApplicationId ${id} (PowerShell module Microsoft.PowerApps.Administration.PowerShell).`;
}

const checkEnvironment = 'Check the environment ID.';
const listEnvironments = 'List your environments with:\n  paconn environments';

function findConnector(environment: string | undefined): string {
  const place = environment === undefined ? '' : ` --environment ${commandWord(environment)}`;
  return `It may have been deleted, or be in another environment. List the connectors of an environment with:\n  paconn list${place}`;
}

/** The codes are known from public issues, and the last from the tests of Terraform's provider for Power Platform. */
const adviceByCode: Readonly<Record<string, string>> = {
  DisplayNameIsInUse:
    'A connector with this name already exists. To create another one, change "title" in the API definition. To update it:\n  paconn deploy',
  PermissionBlockedByOfficeAI:
    "Microsoft 365 Copilot manages this environment, and custom connectors aren't allowed in it. Use another environment.",
  EnvironmentNotFound: `${checkEnvironment} ${listEnvironments}`,
  ServiceToServiceEnvironmentNotFound: `${checkEnvironment} A new environment can take some minutes to become available for connectors.\n${listEnvironments}`,
};

function advice({ status, headers }: HttpResponse, environment: string | undefined): string | undefined {
  if (status === 403)
    return `Check that your account has permission to do this${environment === undefined ? '' : ' in the environment'}.`;
  if (status === 429 || status === 503) {
    const after = headers['retry-after'];
    return `The service is busy. Try again later${after ? ` (Retry-After: ${after})` : ''}.`;
  }
  return undefined;
}
