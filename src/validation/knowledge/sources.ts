import { policiesUrl } from './policies.ts';

const learn = 'https://learn.microsoft.com/en-us/connectors/custom-connectors';
const repository = 'https://github.com/microsoft/PowerPlatformConnectors';

/** Where the rules come from. A finding shows the address of its rule's first source. */
export const sources = {
  SV: { url: `${learn}/certification-swagger-validator-rules`, title: 'Fix Swagger Validator errors' },
  CE: { url: policiesUrl, title: 'Certification policies' },
  CS: { url: `${learn}/certification-submission`, title: 'Prepare connector files for certification' },
  OX: { url: `${learn}/openapi-extensions`, title: 'OpenAPI extensions' },
  SG: { url: `${learn}/connector-string-guidance`, title: 'String fields guidance' },
  CD: { url: `${learn}/coding-standards`, title: 'Coding standards' },
  WC: { url: `${learn}/write-code`, title: 'Custom code' },
  DO: { url: `${learn}/define-openapi-definition`, title: 'Create a connector from an OpenAPI definition' },
  MA: { url: `${learn}/multi-auth`, title: 'Multiple authentication' },
  CP: { url: `${learn}/connection-parameters`, title: 'Connection parameters' },
  WT: { url: `${learn}/create-webhook-trigger`, title: 'Webhook triggers' },
  TC: { url: `${learn}/test-connection`, title: 'Test connection' },
  OV: { url: `${learn}/operational-versioning`, title: 'Operational versioning' },
  DP: { url: `${learn}/deprecate-operation`, title: 'Deprecate an operation' },
  EV: { url: `${learn}/environment-variables`, title: 'Use environment variables in custom connectors' },
  PC: { url: `${learn}/paconn-cli`, title: 'Connectors CLI and its files' },
  PT: { url: `${learn}/policy-templates`, title: 'Policy templates' },
  FAQ: { url: `${learn}/faq`, title: 'Custom connector FAQ' },
  S2: { url: 'https://swagger.io/specification/v2/', title: 'Swagger 2.0 specification' },
  MCP: {
    url: 'https://learn.microsoft.com/en-us/microsoft-copilot-studio/mcp-add-existing-server-to-agent',
    title: 'Connect an agent to an existing MCP server',
  },
  RFC: { url: 'https://www.rfc-editor.org/rfc/rfc8259', title: 'RFC 8259: JSON' },
  ZIP: { url: 'https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT', title: 'ZIP file format' },
  JD: {
    url: `${repository}/blob/dev/schemas/apiDefinition.swagger.schema.json`,
    title: 'JSON schema of the API definition',
  },
  JP: {
    url: `${repository}/blob/dev/schemas/paconn-apiProperties.schema.json`,
    title: 'JSON schema of the API properties',
  },
  JS: { url: `${repository}/blob/dev/schemas/paconn-settings.schema.json`, title: 'JSON schema of the settings' },
  PR: { url: `${repository}/blob/dev/.github/pull_request_template.md`, title: 'Pull request template' },
  PAC: {
    url: `${repository}/blob/dev/tools/paconn-cli/paconn/operations/validate.py`,
    title: 'The Python tool: validate',
  },
  SC: {
    url: `${repository}/blob/dev/tools/paconn-cli/paconn/operations/script_validate.py`,
    title: 'The Python tool: script checks',
  },
  I1088: { url: `${repository}/issues/1088`, title: 'Limit of 512 schemas' },
  I1095: { url: `${repository}/pull/1095`, title: 'Validator output: characters, contact, metadata' },
  I3407: { url: `${repository}/pull/3407`, title: 'Validator output: title and summaries' },
  I4181: { url: `${repository}/pull/4181`, title: 'Validator output: description length, default response' },
  I4160: { url: `${repository}/pull/4160`, title: 'Validator output: parameter descriptions' },
  I3287: { url: `${repository}/pull/3287`, title: 'Validator output: a removed value of an input' },
  I3499: { url: `${repository}/pull/3499`, title: 'Validator output: changed paths, new required parameters' },
  I3546: { url: `${repository}/pull/3546`, title: 'Validator output: the changed type of an input' },
  I3648: { url: `${repository}/pull/3648`, title: 'Validator output: changed paths and locations' },
  I3656: { url: `${repository}/pull/3656`, title: 'Validator output: new required inputs, removed outputs' },
  I4168: { url: `${repository}/pull/4168`, title: 'Validator output: removed operations, changed types' },
  I4215: { url: `${repository}/pull/4215`, title: 'Validator output: hidden operations' },
  I3097: { url: `${repository}/pull/3097`, title: 'Validator output of API properties' },
  I3478: { url: `${repository}/pull/3478`, title: 'Namespaces that are rejected' },
  PRC: { url: `${repository}/pull/3473`, title: 'A review of icons' },
  I3567: { url: `${repository}/issues/3567`, title: 'Limit of 500,000 characters in a solution' },
  I3173: { url: `${repository}/issues/3173`, title: 'A schema with an empty title' },
  DV: {
    url: 'https://learn.microsoft.com/en-us/power-apps/developer/data-platform/reference/entities/connector',
    title: 'Dataverse table of connectors',
  },
  I70: {
    url: 'https://github.com/MicrosoftDocs/BusinessApplicationPlatform-Connectors-public/issues/70',
    title: 'A default of the wrong type',
  },
} as const satisfies Readonly<Record<string, { readonly url: string; readonly title: string }>>;

export type SourceKey = keyof typeof sources;

/**
 * What of the sources shows that the service refuses something, and how. An error rests on one of them: what only a schema
 * of the connector repository, a review, or taste asks for is no error.
 */
export const evidence: Readonly<Partial<Record<SourceKey, string>>> = {
  SV: "A documented check of the service's validator",
  S2: 'The specification that the API definition must follow',
  RFC: "The standard for JSON, without which the file can't be read",
  ZIP: "The format of ZIP files, without which the package can't be read",
  PAC: "The tool can't read the file",
  PC: "The tool can't read the file",
  DO: 'A documented limit',
  FAQ: 'A documented limit',
  WC: 'A documented requirement for scripts, which the service compiles',
  MA: 'Documented as required',
  CP: 'Documented as required',
  I1088: 'A refusal that users reported',
};
