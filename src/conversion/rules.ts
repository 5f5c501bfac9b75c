import {
  documentLosses,
  limitLosses,
  operationLosses,
  pathLosses,
  readingLosses,
  serverLosses,
  signInLosses,
} from './document-rules.ts';
import { bodyLosses, parameterLosses, responseLosses, schemaLosses } from './value-rules.ts';
import { postmanLosses } from './postman-rules.ts';

/** All rules by subject, in the order in which the documentation lists them. */
export const conversionRuleGroups = {
  Reading: readingLosses,
  'Document and info': documentLosses,
  Servers: serverLosses,
  Paths: pathLosses,
  Operations: operationLosses,
  Parameters: parameterLosses,
  'Request bodies': bodyLosses,
  Responses: responseLosses,
  Schemas: schemaLosses,
  'Sign-in': signInLosses,
  'Postman collections': postmanLosses,
  Limits: limitLosses,
} as const;

export const conversionRules = {
  ...readingLosses,
  ...documentLosses,
  ...serverLosses,
  ...pathLosses,
  ...operationLosses,
  ...parameterLosses,
  ...bodyLosses,
  ...responseLosses,
  ...schemaLosses,
  ...signInLosses,
  ...postmanLosses,
  ...limitLosses,
} as const;

export type ConversionRuleId = keyof typeof conversionRules;

const hints: Readonly<Partial<Record<ConversionRuleId, string>>> = {
  'result-invalid': '{hint}',
  'title-long': 'Pass --title to set another.',
  'ref-outside': 'Pass --root to allow it.',
  'ref-not-fetched': 'Pass --ref-hosts {host} to allow it.',
  'security-unsupported': 'Pass --security, or run paconn init --auth oauth2 with the URLs of the sign-in.',
};

/** What can be done about an entry; undefined where a value is missing for it. */
export function hintFor(rule: ConversionRuleId, values: Readonly<Record<string, string | number>>): string | undefined {
  const hint = hints[rule];
  return hint !== undefined && [...hint.matchAll(/\{(\w+)\}/gu)].every(([, name = '']) => name in values)
    ? filledIn(hint, values)
    : undefined;
}

export function filledIn(message: string, values: Readonly<Record<string, string | number>>): string {
  return message.replaceAll(/\{(\w+)\}/gu, (_, name: string) => String(values[name] ?? ''));
}
