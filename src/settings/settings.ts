import * as z from 'zod';
import { cloudNames } from './clouds.ts';

/** The Python tool treats null and empty text as missing. */
const text = z
  .string()
  .nullish()
  .transform((value) => value || undefined);

/** What a settings file can give. Other keys of it are ignored, as in the Python tool. */
export const settingsFileSchema = z.object({
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

/** What relative paths of a settings file start from: its own folder, or the current one. */
export const pathsOriginSchema = z.enum(['settings', 'current']);

export type PathsOrigin = z.infer<typeof pathsOriginSchema>;

/**
 * What is read of the member `paconn` of a settings file: the Python tool ignores it, and so the file stays readable
 * for it.
 */
export const ownSettingsSchema = z.looseObject({
  cloud: z.enum(cloudNames).nullish(),
  relativeTo: pathsOriginSchema.nullish(),
});

/** All that the member `paconn` can have: rules to ignore and the solution are read where they are needed. */
export const ownSettingNames: readonly string[] = [...Object.keys(ownSettingsSchema.shape), 'ignore', 'solution'];

/** The values that options and a settings file can set. */
export const givenSettingsSchema = settingsFileSchema.extend({
  cloud: z.enum(cloudNames).optional(),
  /** Which of several accounts to use. It is about who runs the command, so no file says it. */
  account: text,
  /** The folder that the paths of files start from, where it isn't the current one. */
  filesFolder: text,
  /** The folder of the settings file that names the files, where it isn't the current one. */
  settingsFolder: text,
  /** The URLs of services that a settings file gives. */
  urlsOfFile: z.array(z.string()).optional(),
});

export type GivenSettings = z.infer<typeof givenSettingsSchema>;

export type SettingName = keyof GivenSettings;

const url = z.url({ protocol: /^https?$/u, error: 'must be a URL such as https://example.com' });

// One schema for many members: creating a schema takes longer than using it.
const optionalText = z.string().optional();
const cloud = z.enum(cloudNames);

/** Ready settings: checked, with the defaults of the Python tool. Those that depend on the cloud are in `clouds.ts`. */
export const settingsSchema = z.object({
  connectorId: optionalText,
  environment: optionalText,
  apiProperties: optionalText,
  apiDefinition: optionalText,
  icon: optionalText,
  script: optionalText,
  powerAppsUrl: url,
  powerAppsApiVersion: z.string().default('2016-11-01'),
  flowUrl: url,
  flowApiVersion: z.string().default('2016-11-01'),
  /** The application ID of the Azure CLI, which the Python tool signs in as. */
  clientId: z.string().default('04b07795-8ddb-461a-bbee-02f9e1bf7b46'),
  tenant: z.string().default('common'),
  authorityUrl: url,
  resource: z.string(),
  /** The cloud with the default URLs and resource. */
  cloud: cloud,
  /** The account to use, where the command line names one. */
  account: optionalText,
  /** The environment where nothing names one: what `paconn config` has stored. */
  defaultEnvironment: optionalText,
  /** The account where nothing names one. */
  defaultAccount: optionalText,
  /** The folder, from the current one, in which the files of the connector are; undefined for the current one. */
  filesFolder: optionalText,
  /** The folder of the settings file, if that names the files, and isn't in the current one. */
  settingsFolder: optionalText,
  /** The URLs of services that a settings file gives, which somebody else may have written. */
  urlsOfFile: z.array(z.string()).optional(),
});

export type Settings = Readonly<z.infer<typeof settingsSchema>>;
