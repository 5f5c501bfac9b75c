import { jsonAnswer, Refusal, refuse, type CloudRequest } from './exchange.ts';
import { type ErrorContent, multipleErrors } from './service-errors.ts';
import { takeClientSecrets } from './client-secrets.ts';
import { isJsonObject, rawMembers, rawString, type RawMember } from './raw-json.ts';

/** What a request to create or update a connector asks for. */
export interface ConnectorSubmission {
  readonly displayName: string | undefined;
  readonly description: string;
  readonly serviceUrl: string;
  readonly apiDefinition: string;
  /** Missing when the request does not speak of it. */
  readonly iconUri: string | undefined;
  readonly scriptUri: string | undefined;
  readonly properties: ReadonlyMap<string, string>;
  readonly clientSecrets: Readonly<Record<string, string>>;
}

export interface SubmissionTerms {
  readonly environment: string;
  /** Members that this service does not know. */
  readonly refusedMembers: ReadonlySet<string>;
}

const takenApart = new Set([
  'openApiDefinition',
  'backendService',
  'environment',
  'displayName',
  'description',
  'iconUri',
  'scriptDefinitionUrl',
]);

export function connectorSubmission(request: CloudRequest, terms: SubmissionTerms): ConnectorSubmission {
  const { members, text } = propertiesOf(request, terms.refusedMembers);
  const apiDefinition = text('openApiDefinition');
  const serviceUrl = memberText(text('backendService'), 'serviceUrl');
  const description = rawString(text('description'));
  if (
    apiDefinition === undefined ||
    !isJsonObject(apiDefinition) ||
    serviceUrl === undefined ||
    description === undefined
  ) {
    throw refuseFor([
      ...(apiDefinition !== undefined && isJsonObject(apiDefinition)
        ? []
        : [invalid('openApiDefinition', 'an object')]),
      ...(serviceUrl === undefined ? [invalid('backendService.serviceUrl', 'a string')] : []),
      ...(description === undefined ? [invalid('description', 'a string')] : []),
    ]);
  }
  const environment = memberText(text('environment'), 'name');
  if (environment !== terms.environment) {
    const message = `The environment '${environment ?? ''}' of the body is not the environment '${terms.environment}' of the filter.`;
    throw refuse(400, 'EnvironmentMismatch', message);
  }
  const displayName = optionalString(text('displayName'), 'displayName');
  const iconUri = optionalString(text('iconUri'), 'iconUri');
  const scriptUri = optionalString(text('scriptDefinitionUrl'), 'scriptDefinitionUrl');
  const properties = keptProperties(members);
  return { displayName, description, serviceUrl, apiDefinition, iconUri, scriptUri, ...properties };
}

/** The user's own properties, the client secrets in them put apart. */
export function keptProperties(
  members: readonly RawMember[],
): Pick<ConnectorSubmission, 'properties' | 'clientSecrets'> {
  const properties = new Map<string, string>();
  const clientSecrets: Record<string, string> = {};
  for (const { name, text } of members) {
    if (takenApart.has(name)) continue;
    const apart = takeClientSecrets(text);
    properties.set(name, apart.text);
    for (const [path, secret] of apart.secrets) clientSecrets[`${name}/${path}`] = secret;
  }
  return { properties, clientSecrets };
}

function propertiesOf(
  request: CloudRequest,
  refused: ReadonlySet<string>,
): { members: readonly RawMember[]; text: (name: string) => string | undefined } {
  const body = request.body.toString();
  const root = rawMembers(body);
  if (!root)
    throw refuse(400, 'InvalidRequestContent', 'The request content was invalid and could not be deserialized.');
  const properties = root.find(({ name }) => name === 'properties');
  const members = properties && rawMembers(properties.text);
  if (!properties || !members) throw refuseFor([invalid('', 'an object')]);
  const unknownRoot = root.find(({ name }) => refused.has(name));
  const unknown = members.find(({ name }) => refused.has(name));
  if (unknownRoot && unknownRoot.offset < properties.offset)
    throw unknownMember(body, unknownRoot.name, unknownRoot.offset);
  if (unknown) throw unknownMember(body, unknown.name, properties.offset + unknown.offset, 'properties.');
  if (unknownRoot) throw unknownMember(body, unknownRoot.name, unknownRoot.offset);
  return { members, text: (wanted) => members.find(({ name }) => name === wanted)?.text };
}

function unknownMember(body: string, name: string, offset: number, under = ''): Error {
  const before = body.slice(0, offset).split('\n');
  const type = under ? 'ApiPropertiesDefinition' : 'ApiDefinition';
  const place = `Path '${under}${name}', line ${before.length}, position ${before.at(-1)?.length ?? 0}.`;
  const message = `Could not find member '${name}' on object of type '${type}'. ${place}`;
  return refuse(
    400,
    'InvalidRequestContent',
    `The request content was invalid and could not be deserialized: '${message}'.`,
  );
}

function memberText(object: string | undefined, name: string): string | undefined {
  if (object === undefined) return undefined;
  return rawString(rawMembers(object)?.find((member) => member.name === name)?.text);
}

function optionalString(text: string | undefined, name: string): string | undefined {
  const value = rawString(text);
  if (text !== undefined && value === undefined) throw refuseFor([invalid(name, 'a string')]);
  return value;
}

function invalid(name: string, expected: string): ErrorContent {
  const path = name === '' ? 'properties' : `properties.${name}`;
  return {
    code: 'InvalidRequestContent',
    message: `The request content was invalid: '${path}' has to be ${expected}.`,
  };
}

function refuseFor(errors: readonly ErrorContent[]): Refusal {
  const [only] = errors;
  return errors.length === 1 && only
    ? refuse(400, only.code, only.message)
    : new Refusal(jsonAnswer(400, multipleErrors(...errors)));
}
