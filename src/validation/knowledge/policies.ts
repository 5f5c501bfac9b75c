import { validatorRules } from './validator-rules.ts';

/** Where a policy is checked that files alone can't show, or not wholly. */
export type Elsewhere = 'service' | 'people';

/** A policy of connector certification. */
export interface Policy {
  readonly code: string;
  /** What it asks for. */
  readonly requires: string;
  /** The rules that check it. */
  readonly rules: readonly string[];
  /** Rules some findings of which are about it: those say so themselves. */
  readonly sometimes?: readonly string[];
  readonly elsewhere?: Elsewhere;
}

/** The page that lists the policies. */
export const policiesUrl = 'https://learn.microsoft.com/en-us/connectors/custom-connectors/certification-policy-errors';

/** The API definition is part of what is submitted. */
export const definitionPolicy = '5000.1.1.3';

/** The solutions are in one folder of the package, without others in it. */
export const assetsPolicy = '5000.1.1.13';

/** What the service's validator of API definitions finds has this code, unless another policy is about it. */
const validatorPolicy = '5000.2.6.2';

/** The policies the text of which is known. A rule belongs to the first that lists it; the code of the validator comes last. */
export const policies: readonly Policy[] = [
  { code: '5000.1.1.1', requires: 'An icon.', rules: ['icon-missing', 'package-icon-missing'] },
  { code: '5000.1.1.2', requires: 'A readme, intro.md.', rules: ['readme-missing', 'package-intro-missing'] },
  {
    code: definitionPolicy,
    requires: 'The API definition.',
    rules: ['package-definition-missing'],
    sometimes: ['file-missing'],
  },
  { code: '5000.1.1.4', requires: 'No malware.', rules: [], elsewhere: 'service' },
  {
    code: '5000.1.1.5',
    requires: 'A solution package, intro.md, and customProperties.json where users choose how to sign in.',
    rules: ['package-files-missing', 'package-custom-properties-missing'],
    elsewhere: 'service',
  },
  {
    code: '5000.1.1.6',
    requires: 'A solution with the connector, and one with a flow.',
    rules: ['package-solution-missing'],
  },
  { code: '5000.1.1.7', requires: 'A flow that uses the connector.', rules: ['package-flow-without-connector'] },
  { code: '5000.1.1.8', requires: 'The connector in its solution.', rules: ['package-connector-missing'] },
  { code: '5000.1.1.9', requires: 'A connector and actions that the search finds.', rules: [], elsewhere: 'service' },
  { code: '5000.1.1.10', requires: 'All files that a solution names.', rules: ['package-solution-files-missing'] },
  {
    code: '5000.1.1.11',
    requires: 'package.zip at the root of the package, in no folder.',
    rules: ['package-root-invalid'],
  },
  {
    code: '5000.1.1.12',
    requires: 'One folder of assets in package.zip.',
    rules: ['package-assets-missing', 'package-assets-name'],
  },
  {
    code: assetsPolicy,
    requires: 'Solutions in the folder of assets.',
    rules: ['package-solution-zip-missing'],
    sometimes: ['package-root-invalid'],
  },
  {
    code: '5000.1.1.14',
    requires: 'The folder Workflows in the solution with the flow.',
    rules: ['package-workflows-missing'],
  },
  {
    code: '5000.1.1.15',
    requires: 'The same workflows in customizations.xml and in the folder Workflows.',
    rules: ['package-workflow-mismatch'],
  },
  {
    code: '5000.1.1.16',
    requires: 'Valid solutions at the right paths.',
    rules: ['policy-instances-empty', 'package-solution-invalid'],
    elsewhere: 'service',
  },
  {
    code: '5000.1.1.17',
    requires: 'A valid solution with the connector.',
    rules: ['package-connector-solution-invalid'],
  },
  {
    code: '5000.2.1.1',
    requires: 'A valid brand color.',
    rules: ['brand-color-invalid', 'brand-color-missing', 'brand-color-default', 'brand-color-independent'],
  },
  { code: '5000.2.1.2', requires: 'An icon under 1 MB.', rules: ['icon-too-large'] },
  { code: '5000.2.1.3', requires: 'An icon in PNG.', rules: ['icon-not-png', 'icon-not-image'] },
  {
    code: '5000.2.1.4',
    requires: 'A square icon of 100 to 230 pixels.',
    rules: ['icon-not-square', 'icon-dimensions'],
  },
  { code: '5000.2.1.5', requires: 'An icon with an opaque background.', rules: ['icon-transparent'] },
  { code: '5000.2.2.1', requires: 'A title of 1 to 30 characters.', rules: ['title-too-long'] },
  {
    code: '5000.2.2.2',
    requires: 'A title without API, Connector and names of Microsoft products.',
    rules: ['title-restricted-word', 'title-product-name'],
  },
  { code: '5000.2.2.3', requires: 'A title that ends with a letter or digit.', rules: ['title-end'] },
  { code: '5000.2.2.5', requires: 'A title that no other connector has.', rules: [], elsewhere: 'service' },
  {
    code: '5000.2.3.1',
    requires: 'A description in English.',
    rules: ['description-not-english'],
    elsewhere: 'service',
  },
  {
    code: '5000.2.3.2',
    requires: 'A description without mistakes of spelling and grammar.',
    rules: [],
    elsewhere: 'people',
  },
  {
    code: '5000.2.3.4',
    requires: 'A description of 30 to 500 characters.',
    rules: ['info-description-length', 'info-description-missing'],
  },
  {
    code: '5000.2.3.5',
    requires: 'A description without names of Microsoft products.',
    rules: ['info-description-product-name'],
  },
  { code: '5000.2.3.6', requires: 'Descriptions without URLs.', rules: ['description-url'] },
  {
    code: '5000.2.4.1',
    requires: 'Exact response schemas.',
    rules: ['response-schema-missing', 'response-default-only'],
  },
  { code: '5000.2.4.2', requires: 'No schema for the default response.', rules: ['default-response-schema'] },
  { code: '5000.2.4.4', requires: 'No empty response schema, unless it is dynamic.', rules: ['response-schema-empty'] },
  { code: '5000.2.4.5', requires: 'No empty operations.', rules: ['path-empty', 'responses-missing'] },
  { code: '5000.2.4.6', requires: 'No empty properties.', rules: ['schema-properties-empty'] },
  {
    code: '5000.2.6.3',
    requires: 'OpenAPI 2.0.',
    rules: ['swagger-version', 'openapi3-unsupported', 'schema-keyword-unsupported'],
  },
  {
    code: '5000.2.6.4',
    requires: 'The host of the production service.',
    rules: ['host-non-production', 'host-placeholder', 'host-localhost', 'host-template'],
  },
  {
    code: '5000.2.6.9',
    requires: 'A uiDefinition for each connection parameter.',
    rules: ['ui-definition-missing', 'ui-display-name-missing'],
  },
  { code: '5000.2.6.10', requires: 'A description for each connection parameter.', rules: ['ui-description-missing'] },
  { code: '5000.3.1.2', requires: 'A SAS URL of the package that is valid for days.', rules: [], elsewhere: 'service' },
  {
    code: '5000.3.1.3',
    requires: 'The website, with https.',
    rules: [],
    sometimes: ['metadata-url-not-https', 'metadata-incomplete', 'url-invalid'],
  },
  {
    code: '5000.3.1.4',
    requires: 'A valid support email address.',
    rules: ['contact-email-invalid'],
    sometimes: ['contact-incomplete'],
  },
  {
    code: '5000.3.1.5',
    requires: 'The privacy policy, with https.',
    rules: [],
    sometimes: ['metadata-url-not-https', 'metadata-incomplete', 'url-invalid'],
  },
  {
    code: '5000.3.1.6',
    requires: 'https with TLS 1.2 or newer.',
    rules: ['url-not-https', 'oauth-url-not-https', 'schemes-no-https', 'schemes-http'],
    elsewhere: 'service',
  },
  {
    code: validatorPolicy,
    requires: 'A well-formed and complete API definition.',
    rules: validatorRules,
  },
];

const codes = new Map<string, string>();
for (const { code, rules } of policies) {
  for (const rule of rules) if (!codes.has(rule)) codes.set(rule, code);
}

/** The policy that a rule checks; undefined where none is known, or only some of its findings are about one. */
export function policyOf(rule: string): string | undefined {
  return codes.get(rule);
}

/** The rules about a policy, also those only some findings of which are. */
export function rulesOf({ rules, sometimes = [] }: Policy): readonly string[] {
  return [...rules, ...sometimes];
}

/** The codes of all policies that a rule is about. */
export function policiesOf(rule: string): readonly string[] {
  return policies.filter((policy) => rulesOf(policy).includes(rule)).map(({ code }) => code);
}

/** Whether a text looks like a code of a policy. */
export function isPolicyCode(text: string): boolean {
  return /^5000(?:\.\d+){3}$/u.test(text);
}
