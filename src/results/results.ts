import * as z from 'zod';
import {
  completionSchema,
  configSchema,
  environmentsSchema,
  localConfigSchema,
  loginSchema,
  logoutSchema,
  whoamiSchema,
} from './accounts.ts';
import { administeredSchema, listSchema, shareSchema, showSchema } from './connectors.ts';
import {
  checkedPackageSchema,
  differencesSchema,
  downloadedSchema,
  independentSchema,
  initSchema,
  missingSchema,
  packageSchema,
  pulledSchema,
  toConnectorSchema,
  toFilesSchema,
  toSolutionSchema,
} from './files.ts';
import { findingsSchema, policySchema, rulesSchema, ruleSchema, serviceRuleSchema } from './findings.ts';
import { errorSchema, folder, optionalText, text } from './members.ts';
import {
  backupsSchema,
  deletedSchema,
  plannedDeletionSchema,
  plannedSchema,
  publishedSchema,
  restoredSchema,
} from './publishing.ts';

/** The data of one form of a command. */
export interface ResultForm {
  /** When the result has this form; empty for a command with one form. */
  readonly when: string;
  readonly schema: z.ZodObject;
  /** Whether it is a list of connectors, each with what another form has. */
  readonly isSeveral?: true;
}

/** What an entry of many can be besides done. */
const unfinished = z.enum(['failed', 'conflict', 'breaking', 'interrupted', 'notTried']);

/** Many connectors in one run: each entry has what there is for one connector, as far as the run came. */
function several(when: string, ...forms: readonly z.ZodObject[]): ResultForm {
  const solution = text.optional().describe('Instead of the folder: the solution with the connector.');
  const solutionConnector = text.optional().describe('The name of the connector in the solution.');
  const place = { folder: folder.optional(), solution, solutionConnector };
  const error = errorSchema.optional().describe("Why it failed; absent for a connector that wasn't tried.");
  const entries = forms.flatMap((one) => [
    one.extend(place),
    one.partial().extend({ ...place, result: unfinished, error }),
  ]);
  return { when, schema: z.strictObject({ connectors: z.array(z.union(entries)) }), isSeveral: true };
}

const ofAll = several('with `--all` or `--all-environments`', downloadedSchema);

const allDownloaded: ResultForm = {
  ...ofAll,
  schema: ofAll.schema.extend({ folder: folder.describe('The folder that contains all others.') }),
};

/** With the environment of each comparison, also of one that failed. */
const ofAllEnvironments = several(
  'with `--all`',
  ...[differencesSchema, missingSchema].map((one) =>
    one.extend({
      environment: z.strictObject({ id: optionalText, name: optionalText }).describe("Null if it isn't known."),
    }),
  ),
);

const withoutOptions = '';
const dryRun = 'with `--dry-run`';

/** The data of each command with `--output`, without the member `version`. */
export const resultForms: Readonly<Record<string, readonly ResultForm[]>> = {
  environments: [{ when: withoutOptions, schema: environmentsSchema }],
  list: [
    { when: withoutOptions, schema: listSchema },
    { when: 'with `--admin`', schema: administeredSchema },
  ],
  show: [{ when: withoutOptions, schema: showSchema }],
  download: [{ when: withoutOptions, schema: downloadedSchema }, allDownloaded],
  create: [
    { when: withoutOptions, schema: publishedSchema },
    { when: dryRun, schema: plannedSchema },
  ],
  update: [
    { when: withoutOptions, schema: publishedSchema },
    { when: dryRun, schema: plannedSchema },
    several('for several connectors', publishedSchema),
    several('for several connectors with `--dry-run`', plannedSchema),
  ],
  deploy: [
    { when: withoutOptions, schema: publishedSchema },
    { when: dryRun, schema: plannedSchema },
    several('for several connectors', publishedSchema),
    several('for several connectors with `--dry-run`', plannedSchema),
  ],
  share: [{ when: withoutOptions, schema: shareSchema }],
  delete: [
    { when: withoutOptions, schema: deletedSchema },
    { when: dryRun, schema: plannedDeletionSchema },
  ],
  validate: [
    { when: withoutOptions, schema: findingsSchema },
    { when: 'with `--rules`', schema: rulesSchema },
    { when: 'with `--explain <rule>`', schema: ruleSchema },
    { when: 'with `--explain <rule>` for a rule of the service', schema: serviceRuleSchema },
    { when: 'with `--explain <policy>`', schema: policySchema },
  ],
  diff: [
    { when: withoutOptions, schema: differencesSchema },
    several('for several connectors', differencesSchema),
    ofAllEnvironments,
  ],
  pull: [{ when: withoutOptions, schema: pulledSchema }, several('for several connectors', pulledSchema)],
  restore: [
    { when: withoutOptions, schema: restoredSchema },
    { when: 'with `--list`', schema: backupsSchema },
    { when: dryRun, schema: plannedSchema },
  ],
  init: [{ when: withoutOptions, schema: initSchema }],
  convert: [
    { when: 'from another description of an API', schema: toConnectorSchema },
    { when: 'with `--to files`', schema: toFilesSchema },
    { when: 'with `--to solution`', schema: toSolutionSchema },
  ],
  package: [
    { when: withoutOptions, schema: packageSchema },
    { when: 'with `--check`', schema: checkedPackageSchema },
    { when: 'with `--independent`', schema: independentSchema },
  ],
  config: [
    { when: withoutOptions, schema: configSchema },
    { when: 'with `--local`', schema: localConfigSchema },
  ],
  completion: [{ when: withoutOptions, schema: completionSchema }],
  login: [{ when: withoutOptions, schema: loginSchema }],
  whoami: [{ when: withoutOptions, schema: whoamiSchema }],
  logout: [{ when: withoutOptions, schema: logoutSchema }],
};

/** What a failed command prints on stderr with `--output json`. */
export const failureSchema = z.strictObject({ error: errorSchema });
