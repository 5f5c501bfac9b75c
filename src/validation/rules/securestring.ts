import { ConnectionParameterNode } from '../engine/nodes.ts';
import type { Rule } from '../engine/rule.ts';
import { typeOf } from './connection-parameter.ts';
import { ui } from './ui.ts';

export const securestringRules: readonly Rule[] = [
  {
    id: 'securestring-clear-text',
    level: 'info',
    common: true,
    message: "A securestring shouldn't be shown as clear text.",
    reason: 'Anyone who can see the screen can read the secret.',
    sources: ['PC'],
    good: [
      { properties: ui('{ "constraints": { "clearText": false } }', 'securestring') },
      { properties: ui('{ "constraints": { "clearText": true } }') },
    ],
    bad: [{ properties: ui('{ "constraints": { "clearText": ⟦true⟧ } }', 'securestring') }],
    checkMember: {
      names: ['clearText'],
      of: {
        constraints: (member, report, node) => {
          const parameter = node.parent?.parent;
          const isSecret = parameter instanceof ConnectionParameterNode && typeOf(parameter) === 'securestring';
          if (member.value === true && isSecret) report(member);
        },
      },
    },
  },
];
