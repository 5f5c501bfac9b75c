import * as z from 'zod';
import { connectorIdSchema } from '../connector/connector-id.ts';

// One schema for many members: creating a schema takes longer than using it.
const text = z.string().nullish();
const flag = z.boolean().nullish();
/** An ID: it goes into URLs, paths and sentences, none of which it may end. */
const id = z.string().regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, 'must be on one line');
const creator = z
  .object({ id: text.catch(undefined), displayName: text, email: text, userPrincipalName: text })
  .nullish();

/** An answer of the service: just the fields we read. It may grow others freely. */
export const environmentResourceSchema = z.object({
  name: id,
  /** Where it is in words such as `europe`; the Azure region is a part of that. */
  location: text,
  properties: z
    .object({
      displayName: text,
      /** What kind it is: Default, Production, Sandbox, Trial, Developer, Teams. */
      environmentSku: text,
      isDefault: flag,
      azureRegionHint: text,
      /**
       * Where its Dataverse is, if it has one: Microsoft's `list-environments` of the skill for canvas apps and other public
       * scripts read it from this listing.
       */
      linkedEnvironmentMetadata: z.object({ instanceUrl: text }).nullish().catch(undefined),
    })
    .nullish(),
});

export type EnvironmentResource = z.infer<typeof environmentResourceSchema>;

/**
 * A row of the table of solutions:
 * https://learn.microsoft.com/power-apps/developer/data-platform/reference/entities/solution
 */
export const solutionResourceSchema = z.object({
  solutionid: z.guid(),
  uniquename: id,
  friendlyname: text,
  ismanaged: flag,
});

export type SolutionResource = z.infer<typeof solutionResourceSchema>;

export const connectorSummarySchema = z.object({
  name: id,
  properties: z
    .object({
      displayName: text,
      description: text,
      isCustomApi: flag,
      createdBy: creator,
      createdTime: text,
      changedTime: text,
      environment: z.object({ name: text }).nullish().catch(undefined),
      /** The GUID that Dataverse and pac know the connector by. */
      metadata: z.object({ xrmConnectorId: text }).nullish().catch(undefined),
    })
    .nullish(),
});

export type ConnectorSummary = z.infer<typeof connectorSummarySchema>;

/** The same in the list of an administrator. */
export const administeredConnectorSchema = connectorSummarySchema.extend({
  properties: connectorSummarySchema.shape.properties
    .unwrap()
    .unwrap()
    .extend({
      modifiedBy: creator.catch(undefined),
      backendService: z.object({ serviceUrl: text }).nullish().catch(undefined),
      connectionParameters: z.unknown().optional(),
      connectionParameterSets: z.unknown().optional(),
    })
    .nullish(),
});

export type AdministeredConnector = z.infer<typeof administeredConnectorSchema>;

/**
 * `changedTime` and `modifiedBy` are what the service calls the last change: the first is shown as LastModifiedTime by
 * Microsoft's PowerShell module for administrators, both are in the answers among the tests of CLI for Microsoft 365.
 */
export const connectorResourceSchema = z.object({
  name: id.nullish(),
  /** `/providers/Microsoft.PowerApps/apis/CONNECTOR` */
  id: text.catch(undefined),
  properties: z.object({
    displayName: text,
    changedTime: text,
    modifiedBy: z.object({ id: text.catch(undefined), displayName: text, userPrincipalName: text }).nullish(),
    apiDefinitions: z.object({ originalSwaggerUrl: text }).nullish(),
    /** A value that isn't text counts as missing, so that the other members stay usable. */
    iconUri: text.catch(({ value }) => String(value)),
    scriptDefinitionUrl: text,
  }),
});

export type ConnectorResource = z.infer<typeof connectorResourceSchema>;

/** Its ID goes into settings files, as they may have it. */
export const createdConnectorSchema = z.object({ name: connectorIdSchema });

export const resourceStorageSchema = z.object({
  sharedAccessSignature: z.url({ protocol: /^https?$/u, error: 'must be a URL' }),
});

/** Permissions of a user with a connector. */
export const permissionResourceSchema = z.object({
  /** Tells it from other permissions. */
  name: id,
  properties: z.object({
    /** Owner, CanEdit, or CanView, as far as is known. */
    roleName: z.string(),
    principal: z.object({ id: z.string(), displayName: text, email: text, type: text }),
  }),
});

export type PermissionResource = z.infer<typeof permissionResourceSchema>;

/** A connection of a user with a connector. */
export const connectionResourceSchema = z.object({
  name: id,
  properties: z
    .object({
      displayName: text,
      createdBy: creator,
    })
    .nullish(),
});

export type ConnectionResource = z.infer<typeof connectionResourceSchema>;
