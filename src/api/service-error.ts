import * as z from 'zod';
import { ApiError } from '../errors.ts';
import { correlationId, type HttpRequest, type HttpResponse, withoutQuery } from '../io/http.ts';

const errorSchema = z.object({
  code: z
    .union([z.string(), z.number()])
    .nullish()
    .transform((code) => code?.toString()),
  message: z.string().nullish(),
});

const answerSchema = z.union([
  z.object({ error: errorSchema }).transform(({ error }) => error),
  z.object({ 'odata.error': errorSchema }).transform((answer) => answer['odata.error']),
  z.object({ error: z.string(), error_description: z.string() }).transform((answer) => ({
    code: answer.error,
    message: answer.error_description,
  })),
  z.object({ Message: z.string() }).transform(({ Message }) => ({ code: undefined, message: Message })),
  errorSchema.refine(({ message }) => message),
]);

interface InnermostError {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
}

/** Services wrap answers of services behind them; deeper than this is no answer but an attack. */
const deepest = 8;

/**
 * What the service really says. Its answers hold JSON in strings in JSON: the message of the innermost one is what went
 * wrong, with the code that came with it, or the nearest one outside.
 */
export function innermostError(text: string, depth = deepest): InnermostError {
  if (text.includes('<Error>')) return storageError(text);
  const { success, data } = answerSchema.safeParse(parsed(text));
  if (!success) return {};
  const { code, message } = data;
  const inner = message && depth > 0 ? innermostError(embeddedJson(message), depth - 1) : {};
  return { code: inner.code ?? code, message: inner.message ?? message ?? undefined };
}

/** Blob storage answers in XML: a code and a message, whose further lines are a request ID and the time. */
function storageError(xml: string): InnermostError {
  const message = /<Message>([^<\n]*)/u.exec(xml)?.[1];
  return { code: /<Code>([^<]*)<\/Code>/u.exec(xml)?.[1], message };
}

/** The JSON object that a message is, or holds between its first and its last brace. */
function embeddedJson(message: string): string {
  const start = message.indexOf('{');
  return start === -1 ? '' : message.slice(start, message.lastIndexOf('}') + 1);
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    // A string that holds JSON is one more wrapping.
    return typeof value === 'string' ? JSON.parse(value) : value;
  } catch {
    return undefined;
  }
}

/**
 * The error for an answer that says no. As in paconn the answer follows pretty-printed, then status and URL; the URL
 * without its query, which can be a shared access signature.
 *
 * @param doing What was tried, as the middle of a sentence: `update the connector x`.
 */
export function apiError(doing: string, request: HttpRequest, response: HttpResponse): ApiError {
  const { status, statusText } = response;
  const text = response.body.toString('utf8');
  const { code, message } = innermostError(text);
  const id = correlationId(response);
  const facts = [code, id && `correlation ID ${id}`].filter(Boolean).join(', ');
  const why = message ?? unexplained(response, text);
  const kind = status < 500 ? 'Client Error' : 'Server Error';
  const reason = `${status} ${status < 400 ? 'Redirection' : kind}: ${statusText} for url: ${withoutQuery(request.url)}`;
  return new ApiError(`Could not ${doing}: ${sentence(why)}${facts && ` (${facts})`}`, {
    status,
    code,
    serviceMessage: message,
    detail: [prettyJson(text), reason].filter(Boolean).join('\n'),
    hint: advice(response),
  });
}

function sentence(text: string): string {
  const trimmed = text.trim();
  return /[.!?]$/u.test(trimmed) ? trimmed : `${trimmed}.`;
}

function unexplained({ status, headers }: HttpResponse, text: string): string {
  if (text.trim() === '') return `the service answered ${status} and nothing else`;
  if (headers['content-type']?.includes('html') || /^\s*</u.test(text)) {
    return `a web page came with status ${status}, not an answer of the service; a proxy or gateway may have sent it`;
  }
  return `the service answered ${status}`;
}

function prettyJson(text: string): string | undefined {
  const value = parsed(text);
  return value === undefined ? undefined : JSON.stringify(value, null, 2);
}

function advice({ status, headers }: HttpResponse): string | undefined {
  if (status === 403) return 'Check that the signed-in user may do this in this environment.';
  if (status === 429 || status === 503) {
    const after = headers['retry-after'];
    return `The service is busy. Try again ${after ? `after the pause it asks for (Retry-After: ${after})` : 'later'}.`;
  }
  return undefined;
}
