import { shownValue } from '../engine/message.ts';
import type { Rule } from '../engine/rule.ts';

export const openapi3Rules: readonly Rule[] = [
  {
    id: 'openapi3-unsupported',
    level: 'error',
    message: 'OpenAPI {version} is not supported; convert the document to OpenAPI (Swagger) 2.0.',
    reason: 'Custom connectors are described in OpenAPI 2.0, formerly Swagger, alone.',
    sources: ['DO', 'FAQ'],
    good: [{ definition: '{ "swagger": "2.0" }' }],
    bad: [{ definition: '{ "openapi": ⟦"3.0.1"⟧ }' }],
    checkMember: {
      names: ['openapi'],
      of: { definition: (member, report) => report(member, { version: shownValue(member.value) }) },
    },
  },
];
