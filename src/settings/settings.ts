import * as z from 'zod';

/** paconn takes null and an empty text for "not given". */
const text = z
  .string()
  .nullish()
  .transform((value) => value || undefined);

/** What flags and a settings file can give. Other keys of a file are ignored, as in paconn. */
export const givenSettingsSchema = z.object({
  connectorId: text,
  environment: text,
  apiProperties: text,
  apiDefinition: text,
  icon: text,
  script: text,
  powerAppsUrl: text,
  powerAppsApiVersion: text,
  flowUrl: text,
  flowApiVersion: text,
  clientId: text,
  tenant: text,
  authorityUrl: text,
  resource: text,
});

export type GivenSettings = z.infer<typeof givenSettingsSchema>;

export type SettingName = keyof GivenSettings;

const url = (fallback: string) => z.url({ protocol: /^https?$/u, error: 'is not an http(s) URL' }).default(fallback);

/** Ready settings: checked, with the defaults of paconn. */
export const settingsSchema = z.object({
  connectorId: z.string().optional(),
  environment: z.string().optional(),
  apiProperties: z.string().optional(),
  apiDefinition: z.string().optional(),
  icon: z.string().optional(),
  script: z.string().optional(),
  powerAppsUrl: url('https://api.powerapps.com'),
  powerAppsApiVersion: z.string().default('2016-11-01'),
  flowUrl: url('https://api.flow.microsoft.com'),
  flowApiVersion: z.string().default('2016-11-01'),
  /** The application ID of the Azure CLI, which paconn signs in as. */
  clientId: z.string().default('04b07795-8ddb-461a-bbee-02f9e1bf7b46'),
  tenant: z.string().default('common'),
  authorityUrl: url('https://login.microsoftonline.com/'),
  resource: z.string().default('https://service.powerapps.com/'),
});

export type Settings = Readonly<z.infer<typeof settingsSchema>>;
