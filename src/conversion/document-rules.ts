import type { ConversionRule } from './loss-class.ts';

export const readingLosses = {
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
  'value-reference': {
    dropped: "The reference '{ref}' in a value can't be followed. It isn't converted.",
    kept: "The reference '{ref}' in a value is replaced by what it refers to.",
  },
  'definition-renamed': { kept: "The definition '{old}' is called '{new}' in the result." },
} as const satisfies Record<string, ConversionRule>;

export const documentLosses = {
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
  'component-renamed': { kept: "'{old}' is called '{new}' in the result because references can't contain %." },
  'component-inlined': { kept: "'{name}' is written wherever it's used." },
} as const satisfies Record<string, ConversionRule>;

export const serverLosses = {
  'server-other': { dropped: "Server {n} ({url}) isn't used. --server {n} selects it." },
  'server-no-url': { dropped: "Server {n} isn't used because it has no URL." },
  'server-unusable': { dropped: "{url} can't be reached from the cloud." },
  'server-query': { dropped: 'A base URL has no query or fragment.' },
  'server-user': { dropped: 'A base URL has no user name or password.' },
  'server-private': {
    kept: '{host} is in a private network. The cloud reaches it only through an on-premises data gateway.',
  },
  'server-relative': { made: 'The document has no host. {host} is used.' },
  'server-missing': { dropped: "'{host}' isn't a host name. It isn't converted." },
  'server-host': { kept: "The host '{old}' became '{new}'." },
  'server-base-path': {
    kept: "The base path '{old}' became '{new}'.",
    narrowed: "The platform doesn't replace the variables in the base path '{old}'.",
  },
  'server-scheme': { dropped: 'Requests use {scheme}.' },
  'scheme-invalid': { dropped: "'{name}' isn't http or https. It isn't converted." },
  'schemes-empty': { dropped: 'The list of schemes has none that connectors support.' },
  'server-replaced': { dropped: "Server {n} ({url}) isn't used because --host replaces it." },
  'server-http': { kept: '{host} has no https URL. The platform requires https.' },
  'server-variable': {
    narrowed: "'{name}' is always '{value}'. --server-variables connection lets users choose.",
  },
  'server-variable-connection': { kept: "Users choose '{name}' when they create a connection." },
  'server-variable-unused': { dropped: "The variable '{name}' isn't in the host or path of the URL." },
  'server-of-operation-other': { dropped: "Server {n} ({url}) of the operation or path isn't used." },
  'server-same': { kept: "The server is the document's own server." },
  'server-of-operation': { kept: "The path starts with '{prefix}', which comes from its server." },
  'server-of-operation-policy': { kept: '{id} calls {url} through a policy (dynamichosturl).' },
  'server-description': { dropped: 'The description of a server has no counterpart.' },
} as const satisfies Record<string, ConversionRule>;

export const pathLosses = {
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

export const operationLosses = {
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

export const signInLosses = {
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

export const limitLosses = {
  'written-compact': { kept: 'The definition is written without white space. With it, it has {n} bytes.' },
  'definition-too-large': { refused: 'The definition has {n} bytes and the platform supports 1,048,576. {choices}' },
  'too-many-operations': {
    kept: '{n} operations. The largest published connector has 219. Use --tag or --operations to select fewer.',
  },
  'result-invalid': { invalid: '{message} ({rule})' },
  'no-operations': { refused: '{source} has no operation that a connector can have.' },
} as const satisfies Record<string, ConversionRule>;
