import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { deliver } from './delivery.ts';
import { Refusal, serviceError, type CloudAnswer, type CloudRequest } from './exchange.ts';
import { faultAnswer, type Faults } from './faults.ts';
import { receive } from './listener.ts';
import type { RequestLog } from './request-log.ts';

/** Answers the requests to some paths, and nothing to others. */
export interface Service {
  readonly answer: (request: CloudRequest) => CloudAnswer | undefined;
}

export interface FrontDoorParts {
  readonly services: readonly Service[];
  /** The paths that may get an access token. */
  readonly withTokens: RegExp;
  readonly faults: Faults;
  readonly log: RequestLog;
  readonly latency: () => number;
  /** Told what no client may do, and of faults of our own. */
  readonly violate: (what: string) => void;
}

/** Where requests arrive: written down, delayed or spoilt if a test says so, and handed to the service they are for. */
export class FrontDoor {
  readonly #parts: FrontDoorParts;

  constructor(parts: FrontDoorParts) {
    this.#parts = parts;
  }

  async serve(message: IncomingMessage, response: ServerResponse, origin: string): Promise<void> {
    const { faults, log, latency } = this.#parts;
    const arrived = performance.now();
    const request = await received(message, origin);
    if (!request) return;
    const entry = log.begin(request, arrived);
    response.once('close', () => entry.end(response.headersSent ? response.statusCode : undefined));
    const fault = faults.take(request);
    const delay = latency() + (fault?.latency ?? 0);
    if (delay > 0) await sleep(delay, undefined, { ref: false });
    fault?.meanwhile?.();
    if (fault?.action === 'hang') return;
    if (fault?.action === 'reset') {
      response.destroy();
      return;
    }
    const spoilt = fault && faultAnswer(fault);
    const answer = spoilt && !fault.hasEffect ? spoilt : this.#answer(request);
    if (fault?.answerLatency) await sleep(fault.answerLatency, undefined, { ref: false });
    deliver(response, spoilt ?? answer, fault?.action);
  }

  #answer(request: CloudRequest): CloudAnswer {
    const { services, withTokens, violate } = this.#parts;
    if (request.headers.authorization !== undefined && !withTokens.test(request.path)) {
      violate(`${request.method} ${request.path} carries an Authorization header`);
    }
    try {
      for (const service of services) {
        const answer = service.answer(request);
        if (answer) return answer;
      }
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      violate(`${request.method} ${request.path} broke the fake cloud: ${String(error)}`);
      return serviceError(500, 'InternalServerError', 'Encountered internal server error.');
    }
    const uri = `${request.origin}${request.path}`;
    return serviceError(404, 'NotFound', `No HTTP resource was found that matches the request URI '${uri}'.`);
  }
}

/** Nothing when the client went away in the middle. */
async function received(message: IncomingMessage, origin: string): Promise<CloudRequest | undefined> {
  try {
    return await receive(message, origin);
  } catch {
    return undefined;
  }
}
