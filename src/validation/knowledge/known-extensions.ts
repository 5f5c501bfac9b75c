/** On an operation: it is an MCP server for agents. */
export const agenticProtocol = 'x-ms-agentic-protocol';

/** The extensions that the platform documents, and those that published connectors use with it. */
export const extensionsOfConnectors: readonly string[] = [
  agenticProtocol,
  'x-ms-summary',
  'x-ms-visibility',
  'x-ms-trigger',
  'x-ms-trigger-hint',
  'x-ms-trigger-metadata',
  'x-ms-notification-content',
  'x-ms-notification-url',
  'x-ms-url-encoding',
  'x-ms-dynamic-values',
  'x-ms-dynamic-list',
  'x-ms-dynamic-schema',
  'x-ms-dynamic-properties',
  'x-ms-dynamic-tree',
  'x-ms-enum-values',
  'x-ms-api-annotation',
  'x-ms-capabilities',
  'x-ms-connector-metadata',
  'x-ms-pageable',
  'x-ms-operation-context',
  'x-ms-no-generic-test',
  'x-ms-safe-operation',
  'x-ms-test-value',
  'x-ms-media-kind',
  'x-ms-editor',
  'x-ms-editor-options',
  'x-ms-openai-data',
  'x-ms-openai-manifest',
  'x-ms-openai-published-to-copilots',
  'x-ms-require-user-confirmation',
  'x-ms-keywords',
  'x-ms-deployment-version',
  'x-ms-docs',
  'x-ms-name-for-model',
  'x-ms-description-for-model',
  'x-ms-trigger-value',
  'x-ms-localizeDefaultValue',
  'x-ms-notification',
];

/** Those of AutoRest: definitions made for Azure's client libraries have them, and here they do no harm. */
const ofAutoRest = [
  'x-ms-arm-id-details',
  'x-ms-azure-resource',
  'x-ms-client-default',
  'x-ms-client-flatten',
  'x-ms-client-name',
  'x-ms-code-generation-settings',
  'x-ms-discriminator-value',
  'x-ms-enum',
  'x-ms-error-response',
  'x-ms-examples',
  'x-ms-external',
  'x-ms-header-collection-prefix',
  'x-ms-identifiers',
  'x-ms-long-running-operation',
  'x-ms-long-running-operation-options',
  'x-ms-mutability',
  'x-ms-odata',
  'x-ms-parameter-grouping',
  'x-ms-parameter-location',
  'x-ms-parameterized-host',
  'x-ms-paths',
  'x-ms-request-id',
  'x-ms-secret',
  'x-ms-skip-url-encoding',
  'x-ms-text',
] as const;

/** What published connectors have beside references, and the platform reads there. */
export const readBesideReferences: ReadonlySet<string> = new Set(['x-ms-notification-url', 'x-ms-visibility']);

export const knownExtensions: readonly string[] = [...extensionsOfConnectors, ...ofAutoRest];
