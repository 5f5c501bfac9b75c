import * as z from 'zod';

/** An answer of the service: just the fields we read. It may grow others freely. */
export const environmentResourceSchema = z.object({
  name: z.string(),
  /** Where it is in words such as `europe`; the Azure region is a part of that. */
  location: z.string().nullish(),
  properties: z
    .object({
      displayName: z.string().nullish(),
      /** What kind it is: Default, Production, Sandbox, Trial, Developer, Teams. */
      environmentSku: z.string().nullish(),
      isDefault: z.boolean().nullish(),
      azureRegionHint: z.string().nullish(),
    })
    .nullish(),
});

export type EnvironmentResource = z.infer<typeof environmentResourceSchema>;

export const connectorSummarySchema = z.object({
  name: z.string(),
  properties: z
    .object({
      displayName: z.string().nullish(),
      description: z.string().nullish(),
      isCustomApi: z.boolean().nullish(),
      createdBy: z.object({ displayName: z.string().nullish() }).nullish(),
      createdTime: z.string().nullish(),
      changedTime: z.string().nullish(),
    })
    .nullish(),
});

export type ConnectorSummary = z.infer<typeof connectorSummarySchema>;

/**
 * `changedTime` and `modifiedBy` are what the service calls the last change: the first is shown as LastModifiedTime by
 * Microsoft's PowerShell module for administrators, both are in the answers among the tests of CLI for Microsoft 365.
 */
export const connectorResourceSchema = z.object({
  name: z.string().nullish(),
  properties: z.object({
    displayName: z.string().nullish(),
    changedTime: z.string().nullish(),
    modifiedBy: z.object({ displayName: z.string().nullish(), userPrincipalName: z.string().nullish() }).nullish(),
    apiDefinitions: z.object({ originalSwaggerUrl: z.string().nullish() }).nullish(),
    iconUri: z.string().nullish(),
    scriptDefinitionUrl: z.string().nullish(),
  }),
});

export type ConnectorResource = z.infer<typeof connectorResourceSchema>;

export const createdConnectorSchema = z.object({ name: z.string().min(1) });

export const resourceStorageSchema = z.object({ sharedAccessSignature: z.url({ protocol: /^https?$/u }) });

/** A connection that somebody has made with a connector. */
export const connectionResourceSchema = z.object({
  name: z.string(),
  properties: z
    .object({
      displayName: z.string().nullish(),
      createdBy: z.object({ displayName: z.string().nullish() }).nullish(),
    })
    .nullish(),
});

export type ConnectionResource = z.infer<typeof connectionResourceSchema>;
