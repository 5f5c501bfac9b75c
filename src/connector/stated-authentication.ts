import * as z from 'zod';
import type { ApiDefinition } from './api-definition.ts';
import type { NewAuthentication } from './new-authentication.ts';

/** What an API definition says about how one signs in, as far as it does. */
export interface StatedAuthentication {
  readonly kind?: NewAuthentication['kind'];
  readonly header?: string | undefined;
  readonly authorizationUrl?: string | undefined;
  readonly tokenUrl?: string | undefined;
  readonly scopes?: readonly string[];
}

const text = z.string().optional().catch(undefined);

const definitionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('basic') }),
  z.object({ type: z.literal('apiKey'), name: text }),
  z.object({
    type: z.literal('oauth2'),
    authorizationUrl: text,
    tokenUrl: text,
    scopes: z.record(z.string(), z.unknown()).optional().catch(undefined),
  }),
]);

/** The first way that a connector can go. */
export function statedAuthentication(definition: ApiDefinition): StatedAuthentication {
  const { data = {} } = z.record(z.string(), z.unknown()).safeParse(definition['securityDefinitions']);
  const [stated] = Object.values(data).flatMap((one) => definitionSchema.safeParse(one).data ?? []);
  switch (stated?.type) {
    case undefined:
      return {};
    case 'basic':
      return { kind: 'basic' };
    case 'apiKey':
      return { kind: 'api-key', header: stated.name };
    case 'oauth2': {
      const { authorizationUrl, tokenUrl, scopes = {} } = stated;
      return { kind: 'oauth2', authorizationUrl, tokenUrl, scopes: Object.keys(scopes) };
    }
  }
}
