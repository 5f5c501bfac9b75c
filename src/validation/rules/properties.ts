import type { Rule } from '../rule.ts';

export const propertiesRules: readonly Rule[] = [
  {
    id: 'brand-color-missing',
    level: 'error',
    message: "'iconBrandColor' is required.",
    reason: 'The colour stands behind the icon of the connector.',
    sources: ['JP'],
    good: { properties: '{ "properties": { "iconBrandColor": "#da3b01" } }' },
    bad: { properties: '{ "properties": ⟦{⟧ "capabilities": [] } }' },
    check: {
      properties: (node, report) => {
        const color = node.at('iconBrandColor');
        if (color.value === undefined) report(color);
      },
    },
  },
];
