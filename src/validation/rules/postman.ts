import type { Rule } from '../engine/rule.ts';
import { convertFirst, reportForeign } from './yaml.ts';

export const postmanRules: readonly Rule[] = [
  {
    id: 'postman-unsupported',
    level: 'error',
    message: "This is a Postman collection, which isn't an API definition.",
    hint: convertFirst,
    reason: "The service supports only OpenAPI 2.0. paconn doesn't check the rest of the file.",
    sources: ['S2', 'DO'],
    good: [{ definition: '{ "info": { "title": "Orders" } }' }, { definition: '{ "info": { "schema": {} } }' }],
    bad: [
      { definition: '{ "info": ⟦{ "_postman_id": "1", "name": "Orders" }⟧, "item": [] }' },
      {
        definition:
          '{ "info": ⟦{ "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" }⟧ }',
      },
    ],
    check: { connector: reportForeign('postman') },
  },
];
