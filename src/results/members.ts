import * as z from 'zod';

/** What a schema describes, which nobody changes. */
export type Data<Schema extends z.ZodType> = Unchanged<z.infer<Schema>>;

type Unchanged<T> = T extends object ? { readonly [Name in keyof T]: Unchanged<T[Name]> } : T;

/**
 * What the results of several commands have in common. One thing has one name in all of them: `id` is inside pairs of an ID and a
 * name alone.
 */
export const text = z.string();
export const optionalText = text.nullable();
export const wholeNumber = z.int().nonnegative();
export const flag = z.boolean();

export const environmentSchema = z.strictObject({ id: text, name: optionalText }).meta({
  id: 'Environment',
  description: "An environment. Its name is null if it isn't known without another request.",
});

export const personSchema = z
  .strictObject({ name: optionalText, id: optionalText })
  .meta({ id: 'Person', description: "A user or an application. Null where the service doesn't return it." })
  .nullable();

export type PersonData = Data<typeof personSchema>;

const connectorId = text.describe('The ID of the connector in its environment, such as `shared_pet-20store-5f1111`.');
const name = optionalText.describe('The name of the connector.');
const url = optionalText.describe('The page in the maker portal; null for a cloud with an unknown portal.');

/** Which connector a result is about. */
export const connectorMembers = { connectorId, name, environment: environmentSchema, url };

export const changedTime = optionalText.describe('When the connector was last changed, as the service writes it.');
export const backupId = optionalText.describe('The backup of what was replaced, for `paconn restore`; null for none.');
export const folder = text.describe('Relative to the current folder, with `/`; `.` for the current folder.');
export const parts = z.enum(['apiDefinition', 'apiProperties', 'icon', 'script']);

export const fileSchema = z
  .strictObject({
    path: text.describe('Relative to `folder`, with `/`.'),
    role: z
      .enum([...parts.options, 'settings', 'base', 'introduction'])
      .describe('Role of the file; `base` is a file of the last synced version.'),
  })
  .meta({ id: 'File', description: 'A file that was written.' });

export type ResultFile = Data<typeof fileSchema>;

export const redirectUrlSchema = z
  .strictObject({
    set: optionalText.describe('The connection parameter set; null without sets.'),
    url: text.describe('The URL to register with the identity provider.'),
  })
  .meta({ id: 'RedirectUrl', description: 'Where an identity provider sends users back to.' });

export const changeSchema = z
  .strictObject({
    kind: z.enum(['added', 'removed', 'changed', 'renamed']),
    part: z.enum([...parts.options, 'title']),
    area: text.describe('Subject of the change, such as `operation`.'),
    pointer: text.describe("A JSON pointer into the file of the part; empty if the part isn't JSON."),
    target: optionalText.describe('Name of the changed item, such as an operation ID.'),
    description: optionalText.describe('Which detail of the target is changed.'),
    before: optionalText,
    after: optionalText,
    isBreaking: flag.describe('Whether flows and apps that use the connector can stop working.'),
    reason: optionalText.describe('Why the change is breaking.'),
    usedBy: z.array(text).describe('The operations that use what is shared.'),
  })
  .meta({ id: 'Change', description: 'One difference between two versions of a connector.' });

export type ResultChange = Data<typeof changeSchema>;

export const errorSchema = z
  .strictObject({
    message: text,
    detail: optionalText.describe('More about it, such as changes or candidates.'),
    hint: optionalText.describe('What to do next.'),
    exitCode: z.int(),
    correlationId: optionalText.describe("The ID that support asks for; null if the service isn't the cause."),
    code: optionalText.describe('The code of the service.'),
  })
  .meta({ id: 'Failure', description: 'Why something failed.' });

export type ResultError = Data<typeof errorSchema>;
