import type { DefinitionKind, PropertiesKind } from '../engine/node-kinds.ts';
import { isArray, isObject, isString, jsonType, type JsonType } from '../../json/value.ts';

/** What a member must be: a JSON type, a list of texts or of objects, a map of objects, or whatever its own rule says. */
export type MemberType =
  | 'object'
  | 'array'
  | 'string'
  | 'boolean'
  | 'strings'
  | 'strings or text'
  | 'object or array'
  | 'object or boolean'
  | 'objects'
  | 'map'
  | 'any';

type MemberTypes = Readonly<Record<string, MemberType>>;

const described = { description: 'string', externalDocs: 'object' } as const satisfies MemberTypes;

/** What parameters, headers and their items have in common. */
const simpleSchema = {
  type: 'any',
  format: 'string',
  // Of a list a rule says more.
  items: 'object or array',
  collectionFormat: 'string',
  default: 'any',
  maximum: 'any',
  exclusiveMaximum: 'boolean',
  minimum: 'any',
  exclusiveMinimum: 'boolean',
  maxLength: 'any',
  minLength: 'any',
  pattern: 'string',
  maxItems: 'any',
  minItems: 'any',
  uniqueItems: 'boolean',
  enum: 'array',
  multipleOf: 'any',
} as const satisfies MemberTypes;

/** The members that Swagger 2.0 has for an object, with their types. Extensions are not among them. */
export const memberTypes: Readonly<Record<DefinitionKind, MemberTypes>> = {
  definition: {
    swagger: 'any',
    info: 'object',
    host: 'string',
    basePath: 'string',
    schemes: 'strings',
    consumes: 'strings',
    produces: 'strings',
    paths: 'map',
    definitions: 'map',
    parameters: 'map',
    responses: 'map',
    securityDefinitions: 'map',
    security: 'objects',
    tags: 'objects',
    externalDocs: 'object',
  },
  info: {
    title: 'string',
    description: 'string',
    termsOfService: 'string',
    contact: 'object',
    license: 'object',
    version: 'string',
  },
  contact: { name: 'string', url: 'string', email: 'string' },
  license: { name: 'string', url: 'string' },
  tag: { ...described, name: 'string' },
  externalDocs: { description: 'string', url: 'string' },
  securityDefinition: {
    type: 'string',
    description: 'string',
    name: 'string',
    in: 'string',
    flow: 'string',
    authorizationUrl: 'string',
    tokenUrl: 'string',
    scopes: 'object',
  },
  securityRequirement: {},
  pathItem: {
    $ref: 'string',
    get: 'object',
    put: 'object',
    post: 'object',
    delete: 'object',
    options: 'object',
    head: 'object',
    patch: 'object',
    parameters: 'objects',
  },
  notificationContent: { description: 'string', schema: 'object' },
  operation: {
    ...described,
    tags: 'strings',
    summary: 'string',
    operationId: 'string',
    consumes: 'strings',
    produces: 'strings',
    parameters: 'objects',
    responses: 'map',
    schemes: 'strings',
    deprecated: 'boolean',
    security: 'objects',
  },
  parameter: {
    ...simpleSchema,
    name: 'string',
    in: 'string',
    description: 'string',
    required: 'boolean',
    schema: 'object',
    allowEmptyValue: 'boolean',
  },
  response: { description: 'string', schema: 'object', headers: 'map', examples: 'object' },
  header: { ...simpleSchema, description: 'string' },
  items: simpleSchema,
  schema: {
    ...simpleSchema,
    ...described,
    title: 'string',
    required: 'any',
    maxProperties: 'any',
    minProperties: 'any',
    allOf: 'objects',
    properties: 'map',
    additionalProperties: 'object or boolean',
    discriminator: 'string',
    readOnly: 'boolean',
    xml: 'object',
    example: 'any',
  },
  reference: { $ref: 'string' },
  brokenReference: { $ref: 'string' },
};

/** The extensions of objects of a definition whose type no other rule looks at. */
export const extensionTypes: MemberTypes = {
  'x-ms-summary': 'string',
  'x-ms-trigger-hint': 'string',
  'x-ms-notification-content': 'object',
};

/** The members of calls for values or for a schema whose type no other rule looks at. */
export const dynamicCallTypes: MemberTypes = {
  parameters: 'object',
  'value-path': 'string',
  'value-title': 'string',
  'value-collection': 'string',
  itemsPath: 'string',
  itemTitlePath: 'string',
  itemValuePath: 'string',
};

/** The members of the objects of API properties that have one type only. */
export const propertiesMemberTypes: Readonly<Record<PropertiesKind, MemberTypes>> = {
  propertiesFile: { properties: 'object' },
  properties: {
    iconBrandColor: 'string',
    publisher: 'string',
    stackOwner: 'string',
    capabilities: 'strings',
    connectionParameters: 'map',
    connectionParameterSets: 'object',
    policyTemplateInstances: 'objects',
    scriptOperations: 'strings',
  },
  connectionParameter: { type: 'string', uiDefinition: 'object', oAuthSettings: 'object' },
  oAuthSettings: {
    identityProvider: 'string',
    clientId: 'string',
    clientSecret: 'string',
    scopes: 'strings or text',
    redirectMode: 'string',
    redirectUrl: 'string',
    properties: 'object',
    customParameters: 'object',
    additionalParameters: 'any',
  },
  uiDefinition: { displayName: 'string', description: 'string', tooltip: 'string', constraints: 'object' },
  constraints: {},
  parameterSets: { uiDefinition: 'object', values: 'objects' },
  parameterSet: { name: 'string', uiDefinition: 'object', parameters: 'map' },
  policy: { templateId: 'string', title: 'string', parameters: 'object' },
};

/** What members must be of which only their own rules say it, wherever they have no other type. */
const ownTypes: Readonly<Record<string, readonly (MemberType | JsonType)[]>> = {
  swagger: ['string'],
  type: ['string'],
  required: ['strings'],
  ...Object.fromEntries(
    [
      'maximum',
      'minimum',
      'maxLength',
      'minLength',
      'maxItems',
      'minItems',
      'maxProperties',
      'minProperties',
      'multipleOf',
    ].map((name) => [name, ['number']]),
  ),
};

/** Whether a value can be that of a member with another name, in an object whose members have these types. */
export function fitting(types: MemberTypes): (name: string, value: unknown) => boolean {
  return (name, value) => {
    const type = types[name];
    const allowed = type === 'any' ? ownTypes[name] : type && [type];
    return allowed?.some((one) => typeFaults(value, one).length === 0) ?? true;
  };
}

export interface TypeFault {
  /** The members or items to step over to what has the wrong type. */
  readonly steps: readonly (string | number)[];
  readonly expected: string;
}

const none: readonly TypeFault[] = [];

/** What of a value has another type than it must have; mostly nothing. */
export function typeFaults(value: unknown, expected: MemberType | JsonType): readonly TypeFault[] {
  switch (expected) {
    case 'any':
      return [];
    case 'strings or text':
      return isString(value) ? none : typeFaults(value, 'strings');
    case 'object or array':
      return isArray(value) ? none : typeFaults(value, 'object');
    case 'object or boolean':
      return isObject(value) || typeof value === 'boolean' ? none : [{ steps: [], expected }];
    case 'strings':
    case 'objects':
      if (!isArray(value)) return [{ steps: [], expected: 'array' }];
      return expected === 'strings' ? itemFaults(value, isString, 'string') : itemFaults(value, isObject, 'object');
    case 'map':
      if (!isObject(value)) return [{ steps: [], expected: 'object' }];
      return Object.keys(value)
        .filter((name) => !isObject(value[name]) && !name.startsWith('x-'))
        .map((name) => ({ steps: [name], expected: 'object' }));
    default:
      return jsonType(value) === expected ? none : [{ steps: [], expected }];
  }
}

function itemFaults(
  array: readonly unknown[],
  isRight: (item: unknown) => boolean,
  expected: string,
): readonly TypeFault[] {
  if (array.every(isRight)) return [];
  return [...array.entries()].filter(([, item]) => !isRight(item)).map(([index]) => ({ steps: [index], expected }));
}
