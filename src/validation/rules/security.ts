import type { Nodes } from '../engine/node-kinds.ts';
import { isArray, isObject, isString, isText, member as memberOf } from '../../json/value.ts';
import { nearestName } from '../../nearest-name.ts';
import { oneOf, reportMissing } from '../engine/checks.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import type { MemberCheck, Rule } from '../engine/rule.ts';

/** The definition of a security scheme, if there is one of this name. */
function schemeOf(name: string, { definition }: ParsedConnector): unknown {
  return memberOf(definition?.root.value['securityDefinitions'], name);
}

const ofApiKey = ['name', 'in'];

const ofFlow: Readonly<Record<string, readonly string[]>> = {
  implicit: ['authorizationUrl'],
  accessCode: ['authorizationUrl', 'tokenUrl'],
  password: ['tokenUrl'],
  application: ['tokenUrl'],
};

/** The members without which a scheme cannot work. */
function requiredMembers({ value }: Nodes['securityDefinition']): readonly string[] {
  if (value['type'] === undefined) return ['type'];
  if (value['type'] === 'apiKey') return ofApiKey;
  if (value['type'] !== 'oauth2') return [];
  const flow = String(value['flow']);
  // What one with a slip needs as well is reported at once.
  const urls = memberOf(ofFlow, nearestName(flow, Object.keys(ofFlow)) ?? flow);
  return ['flow', 'scopes', ...(isArray(urls) ? urls.filter(isString) : [])];
}

function isNotGiven(value: unknown): boolean {
  return !isText(value) && !isObject(value);
}

/** A check for the security definitions of one type. */
function ifType(type: string, check: MemberCheck): MemberCheck<Nodes['securityDefinition']> {
  return (member, report, node, connector) => {
    if (node.value['type'] === type) check(member, report, node, connector);
  };
}

function secured(scheme: string, value: string): string {
  return `{ "securityDefinitions": { "login": { ${scheme} } }, "security": [{ "login": ${value} }] }`;
}

export const securityRules: readonly Rule[] = [
  {
    id: 'security-requirement-undefined',
    level: 'warning',
    message: "Security scheme '{name}' isn't defined.",
    reason: 'A security requirement must refer to a scheme in securityDefinitions.',
    sources: ['SV'],
    good: [{ definition: '{ "securityDefinitions": { "key": { "type": "basic" } }, "security": [{ "key": [] }] }' }],
    bad: [{ definition: '{ "securityDefinitions": { "key": { "type": "basic" } }, "security": [{ ⟦"token"⟧: [] }] }' }],
    check: {
      securityRequirement: (node, report, connector) => {
        for (const scheme of node.members()) {
          if (schemeOf(scheme.name, connector) !== undefined) continue;
          const because = connector.definition && [connector.definition.root.at('securityDefinitions')];
          const { name } = scheme;
          const lack = { name, oneOf: [], isIn: (written: unknown) => memberOf(written, name) !== undefined };
          report(scheme, { name }, { mark: 'name', because, lack });
        }
      },
    },
  },
  {
    id: 'security-requirement-value',
    level: 'error',
    message: 'Provide an array of scopes.',
    hint: 'Without scopes, use an empty array: [].',
    reason: 'A security requirement has a list of scopes for each scheme. The list can be empty.',
    sources: ['SV'],
    good: [{ definition: '{ "securityDefinitions": { "key": { "type": "basic" } }, "security": [{ "key": [] }] }' }],
    bad: [{ definition: '{ "securityDefinitions": { "key": { "type": "basic" } }, "security": [{ "key": ⟦{}⟧ }] }' }],
    check: {
      securityRequirement: (node, report) => {
        for (const scheme of node.members()) if (!isArray(scheme.value)) report(scheme);
      },
    },
  },
  {
    id: 'security-requirement-scopes',
    level: 'error',
    message: "'{name}' can't have scopes. Use an empty array.",
    reason: 'Only OAuth 2.0 supports scopes.',
    sources: ['SV'],
    good: [
      { definition: '{ "securityDefinitions": { "key": { "type": "basic" } }, "security": [{ "key": [] }] }' },
      { definition: secured('"type": "basic"', '{}') },
      { definition: secured('"type": "oauth2"', '["read"]') },
    ],
    bad: [
      {
        definition: '{ "securityDefinitions": { "key": { "type": "basic" } }, "security": [{ "key": ⟦["read"]⟧ }] }',
      },
      { definition: secured('"type": "apiKey"', '⟦["read"]⟧') },
    ],
    check: {
      securityRequirement: (node, report, connector) => {
        for (const scheme of node.members()) {
          if (!isArray(scheme.value) || scheme.value.length === 0) continue;
          const type = memberOf(schemeOf(scheme.name, connector), 'type');
          if (type !== 'basic' && type !== 'apiKey') continue;
          report(scheme, { name: scheme.name }, { fix: { replace: [] } });
        }
      },
    },
  },
  {
    id: 'security-scope-undefined',
    level: 'warning',
    message: "Scope '{value}' isn't defined.",
    reason: 'A security requirement can use only scopes that the security definition lists.',
    sources: ['SV'],
    good: [
      {
        definition: `{ "securityDefinitions": { "oauth": { "type": "oauth2", "scopes": { "read": "Read" } } },
  "security": [{ "oauth": ["read"] }] }`,
      },
      { definition: secured('"type": "basic"', '["read"]') },
      { definition: secured('"type": "oauth2"', '{}') },
      { definition: secured('"type": "oauth2"', '[5]') },
    ],
    bad: [
      {
        definition: `{ "securityDefinitions": { "oauth": { "type": "oauth2", "scopes": { "read": "Read" } } },
  "security": [{ "oauth": ["read", ⟦"write"⟧] }] }`,
      },
    ],
    check: {
      securityRequirement: (node, report, connector) => {
        for (const requirement of node.members()) {
          const scheme = schemeOf(requirement.name, connector);
          if (memberOf(scheme, 'type') !== 'oauth2' || !isArray(requirement.value)) continue;
          const scopes = memberOf(scheme, 'scopes');
          for (const [index, value] of requirement.value.entries()) {
            if (!isString(value) || memberOf(scopes, value) !== undefined) continue;
            const because = connector.definition && [
              connector.definition.root.at('securityDefinitions', requirement.name, 'scopes'),
            ];
            report(requirement.at(index), { value }, { because });
          }
        }
      },
    },
  },
  {
    id: 'security-type-unsupported',
    level: 'error',
    message: "'{value}' isn't supported{suggestion}.",
    reason: 'Connectors support basic, apiKey, and oauth2.',
    sources: ['SV', 'CP'],
    good: [
      { definition: '{ "securityDefinitions": { "login": { "type": "basic" } } }' },
      { definition: '{ "securityDefinitions": { "key": { "type": "apiKey" }, "oauth": { "type": "oauth2" } } }' },
    ],
    bad: [{ definition: '{ "securityDefinitions": { "login": { "type": ⟦"bearer"⟧ } } }' }],
    checkMember: { names: ['type'], of: { securityDefinition: oneOf(['basic', 'apiKey', 'oauth2']) } },
  },
  {
    id: 'security-location-invalid',
    level: 'error',
    message: "'{value}' isn't a location for an API key{suggestion}.",
    hint: 'Use header or query.',
    reason: 'Connectors send an API key in a header or in the query.',
    sources: ['S2'],
    good: [
      { definition: '{ "securityDefinitions": { "login": { "type": "basic", "in": "form" } } }' },
      ...['header', 'query'].map((location) => ({
        definition: `{ "securityDefinitions": { "key": { "type": "apiKey", "in": "${location}", "name": "key" } } }`,
      })),
    ],
    bad: [{ definition: '{ "securityDefinitions": { "key": { "type": "apiKey", "in": ⟦"heder"⟧, "name": "key" } } }' }],
    checkMember: { names: ['in'], of: { securityDefinition: ifType('apiKey', oneOf(['header', 'query'])) } },
  },
  {
    id: 'security-flow-invalid',
    level: 'error',
    message: "'{value}' isn't an OAuth 2.0 flow{suggestion}.",
    hint: 'Use accessCode.',
    reason: 'OpenAPI 2.0 has these flows: implicit, accessCode, password, and application.',
    sources: ['S2'],
    good: [
      { definition: '{ "securityDefinitions": { "login": { "type": "basic", "flow": "form" } } }' },
      ...Object.keys(ofFlow).map((flow) => ({
        definition: `{ "securityDefinitions": { "oauth": { "type": "oauth2", "flow": "${flow}" } } }`,
      })),
    ],
    bad: [
      { definition: '{ "securityDefinitions": { "oauth": { "type": "oauth2", "flow": ⟦"authorizationCode"⟧ } } }' },
    ],
    checkMember: { names: ['flow'], of: { securityDefinition: ifType('oauth2', oneOf(Object.keys(ofFlow))) } },
  },
  {
    id: 'security-definition-invalid',
    level: 'error',
    message: "The security definition needs '{name}'.",
    reason: 'An API key requires a location and a name. OAuth 2.0 requires a flow, its URLs, and scopes.',
    sources: ['SV'],
    good: [
      { definition: '{ "securityDefinitions": { "key": { "type": "apiKey", "in": "header", "name": "X-Key" } } }' },
      { definition: '{ "securityDefinitions": { "login": { "type": "basic" } } }' },
      {
        definition: `{ "securityDefinitions": { "oauth": { "type": "oauth2", "flow": "accessCode", "scopes": {},
  "authorizationUrl": "https://contoso.com/authorize", "tokenUrl": "https://contoso.com/token" } } }`,
      },
    ],
    bad: [
      { definition: '{ "securityDefinitions": { "key": ⟦{⟧ "type": "apiKey", "in": "header" } } }' },
      ...[
        '"in": "header", "name": "X-Key"',
        '"type": "apiKey", "name": "X-Key"',
        '"type": "oauth2", "scopes": {}',
        '"type": "oauth2", "flow": "device"',
        '"type": "oauth2", "flow": "acessCode", "scopes": {}, "authorizationUrl": "https://contoso.com/authorize"',
        '"type": "oauth2", "flow": "accessCode", "scopes": {}, "tokenUrl": "https://contoso.com/token"',
        '"type": "oauth2", "flow": "accessCode", "scopes": {}, "authorizationUrl": "https://contoso.com/authorize"',
      ].map((members) => ({ definition: `{ "securityDefinitions": { "login": ⟦{⟧ ${members} } } }` })),
    ],
    check: {
      securityDefinition: (node, report) => {
        reportMissing(node, requiredMembers(node), report, isNotGiven);
      },
    },
  },
];
