import * as z from 'zod';
import { type JsonDocument, type RawJson, toJsonObject } from '../json/document.ts';

const connectionParametersSchema = z.looseObject({}).nullish();

/** What we read of API properties. All else goes on as written. */
export const apiPropertiesSchema = z.looseObject({
  properties: z.looseObject({
    connectionParameters: connectionParametersSchema,
    connectionParameterSets: z
      .looseObject({
        values: z
          .array(z.looseObject({ name: z.string().nullish(), parameters: connectionParametersSchema }))
          .nullish(),
      })
      .nullish(),
  }),
});

export type ApiProperties = z.infer<typeof apiPropertiesSchema>;

/** The properties of a connector that a download keeps, in the order in which the Python tool writes them. */
export const downloadedProperties = [
  'connectionParameters',
  'connectionParameterSets',
  'iconBrandColor',
  'scriptOperations',
  'capabilities',
  'policyTemplateInstances',
  'publisher',
  'stackOwner',
] as const;

/** Of an answer of the service, or of API properties, what a download keeps: exact values, always in one order. */
export function downloadedApiProperties(document: Pick<JsonDocument, 'at'>): RawJson {
  const members = downloadedProperties.flatMap((name) => {
    const value = document.at(['properties', name]);
    return value ? [[name, value] as const] : [];
  });
  return toJsonObject([['properties', toJsonObject(members)]]);
}
