import { serviceError, type CloudAnswer, type CloudRequest } from './exchange.ts';

/** `segment` gives the text that stood for a `:name` of the pattern. */
export type Handler = (request: CloudRequest, segment: (name: string) => string) => CloudAnswer;

interface Route {
  readonly method: string;
  readonly pattern: RegExp;
  readonly handler: Handler;
}

/** Paths such as `/apis/:id` to handlers. */
export class Router {
  readonly #routes: Route[] = [];

  on(method: string, pattern: string, handler: Handler): this {
    const expression = pattern.replaceAll('.', '\\.').replaceAll(/:(\w+)/g, '(?<$1>[^/]+)');
    this.#routes.push({ method, pattern: new RegExp(`^${expression}$`), handler });
    return this;
  }

  /** Nothing when the path belongs to somebody else. */
  answer(request: CloudRequest): CloudAnswer | undefined {
    let known = false;
    for (const { method, pattern, handler } of this.#routes) {
      const match = pattern.exec(request.path);
      if (!match) continue;
      if (method === request.method) return handler(request, (name) => decoded(match.groups?.[name] ?? ''));
      known = true;
    }
    if (!known) return undefined;
    const message = `The requested resource does not support http method '${request.method}'.`;
    return serviceError(405, 'MethodNotAllowed', message);
  }
}

/** A stray percent sign is not worth failing over: it will just name nothing that is known. */
function decoded(segment: string): string {
  return /%(?![\dA-Fa-f]{2})/.test(segment) ? segment : decodeURIComponent(segment);
}
