import { reportMissing } from '../engine/checks.ts';
import type { OperationNode } from '../engine/nodes.ts';
import type { Report, Rule } from '../engine/rule.ts';
import { containing, endsOddly, lacksText, longerThan, ofText, productNames, sameAs } from '../engine/text-checks.ts';

const longestSummary = 80;

/** Longer ones are cut off. */
const mostSummary = 120;

const good = {
  definition: `{ "paths": { "/orders": { "get": {
  "summary": "List orders", "description": "Get the orders of a customer, the newest first." } } } }`,
};

/** An operation with this text, as an example. */
function withText(name: string, text: string): { readonly definition: string } {
  return { definition: `{ "paths": { "/orders": { "get": { "${name}": ⟦"${text}"⟧ } } } }` };
}

function mustHaveText(name: string): (node: OperationNode, report: Report) => void {
  return (node, report) => {
    if (!node.isInternal) reportMissing(node, [name], report, lacksText);
  };
}

export const operationRules: readonly Rule[] = [
  {
    id: 'operation-summary-missing',
    level: 'certification',
    message: "The 'summary' property is required.",
    hint: 'Add a title of a few words, or "x-ms-visibility": "internal" if users shouldn\'t see the operation.',
    reason: 'The designer shows the summary as the title of the action or trigger.',
    sources: ['CS', 'I3407'],
    good: [good, { definition: '{ "paths": { "/orders": { "get": { "x-ms-visibility": "internal" } } } }' }],
    bad: [
      { definition: '{ "paths": { "/orders": { "get": ⟦{⟧ "description": "Get the orders of a customer." } } } }' },
    ],
    check: { operation: mustHaveText('summary') },
  },
  {
    id: 'operation-description-missing',
    level: 'certification',
    message: "The 'description' property is required.",
    hint: 'Add a sentence, or "x-ms-visibility": "internal" if users shouldn\'t see the operation.',
    reason: 'Makers read the description to decide when to use the operation.',
    sources: ['CS', 'I3407'],
    good: [good, { definition: '{ "paths": { "/orders": { "get": { "x-ms-visibility": "internal" } } } }' }],
    bad: [{ definition: '{ "paths": { "/orders": { "get": ⟦{⟧ "summary": "List orders" } } } }' }],
    check: { operation: mustHaveText('description') },
  },
  {
    id: 'operation-summary-over-120',
    level: 'warning',
    certified: 'error',
    message: 'Summary should have fewer than 120 characters.',
    hint: 'Move the rest to the description.',
    reason: 'The summary is a title. The list of actions cuts off longer summaries.',
    sources: ['SV'],
    good: [good],
    bad: [
      withText(
        'summary',
        'List all orders of a customer with their lines, invoices and payments that have been changed since a given day, newest first',
      ),
    ],
    checkMember: { names: ['summary'], of: { operation: longerThan(mostSummary) } },
  },
  {
    id: 'operation-summary-too-long',
    level: 'certification',
    message: `The summary has {count} characters. At most ${longestSummary} are allowed.`,
    hint: 'Move the rest to the description.',
    reason: 'The summary is a title. The list of actions cuts off longer summaries.',
    sources: ['CS', 'SG'],
    good: [good],
    bad: [
      withText('summary', 'List all orders of a customer with their lines that have been changed since a given day'),
    ],
    checkMember: { names: ['summary'], of: { operation: longerThan(longestSummary, mostSummary) } },
  },
  {
    id: 'operation-summary-restricted-chars',
    level: 'certification',
    message: "Summary contains the restricted character '{word}'.",
    reason: "The summary becomes the name of a step, which can't contain these characters.",
    sources: ['SV', 'I1095'],
    good: [good],
    bad: [withText('summary', 'List orders & customers')],
    checkMember: { names: ['summary'], of: { operation: containing(/[/\\<>*%&?]/gu) } },
  },
  {
    id: 'operation-summary-end',
    level: 'certification',
    message: 'Summary must end with an alphanumeric character.',
    reason: 'The summary is a title, not a sentence. A closing parenthesis is allowed.',
    sources: ['SG', 'SV'],
    good: [good],
    bad: [withText('summary', 'List orders.')],
    checkMember: { names: ['summary'], of: { operation: endsOddly } },
  },
  {
    id: 'operation-summary-charset',
    level: 'info',
    common: true,
    message: 'Use only letters, digits, and parentheses.',
    reason: 'The summary becomes the name of a step, and other characters make expressions hard to read.',
    sources: ['CS'],
    good: [good],
    bad: [withText('summary', 'List orders - by customer')],
    checkMember: {
      names: ['summary'],
      of: {
        operation: ofText((summary, member, report) => {
          if (/[^\p{L}\p{M}\p{N}\s()]/u.test(summary)) report(member);
        }),
      },
    },
  },
  {
    id: 'operation-product-name',
    level: 'certification',
    message: "Text must not contain the product name '{word}'.",
    reason: 'Several products show the same operation text.',
    sources: ['CS'],
    good: [good],
    bad: [
      withText('description', 'Start a flow of Power Automate for each order.'),
      withText('summary', 'Start a flow of Power Automate'),
    ],
    checkMember: { names: ['summary', 'description'], of: { operation: containing(productNames) } },
  },
  {
    id: 'operation-description-punctuation',
    level: 'info',
    common: true,
    message: 'A description must be a sentence that ends with punctuation.',
    reason: 'The portal shows descriptions of many connectors together, so they should have the same form.',
    sources: ['CS', 'CD'],
    good: [good],
    bad: [withText('description', 'Get the orders of a customer')],
    checkMember: {
      names: ['description'],
      of: {
        operation: ofText((description, member, report) => {
          if (!/[.!?]$/u.test(description.trimEnd())) report(member);
        }),
      },
    },
  },
  {
    id: 'operation-summary-equals-description',
    level: 'info',
    common: true,
    message: 'The description repeats the summary.',
    reason: "The portal shows both. Use the description for details that aren't in the summary.",
    sources: ['CD', 'SG'],
    good: [good],
    bad: [
      {
        definition:
          '{ "paths": { "/orders": { "get": { "summary": "List orders", "description": ⟦"List orders"⟧ } } } }',
      },
    ],
    checkMember: { names: ['description'], of: { operation: sameAs('summary') } },
  },
];
