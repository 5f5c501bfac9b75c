import { isArray, isObject, isString, member } from '../../json/value.ts';

/** A kind of document that people give by mistake, or for want of an API definition. */
export interface DocumentKind {
  /** What it is, such as `a HAR file`. */
  readonly words: string;
  /** What to do instead of naming another file. */
  readonly next?: string;
  /** The member of the root that shows it, if the document is of this kind. */
  readonly sign: (root: unknown) => string | undefined;
}

export const otherFormat =
  'paconn convert accepts OpenAPI 3, YAML, and Postman collections. Use one of these formats to describe the API.';

const exportCollection = 'Export the collection as Collection v2.1, and convert that with paconn convert.';

/** The first of the members that are all there. */
function has(...names: readonly [string, ...string[]]): DocumentKind['sign'] {
  return (root) => (names.every((name) => member(root, name) !== undefined) ? names[0] : undefined);
}

function hasOneOf(...names: readonly string[]): DocumentKind['sign'] {
  return (root) => names.find((name) => member(root, name) !== undefined);
}

function hasText(name: string, text: string): DocumentKind['sign'] {
  return (root) => {
    const value = member(root, name);
    return isString(value) && value.includes(text) ? name : undefined;
  };
}

/** A member that is itself an object with this one. */
function hasInside(name: string, inside: string): DocumentKind['sign'] {
  return (root) => (member(member(root, name), inside) === undefined ? undefined : name);
}

function anyOf(...signs: readonly DocumentKind['sign'][]): DocumentKind['sign'] {
  return (root) => signs.map((sign) => sign(root)).find((found) => found !== undefined);
}

/** A list, the first item of which has this member. */
function listsWith(name: string, inItem: string): DocumentKind['sign'] {
  return (root) => {
    const list = member(root, name);
    const [first]: readonly unknown[] = isArray(list) ? list : [];
    return member(first, inItem) === undefined ? undefined : name;
  };
}

/** A schema of JSON Schema that doesn't say so. */
function schemaSign(root: unknown): string | undefined {
  return isString(member(root, 'type')) && isObject(member(root, 'properties')) ? 'type' : undefined;
}

/** The names at the root of OpenAPI 2.0. */
export const openApi2Members: ReadonlySet<string> = new Set(
  (
    'swagger info host basePath schemes consumes produces paths definitions parameters responses securityDefinitions ' +
    'security tags externalDocs'
  ).split(' '),
);

/** The first that fits decides. None has a version of OpenAPI 2.0 or 3 at its root. */
export const documentKinds: readonly DocumentKind[] = [
  { words: 'an AsyncAPI document', next: otherFormat, sign: has('asyncapi') },
  { words: 'an Arazzo document', next: otherFormat, sign: has('arazzo') },
  { words: 'an OpenAPI 1 document (Swagger 1.2)', next: otherFormat, sign: has('swaggerVersion') },
  {
    words: 'a Postman environment',
    next: exportCollection,
    sign: anyOf(has('_postman_variable_scope'), listsWith('values', 'key')),
  },
  { words: 'a Postman collection v1', next: exportCollection, sign: has('requests', 'order') },
  { words: 'a HAR file', next: otherFormat, sign: hasInside('log', 'entries') },
  {
    words: 'an Insomnia export',
    next: otherFormat,
    sign: anyOf(hasOneOf('__export_format'), hasText('type', 'insomnia.rest')),
  },
  {
    words: 'a Bruno collection',
    next: otherFormat,
    sign: anyOf(hasOneOf('brunoConfig', 'opencollection'), listsWith('items', 'request'), listsWith('items', 'seq')),
  },
  { words: 'a GraphQL schema', next: otherFormat, sign: anyOf(has('__schema'), hasInside('data', '__schema')) },
  { words: 'a Google API discovery document', next: otherFormat, sign: has('discoveryVersion') },
  {
    words: 'an ARM template',
    sign: anyOf(hasText('$schema', 'deploymentTemplate.json'), hasText('$schema', 'deploymentParameters.json')),
  },
  {
    words: 'a Logic Apps workflow',
    sign: anyOf(
      hasText('$schema', 'workflowdefinition.json'),
      hasInside('definition', 'actions'),
      hasInside('definition', 'triggers'),
      (root) =>
        hasInside('definition', 'actions')(member(root, 'properties')) === undefined ? undefined : 'properties',
    ),
  },
  { words: 'the lock file of an npm package', sign: has('lockfileVersion') },
  {
    words: 'the package.json of an npm package',
    sign: anyOf(hasOneOf('dependencies', 'devDependencies', 'peerDependencies'), has('name', 'version', 'scripts')),
  },
  { words: 'a TypeScript configuration', sign: has('compilerOptions') },
  { words: 'an MCP client configuration', sign: hasOneOf('mcpServers') },
  { words: 'a JSON schema', sign: anyOf(hasText('$schema', 'json-schema.org'), schemaSign) },
];
