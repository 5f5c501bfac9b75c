import * as z from 'zod';

/** One way in which users of a connector sign in. */
export interface ConnectorAuthentication {
  /** The name of the connection parameter set; null where there are no sets. */
  readonly set: string | null;
  readonly kind: 'none' | 'oauth2' | 'basic' | 'apiKey' | 'other';
  /** Who signs users in, for `oauth2`: `aad` for Entra ID, `oauth2` for any other. */
  readonly identityProvider: string | null;
  /** Where that sends users back to, for `oauth2`. */
  readonly redirectUrl: string | null;
}

const text = z.string().nullish().catch(null);

const parameterSchema = z.object({
  type: text,
  oAuthSettings: z.object({ identityProvider: text, redirectUrl: text }).nullish().catch(null),
});

const parametersSchema = z.record(z.string(), parameterSchema.catch({})).nullish().catch(null);

/** Read loosely: what is odd is the service's, and no reason not to tell the rest. */
export const authenticationSchema = z.object({
  connectionParameters: parametersSchema,
  connectionParameterSets: z
    .object({
      values: z.array(z.object({ name: text, parameters: parametersSchema })).nullish(),
    })
    .nullish()
    .catch(null),
});

type Parameters = z.infer<typeof parametersSchema>;

/** The ways in which users of a connector sign in, by its connection parameters: never empty. */
export function authenticationOf({
  connectionParameters,
  connectionParameterSets,
}: z.infer<typeof authenticationSchema>): readonly ConnectorAuthentication[] {
  const sets = connectionParameterSets?.values ?? [];
  if (sets.length === 0) return [authentication(null, connectionParameters)];
  return sets.map(({ name, parameters }) => authentication(name ?? null, parameters));
}

function authentication(set: string | null, parameters: Parameters): ConnectorAuthentication {
  const all = Object.entries(parameters ?? {});
  const [, oauth] = all.find(([, { type }]) => type?.toLowerCase() === 'oauthsetting') ?? [];
  if (oauth) {
    const { identityProvider, redirectUrl } = oauth.oAuthSettings ?? {};
    return { set, kind: 'oauth2', identityProvider: identityProvider ?? null, redirectUrl: redirectUrl || null };
  }
  const names = new Set(all.map(([name]) => name.toLowerCase()));
  const isSecret = all.some(([, { type }]) => type?.toLowerCase() === 'securestring');
  const kind =
    all.length === 0
      ? 'none'
      : names.has('username') && names.has('password')
        ? 'basic'
        : isSecret
          ? 'apiKey'
          : 'other';
  return { set, kind, identityProvider: null, redirectUrl: null };
}
