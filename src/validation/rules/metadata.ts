import { isArray, isString } from '../../json/value.ts';
import { nearestName } from '../../nearest-name.ts';
import { mustHave } from '../engine/checks.ts';
import { Location } from '../engine/location.ts';
import { shownValue } from '../engine/message.ts';
import { objectItems } from '../engine/nodes.ts';
import type { MemberChecks, Report, Rule } from '../engine/rule.ts';

const metadataNames = ['Website', 'Privacy policy', 'Categories'];

/** The certification policy about a metadata entry, by its name in lower case. */
export const metadataPolicies: ReadonlyMap<string, string> = new Map([
  ['website', '5000.3.1.3'],
  ['privacy policy', '5000.3.1.5'],
]);

const categories = [
  'AI',
  'Business Management',
  'Business Intelligence',
  'Collaboration',
  'Commerce',
  'Communication',
  'Content and Files',
  'Finance',
  'Data',
  'Human Resources',
  'Internet of Things',
  'IT Operations',
  'Lifestyle and Entertainment',
  'Marketing',
  'Productivity',
  'Sales and CRM',
  'Security',
  'Social Media',
  'Website',
];

const knownCategories: ReadonlySet<string> = new Set(categories);

const mostCategories = 2;

const knownNames: ReadonlySet<unknown> = new Set(metadataNames);

/** What an unknown name of an entry was most likely meant as. */
function meantName(name: unknown): string | undefined {
  return isString(name) && !knownNames.has(name) ? nearestName(name, metadataNames) : undefined;
}

const needsBoth = "Each entry needs 'propertyName' and 'propertyValue'.";

const quoted = 'Put the value in double quotes.';

/** Checks the array of metadata. */
function checkMetadata(check: (metadata: Location<readonly unknown[]>, report: Report) => void): MemberChecks {
  return {
    names: ['x-ms-connector-metadata'],
    of: {
      definition: ({ file, parent, step, value }, report) => {
        if (isArray(value)) check(new Location(file, parent, step, value), report);
      },
    },
  };
}

/** Checks the categories of a connector: what is between the semicolons, without blank parts unless all is blank. */
function checkCategories(check: (names: readonly string[], value: Location, report: Report) => void): MemberChecks {
  return checkMetadata((metadata, report) => {
    for (const [index, { propertyName, propertyValue }] of objectItems(metadata.value)) {
      if (!isString(propertyName) || propertyName.toLowerCase() !== 'categories' || !isString(propertyValue)) continue;
      const names = propertyValue.split(';').map((name) => name.trim());
      const given = names.filter((name) => name !== '');
      check(given.length > 0 ? given : [''], metadata.at(index, 'propertyValue'), report);
    }
  });
}

export const metadataRules: readonly Rule[] = [
  {
    id: 'metadata-missing',
    level: 'certification',
    common: true,
    message: "'x-ms-connector-metadata' is required.",
    hint: 'Add it with "Website", "Privacy policy", and "Categories".',
    reason: 'The page of a published connector shows its website, privacy policy, and categories.',
    sources: ['CS', 'I1095'],
    good: [
      {
        definition:
          '{ "x-ms-connector-metadata": [{ "propertyName": "Website", "propertyValue": "https://contoso.com" }] }',
      },
    ],
    bad: [{ definition: '⟦{⟧ "swagger": "2.0" }' }],
    check: { definition: mustHave(['x-ms-connector-metadata']) },
  },
  {
    id: 'metadata-invalid',
    level: 'warning',
    message: '{what}',
    hint: 'Write [{ "propertyName": "Website", "propertyValue": "https://…" }, …].',
    reason: 'The metadata is a list of names and values. The service ignores everything else.',
    sources: ['JD'],
    good: [
      {
        definition:
          '{ "x-ms-connector-metadata": [{ "propertyName": "Website", "propertyValue": "https://contoso.com" }] }',
      },
    ],
    bad: [
      { definition: '{ "x-ms-connector-metadata": [⟦{⟧ "Website": "https://contoso.com" }] }' },
      { definition: '{ "x-ms-connector-metadata": ⟦{ "Website": "https://contoso.com" }⟧ }' },
      {
        definition: '{ "x-ms-connector-metadata": [{ "propertyName": ⟦5⟧, "propertyValue": "https://contoso.com" }] }',
      },
      { definition: '{ "x-ms-connector-metadata": [⟦{⟧ "propertyName": "Website" }] }' },
      { definition: '{ "x-ms-connector-metadata": [{ "propertyName": ⟦null⟧, "propertyValue": ⟦true⟧ }] }' },
      { definition: '{ "x-ms-connector-metadata": [⟦{⟧ "propertyName": ⟦5⟧ }, ⟦{⟧}] }' },
      { definition: '{ "x-ms-connector-metadata": [{ "propertyName": "Website", "propertyValue": ⟦true⟧ }] }' },
    ],
    checkMember: {
      names: ['x-ms-connector-metadata'],
      of: {
        definition: (member, report) => {
          if (!isArray(member.value)) report(member, { what: 'The metadata must be a list of entries.' });
          else {
            for (const entry of member.members()) {
              const wrong = ['propertyName', 'propertyValue']
                .map((name) => entry.at(name))
                .filter(({ value }) => !isString(value));
              const missing = wrong.find(({ value }) => value === undefined);
              if (missing) report(missing, { what: needsBoth });
              for (const one of wrong.filter(({ value }) => value !== undefined))
                report(one, { what: `'${one.name}' must be a string.` }, { hint: quoted, isInvalid: true });
            }
          }
        },
      },
    },
  },
  {
    id: 'metadata-incomplete',
    level: 'certification',
    common: true,
    message: "Metadata '{name}' is required.",
    reason: 'The page of a published connector shows its website, privacy policy, and categories.',
    sources: ['CS'],
    good: [
      {
        definition: `{ "x-ms-connector-metadata": [
  { "propertyName": "Website", "propertyValue": "https://contoso.com" },
  { "propertyName": "Privacy policy", "propertyValue": "https://contoso.com/privacy" },
  { "propertyName": "Categories", "propertyValue": "Commerce" }
] }`,
      },
      { definition: '{ "x-ms-connector-metadata": "none" }' },
      // Reported as an unknown name.
      {
        definition: `{ "x-ms-connector-metadata": [
  { "propertyName": "Website", "propertyValue": "https://contoso.com" },
  { "propertyName": "Privacy Policy", "propertyValue": "https://contoso.com/privacy" },
  { "propertyName": "Categories", "propertyValue": "Commerce" }
] }`,
      },
    ],
    bad: [
      {
        definition: `{ "x-ms-connector-metadata": ⟦[⟧
  { "propertyName": "Website", "propertyValue": "https://contoso.com" },
  { "propertyName": "Privacy policy", "propertyValue": "https://contoso.com/privacy" }
] }`,
      },
      {
        definition: `{ "x-ms-connector-metadata": ⟦[⟧
  { "propertyName": "Privacy policy", "propertyValue": "https://contoso.com/privacy" },
  { "propertyName": "Categories", "propertyValue": "Commerce" }
] }`,
      },
    ],
    checkMember: checkMetadata((metadata, report) => {
      const given = new Set(
        objectItems(metadata.value).map(([, { propertyName }]) => meantName(propertyName) ?? propertyName),
      );
      const oneOf = [...metadata.members()].map((entry) => entry.at('propertyName'));
      for (const name of metadataNames) {
        if (given.has(name)) continue;
        const policy = metadataPolicies.get(name.toLowerCase());
        const lack = { name, oneOf, isIn: (written: unknown) => written === name };
        report(metadata.at(metadata.value.length), { name }, { policy, lack });
      }
    }),
  },
  {
    id: 'metadata-url-not-https',
    level: 'certification',
    message: "'{name}' must be an https URL.",
    reason: 'The page of a published connector links to it.',
    sources: ['CE'],
    good: [
      {
        definition:
          '{ "x-ms-connector-metadata": [{ "propertyName": "Website", "propertyValue": "HTTPS://contoso.com" }] }',
      },
      {
        definition: '{ "x-ms-connector-metadata": [{ "propertyName": "Categories", "propertyValue": "Commerce" }] }',
      },
      { definition: '{ "x-ms-connector-metadata": [{ "propertyName": "Website", "propertyValue": 5 }, 5] }' },
      { definition: '{ "x-ms-connector-metadata": [{ "propertyName": "Website", "propertyValue": "contoso.com" }] }' },
    ],
    bad: [
      {
        definition:
          '{ "x-ms-connector-metadata": [{ "propertyName": "Website", "propertyValue": ⟦"http://contoso.com"⟧ }] }',
      },
      {
        definition:
          '{ "x-ms-connector-metadata": [{ "propertyName": "privacy policy", "propertyValue": ⟦"HTTP://contoso.com"⟧ }] }',
      },
    ],
    checkMember: checkMetadata((metadata, report) => {
      for (const [index, { propertyName: name, propertyValue }] of objectItems(metadata.value)) {
        if (!isString(name) || !isString(propertyValue) || !/^\s*http:\/\//iu.test(propertyValue)) continue;
        const policy = metadataPolicies.get(name.toLowerCase());
        if (policy !== undefined) report(metadata.at(index, 'propertyValue'), { name }, { policy });
      }
    }),
  },
  {
    id: 'metadata-unknown-name',
    level: 'certification',
    common: true,
    message: "Unknown metadata '{value}'{suggestion}.",
    reason: 'Metadata names are case-sensitive.',
    sources: ['CS'],
    good: [
      {
        definition:
          '{ "x-ms-connector-metadata": [{ "propertyName": "Privacy policy", "propertyValue": "https://contoso.com" }] }',
      },
      { definition: '{ "x-ms-connector-metadata": [{ "propertyName": 5, "propertyValue": "https://contoso.com" }] }' },
    ],
    bad: [
      {
        definition:
          '{ "x-ms-connector-metadata": [{ "propertyName": ⟦"Privacy Policy"⟧, "propertyValue": "https://contoso.com" }] }',
      },
    ],
    checkMember: {
      names: ['x-ms-connector-metadata'],
      of: {
        definition: (metadata, report) => {
          const entries = [...metadata.members()].map((entry) => entry.at('propertyName'));
          const given = new Set(entries.map(({ value }) => value));
          for (const name of entries) {
            const { value } = name;
            if (!isString(value) || knownNames.has(value)) continue;
            const suggestion = meantName(value);
            const isOnlyCase = suggestion?.toLowerCase() === value.toLowerCase();
            const policy = metadataPolicies.get(suggestion?.toLowerCase() ?? '');
            const fix = isOnlyCase && !given.has(suggestion) ? { replace: suggestion } : undefined;
            report(name, { value: shownValue(value) }, { suggestion, fix, policy });
          }
        },
      },
    },
  },
  {
    id: 'metadata-category-invalid',
    level: 'certification',
    message: "'{value}' isn't a connector category{suggestion}.",
    hint: `Use one or two of ${categories.join(', ')}, separated by a semicolon.`,
    reason: 'Users find connectors by category, and the list of categories is fixed.',
    sources: ['CS', 'SV'],
    good: [
      {
        definition:
          '{ "x-ms-connector-metadata": [{ "propertyName": "Categories", "propertyValue": "Commerce;Sales and CRM" }] }',
      },
      {
        definition: `{ "x-ms-connector-metadata": [
  { "propertyName": "Website", "propertyValue": "https://contoso.com" },
  { "propertyName": 5, "propertyValue": "Sales" },
  { "propertyName": "Categories", "propertyValue": 5 },
  { "propertyName": "Categories", "propertyValue": "Commerce;" }
] }`,
      },
    ],
    bad: [
      {
        definition:
          '{ "x-ms-connector-metadata": [{ "propertyName": "Categories", "propertyValue": ⟦"Commerce;Sales"⟧ }] }',
      },
      { definition: '{ "x-ms-connector-metadata": [{ "propertyName": "categories", "propertyValue": ⟦" ; "⟧ }] }' },
    ],
    checkMember: checkCategories((names, value, report) => {
      const wrong = new Set(names.filter((name) => !knownCategories.has(name)));
      const [only] = wrong.size === 1 ? wrong : [];
      for (const name of wrong) {
        report(value, { value: name }, () => {
          const suggestion = nearestName(name, categories);
          if (suggestion === undefined || suggestion.toLowerCase() !== only?.toLowerCase()) return { suggestion };
          const right = names.map((one) => (one === only ? suggestion : one)).join(';');
          return { suggestion, fix: { replace: right } };
        });
      }
    }),
  },
  {
    id: 'metadata-too-many-categories',
    level: 'certification',
    message: 'At most two categories are allowed.',
    reason: 'Too many categories make a connector harder to find.',
    sources: ['CS', 'SV'],
    good: [
      {
        definition: '{ "x-ms-connector-metadata": [{ "propertyName": "Categories", "propertyValue": "AI;Data" }] }',
      },
      {
        definition: '{ "x-ms-connector-metadata": [{ "propertyName": "Categories", "propertyValue": "AI;Data;;" }] }',
      },
    ],
    bad: [
      {
        definition:
          '{ "x-ms-connector-metadata": [{ "propertyName": "Categories", "propertyValue": ⟦"AI;Data;Finance"⟧ }] }',
      },
    ],
    checkMember: checkCategories((names, value, report) => {
      if (names.length > mostCategories) report(value);
    }),
  },
];
