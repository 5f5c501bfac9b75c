import * as z from 'zod';
import {
  backupId,
  changeSchema,
  connectorMembers,
  wholeNumber,
  environmentSchema,
  fileSchema,
  flag,
  folder,
  optionalText,
  parts,
  text,
  type Data,
} from './members.ts';
import { findingSchema } from './findings.ts';

export const downloadedSchema = z.strictObject({
  result: z.enum(['downloaded', 'unchanged']),
  isDryRun: flag,
  ...connectorMembers,
  folder,
  files: z.array(fileSchema),
  missing: z.array(parts).describe("Parts that couldn't be downloaded."),
  backupId: backupId.describe('The backup of local changes that were overwritten; null for none.'),
});

export type DownloadedData = Data<typeof downloadedSchema>;

export const pulledSchema = z.strictObject({
  result: z.enum(['merged', 'unchanged', 'conflict']),
  isDryRun: flag,
  ...connectorMembers,
  folder,
  files: z.array(fileSchema),
  changes: z.array(changeSchema).describe('Changes from the environment, without conflicts.'),
  conflicts: z.array(
    z.strictObject({
      part: parts,
      pointer: text.describe('A JSON pointer, or the line of a script; empty for the whole part.'),
      ours: optionalText.describe('The local value; null for none.'),
      theirs: optionalText.describe('The value in the environment; null for none.'),
    }),
  ),
});

export type PulledData = Data<typeof pulledSchema>;

export const sideSchema = z.strictObject({
  kind: z
    .enum(['local', 'folder', 'base', 'environment'])
    .describe(
      '`local` for the current folder, `folder` for another one or a solution, `base` for the last synced version.',
    ),
  folder: folder.nullable().describe('Folder of the files or of the last synced version; null for an environment.'),
  connectorId: optionalText.describe('Null for files.'),
  environment: environmentSchema.nullable().describe('Null for files.'),
});

export type ComparedSide = Data<typeof sideSchema>;

export const differencesSchema = z.strictObject({
  result: z.enum(['equal', 'different']),
  from: sideSchema,
  to: sideSchema,
  differences: wholeNumber.describe('How many changes there are.'),
  breakingCount: wholeNumber.describe('How many of them are breaking.'),
  changes: z.array(changeSchema),
  notCompared: z
    .array(text)
    .describe("JSON pointers to values per environment that weren't compared: their environment variable isn't set."),
});

/** A comparison with an environment that doesn't have the connector. */
export const missingSchema = z.strictObject({ result: z.literal('missing') });

export type DifferencesData = Data<typeof differencesSchema>;

export const initSchema = z.strictObject({
  result: z.literal('created'),
  name: text,
  folder,
  files: z.array(fileSchema),
});

export type InitData = Data<typeof initSchema>;

export const toFilesSchema = z.strictObject({
  result: z.literal('converted'),
  connectors: z.array(z.strictObject({ name: optionalText, folder, files: z.array(fileSchema) })),
});

export type ToFilesData = Data<typeof toFilesSchema>;

export const toSolutionSchema = z.strictObject({
  result: z.literal('converted'),
  path: text.describe('The ZIP file or the folder, relative to the current folder.'),
  solution: z.strictObject({
    name: text.describe('Its unique name.'),
    version: text,
    connector: z.strictObject({ id: text, name: text }).describe('The row in Dataverse.'),
  }),
  omitted: z.array(text).describe("Parts that a solution can't contain."),
});

export type ToSolutionData = Data<typeof toSolutionSchema>;

const lossClass = ['kept', 'made', 'narrowed', 'dropped', 'invalid', 'refused'] as const;

/** The account of a conversion from another description of an API. */
export const toConnectorSchema = z.strictObject({
  result: z.enum(['converted', 'failed']),
  source: z.strictObject({ file: text, kind: text, operations: wholeNumber }),
  target: z.strictObject({
    folder,
    files: z.array(fileSchema),
    operations: wholeNumber,
    definitions: wholeNumber,
    bytes: wholeNumber.describe('The size of the API definition.'),
  }),
  entries: z.array(
    z.strictObject({
      rule: text,
      class: z.enum(lossClass),
      message: text,
      hint: optionalText,
      file: text,
      line: wholeNumber,
      column: wholeNumber,
      endLine: wholeNumber,
      endColumn: wholeNumber,
      pointer: text.describe('A JSON pointer into the source.'),
      operation: optionalText.describe('The operation ID in the source.'),
      target: z.strictObject({ file: text, pointer: text }).nullable().describe('Where it is in the new files.'),
    }),
  ),
  summary: z.strictObject({
    kept: wholeNumber,
    made: wholeNumber,
    narrowed: wholeNumber,
    dropped: wholeNumber,
    invalid: wholeNumber.describe('Errors of `paconn validate` in the new files.'),
    refused: wholeNumber,
  }),
});

export type ToConnectorData = Data<typeof toConnectorSchema>;

const findings = z.array(findingSchema);

export const packageSchema = z.strictObject({
  result: z.enum(['created', 'valid', 'refused']).describe('`valid` for a dry run, `refused` for errors.'),
  path: text.describe('The package, relative to the current folder.'),
  sha256: optionalText.describe('Null if it was refused.'),
  entries: z.array(z.strictObject({ path: text.describe('In the package.'), size: wholeNumber })),
  findings,
});

export type PackageData = Data<typeof packageSchema>;

export const checkedPackageSchema = z.strictObject({ result: z.enum(['valid', 'invalid']), path: text, findings });

export type CheckedPackageData = Data<typeof checkedPackageSchema>;

export const independentSchema = z.strictObject({
  result: z.enum(['valid', 'copied', 'refused']),
  folder: folder.nullable().describe('Where the files were copied to; null if they were only checked.'),
  files: z.array(fileSchema),
  findings,
});

export type IndependentData = Data<typeof independentSchema>;
