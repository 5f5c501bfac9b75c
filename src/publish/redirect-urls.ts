import { authenticationOf, authenticationSchema } from '../connector/authentication.ts';
import type { RemoteState } from '../connector/connector.ts';
import type { Terminal } from '../io/terminal/terminal.ts';

/** Where an identity provider sends users back to after they signed in to a connector. */
export interface RedirectUrl {
  /** The name of the connection parameter set; null where there are no sets. */
  readonly set: string | null;
  readonly url: string;
}

/** The redirect URLs of a connector; none where it isn't known. */
export function redirectUrlsOf(current: RemoteState | undefined): readonly RedirectUrl[] {
  if (!current) return [];
  const { properties } = current.state.apiProperties.document.value;
  return authenticationOf(authenticationSchema.parse(properties)).flatMap(({ set, redirectUrl }) =>
    redirectUrl === null ? [] : [{ set, url: redirectUrl }],
  );
}

/**
 * Says which redirect URLs a connector has: makers have to register them with their identity provider, and each connector in
 * each environment has its own.
 */
export function reportRedirectUrls(current: RemoteState | undefined, { note }: Terminal): void {
  for (const { set, url } of redirectUrlsOf(current)) {
    note(`Redirect URL${set === null ? '' : ` of ${set}`}: ${url}`);
  }
}
