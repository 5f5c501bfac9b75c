import { isMeantAsEnvironmentExpression } from '../../connector/expression.ts';
import { isArray, isText } from '../../json/value.ts';
import { mustHave } from '../engine/checks.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import type { Location } from '../engine/location.ts';
import type { MemberChecks, Report, Rule } from '../engine/rule.ts';

/** `api.contoso.com`, `api.contoso.com:8443`, `[::1]:80`. */
const hostWithPort = /^(?:\[[\da-f:.]+\]|[^\s{}/?#@\\:[\]]+)(?::\d+)?$/iu;

const localHost = /^(?:localhost|127\.[\d.]+|0\.0\.0\.0|\[::1\])(?::\d+)?$/iu;

const sampleHost =
  /(?:^|\.)(?:example\.com|example\.org|contoso\.com|your-api-host\.com)(?::\d+)?$|(?:^|\.)(?:placeholder|replace-[^.]*)\./iu;

/** For connectors whose script answers everything itself: the service wants a host all the same. */
const uncalledHost = 'placeholder.azure-apim.net';

const nonProductionLabels: ReadonlySet<string> = new Set([
  'dev',
  'test',
  'staging',
  'stage',
  'uat',
  'qa',
  'sandbox',
  'preprod',
]);

function checkHost(
  check: (host: string, member: Location, report: Report, connector: ParsedConnector) => void,
): MemberChecks {
  return {
    names: ['host'],
    of: {
      definition: (member, report, _node, connector) => {
        const { value } = member;
        if (typeof value === 'string' && !isMeantAsEnvironmentExpression(value))
          check(value, member, report, connector);
      },
    },
  };
}

function replacesHost({ properties }: ParsedConnector): boolean {
  const policies = properties?.policies ?? [];
  return policies.some((policy) => policy.text('templateId')?.toLowerCase() === 'dynamichosturl');
}

function hasGateway({ properties }: ParsedConnector): boolean {
  const capabilities = properties?.node?.value['capabilities'];
  return isArray(capabilities) && capabilities.some((name) => isText(name) && name.toLowerCase() === 'gateway');
}

const emptyHostHint = `Use the host of your API or MCP server. If your script answers everything itself, use ${uncalledHost}.`;

export const hostRules: readonly Rule[] = [
  {
    id: 'host-missing',
    level: 'error',
    message: "The connector needs a 'host'.",
    hint: emptyHostHint,
    reason: 'The service sends requests to this host.',
    sources: ['DO'],
    good: [{ definition: '{ "host": "api.contoso.com" }' }],
    bad: [{ definition: '⟦{⟧ "swagger": "2.0" }' }],
    check: { definition: mustHave(['host']) },
  },
  {
    id: 'host-invalid',
    level: 'error',
    message: "'host' must be a host name alone, such as api.contoso.com.",
    hint: "Move the scheme to 'schemes' and the path to 'basePath'.",
    reason:
      'The service combines scheme, host, and base path into a URL. A placeholder works only if a policy replaces it.',
    sources: ['SV', 'JD'],
    good: [
      { definition: '{ "host": "api.contoso.com:8443", "basePath": "/v1" }' },
      { definition: '{ "host": {} }' },
      { definition: '{ "host": "@environmentVariables(\\"cr_Host\\")" }' },
      {
        definition: '{ "host": "{instance}.contoso.com" }',
        properties: '{ "properties": { "policyTemplateInstances": [{ "templateId": "dynamichosturl" }] } }',
      },
    ],
    bad: [{ definition: '{ "host": ⟦"https://api.contoso.com/v1"⟧ }' }, { definition: '{ "host": ⟦""⟧ }' }],
    checkMember: checkHost((host, member, report, connector) => {
      if (hostWithPort.test(host) || replacesHost(connector)) return;
      report(member, {}, { hint: host === '' ? emptyHostHint : undefined });
    }),
  },
  {
    id: 'host-template',
    level: 'warning',
    message: "'host' is a placeholder that the dynamichosturl policy replaces.",
    hint: 'Use any host name that can be reached, such as the host of your documentation.',
    reason: 'The policy sets the host of each request, but the API definition still requires a host name.',
    sources: ['JD'],
    good: [
      {
        definition: '{ "host": "api.contoso.com" }',
        properties: '{ "properties": { "policyTemplateInstances": [{ "templateId": "dynamichosturl" }] } }',
      },
      { definition: '{ "host": "{instance}.contoso.com" }' },
    ],
    bad: [
      {
        definition: '{ "host": ⟦"{instance}.contoso.com"⟧ }',
        properties: '{ "properties": { "policyTemplateInstances": [{ "templateId": "dynamichosturl" }] } }',
      },
    ],
    checkMember: checkHost((host, member, report, connector) => {
      if (!hostWithPort.test(host) && replacesHost(connector)) report(member);
    }),
  },
  {
    id: 'host-localhost',
    level: 'warning',
    certified: 'error',
    message: "'host' must be reachable from the cloud.",
    hint: 'Use a public host name, or an on-premises data gateway (capability "gateway").',
    reason: "The service sends requests from the cloud, where 'localhost' isn't your computer.",
    sources: ['CS'],
    good: [
      {
        definition: '{ "host": "localhost:8080" }',
        properties: '{ "properties": { "capabilities": ["gateway"] } }',
      },
      { definition: '{ "host": "api.contoso.com" }' },
    ],
    bad: [
      { definition: '{ "host": ⟦"localhost:8080"⟧ }' },
      { definition: '{ "host": ⟦"127.0.0.1"⟧ }', properties: '{ "properties": { "capabilities": ["actions"] } }' },
      { definition: '{ "host": ⟦"[::1]:80"⟧ }', properties: '{ "properties": { "capabilities": [5] } }' },
    ],
    checkMember: checkHost((host, member, report, connector) => {
      if (localHost.test(host) && !hasGateway(connector)) report(member);
    }),
  },
  {
    id: 'host-non-production',
    level: 'certification',
    message: 'The host looks like a non-production host.',
    hint: 'Use the host of the production service.',
    reason: 'A published connector must not depend on a test system.',
    sources: ['CS'],
    good: [{ definition: '{ "host": "api.contoso.com" }' }, { definition: '{ "host": "contoso.dev" }' }],
    bad: [
      { definition: '{ "host": ⟦"api.staging.contoso.com"⟧ }' },
      ...['dev', 'test', 'stage', 'uat', 'qa', 'sandbox', 'preprod'].map((label) => ({
        definition: `{ "host": ⟦"contoso.${label}.net:443"⟧ }`,
      })),
      { definition: '{ "host": ⟦"staging"⟧ }' },
    ],
    checkMember: checkHost((host, member, report) => {
      const [name = ''] = host.toLowerCase().split(':', 1);
      // Names below the top-level domain "dev" are like any others.
      const labels = name.endsWith('.dev') ? name.split('.').slice(0, -1) : name.split('.');
      if (labels.some((label) => nonProductionLabels.has(label))) report(member);
    }),
  },
  {
    id: 'host-placeholder',
    level: 'info',
    certified: 'error',
    message: 'The host is a sample host name.',
    hint: 'Use the host of your API, unless a policy sets it.',
    reason: 'No server responds at a sample host name.',
    sources: ['CS'],
    good: [
      { definition: '{ "host": "api.fabrikam.net" }' },
      { definition: '{ "host": "placeholder.azure-apim.net" }' },
      { definition: '{ "host": "placeholders.fabrikam.net" }' },
      {
        definition: '{ "host": "api.contoso.com" }',
        properties: '{ "properties": { "policyTemplateInstances": [{ "templateId": "dynamichosturl" }] } }',
      },
    ],
    bad: [
      { definition: '{ "host": ⟦"api.example.com"⟧ }' },
      { definition: '{ "host": ⟦"your-api-host.com"⟧ }' },
      { definition: '{ "host": ⟦"placeholder.fabrikam.net"⟧ }' },
      { definition: '{ "host": ⟦"replace-me.fabrikam.net"⟧ }' },
    ],
    checkMember: checkHost((host, member, report, connector) => {
      if (sampleHost.test(host) && host !== uncalledHost && !replacesHost(connector)) report(member);
    }),
  },
  {
    id: 'host-uncalled',
    level: 'info',
    message: 'The script must answer every operation: nothing answers at this host.',
    reason: 'The service requires a host. Connectors whose script answers everything itself have this one.',
    sources: ['WC'],
    good: [{ definition: '{ "host": "api.fabrikam.net" }' }],
    bad: [{ definition: '{ "host": ⟦"placeholder.azure-apim.net"⟧ }' }],
    checkMember: checkHost((host, member, report) => {
      if (host === uncalledHost) report(member);
    }),
  },
];
