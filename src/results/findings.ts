import * as z from 'zod';
import { wholeNumber, optionalText, text, type Data } from './members.ts';

export const findingSchema = z
  .strictObject({
    file: text.describe('The path as typed.'),
    line: wholeNumber.describe('Lines and columns start at 1.'),
    column: wholeNumber,
    endLine: wholeNumber,
    endColumn: wholeNumber.describe('Exclusive.'),
    rule: text,
    policy: text.optional().describe('With `--certification`: the policy that the rule is about, if any.'),
    level: z.enum(['error', 'warning', 'info']),
    message: text,
    pointer: text.describe('A JSON pointer into the file.'),
    hint: optionalText,
    url: text.describe('Where the rule comes from.'),
  })
  .meta({ id: 'Finding', description: 'A problem in a file.' });

export type FindingData = Data<typeof findingSchema>;

export const findingsSchema = z.strictObject({
  findings: z.array(findingSchema),
  summary: z.strictObject({
    connectors: wholeNumber,
    files: wholeNumber,
    errors: wholeNumber,
    warnings: wholeNumber,
    infos: wholeNumber,
    ignored: wholeNumber.describe('How many findings settings and `--ignore` leave out.'),
    fixable: wholeNumber.describe('How many `--fix` can fix.'),
  }),
});

export type FindingsData = Data<typeof findingsSchema>;

const source = z.strictObject({ title: text, url: text });

const level = z.enum(['error', 'warning', 'info']);

export const ruleSchema = z
  .strictObject({
    rule: text,
    group: text,
    level: z.enum([...level.options, 'certification']),
    severity: level.nullable(),
    message: text.describe('With placeholders in braces.'),
    hint: optionalText,
    reason: text,
    sources: z.array(source),
    policies: z.array(text),
  })
  .meta({ id: 'Rule', description: 'A rule of `paconn validate`.' });

export type RuleData = Data<typeof ruleSchema>;

/** What the service reports has no rule of paconn. */
export const serviceRuleSchema = z.strictObject({ rule: text });

export const rulesSchema = z.strictObject({ rules: z.array(ruleSchema) });

export const policySchema = z.strictObject({
  policy: text,
  requires: text,
  elsewhere: z.enum(['service', 'people']).nullable().describe("Where it is checked if files don't show it."),
  url: text,
  rules: z.array(z.union([ruleSchema, serviceRuleSchema])),
});

export type PolicyData = Data<typeof policySchema>;
