import type { OperationNode } from '../nodes.ts';
import type { Rule } from '../rule.ts';

export const operationRules: readonly Rule[] = [
  {
    id: 'operation-id-duplicate',
    level: 'error',
    message: "operationId '{id}' is already used at {line}:{column}.",
    reason: 'The ID is the name of the operation in flows and apps, and must tell it from all others.',
    sources: ['SV'],
    good: {
      definition: '{ "paths": { "/a": { "get": { "operationId": "GetA" }, "put": { "operationId": "PutA" } } } }',
    },
    bad: {
      definition: '{ "paths": { "/a": { "get": { "operationId": "GetA" }, "put": { "operationId": ⟦"GetA"⟧ } } } }',
    },
    check: {
      connector: ({ definition }, report) => {
        const first = new Map<string, OperationNode>();
        for (const operation of definition?.operations ?? []) {
          const { id } = operation;
          const other = id === undefined ? undefined : first.get(id);
          if (id === undefined) continue;
          if (!other) first.set(id, operation);
          else {
            const related = [{ place: other.at('operationId'), message: 'The first use is here.' }];
            report(operation.at('operationId'), { id }, { related });
          }
        }
      },
    },
  },
];
