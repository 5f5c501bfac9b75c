/** How one signs in to an API, as far as connectors know it. */
export type NewAuthentication =
  | { readonly kind: 'none' }
  | { readonly kind: 'api-key'; readonly header: string }
  | { readonly kind: 'basic' }
  | {
      readonly kind: 'oauth2';
      readonly clientId: string;
      /** What an API definition lacks stays missing, and is found by `validate`. */
      readonly authorizationUrl: string | undefined;
      readonly tokenUrl: string | undefined;
      readonly scopes: readonly string[];
    }
  | {
      readonly kind: 'entra-id';
      readonly clientId: string;
      readonly resourceUri: string;
      readonly scopes: readonly string[];
    };

export const authenticationKinds = ['none', 'api-key', 'basic', 'oauth2', 'entra-id'] as const;

type Json = Readonly<Record<string, unknown>>;

const entraId = 'https://login.microsoftonline.com';

/** What an API definition says about it, by the name under which it says it; undefined when there is nothing to say. */
export function securityDefinition(authentication: NewAuthentication): readonly [name: string, Json] | undefined {
  switch (authentication.kind) {
    case 'none':
      return undefined;
    case 'api-key':
      return ['api_key', { type: 'apiKey', in: 'header', name: authentication.header }];
    case 'basic':
      return ['basic', { type: 'basic' }];
    case 'oauth2': {
      const { authorizationUrl, tokenUrl, scopes } = authentication;
      return ['oauth2', oAuth2(authorizationUrl, tokenUrl, scopes)];
    }
    case 'entra-id': {
      const { scopes } = authentication;
      return [
        'oauth2',
        oAuth2(`${entraId}/common/oauth2/v2.0/authorize`, `${entraId}/common/oauth2/v2.0/token`, scopes),
      ];
    }
  }
}

function oAuth2(authorizationUrl: string | undefined, tokenUrl: string | undefined, scopes: readonly string[]): Json {
  const described = Object.fromEntries(scopes.map((scope) => [scope, scope]));
  return { type: 'oauth2', flow: 'accessCode', authorizationUrl, tokenUrl, scopes: described };
}

/**
 * What API properties ask whoever makes a connection. The members are those of
 * https://learn.microsoft.com/connectors/custom-connectors/connection-parameters.
 */
export function connectionParameters(authentication: NewAuthentication): Json {
  switch (authentication.kind) {
    case 'none':
      return {};
    case 'api-key':
      return { api_key: textParameter('securestring', 'API key', 'The API key.', 2) };
    case 'basic':
      return {
        username: textParameter('string', 'User name', 'The name of the user.', 2),
        password: textParameter('securestring', 'Password', 'The password of the user.', 3),
      };
    case 'oauth2': {
      const { clientId, scopes, authorizationUrl, tokenUrl } = authentication;
      const urls = { authorizationUrl, tokenUrl, refreshUrl: tokenUrl };
      return { token: tokenParameter({ identityProvider: 'oauth2', clientId, scopes, customParameters: urls }) };
    }
    case 'entra-id': {
      const { clientId, scopes, resourceUri } = authentication;
      const token = tokenParameter({
        identityProvider: 'aad',
        clientId,
        scopes,
        properties: { AzureActiveDirectoryResourceId: resourceUri },
        customParameters: { loginUri: entraId, tenantId: 'common', resourceUri, enableOnbehalfOfLogin: 'false' },
      });
      return { token, 'token:TenantId': tenantParameter };
    }
  }
}

function textParameter(
  type: 'string' | 'securestring',
  displayName: string,
  description: string,
  tabIndex: number,
): Json {
  const constraints = { tabIndex, clearText: type === 'string', required: 'true' };
  return { type, uiDefinition: { displayName, description, tooltip: description, constraints } };
}

interface OAuthSettings {
  readonly identityProvider: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly properties?: Json;
  readonly customParameters: Readonly<Record<string, string | undefined>>;
}

function tokenParameter({ properties, customParameters, ...settings }: OAuthSettings): Json {
  const oAuthSettings = {
    ...settings,
    redirectMode: 'GlobalPerConnector',
    redirectUrl: 'https://global.consent.azure-apim.net/redirect',
    properties: { IsFirstParty: 'False', ...properties },
    customParameters: Object.fromEntries(
      Object.entries(customParameters).flatMap(([name, value]) => (value === undefined ? [] : [[name, { value }]])),
    ),
  };
  return { type: 'oauthSetting', oAuthSettings };
}

/** Power Platform fills in the tenant of whoever signs in. */
const tenantParameter: Json = {
  type: 'string',
  metadata: { sourceType: 'AzureActiveDirectoryTenant' },
  uiDefinition: { constraints: { required: 'false', hidden: 'true' } },
};
