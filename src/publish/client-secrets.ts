import {
  type ClientSecret,
  type ClientSecretLocation,
  clientSecretLocations,
  parameterSetNames,
  parseClientSecret,
  secretFor,
  secretName,
} from '../connector/client-secret.ts';
import type { Connector } from '../connector/connector.ts';
import type { Context } from '../context.ts';
import { CanceledError, UsageError } from '../errors.ts';
import { toJson } from '../json/document.ts';
import { jsonPointer } from '../json/pointer.ts';
import type { Terminal } from '../io/terminal/terminal.ts';
import { readVariables } from '../settings/variables.ts';
import { isEnvironmentExpression } from '../connector/expression.ts';
import { parseJson } from '../json/parse.ts';
import { fromStdin, readSecret, requireSecretText, withoutLineEnd } from '../settings/secret-text.ts';

/**
 * The connector with the client secrets that were given: by `--client-secret` (`-` is the first line of stdin), else by
 * PACONN_CLIENT_SECRET. A place without one stays as it is; the same connector where that changes nothing.
 */
export async function withGivenSecrets(
  connector: Connector,
  given: readonly string[],
  context: Context,
): Promise<Connector> {
  const properties = connector.apiProperties.document.value;
  const places = clientSecretLocations(properties);
  return placed(connector, places, await readClientSecrets(connector, given, context));
}

/**
 * The connector with its client secrets, or references to them, as a new one needs them: the user is asked for one that is
 * missing. Raises `UsageError` without a terminal to prompt at.
 *
 * @param given As {@link readClientSecrets} has read them.
 * @param present Pointers to client secrets that it has already.
 */
export async function withAllSecrets(
  connector: Connector,
  given: readonly ClientSecret[],
  context: Context,
  present: readonly string[] = [],
): Promise<Connector> {
  const places = clientSecretLocations(connector.apiProperties.document.value);
  const secrets = [...given];
  for (const place of places) {
    const isPresent = present.some((pointer) => pointer.startsWith(`${jsonPointer(place.path)}/`));
    const isMissing = place.isNeeded && !isPresent && secretFor(place, secrets) === undefined;
    if (isMissing && !hasReference(connector, place)) {
      secrets.push(await askForMissing(place, context));
    }
  }
  return placed(connector, places, secrets);
}

/** Whether the secret is that of an environment variable, which leads to a key vault. */
function hasReference({ apiProperties }: Connector, { path }: ClientSecretLocation): boolean {
  const { document } = apiProperties;
  return isEnvironmentExpression(parseJson(document.at([...path, secretName(document, path)])?.text ?? ''));
}

/** The client secrets that were given, one of them perhaps on stdin, which is read before anything is asked. */
export async function readClientSecrets(
  { apiProperties: { document } }: Connector,
  given: readonly string[],
  { terminal, variables }: Context,
): Promise<readonly ClientSecret[]> {
  const apiProperties = document.value;
  const fromVariable = readVariables(variables).clientSecret;
  const texts = given.length > 0 || fromVariable === undefined ? given : [fromVariable];
  const setNames = parameterSetNames(apiProperties);
  const secrets: ClientSecret[] = [];
  for (const text of texts) {
    const written = text === fromStdin ? await readSecret(terminal, secretQuestion) : withoutLineEnd(text);
    const secret = parseClientSecret(written, setNames);
    hide(requireSecretText(secret.value, 'client secret'), terminal);
    // The Python tool takes an empty secret for none.
    if (secret.value !== '') secrets.push(secret);
  }
  const places = clientSecretLocations(apiProperties);
  for (const { set } of secrets.filter((secret) => !places.some((place) => secretFor(place, [secret]) !== undefined))) {
    const where = set === undefined ? 'the API properties have' : `the set '${set}' has`;
    terminal.note(`Warning: The client secret isn't used: ${where} no OAuth2 settings.`);
  }
  return secrets;
}

const secretQuestion = { message: 'OAuth2 client secret', insteadPass: '--client-secret <secret>' };

async function askForMissing({ set }: ClientSecretLocation, { terminal }: Context): Promise<ClientSecret> {
  if (!terminal.interactive) {
    throw new UsageError('Please provide OAuth2 client secret using the --secret argument.', {
      hint: `Pass --client-secret ${set === undefined ? '<secret>' : `'${set}=<secret>'`}, --client-secret - to read it from stdin, or set PACONN_CLIENT_SECRET.`,
    });
  }
  const message = set === undefined ? 'OAuth2 client secret' : `OAuth2 client secret of the set '${set}'`;
  const question = { message, insteadPass: '--client-secret' };
  // Enter alone can be a mistake, once.
  const value = (await terminal.askSecret(question)) || (await terminal.askSecret(question));
  if (value === '') throw new CanceledError();
  hide(value, terminal);
  return { value, set };
}

/**
 * A short one, or a word, is a part of IDs, names and sentences: it is hidden where something may repeat it. A reference to an
 * environment variable is no secret.
 */
function hide(secret: string, { concealGiven }: Terminal): void {
  if (!isEnvironmentExpression(secret)) concealGiven(secret);
}

function placed(
  connector: Connector,
  places: readonly ClientSecretLocation[],
  secrets: readonly ClientSecret[],
): Connector {
  const { document: before } = connector.apiProperties;
  const after = places.reduce((document, place) => {
    const secret = secretFor(place, secrets);
    if (secret === undefined) return document;
    return document.withMembers(place.path, { [secretName(document, place.path)]: toJson(secret) });
  }, before);
  return after.text === before.text ? connector : { ...connector, apiProperties: connector.apiProperties.with(after) };
}
