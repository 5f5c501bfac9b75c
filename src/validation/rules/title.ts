import type { Rule } from '../engine/rule.ts';
import { containing, endsOddly, ofText } from '../engine/text-checks.ts';

const titleProductNames =
  /\b(?:power apps|power automate|logic apps|power platform|copilot studio|power bi|power pages)\b/giu;

const longestTitle = 30;

export const titleRules: readonly Rule[] = [
  {
    id: 'title-too-long',
    level: 'certification',
    message: `The title has {count} characters. At most ${longestTitle} are allowed.`,
    reason: "Longer titles don't fit in the list of connectors.",
    sources: ['CS', 'SG', 'I3407'],
    good: [
      { definition: '{ "info": { "title": "Contoso Orders" } }' },
      { definition: '{ "info": { "title": "Contoso Orders and Customers (Independent Publisher)" } }' },
    ],
    bad: [{ definition: '{ "info": { "title": ⟦"Contoso Orders, Customers and Invoices"⟧ } }' }],
    checkMember: {
      names: ['title'],
      of: {
        info: ofText((text, member, report) => {
          const count = text.replace(/ \(Independent Publisher\)$/u, '').length;
          if (count > longestTitle) report(member, { count });
        }),
      },
    },
  },
  {
    id: 'title-restricted-word',
    level: 'certification',
    message: "The title must not contain '{word}'.",
    reason: 'Every entry in the list is a connector, so the word adds no information.',
    sources: ['CS', 'I3407'],
    good: [{ definition: '{ "info": { "title": "Contoso Orders" } }' }],
    bad: [{ definition: '{ "info": { "title": ⟦"Contoso Orders API"⟧ } }' }],
    checkMember: { names: ['title'], of: { info: containing(/\b(?:api|connector)\b/giu) } },
  },
  {
    id: 'title-product-name',
    level: 'certification',
    message: "The title must not contain the product name '{word}'.",
    reason: 'The title names your service. All connectors work in the same Microsoft products.',
    sources: ['CS'],
    good: [{ definition: '{ "info": { "title": "Contoso Orders" } }' }],
    bad: [{ definition: '{ "info": { "title": ⟦"Contoso for Power Automate"⟧ } }' }],
    checkMember: { names: ['title'], of: { info: containing(titleProductNames) } },
  },
  {
    id: 'title-end',
    level: 'certification',
    message: 'The title must end with an alphanumeric character.',
    reason: 'Other characters at the end look like a mistake. A closing parenthesis is allowed.',
    sources: ['CS', 'SV'],
    good: [{ definition: '{ "info": { "title": "Contoso Orders (Europe)" } }' }],
    bad: [{ definition: '{ "info": { "title": ⟦"Contoso Orders!"⟧ } }' }],
    checkMember: { names: ['title'], of: { info: endsOddly } },
  },
];
