/** What becomes of a part of the source. */
export const lossClasses = ['refused', 'invalid', 'dropped', 'narrowed', 'kept', 'made'] as const;

export type LossClass = (typeof lossClasses)[number];

/** By class the message; `{name}` stands for a value. */
export type ConversionRule = Readonly<Partial<Record<LossClass, string>>>;

const reading = {
  'member-twice': { dropped: "'{name}' appears twice in the same object. The last one is used." },
  'yaml-tag': { dropped: 'The tag {tag} is ignored.' },
  'number-not-json': { dropped: "{value} isn't a number in JSON. '{name}' isn't converted." },
  'type-wrong': { dropped: "'{name}' is {type} instead of {expected}. It isn't converted." },
  'version-newer': { narrowed: 'OpenAPI {version} is read as 3.1.' },
  'ref-missing': { refused: "'{ref}' wasn't found. {what}." },
  'ref-cycle': { refused: "'{ref}' leads back to itself. {what}." },
  'ref-outside': { refused: "'{ref}' is outside {root}. {what}." },
  'ref-not-fetched': { refused: "'{ref}' isn't fetched. {what}." },
  'ref-unreadable': { refused: "'{ref}' can't be read: {why}. {what}." },
  'operation-left-out': { refused: "{id} isn't converted because of {cause} at {place}." },
  'reference-siblings': { dropped: "'{name}' next to a reference isn't converted." },
  'definition-renamed': { kept: "The definition '{old}' is called '{new}' in the result." },
} as const satisfies Record<string, ConversionRule>;

const document = {
  'title-made': { made: "The document has no title. '{title}' is used." },
  'title-long': { kept: 'The title has {n} characters. Certification allows 30.' },
  'version-made': { made: 'The document has no version. 1.0 is used.' },
  'description-made': { made: 'The document has no description. A general one is used.' },
  'info-summary': { dropped: 'OpenAPI 2.0 has no summary of the document.' },
  'license-identifier': { dropped: 'OpenAPI 2.0 identifies a license by name and URL only.' },
  'license-name': { dropped: 'OpenAPI 2.0 requires the name of a license.' },
  'contact-email': { dropped: "'{value}' isn't an email address, and the service rejects it." },
  'schema-dialect': { dropped: "'{name}' has no counterpart in OpenAPI 2.0." },
  webhook: { dropped: "Webhook '{name}' isn't converted. Write a trigger with x-ms-trigger instead." },
  'tag-duplicate': { dropped: "Tag '{name}' appears twice." },
  'text-twice': { kept: "'{text}' is listed twice. The result has it once." },
  'tag-unnamed': { dropped: 'A tag has no name.' },
  'tag-member': { dropped: "'{name}' of a tag has no counterpart." },
  'member-unknown': { dropped: "'{name}' isn't part of OpenAPI {version}, or has no counterpart in 2.0." },
  'extension-homeless': { dropped: "The extension '{name}' has no place: OpenAPI 2.0 has no {object}." },
  'extension-twice': { dropped: "The extension '{name}' is already in the result." },
  'documentation-url': { dropped: 'External documentation without a URL has no counterpart.' },
  'component-unused': { dropped: "'{name}' isn't used by any operation." },
  'component-inlined': { kept: "'{name}' is written wherever it's used." },
} as const satisfies Record<string, ConversionRule>;

const servers = {
  'server-other': { dropped: "Server {n} ({url}) isn't used. --server {n} selects it." },
  'server-unusable': { dropped: "{url} can't be reached from the cloud." },
  'server-query': { dropped: 'A base URL has no query or fragment.' },
  'server-user': { dropped: 'A base URL has no user name or password.' },
  'server-private': {
    kept: '{host} is in a private network. The cloud reaches it only through an on-premises data gateway.',
  },
  'server-relative': { made: 'The document has no host. {host} is used.' },
  'server-host': { kept: "The host '{old}' became '{new}'." },
  'scheme-invalid': { dropped: "'{name}' isn't http or https. It isn't converted." },
  'schemes-empty': { dropped: 'The list of schemes has none that connectors support.' },
  'server-replaced': { dropped: "Server {n} ({url}) isn't used because --host replaces it." },
  'server-http': { kept: '{host} has no https URL. The platform requires https.' },
  'server-variable': {
    narrowed: "'{name}' is always '{value}'. --server-variables connection lets users choose.",
  },
  'server-variable-connection': { kept: "Users choose '{name}' when they create a connection." },
  'server-variable-unused': { dropped: "The variable '{name}' isn't in the URL." },
  'server-of-operation-other': { dropped: "Server {n} ({url}) of the operation or path isn't used." },
  'server-same': { kept: "The server is the document's own server." },
  'server-of-operation': { kept: "The path starts with '{prefix}', which comes from its server." },
  'server-of-operation-policy': { kept: '{id} calls {url} through a policy (dynamichosturl).' },
  'server-description': { dropped: 'The description of a server has no counterpart.' },
} as const satisfies Record<string, ConversionRule>;

const paths = {
  'path-item-ref': { kept: 'The path is written instead of the reference.' },
  'path-text': {
    kept: "'{name}' of the path went to its operations.",
    dropped: 'No operation needs the {name} of the path.',
  },
  'path-slash': { kept: "The path '{path}' got a leading slash." },
  'path-query': { kept: "The fixed query '{query}' is a hidden parameter." },
  'path-fragment': { dropped: "The fragment '#{fragment}' of the path isn't converted." },
  'path-template': { kept: "'{old}' in the path became '{new}'." },
  'path-variable-twice': { refused: "The path has '{name}' twice. Its operations aren't converted." },
  'path-wildcard': { refused: "The platform doesn't support the path '{path}'. Its operations aren't converted." },
  'path-same': { refused: "{method} {path} can't be distinguished from {other}. It isn't converted." },
  'path-parameter-made': { made: "'{name}' of the path has no description in the document." },
  'path-parameter-stray': { dropped: "'{name}' isn't in the path '{path}'. It isn't converted." },
  'path-parameter-required': { made: "'{name}' is part of the path, so it's required." },
  'path-empty': { dropped: "The path '{path}' has no operations in the result." },
  method: { refused: "Connectors have no {method} operations. {id} isn't converted." },
  callback: { dropped: "Callback '{name}' isn't converted. Connectors receive events through triggers." },
} as const satisfies Record<string, ConversionRule>;

const operations = {
  'operation-id-made': { made: "{method} {path} has no operationId. It's '{id}' in the result." },
  'operation-id-cleaned': { kept: "operationId '{old}' became '{id}'." },
  'operation-id-twice': { kept: "operationId '{old}' is used twice. This one became '{id}'." },
  'operation-id-long': { kept: 'operationId has {n} characters. The service may reject it.' },
  'summary-made': { made: "{id} has no summary. It's '{summary}' in the result." },
  'summary-cut': {
    narrowed: 'The summary of {id} has {n} characters and 80 are allowed. The rest is in the description.',
  },
  'summary-characters': { narrowed: "The summary of {id} can't contain {characters}." },
  'security-operation': { dropped: "{id} requires '{name}', which isn't in the result." },
  'responses-made': { made: '{id} has no response. A general one was added.' },
} as const satisfies Record<string, ConversionRule>;

const parameters = {
  'parameter-cookie': { dropped: "Cookie '{name}' isn't converted{consequence}." },
  'parameter-header-ignored': { dropped: "OpenAPI 3 ignores a header parameter '{name}'." },
  'parameter-content': { narrowed: "'{name}' is written as {mediaType} text." },
  'parameter-array': { kept: "Values of '{name}' are joined as {collectionFormat}." },
  'parameter-style-path': {
    kept: "'{name}' has the prefix '{prefix}' of its style in the path.",
    narrowed: "'{name}' is written as '{example}'.",
  },
  'parameter-object-form': { kept: "'{name}' became {n} parameters." },
  'parameter-object-deep': {
    kept: "'{name}' became {n} parameters, each called {name}[property].",
    narrowed: "'{name}' is written as text.",
  },
  'parameter-object': { narrowed: "'{name}' is written as '{example}'." },
  'parameter-object-required': {
    narrowed: "'{property}' is required only if '{name}' is sent, so it's optional in the result.",
    dropped: "'{name}' is required, but none of its properties is.",
    kept: "'{name}' is required as far as its properties are.",
  },
  'parameter-object-text': { dropped: "The {member} of '{name}' has no place because its parts have their own." },
  'parameter-object-open': { dropped: "'{name}' accepts further properties, which users can't enter." },
  'parameter-items': { narrowed: "Items of '{name}' are written as text." },
  'parameter-reserved': { dropped: "Reserved characters in '{name}' are always encoded." },
  'parameter-empty-value': { dropped: "'{name}' can't be empty in {place}." },
  'parameter-example': { kept: "The example of '{name}' is in x-example, which makers don't see." },
  'parameter-examples': { dropped: "Only one example of '{name}' is converted, and '{key}' isn't." },
  'parameter-deprecated': { kept: "'{name}' is deprecated, which is in x-deprecated. Makers don't see it." },
  'parameter-own': { kept: "Operations that list '{name}' themselves use their own." },
  'parameter-twice': { dropped: "'{name}' appears twice in {place}. The first one is used." },
  'parameter-connection-id': {
    kept: "The service doesn't accept a parameter 'connectionId'. It's called connection_id.",
    dropped: "The service doesn't accept a parameter 'connectionId'. It isn't converted.",
    refused: "The service doesn't accept a parameter 'connectionId'. {id} isn't converted.",
  },
  'parameter-summary-made': { made: "'{name}' is shown as '{summary}'." },
  'parameter-encoding-made': { made: "'{name}' is encoded once in the path." },
  'parameter-style': { kept: "'{member}' doesn't change how '{name}' is sent." },
  'parameter-keyword': { dropped: "'{keyword}' isn't possible for '{name}', which isn't a body." },
  'parameter-unusable': { dropped: "A parameter without a name or a place ('in') isn't converted." },
  'simple-type': {
    narrowed: "'{name}' is an object, which isn't possible outside of a body. It's text in the result.",
    made: "'{name}' has no type. It's {type} in the result.",
  },
  'collection-format': { dropped: "Values of '{name}' can't be joined as {value}. They're joined with commas." },
} as const satisfies Record<string, ConversionRule>;

const bodies = {
  'body-media-type': { dropped: "The body is sent as {taken}. {other} isn't converted." },
  'media-type-invalid': { dropped: "'{name}' isn't a media type. It isn't converted." },
  'body-example': { kept: "The example of the body is in x-example, which makers don't see." },
  'body-examples': { dropped: "Only one example of the body is converted, and '{key}' isn't." },
  'body-binary': { kept: 'The body is a file.' },
  'body-text': { kept: 'The body is text.' },
  'body-xml': { narrowed: 'The body is written as {mediaType} text.' },
  'body-get': {
    dropped: 'Connectors send no body with {method}.',
    refused: "Connectors send no body with {method}. {id} isn't converted.",
  },
  'body-second': { dropped: "An operation sends one body or form fields. '{name}' isn't converted." },
  'body-empty': { dropped: "The body has no content. It isn't converted." },
  'body-schema': {
    kept: "'{keyword}' of the body is in its schema.",
    made: 'The body has no schema. It accepts anything in the result.',
  },
  'body-keyword': { dropped: "'{keyword}' isn't possible next to the schema of a body." },
  form: { kept: 'The body became form fields. Their number: {n}.' },
  'form-required': { kept: 'Fields are required, not the form as a whole.' },
  'form-file': { kept: "'{name}' is a file." },
  'form-consumes': { made: '{id} sends a file, so it consumes multipart/form-data.' },
  'form-file-urlencoded': { narrowed: "'{name}' is sent as text because this form can't contain files." },
  'form-files': { narrowed: "'{name}' accepts one file. OpenAPI 2.0 has no lists of files." },
  'form-object': { narrowed: "'{name}' is written as JSON text." },
  'form-array': { kept: "Values of '{name}' are joined as {collectionFormat}." },
  'form-read-only': { kept: "'{name}' is read-only, so it isn't an input." },
  'form-open': { dropped: "The form accepts further fields, which users can't enter." },
  'form-encoding': { dropped: "'{member}' of the field '{name}' has no counterpart." },
  'form-not-object': { refused: "The form has no fields that users can enter. {id} isn't converted." },
} as const satisfies Record<string, ConversionRule>;

const responses = {
  'response-description-made': { made: "The response {code} has no description. '{description}' is used." },
  'response-range': { narrowed: '{range} became {code}.' },
  'response-range-taken': { dropped: "{range} isn't converted because {code} is described." },
  'response-code': { dropped: "'{code}' isn't a status code." },
  'response-media-type': { dropped: "The response is read as {taken}. {other} isn't converted." },
  'response-binary': { kept: 'The response is a file.' },
  'response-text': { kept: 'The response is text.' },
  'response-xml': { narrowed: 'The response is {mediaType} text.' },
  'response-example': { kept: 'The example of the response is in examples.' },
  'response-examples': { dropped: "Only one example of the response is converted, and '{key}' isn't." },
  'response-header': { narrowed: "The header '{name}' is read as text." },
  'response-header-ignored': { dropped: 'OpenAPI 3 ignores a response header Content-Type.' },
  'response-header-member': { dropped: "'{member}' of the header '{name}' has no counterpart." },
  link: { dropped: "Link '{name}' isn't converted." },
  'response-schema': { kept: 'The definition that the response refers to is its schema.' },
} as const satisfies Record<string, ConversionRule>;

const schemas = {
  'schema-nullable': { kept: "'{name}' can be null, which is in x-nullable." },
  'schema-null': { narrowed: "'{name}' is always null. It has no type in the result." },
  'schema-types': { narrowed: "'{name}' is {result} in the result. The API accepts {types}." },
  'schema-boolean': { kept: "'{name}' accepts anything.", dropped: "'{name}' accepts nothing. It isn't converted." },
  'schema-ref-siblings': {
    kept: "'{name}' is a copy of what it refers to, with what is next to the reference.",
    dropped: "'{members}' next to a reference to an object isn't shown.",
  },
  'schema-all-of': { kept: "Makers don't see properties behind allOf, so they're merged." },
  'schema-all-of-conflict': {
    narrowed: "The parts of '{name}' disagree about '{member}'. The last one is used.",
  },
  'schema-deep': { dropped: "'{name}' is more than {n} schemas deep in others. This occurrence isn't converted." },
  'schema-all-of-cycle': { dropped: "'{name}' contains itself. That part isn't converted." },
  'schema-all-of-empty': { dropped: "'allOf' of '{name}' is empty. It isn't converted." },
  'schema-one-of': { kept: "'{name}' has only one kind." },
  'schema-one-of-objects': { narrowed: "'{name}' may be one of {n} kinds. Makers see the properties of all of them." },
  'schema-one-of-scalars': { narrowed: "'{name}' may be {types}. It's {result} in the result." },
  'schema-one-of-mixed': {
    narrowed: "'{name}' may be one of {n} kinds that have no common form. It has no type in the result.",
  },
  'schema-not': { dropped: "'{name}' excludes some values, which isn't checked." },
  'schema-if': { narrowed: "'{name}' depends on a condition. Makers see the properties of both cases." },
  'schema-const': { kept: "'{name}' is always {value}." },
  'schema-exclusive': { kept: "'{keyword}' of '{name}' is written as limit and flag." },
  'schema-exclusive-alone': { dropped: "'{keyword}' of '{name}' has no limit that it belongs to." },
  'schema-examples': {
    kept: "One example of '{name}' is converted.",
    dropped: "One example of '{name}' is converted, and {n} aren't.",
  },
  'schema-write-only': { dropped: "'{name}' is never in responses, but makers see it there." },
  'schema-read-only-required': { narrowed: "'{name}' is read-only, so requests can't be required to have it." },
  'schema-required-unknown': { narrowed: "'{name}' is required but not described." },
  'schema-required-twice': { kept: "'{name}' is listed as required twice. The result has it once." },
  'schema-required-empty': { dropped: 'An empty list of required properties has no place in OpenAPI 2.0.' },
  'schema-deprecated': { kept: "'{name}' is deprecated, which is in x-deprecated. Makers don't see it." },
  'schema-pattern-properties': { narrowed: "Names of properties aren't checked against '{pattern}'." },
  'schema-prefix-items': { narrowed: "Items of '{name}' differ by position. They're of one kind in the result." },
  'schema-items-made': { made: "'{name}' is a list without a description of its items." },
  'schema-file': { kept: "'{name}' is part of a value, so its type is string with the format binary instead of file." },
  'schema-content': { kept: "'{name}' is {what}." },
  'schema-keyword': { dropped: "'{keyword}' has no counterpart." },
  'schema-defs': { kept: "'{name}' is a separate definition." },
  'schema-dynamic-ref': { narrowed: "The dynamic reference always leads to '{name}'." },
  'schema-discriminator': {
    kept: "The discriminator is '{property}'.",
    dropped: "The discriminator '{property}' isn't a required text property. It isn't converted.",
  },
  'schema-discriminator-mapping': {
    kept: "'{property}' has {n} values.",
    dropped: "The mapping of '{property}' isn't converted.",
  },
  'schema-enum': { dropped: "The list of values of '{name}' {problem}." },
  'schema-type-made': { made: "'{name}' is {type} because all of its values are." },
  'schema-enum-type': {
    kept: "{value} of '{name}' is written as {expected} instead of {type}.",
    dropped: "{value} of '{name}' is {type} instead of {expected}. It isn't converted.",
  },
  'schema-pattern': { dropped: "The pattern of '{name}' isn't a regular expression. It isn't converted." },
  'schema-limit': { dropped: "'{keyword}' {value} of '{name}' is impossible. It isn't converted." },
  'schema-default': {
    kept: "The default of '{name}' is written as {expected} instead of {type}.",
    dropped: "The default of '{name}' is {type} instead of {expected}. It isn't converted.",
  },
  'schema-cut': {
    narrowed: "{where} has {n} schemas and the platform supports 512. Properties below level {d} aren't listed.",
  },
} as const satisfies Record<string, ConversionRule>;

const security = {
  'security-bearer': { narrowed: "'{name}': users enter Bearer, a space, and the token." },
  'security-flow': { dropped: "'{name}': the flow {flow} isn't used. Connectors sign users in by authorization code." },
  'security-implicit': {
    narrowed: "'{name}' has only the implicit flow. With --token-url it became authorization code.",
    dropped: "'{name}' has only the implicit flow. Pass --token-url to sign in by authorization code.",
  },
  'security-flow-unsupported': { dropped: "'{name}': connectors can't sign in by {flow}. It isn't converted." },
  'security-unsupported': { dropped: "'{name}': connectors can't sign in by {kind}. It isn't converted." },
  'security-url': { kept: "The URL '{url}' became '{absolute}'." },
  'security-url-missing': { dropped: "'{name}' has no usable {what}. It isn't converted." },
  'security-refresh-url': { kept: 'The refresh URL is in the API properties, because OpenAPI 2.0 has none.' },
  'security-repeated': { kept: 'The same security scheme appears above. The result has it once.' },
  'security-alternatives': { kept: 'Users choose one of {n} ways to sign in.' },
  'security-together': { kept: "'{name}' is sent by a policy ({templateId}), in addition to '{first}'." },
  'security-optional': { narrowed: 'The API also works without sign-in. A connection always has one.' },
  'security-made': { made: "No operation specifies how to sign in. '{name}' is used." },
  'security-none-left': { dropped: "The result has no sign-in because connectors support none of the API's." },
  'security-scopes': { dropped: "'{name}' can't have scopes, which only OAuth 2.0 has." },
  'security-scopes-made': { made: "'{name}' lists no scopes. An empty list is used." },
  'security-unused': { dropped: "'{name}' isn't used by any operation. It isn't converted." },
  'security-other': { dropped: "'{name}' isn't converted because only some operations use it." },
  'security-kept': {
    narrowed: "'{name}' stays in the API definition, but connections don't use it.",
  },
  'security-implicit-kept': {
    narrowed:
      "'{name}' stays in the API definition, but connections don't use it. Pass --token-url to sign in by authorization code.",
  },
  'security-not-chosen': { dropped: "'{name}' isn't in --security. It isn't converted." },
  'security-secret': { dropped: "'{name}' may be a secret. It isn't converted." },
} as const satisfies Record<string, ConversionRule>;

const postman = {
  'postman-folder': { kept: "The folder '{name}' became a tag." },
  'postman-request-same': { narrowed: "'{name}' calls the same URL as '{other}'. They're one operation." },
  'postman-variable-host': { kept: "'{variable}' is {url}." },
  'postman-host-replaced': { dropped: "{url} isn't used because --host replaces it." },
  'postman-host-other': { kept: '{id} calls {url} through a policy (dynamichosturl).' },
  'postman-host-unknown': {
    refused: "{id} isn't converted because '{variable}' has no value. Pass --host with the host or URL of the API.",
  },
  'postman-host-unusable': { refused: "{id} isn't converted because {url} can't be reached from the cloud." },
  'postman-url-missing': { refused: "{id} isn't converted because it has no URL." },
  'postman-path': { kept: "'{part}' of the path is a parameter." },
  'postman-path-literal': { kept: "'{segment}' looks like a value. It's part of the path." },
  'postman-query': { kept: "'{name}' is an optional parameter without its value." },
  'postman-query-unnamed': { dropped: "A query parameter without a key isn't converted." },
  'postman-header': { kept: "'{name}' is an optional header without its value." },
  'postman-header-left': { dropped: "The header '{name}' isn't converted." },
  'postman-body-json': { kept: 'The body is described by its example.' },
  'postman-body-text': { narrowed: 'The body is text.' },
  'postman-body-form': { kept: 'The body became form fields. Their number: {n}.' },
  'postman-body-file': { kept: 'The body is a file.' },
  'postman-body-graphql': { narrowed: "The query is text. Its fields aren't known." },
  'postman-response': { kept: 'Saved responses describe the response {code}. Their number: {n}.' },
  'postman-response-made': { made: "'{name}' has no saved response. A general one was added." },
  'postman-auth-other': { dropped: "Sign-in by {kind} isn't converted because only some requests use it." },
  'postman-auth': { kept: 'Sign-in by {kind}, without any stored value.' },
  'postman-auth-unsupported': { dropped: "Connectors can't sign in by {kind}. It isn't converted." },
  'postman-script': { dropped: "The script isn't converted. Connectors have custom code instead." },
  'postman-setting': { dropped: "'{name}' has no counterpart." },
  'postman-variable': {
    dropped: "The variable '{name}' isn't converted.",
    kept: "The value of the variable '{name}' is part of the host or path.",
  },
} as const satisfies Record<string, ConversionRule>;

const limits = {
  'written-compact': { kept: 'The definition is written without white space. With it, it has {n} bytes.' },
  'definition-too-large': { refused: 'The definition has {n} bytes and the platform supports 1,048,576. {choices}' },
  'too-many-operations': {
    kept: '{n} operations. The largest published connector has 219. Use --tag or --operations to select fewer.',
  },
  'result-invalid': { invalid: '{message} ({rule})' },
  'no-operations': { refused: '{source} has no operation that a connector can have.' },
} as const satisfies Record<string, ConversionRule>;

/** All rules by subject, in the order in which the documentation lists them. */
export const conversionRuleGroups = {
  Reading: reading,
  'Document and info': document,
  Servers: servers,
  Paths: paths,
  Operations: operations,
  Parameters: parameters,
  'Request bodies': bodies,
  Responses: responses,
  Schemas: schemas,
  'Sign-in': security,
  'Postman collections': postman,
  Limits: limits,
} as const;

export const conversionRules = {
  ...reading,
  ...document,
  ...servers,
  ...paths,
  ...operations,
  ...parameters,
  ...bodies,
  ...responses,
  ...schemas,
  ...security,
  ...postman,
  ...limits,
} as const;

export type ConversionRuleId = keyof typeof conversionRules;

const hints: Readonly<Partial<Record<ConversionRuleId, string>>> = {
  'result-invalid': '{hint}',
  'title-long': 'Pass --title to set another.',
  'ref-outside': 'Pass --root to allow it.',
  'ref-not-fetched': 'Pass --ref-hosts {host} to allow it.',
  'security-unsupported': 'Pass --security, or run paconn init --auth oauth2 with the URLs of the sign-in.',
};

/** What can be done about an entry; undefined where a value is missing for it. */
export function hintFor(rule: ConversionRuleId, values: Readonly<Record<string, string | number>>): string | undefined {
  const hint = hints[rule];
  return hint !== undefined && [...hint.matchAll(/\{(\w+)\}/gu)].every(([, name = '']) => name in values)
    ? filledIn(hint, values)
    : undefined;
}

export function filledIn(message: string, values: Readonly<Record<string, string | number>>): string {
  return message.replaceAll(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? ''));
}
