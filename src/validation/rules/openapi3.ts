import type { Rule } from '../engine/rule.ts';
import { convertFirst, reportForeign } from './yaml.ts';

export const openapi3Rules: readonly Rule[] = [
  {
    id: 'openapi3-unsupported',
    level: 'error',
    message: 'This is {words}. The service supports only OpenAPI 2.0 (Swagger).',
    hint: convertFirst,
    reason: "Custom connectors support only OpenAPI 2.0 (formerly Swagger). paconn doesn't check the rest of the file.",
    sources: ['DO', 'FAQ'],
    good: [
      { definition: '{ "swagger": "2.0" }' },
      { definition: '{ "swagger": "2.0", "openapi": "3.0.1", "definitions": {} }' },
      { definition: '{ "info": { "_postman_id": "1", "name": "Orders" } }' },
    ],
    bad: [
      { definition: '{ "openapi": ⟦"3.0.1"⟧, "servers": [] }' },
      { definition: '{ "swagger": "2.0", "openapi": ⟦"3.0.1"⟧ }' },
      { definition: '{ "swagger": "2.0", "openapi": ⟦"3.1.0"⟧, "components": {}, "host": "api.contoso.com" }' },
    ],
    check: { connector: reportForeign('openapi3') },
  },
];
