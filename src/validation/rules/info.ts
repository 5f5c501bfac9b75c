import { mustHave } from '../engine/checks.ts';
import type { Rule } from '../engine/rule.ts';
import { containing, ofText, productNames } from '../engine/text-checks.ts';

const shortestDescription = 30;

const longestDescription = 500;

const goodDescription = 'Contoso Orders keeps the orders of your customers.';

export const infoRules: readonly Rule[] = [
  {
    id: 'info-description-missing',
    level: 'certification',
    message: 'A description is required.',
    hint: 'Describe the service in one or two sentences.',
    reason: 'Users read the description before they choose a connector.',
    sources: ['CS'],
    good: [{ definition: `{ "info": { "title": "Contoso Orders", "description": "${goodDescription}" } }` }],
    bad: [{ definition: '{ "info": ⟦{⟧ "title": "Contoso Orders" } }' }],
    check: { info: mustHave(['description']) },
  },
  {
    id: 'info-description-length',
    level: 'certification',
    message: `The description must be ${shortestDescription} to ${longestDescription} characters long (has {count}).`,
    reason: 'The list of connectors shows the description, and has room for this length.',
    sources: ['CS', 'I4181'],
    good: [
      { definition: `{ "info": { "description": "${goodDescription}" } }` },
      { definition: '{ "info": { "description": [] } }' },
    ],
    bad: [
      { definition: '{ "info": { "description": ⟦"Contoso Orders"⟧ } }' },
      { definition: `{ "info": { "description": ⟦"${goodDescription.repeat(11)}"⟧ } }` },
    ],
    checkMember: {
      names: ['description'],
      of: {
        info: (member, report) => {
          const { value } = member;
          if (typeof value !== 'string') return;
          const count = value.length;
          if (count < shortestDescription || count > longestDescription) report(member, { count });
        },
      },
    },
  },
  {
    id: 'info-description-product-name',
    level: 'certification',
    message: "The description must not contain '{word}'.",
    reason: 'Describe your service. All connectors work in the same Microsoft products.',
    sources: ['CS', 'I3407'],
    good: [{ definition: `{ "info": { "description": "${goodDescription}" } }` }],
    bad: [{ definition: '{ "info": { "description": ⟦"Use the orders of Contoso in Power Automate."⟧ } }' }],
    checkMember: { names: ['description'], of: { info: containing(productNames) } },
  },
  {
    id: 'info-description-restricted-word',
    level: 'info',
    common: true,
    message: "Avoid the word 'API' in the description.",
    reason: "Most readers of the description aren't developers.",
    sources: ['SG'],
    good: [{ definition: `{ "info": { "description": "${goodDescription}" } }` }],
    bad: [{ definition: '{ "info": { "description": ⟦"The API of Contoso for the orders of your customers."⟧ } }' }],
    checkMember: {
      names: ['description'],
      of: {
        info: ofText((description, member, report) => {
          if (/\bapi\b/iu.test(description)) report(member);
        }),
      },
    },
  },
];
