import { isText } from '../../json/value.ts';
import type { Rule } from '../engine/rule.ts';
import { containing, endsOddly, lacksText, longerThan, ofText, productNames } from '../engine/text-checks.ts';

const titleProductNames =
  /\b(?:power apps|power automate|logic apps|power platform|copilot studio|power bi|power pages)\b/giu;

const longestTitle = 30;
const shortestDescription = 30;
const longestDescription = 500;

const goodDescription = 'Contoso Orders keeps the orders of your customers.';

function withMetadata(name: string, value: string): string {
  return `{ "x-ms-connector-metadata": [{ "propertyName": ${name}, "propertyValue": ${value} }] }`;
}

export const certificationTextRules: readonly Rule[] = [
  {
    id: 'title-too-long',
    level: 'certification',
    message: `The title has {count} characters; at most ${longestTitle} are allowed.`,
    reason: 'Longer titles do not fit where connectors are listed.',
    sources: ['CS', 'SG', 'I3407'],
    good: [{ definition: '{ "info": { "title": "Contoso Orders" } }' }],
    bad: [{ definition: '{ "info": { "title": ⟦"Contoso Orders, Customers and Invoices"⟧ } }' }],
    checkMember: { names: ['title'], of: { info: longerThan(longestTitle) } },
  },
  {
    id: 'title-restricted-word',
    level: 'certification',
    message: "The title must not contain '{word}'.",
    reason: 'All that is listed is a connector to an API: the word tells nothing.',
    sources: ['CS', 'I3407'],
    good: [{ definition: '{ "info": { "title": "Contoso Orders" } }' }],
    bad: [{ definition: '{ "info": { "title": ⟦"Contoso Orders API"⟧ } }' }],
    checkMember: { names: ['title'], of: { info: containing(/\b(?:api|connector)\b/giu) } },
  },
  {
    id: 'title-product-name',
    level: 'certification',
    message: "The title must not contain the product name '{word}'.",
    reason: 'The title names your service; the products in which it is used are the same for all connectors.',
    sources: ['CS'],
    good: [{ definition: '{ "info": { "title": "Contoso Orders" } }' }],
    bad: [{ definition: '{ "info": { "title": ⟦"Contoso for Power Automate"⟧ } }' }],
    checkMember: { names: ['title'], of: { info: containing(titleProductNames) } },
  },
  {
    id: 'title-end',
    level: 'certification',
    message: 'The title must end with an alphanumeric character.',
    reason: 'Other characters at the end look like a mistake in a list; a closing parenthesis is allowed.',
    sources: ['CS', 'SV'],
    good: [{ definition: '{ "info": { "title": "Contoso Orders (Europe)" } }' }],
    bad: [{ definition: '{ "info": { "title": ⟦"Contoso Orders!"⟧ } }' }],
    checkMember: { names: ['title'], of: { info: endsOddly } },
  },
  {
    id: 'text-not-english',
    level: 'certification',
    message: 'The title must be written in English.',
    hint: 'Use letters, digits and signs of ASCII only.',
    reason: 'Titles are compared and sorted in all languages; only characters of ASCII are accepted.',
    sources: ['CS', 'SV'],
    good: [{ definition: '{ "info": { "title": "Contoso Buecher" } }' }],
    bad: [{ definition: '{ "info": { "title": ⟦"Contoso Bücher"⟧ } }' }],
    checkMember: {
      names: ['title'],
      of: {
        info: ofText((title, member, report) => {
          if (/[^ -~]/u.test(title)) report(member);
        }),
      },
    },
  },
  {
    id: 'info-description-missing',
    level: 'certification',
    message: 'A description is required.',
    hint: 'Say in one or two sentences what the service does.',
    reason: 'The description is what users read before they choose a connector.',
    sources: ['CS'],
    good: [{ definition: `{ "info": { "title": "Contoso Orders", "description": "${goodDescription}" } }` }],
    bad: [{ definition: '{ "info": ⟦{⟧ "title": "Contoso Orders" } }' }],
    check: {
      info: (node, report) => {
        const description = node.at('description');
        if (description.value === undefined) report(description);
      },
    },
  },
  {
    id: 'info-description-length',
    level: 'certification',
    message: `The description must be ${shortestDescription} to ${longestDescription} characters long (has {count}).`,
    reason: 'Less says too little, and more does not fit where connectors are listed.',
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
    reason: 'The description is about your service; the products in which it is used are the same for all connectors.',
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
    reason: 'Descriptions are read by people who do not write programs.',
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
  {
    id: 'contact-missing',
    level: 'certification',
    common: true,
    message: "'contact' is required.",
    hint: 'Add "contact" with "name", "url" and "email" of your support.',
    reason: 'Users of a published connector turn to you when it fails.',
    sources: ['CS', 'I1095'],
    good: [{ definition: '{ "info": { "title": "Contoso Orders", "contact": { "name": "Contoso Support" } } }' }],
    bad: [{ definition: '{ "info": ⟦{⟧ "title": "Contoso Orders" } }' }],
    check: {
      info: (node, report) => {
        const contact = node.at('contact');
        if (contact.value === undefined) report(contact);
      },
    },
  },
  {
    id: 'contact-incomplete',
    level: 'certification',
    common: true,
    message: "'contact' needs '{name}'.",
    reason: 'Users of a published connector must be able to read about its support, and to write to it.',
    sources: ['CS'],
    good: [
      {
        definition:
          '{ "info": { "contact": { "name": "Contoso", "url": "https://contoso.com/help", "email": "help@contoso.com" } } }',
      },
    ],
    bad: [
      {
        definition:
          '{ "info": { "contact": { "name": "Contoso", "url": "https://contoso.com/help", "email": ⟦""⟧ } } }',
      },
      ...[
        '"url": "https://contoso.com/help", "email": "help@contoso.com"',
        '"name": "Contoso", "email": "help@contoso.com"',
      ].map((members) => ({ definition: `{ "info": { "contact": ⟦{⟧ ${members} } } }` })),
    ],
    check: {
      contact: (node, report) => {
        for (const name of ['name', 'url', 'email']) {
          if (lacksText(node.value[name])) report(node.at(name), { name });
        }
      },
    },
  },
  {
    id: 'contact-email-invalid',
    level: 'error',
    message: "'{value}' is not a valid e-mail address.",
    reason: 'The service refuses a contact to whom nobody can write.',
    sources: ['SV'],
    good: [{ definition: '{ "info": { "contact": { "email": "help@contoso.com" } } }' }],
    bad: [{ definition: '{ "info": { "contact": { "email": ⟦"help at contoso.com"⟧ } } }' }],
    checkMember: {
      names: ['email'],
      of: {
        contact: ofText((email, member, report) => {
          if (!isEmail(email)) report(member, { value: email });
        }),
      },
    },
  },
  {
    id: 'url-invalid',
    level: 'warning',
    message: "'{value}' is not an absolute URL.",
    hint: 'Write the whole address, from https:// on.',
    reason: 'The address is shown as a link, and one without https:// leads nowhere.',
    sources: ['SV'],
    good: [
      { definition: '{ "info": { "contact": { "url": "https://contoso.com/help" } } }' },
      { definition: '{ "info": { "contact": { "x-ms-connector-metadata": "none" } } }' },
      { definition: withMetadata('"Website"', '"https://contoso.com"') },
      { definition: withMetadata('"Website"', '"contoso.com"').replace('x-ms-connector-metadata', 'url') },
      { definition: withMetadata('"Categories"', '"Commerce"') },
      { definition: withMetadata('5', '"Commerce"') },
      { definition: withMetadata('"Website"', '5') },
    ],
    bad: [
      { definition: '{ "info": { "contact": { "url": ⟦"contoso.com/help"⟧ } } }' },
      { definition: withMetadata('"website"', '⟦"contoso.com"⟧') },
      { definition: withMetadata('"Privacy policy"', '⟦"mailto:help@contoso.com"⟧') },
      { definition: withMetadata('"Website"', '⟦"https://"⟧') },
    ],
    checkMember: {
      names: ['url', 'x-ms-connector-metadata'],
      of: {
        contact: ofText((url, member, report) => {
          if (member.step === 'url' && !isWebAddress(url)) report(member, { value: url });
        }),
        definition: (metadata, report) => {
          if (metadata.step !== 'x-ms-connector-metadata') return;
          for (const entry of metadata.members()) {
            const name = entry.at('propertyName').value;
            const value = entry.at('propertyValue');
            if (!isText(name) || !addressNames.has(name.toLowerCase()) || typeof value.value !== 'string') continue;
            if (!isWebAddress(value.value)) report(value, { value: value.value });
          }
        },
      },
    },
  },
];

/** The metadata that are addresses, in lower case. */
const addressNames: ReadonlySet<string> = new Set(['website', 'privacy policy']);

function isEmail(text: string): boolean {
  return /^[!-?A-~]+@[\dA-Za-z-]+(?:\.[\dA-Za-z-]+)+$/u.test(text);
}

function isWebAddress(text: string): boolean {
  return /^\s*https?:\/\//iu.test(text) && URL.canParse(text);
}
