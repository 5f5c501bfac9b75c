import { type Claims, claimsChallenge, hasClaims } from './claims.ts';
import { jsonAnswer, refuse, Refusal, serviceError, type CloudRequest } from './exchange.ts';
import { parsed } from './raw-json.ts';
import type { AccessToken } from './tokens.ts';

/** What a token has to be to be good for a service. */
export interface TokenDemand {
  readonly audiences: ReadonlySet<string>;
  readonly claims: Claims;
}

/** Whose token a request carries. Refused when there is none, or none that is good for this resource. */
export function requireToken(
  { headers, path }: CloudRequest,
  lookUp: (text: string) => AccessToken | undefined,
  { audiences, claims }: TokenDemand,
): AccessToken {
  const text = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
  if (text === undefined) throw unauthorized('AuthenticationFailed', 'Authentication failed.');
  const token = lookUp(text);
  if (!token)
    throw unauthorized('ExpiredAuthenticationToken', 'The access token expiry is earlier than the current time.');
  if (audiences.has(token.audience)) {
    if (!hasClaims(token.claims, claims)) throw claimsChallenge(claims);
    return requireRegistered(token, path);
  }
  const message = `The access token has been obtained for wrong audience or resource '${token.audience}'.`;
  throw unauthorized('InvalidAuthenticationTokenAudience', message);
}

/** An application may do nothing before an administrator has registered it. */
function requireRegistered(token: AccessToken, path: string): AccessToken {
  const { objectId, tenantId, isManagementApplication = true } = token.user;
  if (isManagementApplication) return token;
  const message = `The service principal with id '${objectId}' for application ${token.clientId} does not have permission to access the path 'https://10.0.1.32:20029${path}' in tenant ${tenantId}.`;
  throw refuse(403, 'Forbidden', message);
}

export function requireApiVersion({ query }: CloudRequest): void {
  const version = query.get('api-version');
  if (!version) {
    const message = 'The api-version query parameter (?api-version=) is required for all requests.';
    throw refuse(400, 'MissingApiVersionParameter', message);
  }
  if (!/^\d{4}-\d\d-\d\d(-preview)?$/.test(version)) {
    throw invalidApiVersion(version);
  }
}

export function invalidApiVersion(version: string): Refusal {
  const known = '2016-11-01,2017-08-01,2018-10-01,2020-06-01';
  return refuse(
    400,
    'InvalidApiVersion',
    `The api-version '${version}' is invalid. The supported versions are '${known}'.`,
  );
}

export function requireOrigin({ headers }: CloudRequest): void {
  if (!headers['x-ms-origin']) throw refuse(400, 'MissingOrigin', `The header 'x-ms-origin' is required.`);
}

export interface Filter {
  readonly environment: string;
  readonly isCustomOnly: boolean;
}

const environmentFilter =
  /(?:^|&)%24filter=environment%20eq%20%27(?<name>[^&']+?)%27(?<custom>%20and%20IsCustomApi%20eq%20%27True%27)?(?:&|$)/;

/** What the filter names, which has to be encoded just as the Python tool does. */
export function requireEnvironmentFilter({ rawQuery }: CloudRequest): Filter {
  const { name, custom } = environmentFilter.exec(rawQuery)?.groups ?? {};
  if (name !== undefined) return { environment: decodeURIComponent(name), isCustomOnly: custom !== undefined };
  const message = 'The $filter query parameter has to name one environment, and to be encoded.';
  throw refuse(400, 'MissingEnvironmentFilter', message);
}

export function requireJsonBody({ headers, body }: CloudRequest): void {
  const type = headers['content-type'] ?? '';
  if (!/^application\/json\b/.test(type)) {
    throw new Refusal(serviceError(415, 'UnsupportedMediaType', `The media type '${type}' is not supported.`));
  }
  if (parsed(body.toString()) === undefined) {
    throw refuse(400, 'InvalidRequestContent', 'The request content was invalid and could not be deserialized.');
  }
}

export function requireOwnPath(objectId: string, token: AccessToken): void {
  if (objectId === token.user.objectId) return;
  const message = `The caller '${token.user.objectId}' has no access to resources of '${objectId}'.`;
  throw refuse(403, 'Forbidden', message);
}

function unauthorized(code: string, message: string): Refusal {
  const challenge = 'Bearer authorization_uri="https://login.microsoftonline.com/common", error="invalid_token"';
  return new Refusal(jsonAnswer(401, { error: { code, message } }, { 'www-authenticate': challenge }));
}
