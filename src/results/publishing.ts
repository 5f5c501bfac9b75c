import * as z from 'zod';
import {
  backupId,
  changedTime,
  changeSchema,
  connectorMembers,
  wholeNumber,
  environmentSchema,
  folder,
  optionalText,
  parts,
  personSchema,
  redirectUrlSchema,
  text,
  type Data,
} from './members.ts';

const changes = z.array(changeSchema).nullable().describe('Null if the version in the environment is unknown.');
const breakingCount = wholeNumber.nullable().describe('How many of the changes are breaking.');

/** The data about a connector of create, update, and deploy. */
export const publishedSchema = z.strictObject({
  result: z.enum(['created', 'updated', 'unchanged']),
  ...connectorMembers,
  changedTime,
  backupId,
  redirectUrls: z.array(redirectUrlSchema).describe('One for each OAuth 2.0 connection parameter set.'),
  changes,
  breakingCount,
});

export type PublishedData = Data<typeof publishedSchema>;

export const restoredSchema = z.strictObject({
  result: z.literal('restored'),
  restoredBackupId: text.describe('The backup that was restored.'),
  ...connectorMembers,
  changedTime,
  backupId,
  changes,
  breakingCount,
});

export type RestoredData = Data<typeof restoredSchema>;

export const backupsSchema = z.strictObject({
  backups: z.array(
    z.strictObject({
      backupId: text,
      name: connectorMembers.name,
      connectorId: connectorMembers.connectorId,
      environment: environmentSchema,
      reason: z.enum(['update', 'restore', 'delete', 'download']).describe('Command that replaced this version.'),
      createdTime: text.describe('When the backup was saved.'),
      changedTime,
      changedBy: personSchema,
      missing: z.array(parts).describe("Parts that couldn't be downloaded at the time."),
      folder,
    }),
  ),
});

export type BackupsData = Data<typeof backupsSchema>;

export const deletedSchema = z.strictObject({
  result: z.literal('deleted'),
  connectorId: connectorMembers.connectorId,
  name: connectorMembers.name,
  environment: environmentSchema,
  backupId,
  folder: folder.nullable().describe('Where the backup is; null for none.'),
});

export type DeletedData = Data<typeof deletedSchema>;

/** The data of a dry run of delete. */
export const plannedDeletionSchema = z.strictObject({
  result: z.literal('deleted').describe('Intended result.'),
  isDryRun: z.literal(true),
  connectorId: connectorMembers.connectorId,
  name: connectorMembers.name,
  environment: environmentSchema,
  connectionCount: wholeNumber.describe('How many connections use it, as far as you may see them.'),
  notKept: z.array(parts).describe("Parts that a backup wouldn't have, and that would be lost."),
});

export type PlannedDeletionData = Data<typeof plannedDeletionSchema>;

export const plannedRequestSchema = z.strictObject({
  method: z.enum(['PUT', 'POST', 'PATCH']),
  url: text.describe('Without its query.'),
  body: optionalText.describe('JSON as text, client secrets as stars; null for bytes.'),
  bytes: wholeNumber.nullable().describe('How many bytes would be sent; null for text.'),
});

/** The data of a dry run of create, update, deploy, and restore. */
export const plannedSchema = z.strictObject({
  result: z.enum(['created', 'updated', 'unchanged', 'restored']).describe('Intended result.'),
  isDryRun: z.literal(true),
  ...connectorMembers,
  connectorId: optionalText.describe('Null for a connector that would be created.'),
  solutionId: optionalText.describe('Solution that the connector would be created in. Null for none.'),
  requests: z.array(plannedRequestSchema).describe('Requests that would be sent.'),
  changes,
  breakingCount,
  conflict: z
    .strictObject({
      parts: z.array(z.enum([...parts.options, 'title'])),
      changes: z.array(changeSchema),
      changedTime,
      changedBy: personSchema,
    })
    .nullable()
    .describe('Changes of others in the environment that would be overwritten.'),
});

export type PlannedData = Data<typeof plannedSchema>;
