import type { Rule } from '../engine/rule.ts';
import { parameter } from './connection-parameter.ts';

const secretName = /(?:password|passwd|secret|secret[_-]?key|api[_-]?key|token)$/iu;

export const secretRules: readonly Rule[] = [
  {
    id: 'secret-not-securestring',
    level: 'warning',
    message: "Use 'securestring' for secrets.",
    reason: 'Users who share the connection can see the value of a plain string.',
    sources: ['PC'],
    good: [
      { properties: parameter('"password"', '{ "type": "securestring" }') },
      { properties: parameter('"site"', '{ "type": "string" }') },
    ],
    bad: [{ properties: parameter('"password"', '{ "type": ⟦"string"⟧ }') }],
    checkMember: {
      names: ['type'],
      of: {
        connectionParameter: (member, report, node) => {
          if (member.value === 'string' && secretName.test(node.name)) report(member);
        },
      },
    },
  },
];
