import type { IncomingHttpHeaders } from 'node:http';

/** A request as the services of the cloud see it. */
export interface CloudRequest {
  readonly method: string;
  /** Scheme, host and port the request came to; addresses in answers start with it. */
  readonly origin: string;
  /** The path, encoded as it was sent. */
  readonly path: string;
  /** What follows the question mark, encoded as it was sent. */
  readonly rawQuery: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface CloudAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

/** Thrown by a check that a request fails; carries the answer. */
export class Refusal extends Error {
  readonly answer: CloudAnswer;

  constructor(answer: CloudAnswer) {
    super(`refused with ${answer.status}`);
    this.answer = answer;
  }
}

export function jsonAnswer(status: number, value: unknown, headers?: Readonly<Record<string, string>>): CloudAnswer {
  return jsonTextAnswer(status, JSON.stringify(value), headers);
}

/** For JSON whose text matters: numbers and key order stay as written. */
export function jsonTextAnswer(status: number, body: string, headers?: Readonly<Record<string, string>>): CloudAnswer {
  return { status, headers: { 'content-type': 'application/json; charset=utf-8', ...headers }, body };
}

/** The error shape of the resource providers. */
export function serviceError(
  status: number,
  code: string,
  message: string,
  headers?: Readonly<Record<string, string>>,
): CloudAnswer {
  return jsonAnswer(status, { error: { code, message } }, headers);
}

export function refuse(status: number, code: string, message: string): Refusal {
  return new Refusal(serviceError(status, code, message));
}
