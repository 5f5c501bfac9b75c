import { Applications, type Application } from './applications.ts';
import { AuthorizationCodes } from './authorization-codes.ts';
import { type Claims, hasClaims, requestedClaims } from './claims.ts';
import { DeviceCodes, type DeviceSignIn } from './device-codes.ts';
import { entraRefusal, entraError } from './entra-error.ts';
import { jsonAnswer, Refusal, type CloudAnswer, type CloudRequest } from './exchange.ts';
import { formOf, required, type Form } from './form.ts';
import { Router } from './router.ts';
import { signInPage } from './sign-in-page.ts';
import { audienceOf, isTenantName } from './scopes.ts';
import type { TokenIssuer } from './token-issuer.ts';
import { encoded, Tokens, webToken, type AccessToken } from './tokens.ts';
import { adele, type User } from './users.ts';

export interface AccessTokenOptions {
  readonly user?: User;
  /** In seconds. */
  readonly lifetime?: number;
  readonly audience?: string;
}

type Grant = (form: Form, origin: string, tenant: string) => CloudAnswer;

/** Entra ID: who may have which token. Its switches may be changed at any time. */
export class SignIn {
  /** Who is at the sign-in page. */
  user: User = adele;
  /** What they do there, from now on. */
  next: DeviceSignIn = 'approve';
  /** Seconds between polls; a fraction makes tests quick. */
  interval = 1;
  /** What the tenant calls itself. */
  brand: string | undefined = 'Contoso';
  /** Seconds. */
  accessTokenLifetime = 3600;
  /** Seconds. */
  deviceCodeLifetime = 900;
  /** Where browsers are sent, where that is not its own page. */
  authorizationEndpoint: string | undefined;
  /** Whether it gives tokens without what is asked of them beside. */
  ignoresClaims = false;
  /** Claims that nobody gets without being asked again. */
  interactionForClaims: Claims | undefined;
  readonly applications = new Applications();
  /** Whose tokens applications can be told to take. */
  readonly issuers: TokenIssuer[] = [];
  readonly unknownTenants = new Set<string>();
  readonly unknownClients = new Set<string>();
  readonly #tokens = new Tokens();
  readonly #deviceCodes = new DeviceCodes();
  readonly #authorizationCodes = new AuthorizationCodes();
  readonly #grants: Readonly<Record<string, Grant>>;
  readonly #router: Router;

  constructor() {
    this.#grants = {
      'urn:ietf:params:oauth:grant-type:device_code': (form, origin) => this.#redeemDeviceCode(form, origin),
      // The name in use before the standard had one; MSAL sends it.
      device_code: (form, origin) => this.#redeemDeviceCode(form, origin),
      refresh_token: (form, origin, tenant) => this.#redeemRefreshToken(form, origin, tenant),
      authorization_code: (form, origin) => this.#redeemAuthorizationCode(form, origin),
      client_credentials: (form, origin, tenant) => this.#admitApplication(form, origin, tenant),
    };
    this.#router = new Router()
      .on('GET', '/:tenant/v2.0/.well-known/openid-configuration', ({ origin }, segment) =>
        jsonAnswer(200, this.#openidConfiguration(origin, segment('tenant'))),
      )
      .on('GET', '/getuserrealm.srf', (request) => this.#realm(request))
      .on('GET', '/:tenant/oauth2/v2.0/authorize', (request, segment) => this.#authorize(request, segment('tenant')))
      .on('POST', '/:tenant/oauth2/v2.0/devicecode', (request, segment) =>
        this.#startDeviceCode(request, segment('tenant')),
      )
      .on('POST', '/:tenant/oauth2/v2.0/token', (request, segment) => this.#redeem(request, segment('tenant')));
  }

  /** Nothing when the path is not one of Entra. */
  answer(request: CloudRequest): CloudAnswer | undefined {
    return this.#router.answer(request);
  }

  /** The token that a request carries, if it is still good. */
  accessToken(text: string): AccessToken | undefined {
    return this.#tokens.access(text);
  }

  /** An access token without signing in, for a token file that somebody else wrote. */
  issueAccessToken(issuer: string, { user = this.user, lifetime, audience }: AccessTokenOptions = {}): AccessToken {
    return this.#tokens.issueAccess({
      user,
      clientId: '04b07795-8ddb-461a-bbee-02f9e1bf7b46',
      audience: audience ?? 'https://service.powerapps.com/',
      lifetime: lifetime ?? this.accessTokenLifetime,
      issuer,
    });
  }

  /** Every refresh token given out so far is no longer accepted, as after a changed password. */
  revokeRefreshTokens(): void {
    this.#tokens.revokeRefresh();
  }

  /** Every access token given out so far is no longer accepted, whatever it says about its own life. */
  expireAccessTokens(): void {
    this.#tokens.expireAccess();
  }

  #openidConfiguration(origin: string, tenant: string): Readonly<Record<string, unknown>> {
    this.#checkTenant(tenant, 'invalid_tenant');
    const base = `${origin}/${tenant}`;
    const issuerTenant = ['common', 'organizations'].includes(tenant) ? '{tenantid}' : this.user.tenantId;
    return {
      token_endpoint: `${base}/oauth2/v2.0/token`,
      device_authorization_endpoint: `${base}/oauth2/v2.0/devicecode`,
      authorization_endpoint: this.authorizationEndpoint ?? `${base}/oauth2/v2.0/authorize`,
      end_session_endpoint: `${base}/oauth2/v2.0/logout`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
      issuer: `${origin}/${issuerTenant}/v2.0`,
      response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
    };
  }

  /** What anybody may know of a domain; it needs no token. */
  #realm({ query }: CloudRequest): CloudAnswer {
    const domain = query.get('login') ?? '';
    if (this.brand === undefined || domain !== 'contoso.example') {
      return jsonAnswer(200, { State: 4, UserState: 1, Login: domain, NameSpaceType: 'Unknown' });
    }
    return jsonAnswer(200, {
      State: 4,
      UserState: 1,
      Login: domain,
      NameSpaceType: 'Managed',
      DomainName: domain,
      FederationBrandName: this.brand,
      CloudInstanceName: 'microsoftonline.com',
      CloudInstanceIssuerUri: 'urn:federation:MicrosoftOnline',
    });
  }

  #startDeviceCode(request: CloudRequest, tenant: string): CloudAnswer {
    const form = formOf(request);
    this.#checkTenant(tenant, 'invalid_request');
    const clientId = this.#checkClient(form, tenant);
    audienceOf(required(form, 'scope'));
    const { deviceCode, userCode } = this.#deviceCodes.issue(clientId, this.deviceCodeLifetime, this.interval);
    const page = `${request.origin}/device`;
    return jsonAnswer(200, {
      user_code: userCode,
      device_code: deviceCode,
      verification_uri: page,
      expires_in: this.deviceCodeLifetime,
      interval: this.interval,
      message: `To sign in, use a web browser to open the page ${page} and enter the code ${userCode} to authenticate.`,
    });
  }

  #redeem(request: CloudRequest, tenant: string): CloudAnswer {
    const form = formOf(request);
    this.#checkTenant(tenant, 'invalid_request');
    this.#checkClient(form, tenant);
    const grantType = required(form, 'grant_type');
    const grant = this.#grants[grantType];
    if (grant) return grant(form, request.origin, tenant);
    throw entraRefusal(
      'unsupported_grant_type',
      `AADSTS70003: The app requested an unsupported grant type '${grantType}'.`,
    );
  }

  #redeemDeviceCode(form: Form, origin: string): CloudAnswer {
    const clientId = required(form, 'client_id');
    const failure = this.#deviceCodes.poll(required(form, 'device_code'), clientId, this.next);
    if (failure) throw new Refusal(entraError(failure));
    return this.#tokenAnswer(this.user, form, origin);
  }

  #redeemRefreshToken(form: Form, origin: string, tenant: string): CloudAnswer {
    const clientId = required(form, 'client_id');
    const token = this.#tokens.refresh(required(form, 'refresh_token'));
    if (!token) {
      const since = new Date().toISOString();
      throw entraRefusal(
        'invalid_grant',
        `AADSTS700082: The refresh token has expired due to inactivity. The token was issued on ${since} and was inactive for 90.00:00:00.`,
      );
    }
    if (token.clientId !== clientId) {
      throw entraRefusal(
        'invalid_grant',
        `AADSTS700005: Provided grant is for another application in tenant ${tenant}.`,
      );
    }
    if (this.interactionForClaims && hasClaims(requestedClaims(form), this.interactionForClaims)) {
      throw entraRefusal(
        'interaction_required',
        "AADSTS50076: Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '475226c6-020e-4fb2-8a90-7a972cbfc1d4'.",
      );
    }
    return this.#tokenAnswer(token.user, form, origin);
  }

  #authorize({ query }: CloudRequest, tenant: string): CloudAnswer {
    this.#checkTenant(tenant, 'invalid_request');
    this.#checkClient(new Map(query), tenant);
    return signInPage(query, { user: this.user, signIn: this.next }, this.#authorizationCodes);
  }

  #redeemAuthorizationCode(form: Form, origin: string): CloudAnswer {
    const clientId = required(form, 'client_id');
    const user = this.#authorizationCodes.redeem(form, clientId);
    return this.#tokenAnswer(user, form, origin);
  }

  #admitApplication(form: Form, origin: string, tenant: string): CloudAnswer {
    const endpoint = `${origin}/${tenant}/oauth2/v2.0/token`;
    const application = this.applications.authenticated(form, tenant, endpoint, this.issuers);
    const scope = required(form, 'scope');
    if (!scope.endsWith('/.default')) {
      throw entraRefusal(
        'invalid_scope',
        `AADSTS1002012: The provided value for scope ${scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier.`,
      );
    }
    const { text } = this.issueApplicationToken(application, audienceOf(scope), origin);
    const lifetime = this.accessTokenLifetime;
    return jsonAnswer(200, {
      token_type: 'Bearer',
      expires_in: lifetime,
      ext_expires_in: lifetime,
      access_token: text,
    });
  }

  /** An access token of an application; where it proves who it is elsewhere, as managed identities do, for that place. */
  issueApplicationToken(application: Application, audience: string, origin: string): AccessToken {
    return this.#tokens.issueAccess({
      user: application,
      clientId: application.clientId,
      audience,
      lifetime: this.accessTokenLifetime,
      issuer: `${origin}/${application.tenantId}/v2.0`,
    });
  }

  #tokenAnswer(user: User, form: Form, origin: string): CloudAnswer {
    const clientId = required(form, 'client_id');
    const scope = required(form, 'scope');
    const lifetime = this.accessTokenLifetime;
    const issuer = `${origin}/${user.tenantId}/v2.0`;
    const audience = audienceOf(scope);
    const claims = this.ignoresClaims ? {} : requestedClaims(form);
    const access = this.#tokens.issueAccess({ user, clientId, audience, lifetime, issuer, claims });
    const scopes = scope.split(' ');
    const home = user.home ?? user;
    return jsonAnswer(200, {
      token_type: 'Bearer',
      scope,
      expires_in: lifetime,
      ext_expires_in: lifetime,
      access_token: access.text,
      ...(scopes.includes('offline_access') && { refresh_token: this.#tokens.issueRefresh({ user, clientId }) }),
      ...(scopes.includes('openid') && { id_token: identityToken(user, clientId, issuer) }),
      client_info: encoded({ uid: home.objectId, utid: home.tenantId }),
    });
  }

  #checkTenant(tenant: string, error: string): void {
    if (!isTenantName(tenant)) {
      throw entraRefusal(
        error,
        `AADSTS900023: Specified tenant identifier '${tenant}' is neither a valid DNS name, nor a valid external domain.`,
      );
    }
    if (this.unknownTenants.has(tenant)) {
      throw entraRefusal(
        error,
        `AADSTS90002: Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud.`,
      );
    }
  }

  #checkClient(form: Form, tenant: string): string {
    const clientId = required(form, 'client_id');
    if (!this.unknownClients.has(clientId)) return clientId;
    throw entraRefusal(
      'unauthorized_client',
      `AADSTS700016: Application with identifier '${clientId}' was not found in the directory '${tenant}'.`,
    );
  }
}

function identityToken(user: User, clientId: string, issuer: string): string {
  const now = Math.floor(Date.now() / 1000);
  return webToken({
    aud: clientId,
    iss: issuer,
    iat: now,
    nbf: now,
    exp: now + 3600,
    name: user.displayName,
    oid: user.objectId,
    preferred_username: user.userPrincipalName,
    sub: Buffer.from(`${clientId}${user.objectId}`).toString('base64url').slice(0, 43),
    tid: user.tenantId,
    ver: '2.0',
  });
}
