import { member } from '../json-value.ts';
import type { Rule } from '../rule.ts';

export const securityRules: readonly Rule[] = [
  {
    id: 'security-requirement-undefined',
    level: 'warning',
    message: "Security scheme '{name}' is not defined.",
    reason: 'A requirement names a scheme of securityDefinitions.',
    sources: ['SV'],
    good: { definition: '{ "securityDefinitions": { "key": { "type": "basic" } }, "security": [{ "key": [] }] }' },
    bad: { definition: '{ "securityDefinitions": { "key": { "type": "basic" } }, "security": [{ ⟦"token"⟧: [] }] }' },
    check: {
      securityRequirement: (node, report, { definition }) => {
        const defined = definition?.root.value['securityDefinitions'];
        for (const scheme of node.members()) {
          if (member(defined, scheme.name) === undefined) report(scheme, { name: scheme.name }, { mark: 'name' });
        }
      },
    },
  },
];
