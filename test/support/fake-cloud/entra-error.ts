import { randomUUID } from 'node:crypto';
import { jsonAnswer, Refusal, type CloudAnswer } from './exchange.ts';

export interface EntraFailure {
  /** The code of the protocol, such as `invalid_grant`. */
  readonly error: string;
  /** What comes before the trace IDs; starts with the number, as in `AADSTS700082: …`. */
  readonly description: string;
  readonly suberror?: string;
  readonly status?: number;
}

/** The error shape of Entra's endpoints. */
export function entraError({ error, description, suberror, status = 400 }: EntraFailure): CloudAnswer {
  const traceId = randomUUID();
  const correlationId = randomUUID();
  const timestamp = `${new Date().toISOString().slice(0, 19).replace('T', ' ')}Z`;
  const code = /^AADSTS(\d+)/.exec(description)?.[1];
  const facts = `Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`;
  return jsonAnswer(status, {
    error,
    error_description: `${description} ${facts}`,
    error_codes: code === undefined ? [] : [Number(code)],
    timestamp,
    trace_id: traceId,
    correlation_id: correlationId,
    ...(code !== undefined && { error_uri: `https://login.microsoftonline.com/error?code=${code}` }),
    ...(suberror !== undefined && { suberror }),
  });
}

export function entraRefusal(error: string, description: string): Refusal {
  return new Refusal(entraError({ error, description }));
}
