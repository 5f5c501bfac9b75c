import { type AxiosResponse, isAxiosError } from 'axios';
import type { HttpResponse } from './exchange.ts';

/** The answer that axios raised. One that broke off has a head, but no body. */
export function wholeAnswer(error: unknown): AxiosResponse<Buffer> | undefined {
  return isAxiosError<Buffer>(error) && Buffer.isBuffer(error.response?.data) ? error.response : undefined;
}

/** An answer as the rest of the program knows it: with the names of headers in lower case. */
export function toResponse({ status, statusText, headers, data }: AxiosResponse<Buffer>): HttpResponse {
  const texts = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return { status, statusText, headers: Object.fromEntries(texts), body: data };
}

/** An answer in a line of `--verbose`. */
export function answerWords(response: HttpResponse): string {
  const id = correlationId(response);
  return `${response.status}${id === undefined ? '' : `, correlation ID ${id}`}`;
}

/** The ID by which support finds a request. */
export function correlationId({ headers }: HttpResponse): string | undefined {
  return headers['x-ms-correlation-request-id'] ?? headers['x-ms-correlation-id'] ?? headers['x-ms-request-id'];
}
