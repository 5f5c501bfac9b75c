import { petStore } from './pet-store.ts';

/** How users of a connector sign in to its API: what its files have for that. */
export interface SignInKind {
  readonly name: string;
  readonly connectionParameters?: object;
  readonly connectionParameterSets?: object;
  readonly securityDefinitions: Readonly<Record<string, object>>;
  /** Whether the connector is sent with a client secret. */
  readonly hasSecret: boolean;
  /** The connection parameter sets with OAuth 2.0. */
  readonly oAuthSets?: readonly string[];
}

const oAuth2 = {
  type: 'oauth2',
  flow: 'accessCode',
  authorizationUrl: 'https://login.contoso.example/authorize',
  tokenUrl: 'https://login.contoso.example/token',
  scopes: { read: 'Read' },
};

const entraId = {
  ...oAuth2,
  authorizationUrl: 'https://login.microsoftonline.com/common/oauth2/authorize',
  tokenUrl: 'https://login.microsoftonline.com/common/oauth2/token',
};

function token(settings: object): object {
  const redirect = { redirectMode: 'Global', redirectUrl: 'https://global.consent.azure-apim.net/redirect' };
  return {
    type: 'oauthSetting',
    oAuthSettings: { clientId: 'pets-client', scopes: ['read'], ...settings, ...redirect },
  };
}

const genericToken = token({
  identityProvider: 'oauth2',
  properties: { IsFirstParty: 'False' },
  customParameters: {
    authorizationUrl: { value: oAuth2.authorizationUrl },
    tokenUrl: { value: oAuth2.tokenUrl },
    refreshUrl: { value: oAuth2.tokenUrl },
  },
});

const entraParameters = {
  loginUri: { value: 'https://login.microsoftonline.com' },
  tenantId: { value: 'common' },
  resourceUri: { value: 'api://pets' },
};

const entraToken = token({ identityProvider: 'aad', customParameters: entraParameters });

function text(displayName: string, type: 'string' | 'securestring' = 'string'): object {
  return { type, uiDefinition: { displayName, tooltip: displayName, constraints: { required: 'true' } } };
}

function set(name: string, parameters: object): object {
  return { name, uiDefinition: { displayName: name, description: name }, parameters };
}

const tenant = { type: 'string', metadata: { sourceType: 'AzureActiveDirectoryTenant' } };

/** One of each kind. */
export const signInKinds: readonly SignInKind[] = [
  { name: 'no sign-in', connectionParameters: {}, securityDefinitions: {}, hasSecret: false },
  {
    name: 'an API key',
    connectionParameters: { api_key: text('API key', 'securestring') },
    securityDefinitions: { api_key: { type: 'apiKey', in: 'header', name: 'api_key' } },
    hasSecret: false,
  },
  {
    name: 'a user name and password',
    connectionParameters: { username: text('User name'), password: text('Password', 'securestring') },
    securityDefinitions: { basic: { type: 'basic' } },
    hasSecret: false,
  },
  {
    name: 'OAuth 2.0',
    connectionParameters: { token: genericToken },
    securityDefinitions: { oauth2: oAuth2 },
    hasSecret: true,
  },
  {
    name: 'Entra ID',
    connectionParameters: { token: entraToken, 'token:TenantId': tenant },
    securityDefinitions: { oauth2: entraId },
    hasSecret: true,
  },
  {
    name: 'sets with OAuth 2.0 and Entra ID',
    connectionParameterSets: {
      uiDefinition: { displayName: 'Sign-in', description: 'How to sign in.' },
      values: [
        set('generic', { token: genericToken }),
        set('entra', { token: entraToken, 'token:TenantId': tenant }),
        set('key', { api_key: text('API key', 'securestring') }),
      ],
    },
    securityDefinitions: { oauth2: entraId },
    hasSecret: true,
    oAuthSets: ['generic', 'entra'],
  },
  {
    name: 'the credentials of a client',
    connectionParameterSets: {
      uiDefinition: { displayName: 'Sign-in', description: 'How to sign in.' },
      values: [
        set('oauth2-auth', { token: entraToken, 'token:TenantId': tenant }),
        set('client-credentials', {
          token: token({
            identityProvider: 'aad',
            customParameters: { ...entraParameters, grantType: { value: 'client_credentials' } },
          }),
          'token:clientId': { ...text('Client ID'), metadata: { sourceType: 'ConnectionClientId' } },
          'token:clientSecret': {
            ...text('Client secret', 'securestring'),
            metadata: { sourceType: 'ConnectionSecret' },
          },
        }),
      ],
    },
    securityDefinitions: { oauth2: entraId },
    hasSecret: true,
    oAuthSets: ['oauth2-auth', 'client-credentials'],
  },
];

/** The text of an API definition that fits a kind. */
export function definitionFor({ securityDefinitions }: SignInKind, description?: string): string {
  const [first] = Object.keys(securityDefinitions);
  const security = first === undefined ? [] : [{ [first]: [] }];
  const definition = JSON.parse(
    petStore({ title: 'Pet Store', description: description ?? "Sells pets & what's <small>." }),
  );
  return `${JSON.stringify({ ...definition, securityDefinitions, security }, undefined, 2)}\n`;
}

/** The text of API properties that fit a kind. */
export function propertiesFor({ connectionParameters = {}, connectionParameterSets }: SignInKind): string {
  const sets = connectionParameterSets && { connectionParameterSets };
  return `${JSON.stringify({ properties: { connectionParameters, ...sets, iconBrandColor: '#2a7f62' } }, undefined, 2)}\n`;
}
