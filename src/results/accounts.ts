import * as z from 'zod';
import { environmentSchema, flag, optionalText, text, type Data } from './members.ts';

const method = optionalText.describe('How the account signed in; null if unknown.');

export const loginSchema = z.strictObject({
  account: z
    .strictObject({
      name: text.describe('The user name, or the name of the application.'),
      tenantId: text,
      cloud: optionalText.describe('Null for a cloud without a name.'),
    })
    .nullable()
    .describe('Null for a sign-in of the Python tool.'),
});

export type LoginData = Data<typeof loginSchema>;

export const logoutSchema = z.strictObject({ wasSignedIn: flag });

export type LogoutData = Data<typeof logoutSchema>;

export const accountSchema = z
  .strictObject({
    active: flag.describe('Whether commands use it.'),
    name: text.describe('The user name, or the name of the application.'),
    accountType: z.enum(['user', 'application']),
    tenantId: text,
    tenantName: optionalText.describe('Null if unknown.'),
    cloud: text.describe('`custom` for a cloud without a name.'),
    clientId: optionalText,
    authorityUrl: optionalText,
    resource: optionalText,
    method,
    source: z.enum(['login', 'environment variables', 'accessTokens.json']).describe('Where its token comes from.'),
    expiresOn: optionalText.describe('When its token expires; null if unknown.'),
    expired: flag.nullable(),
    renewable: flag.describe('Whether paconn gets the next token without a prompt.'),
    protection: z
      .enum(['keychain', 'file'])
      .nullable()
      .describe("How its tokens are stored; null if paconn doesn't store them."),
  })
  .meta({ id: 'Account', description: 'An account that is signed in.' });

export type AccountData = Data<typeof accountSchema>;

/** The defaults that are set; null for the others. */
const defaultMembers = {
  environment: environmentSchema.nullable(),
  output: optionalText,
  cloud: optionalText,
  account: optionalText,
};

export const whoamiSchema = z.strictObject({
  account: accountSchema.describe('The account that commands use.'),
  accounts: z.array(accountSchema).describe('All accounts, the active one first.'),
  cache: z.strictObject({ path: text, protection: accountSchema.shape.protection }),
  defaults: z.strictObject(defaultMembers).describe('As `paconn config list` shows them.'),
});

export type WhoamiData = Data<typeof whoamiSchema>;

export const configSchema = z.strictObject(defaultMembers);

export type ConfigData = Data<typeof configSchema>;

export const localConfigSchema = z.strictObject({
  cloud: optionalText.optional(),
  relativeTo: optionalText.optional(),
});

export const completionSchema = z.strictObject({ shell: text, script: text });

export type CompletionData = Data<typeof completionSchema>;

export const environmentsSchema = z.strictObject({
  environments: z.array(
    z.strictObject({
      id: text,
      name: text,
      type: optionalText.describe('Such as `Production`, `Sandbox`, or `Developer`.'),
      region: optionalText,
      isDefault: flag,
    }),
  ),
});

export type EnvironmentsData = Data<typeof environmentsSchema>;
