import { randomBytes, randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { CloudAnswer } from './exchange.ts';
import type { FaultAction } from './faults.ts';

/** Sends an answer, or what a fault leaves of it. */
export function deliver(response: ServerResponse, answer: CloudAnswer, action?: FaultAction): void {
  if (action === 'resetAfter') {
    response.destroy();
    return;
  }
  const text = action === 'empty' ? '' : (answer.body ?? '');
  const body = action === 'garbage' ? randomBytes(64) : Buffer.from(text);
  response.writeHead(answer.status, {
    'x-ms-request-id': randomUUID(),
    'cache-control': 'no-store',
    ...answer.headers,
    // Kept at the full length when the answer is cut, so that the client can tell.
    'content-length': body.length,
  });
  const half = body.subarray(0, Math.floor(body.length / 2));
  if (action === 'truncate') {
    response.write(half, () => response.destroy());
  } else if (action === 'stall') {
    response.write(half);
  } else {
    response.end(body);
  }
}
