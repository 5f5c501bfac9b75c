import { hasLiteralSecret, isSecretName } from '../connector/client-secret.ts';
import { isEnvironmentExpression } from '../connector/expression.ts';
import { namesSecret } from '../connector/secret-word.ts';
import type { JsonFault } from '../json/faults.ts';
import { type JsonPath, pointerPath } from '../json/pointer.ts';
import { isObject } from '../json/value.ts';

/** The file next to settings.json with the values that differ between environments. */
export const environmentsFileName = 'paconn.environments.json';

/** A value for an environment, as the file has it. */
export interface WrittenValue {
  readonly pointer: string;
  readonly value: unknown;
  /** Where it is in the file. */
  readonly path: JsonPath;
}

/** A problem of the file, or of a value for an environment. */
export interface ValueProblem {
  readonly kind: keyof typeof problemWords;
  readonly path: JsonPath;
  /** What stands for `{name}` and `{other}` in the words. */
  readonly name?: string;
  readonly other?: string;
}

/** The message for each kind of problem. */
export const problemWords = {
  shape: 'Expected an object with environments, and in each JSON pointers with their values.',
  pointer: "'{name}' isn't a JSON pointer. A pointer starts with a slash, such as /host.",
  duplicate: "'{name}' occurs more than once.",
  overlap: "'{name}' is inside '{other}', which also has a value.",
  secret: "The value of '{name}' is a secret. Use a reference to an environment variable, such as env:CLIENT_SECRET.",
  reference: "'{name}' isn't the name of an environment variable.",
  credential:
    "The environment variable '{name}' is a credential of a pipeline, another tool, or paconn, so it can't be a value of a connector. Use a variable with another name, such as env:{other}.",
  unknown: "'{name}' isn't in the {other}{suggestion}.",
} as const;

/** Not an environment: editors look for a schema there. */
const schemaKey = '$schema';

/** The environments that a file names, with their values. */
export function valuesByEnvironment(content: unknown): ReadonlyMap<string, readonly WrittenValue[]> {
  const environments = isObject(content) ? Object.entries(content) : [];
  return new Map(
    environments.flatMap(([environment, values]) =>
      environment === schemaKey || !isObject(values)
        ? []
        : [
            [
              environment,
              Object.entries(values).map(([pointer, value]) => ({ pointer, value, path: [environment, pointer] })),
            ] as const,
          ],
    ),
  );
}

/** What is wrong with the content of a file, whatever connector it's for. */
export function problemsInFile(content: unknown): readonly ValueProblem[] {
  if (!isObject(content)) return [{ kind: 'shape', path: [] }];
  const wrong = Object.entries(content).filter(([name, values]) => name !== schemaKey && !isObject(values));
  return [
    ...wrong.map(([environment]) => ({ kind: 'shape', path: [environment] }) as const),
    ...[...valuesByEnvironment(content).values()].flatMap(problemsInValues),
  ];
}

/** Names that occur twice: which value is meant can't be known. */
export function duplicatesIn(
  faults: readonly JsonFault[],
): readonly (ValueProblem & Pick<JsonFault, 'start' | 'end'>)[] {
  return faults.flatMap((fault) =>
    fault.kind === 'duplicate-name'
      ? [{ kind: 'duplicate', path: fault.path, name: fault.name, start: fault.start, end: fault.end }]
      : [],
  );
}

/** What is wrong with the values of one environment. */
export function problemsInValues(values: readonly WrittenValue[]): readonly ValueProblem[] {
  const pointers = new Set(values.map(({ pointer }) => pointer));
  return values.flatMap(({ pointer, value, path }): readonly ValueProblem[] => {
    if (!pointer.startsWith('/')) return [{ kind: 'pointer', path, name: pointer }];
    const around = pointersAround(pointer).find((one) => pointers.has(one));
    if (around !== undefined) return [{ kind: 'overlap', path, name: pointer, other: around }];
    const variable = referenceIn(value);
    if (variable !== undefined) {
      if (!isVariableName(variable)) return [{ kind: 'reference', path, name: variable }];
      const other = isForClientSecret(pointer) ? 'ORDERS_CLIENT_SECRET' : 'ORDERS_VALUE';
      return isCredential(variable, pointer) ? [{ kind: 'credential', path, name: variable, other }] : [];
    }
    return isSecret(pointer, value) ? [{ kind: 'secret', path, name: pointer }] : [];
  });
}

function pointersAround(pointer: string): readonly string[] {
  const ends = [...pointer.matchAll(/\//gu)].map(({ index }) => index).filter((index) => index > 0);
  return ends.map((end) => pointer.slice(0, end));
}

/** The variable that a value refers to; undefined for a value that is none. */
export function referenceIn(value: unknown): string | undefined {
  return typeof value === 'string' && value.startsWith('env:') ? value.slice('env:'.length) : undefined;
}

function isVariableName(name: string): boolean {
  return /^[A-Za-z_]\w*$/u.test(name);
}

const credentials = new RegExp(
  [
    'PACONN_.*|(?:ALL|FTP|HTTPS?)_PROXY',
    // What a pipeline sets itself.
    'ACTIONS_(?:ID_TOKEN_REQUEST|RUNTIME)_.*|.*_OIDC_TOKEN(?:_V\\d+)?',
    'CI_(?:.*_)?(?:JWT.*|PASSWORD|TOKEN)|CI_REPOSITORY_URL|DOCKER_AUTH_CONFIG',
    '(?:SYSTEM|VSS_NUGET)_ACCESSTOKEN|AZP_TOKEN|ENDPOINT_AUTH_.*|IDTOKEN|SERVICEPRINCIPALKEY',
    '(?:BITBUCKET|BUILDKITE|CIRCLE|GH|GITHUB|GITLAB)_(?:.*_)?(?:PAT|TOKEN)|GIT_CONFIG_VALUE_\\d+',
    // What somebody sets for a tool.
    '(?:ARM|AWS|AZURE|CLOUDSDK|GOOGLE|WEBSITE)_(?:.*_)?(?:CERTIFICATE|CONNECTION_STRING|CREDENTIALS|PASSWORD|PAT|SECRET|TOKEN)',
    // A key without such a word is that of an API: GOOGLE_MAPS_API_KEY.
    '(?:ARM|AWS|AZURE|GOOGLE|WEBSITE)_(?:.*_)?(?:ACCESS|ACCOUNT|ENCRYPTION|PRIVATE|SECRET|SIGNING|STORAGE)_KEY',
    '(?:CARGO_REGISTRY|NODE_AUTH|NPM)_TOKEN|NPM_CONFIG_.*AUTH.*|NUGET_API_KEY|(?:DOCKER|TWINE)_PASSWORD',
    '(?:BWS_ACCESS|DOPPLER|OP_SERVICE_ACCOUNT|VAULT)_TOKEN|TF_TOKEN_.*',
    '(?:GPG|SSH)_PRIVATE_KEY|GPG_PASSPHRASE',
    'DATABASE_URL|MYSQL_PWD|PGPASSWORD',
    'IDENTITY_HEADER|MSI_SECRET',
  ]
    .map((names) => `^(?:${names})$`)
    .join('|'),
  'iu',
);

/** What the application of a connector can be called by: the service shows a client secret to nobody. */
const ofConnector = /^(?!PACONN_|(?:ARM|AZURE)_CLIENT_SECRET$).*_(?:CLIENT|OAUTH)_SECRET$/iu;

/**
 * Whether a variable is what pipelines, clouds and this tool sign in with, or by its well-known name a tool that pipelines run: for a
 * repository, a package registry, a store of secrets, a signature, or a database. A file of somebody else's repository could send it to
 * where others read it, and no connector needs it. The key of an API that a connector can be for is none.
 */
function isCredential(variable: string, pointer: string): boolean {
  return credentials.test(variable) && !(isForClientSecret(pointer) && ofConnector.test(variable));
}

function isForClientSecret(pointer: string): boolean {
  return /^\/properties\/.*\/oAuthSettings\/clientSecret$/su.test(pointer);
}

const privateKey = /-{4} ?BEGIN [A-Z\d ]{0,30}PRIVATE KEY|PuTTY-User-Key-File-\d/u;

/** Before a path there's no `@` but after a user. What separates URLs in a list, a page or JSON is in no user's name. */
const urlWithUser = /:\/\/(?!@)[^\s/?#@:,;"<>|]*(?::[^\s/?#@"<>]*)?@/u;

/**
 * Whether a text can only be a credential, whatever its variable is called: it has a private key, or a URL with a user, as a proxy, a
 * repository and a database have it, also such as only its own tool can read.
 */
export function holdsCredential(text: string): boolean {
  return privateKey.test(text) || urlWithUser.test(text);
}

/** Whether a variable is called like a secret: its value is sent, and not shown. */
export function isSecretVariable(variable: string | undefined): boolean {
  return variable !== undefined && (namesSecret(variable) || /(?:^|_)(?:KEY|PAT|TOKEN)$/iu.test(variable));
}

function isSecret(pointer: string, value: unknown): boolean {
  const [name = '', parent] = pointerPath(pointer).toReversed();
  if (!isSecretName(name)) return hasLiteralSecret(value);
  // Elsewhere an object of such a name describes a secret.
  const isGiven = typeof value === 'string' || parent === 'oAuthSettings';
  return isGiven && value !== '' && value !== null && !isEnvironmentExpression(value);
}
