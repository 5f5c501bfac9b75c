import * as z from 'zod';
import {
  connectorMembers,
  environmentSchema,
  errorSchema,
  flag,
  optionalText,
  personSchema,
  text,
  type Data,
} from './members.ts';

const authenticationKinds = ['none', 'oauth2', 'basic', 'apiKey', 'other'] as const;

export const listedConnectorSchema = z.strictObject({
  connectorId: connectorMembers.connectorId,
  name: text,
  environment: environmentSchema,
  url: connectorMembers.url,
  description: optionalText,
  createdBy: personSchema,
  createdTime: optionalText,
  changedTime: optionalText,
});

export type ListedConnector = Data<typeof listedConnectorSchema>;

export const listingFailureSchema = z.strictObject({ environment: environmentSchema, error: errorSchema });

export type ListingFailure = Data<typeof listingFailureSchema>;

export const listSchema = z.strictObject({
  connectors: z.array(listedConnectorSchema),
  failures: z
    .array(listingFailureSchema)
    .optional()
    .describe("With `--all-environments`: the environments that couldn't be listed."),
});

export type ListData = Data<typeof listSchema>;

export const administeredSchema = z.strictObject({
  connectors: z.array(
    listedConnectorSchema.extend({
      host: optionalText.describe("The host of the API; null if the service doesn't return it."),
      authentication: z
        .array(z.enum(authenticationKinds))
        .nullable()
        .describe("How users sign in, one for each connection parameter set; null if the service doesn't return it."),
      changedBy: personSchema,
    }),
  ),
  failures: z.array(listingFailureSchema).describe("The environments that couldn't be listed."),
});

export type AdministeredData = Data<typeof administeredSchema>;

export type AdministeredConnectorData = AdministeredData['connectors'][number];

/** A principal that can use a connector. */
export const shareSchema = z.strictObject({
  connectorId: connectorMembers.connectorId,
  environment: environmentSchema,
  url: connectorMembers.url,
  permissions: z.array(
    z.strictObject({
      principal: z.strictObject({ id: text, name: optionalText }),
      principalType: optionalText.describe('As the service writes it, such as `User` or `Group`.'),
      email: optionalText,
      role: text.describe('As the service writes it: `Owner`, `CanEdit`, or `CanView`.'),
    }),
  ),
});

export type ShareData = Data<typeof shareSchema>;

/** The details of a connector. */
export const showSchema = z.strictObject({
  ...connectorMembers,
  connectorId: connectorMembers.connectorId.nullable().describe('Null for a connector in a solution.'),
  environment: environmentSchema.nullable().describe('Null for a connector in a solution.'),
  description: optionalText,
  isCustom: flag.describe('False for a connector that Microsoft provides.'),
  host: optionalText,
  serviceUrl: optionalText,
  authentication: z.array(
    z.strictObject({
      set: optionalText.describe('The connection parameter set; null without sets.'),
      kind: z.enum(authenticationKinds),
      identityProvider: optionalText,
      redirectUrl: optionalText.describe('The URL to register with the identity provider.'),
    }),
  ),
  operations: z.array(
    z.strictObject({
      operationId: optionalText,
      summary: optionalText,
      method: text.describe('In lowercase.'),
      path: text,
      isTrigger: flag,
    }),
  ),
  hasIcon: flag,
  iconBrandColor: optionalText,
  hasScript: flag,
  scriptOperations: z.array(text).describe('The operations that the script is for; empty for all.'),
  policies: z.array(z.strictObject({ templateId: optionalText, title: optionalText })),
  publisher: optionalText,
  stackOwner: optionalText,
  createdBy: personSchema,
  createdTime: optionalText,
  changedBy: personSchema,
  changedTime: optionalText,
});

export type ShowData = Data<typeof showSchema>;
