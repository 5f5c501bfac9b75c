import { join, resolve } from 'node:path';
import * as z from 'zod';
import { nextStepWords } from '../../output/next-step.ts';
import { authenticationKinds } from '../../connector/new-authentication.ts';
import {
  completedApiDefinition,
  type NewConnector,
  newApiDefinition,
  newApiProperties,
  newMcpDefinition,
  newScript,
} from '../../connector/new-connector.ts';
import { introName, introText } from '../../connector/new-intro.ts';
import { placeholderColor, placeholderIcon } from '../../connector/placeholder-icon.ts';
import { independentColor, type PublisherKind, publisherKinds } from '../../connector/publisher.ts';
import { oneSolutionAt, requireNoChoice } from '../../check/solution-at.ts';
import type { Context } from '../../context.ts';
import { FileError, UsageError } from '../../errors.ts';
import { pathWord } from '../../io/terminal/command-word.ts';
import { exists, readDirectory, writeFiles } from '../../io/fs/files.ts';
import { readBytes } from '../../io/fs/read-file.ts';
import { requirePortablePath } from '../../io/fs/require-portable.ts';
import { counted } from '../../output/report.ts';
import { dataPath } from '../../output/data-path.ts';
import type { Result } from '../../output/result.ts';
import type { InitData } from '../../results/files.ts';
import type { ResultFile } from '../../results/members.ts';
import { parseFlags } from '../../settings/flags.ts';
import { httpsUrl } from './learn.ts';
import { filesOfSolution } from './from-solution.ts';
import { clientIdPlaceholder, planConnector } from './plan-connector.ts';
import { readDefinition, type SourceDefinition } from './read-definition.ts';
import { checkConnector } from '../../validation/check.ts';
import { isReadme } from '../../validation/engine/file-roles.ts';

const text = z.string().optional();

const initFlagsSchema = z.object({
  paths: z.array(z.string()),
  from: text,
  mcp: text,
  title: text,
  summary: text,
  host: text,
  authKind: z.enum(authenticationKinds).optional(),
  apiKeyHeader: text,
  oAuthClientId: text,
  authorizationUrl: text,
  tokenUrl: text,
  scopes: text,
  resourceUri: text,
  withScript: z.boolean().default(false),
  script: text,
  icon: text,
  operations: z.array(z.string()).default([]),
  tag: z.array(z.string()).default([]),
  server: text,
  serverVariables: z.enum(['defaults', 'connection']).optional(),
  security: text,
  root: text,
  refHosts: z.array(z.string()).default([]),
  only: text,
  publisher: z.enum(publisherKinds).optional(),
});

const names = {
  apiDefinition: 'apiDefinition.swagger.json',
  apiProperties: 'apiProperties.json',
  icon: 'icon.png',
  script: 'script.csx',
  settings: 'settings.json',
} as const;

/**
 * Begins a connector: writes files to start from. Nothing that is there is overwritten. Raises `FileError` for that, and
 * `UsageError` for what is missing without a terminal to prompt at.
 */
export async function init(given: unknown, context: Context): Promise<Result> {
  const { paths, from, only, ...choices } = parseFlags(given, initFlagsSchema);
  const { workingDirectory, terminal } = context;
  const directory = resolve(workingDirectory, paths[0] ?? '.');
  await requirePortablePath(directory);
  await requireFree(directory);
  const solution = from === undefined ? undefined : await oneSolutionAt(from, only, workingDirectory);
  if (solution) return await filesOfSolution(solution, choices, { directory, paths, workingDirectory }, terminal);
  requireNoChoice(only);
  const { mcp, icon, script, withScript, publisher, ...flags } = choices;
  const picture = await readIcon(icon, publisher, workingDirectory);
  const defaultCode = withScript ? newScript : undefined;
  const code = script === undefined ? defaultCode : await readPart('script', script, workingDirectory);
  const read = from === undefined ? undefined : await readDefinition(from, flags, context);
  // Who says how to sign in does so in place of the description.
  const source = read && flags.authKind !== undefined ? { document: read.document, url: read.url } : read;
  const server = mcp === undefined ? undefined : mcpServer(mcp, { from, host: flags.host });
  const connector = await planConnector(flags, { source, server }, directory, terminal);
  const intro =
    (server || publisher !== undefined) && !(await hasReadme(directory))
      ? [{ role: 'introduction' as const, name: introName, content: introText(connector) }]
      : [];
  const parts = connectorFiles(connector, { source, server, icon: picture, script: code, publisher });
  const files = [...parts, ...intro];
  // None was there before.
  await writeFiles(files.map(({ name, content }) => ({ path: join(directory, name), content, known: null })));
  terminal.report(`The files of ${connector.title} are in ${directory}.`);
  if (server && /\/sse\/?$/iu.test(server.pathname)) terminal.note(sseWarning);
  for (const line of nextSteps(connector, files, paths, publisher)) terminal.note(line);
  const data: InitData = {
    result: 'created',
    name: connector.title,
    folder: dataPath(directory, workingDirectory),
    files: files.map(({ role, name }) => ({ path: name, role })),
  };
  return { data };
}

const sseWarning =
  "Warning: A URL that ends in /sse usually belongs to server-sent events, which Copilot Studio no longer supports. Use the server's URL for Streamable HTTP, which often ends in /mcp.";

/** Whether there is already what certification asks for beside the files of a connector. */
async function hasReadme(directory: string): Promise<boolean> {
  return ((await readDirectory(directory))?.files ?? []).some(isReadme);
}

/** The URL of an MCP server. Raises {@link UsageError} for one that a connector can't have, and where another API is named. */
function mcpServer(url: string, others: Readonly<Record<'from' | 'host', string | undefined>>): URL {
  for (const [name, value] of Object.entries(others)) {
    if (value !== undefined) throw new UsageError(`--mcp and --${name} can't be used together.`);
  }
  const problem = httpsUrl(url);
  if (problem !== undefined) throw new UsageError(`--mcp: ${problem}`);
  const server = new URL(url);
  if (!/[?#]/u.test(url) && server.username === '' && server.password === '') return server;
  throw new UsageError(`--mcp: Use a URL without query, fragment, user name, and password.`, {
    hint: 'Pass --auth api-key for a key. Users enter it when they create a connection.',
  });
}

/** Raises {@link FileError} if a file that this command can write exists. */
async function requireFree(directory: string): Promise<void> {
  for (const name of Object.values(names)) {
    if (!(await exists(join(directory, name)))) continue;
    throw new FileError(`${name} already exists in ${directory}. Nothing was created.`, {
      hint: 'Choose another folder:\n  paconn init <folder>',
    });
  }
}

async function readPart(role: 'icon' | 'script', path: string, workingDirectory: string): Promise<Uint8Array> {
  const bytes = await readBytes(resolve(workingDirectory, path), path);
  const findings = checkConnector({ [role]: { name: path, bytes } });
  // It becomes icon.png, whatever it is called.
  const wrong = findings.find(({ level, rule }) => level === 'error' || rule === 'icon-not-png');
  if (wrong) throw new FileError(`${path} can't be the ${role} of a connector. ${wrong.message}`);
  return bytes;
}

/** The icon; none for independent publishers, who share one. */
async function readIcon(
  icon: string | undefined,
  publisher: PublisherKind | undefined,
  workingDirectory: string,
): Promise<Uint8Array | undefined> {
  if (publisher !== 'independent') {
    return icon === undefined ? placeholderIcon : await readPart('icon', icon, workingDirectory);
  }
  if (icon === undefined) return undefined;
  throw new UsageError("--icon and '--publisher independent' can't be used together.", {
    hint: 'All connectors of independent publishers use the same icon.',
  });
}

interface FileChoices {
  readonly source: SourceDefinition | undefined;
  readonly server: URL | undefined;
  readonly icon: Uint8Array | undefined;
  readonly script: string | Uint8Array | undefined;
  readonly publisher: PublisherKind | undefined;
}

interface ConnectorFile {
  readonly role: ResultFile['role'];
  readonly name: string;
  readonly content: string | Uint8Array;
}

function connectorFiles(
  connector: NewConnector,
  { source, server, icon, script, publisher }: FileChoices,
): readonly ConnectorFile[] {
  const newDefinition = server ? newMcpDefinition(server, connector) : newApiDefinition(connector);
  const definition = source ? completedApiDefinition(source.document, connector) : newDefinition;
  const color = publisher === 'independent' ? independentColor : placeholderColor;
  const parts = [
    { role: 'apiDefinition' as const, name: names.apiDefinition, content: definition },
    {
      role: 'apiProperties' as const,
      name: names.apiProperties,
      content: newApiProperties(connector, color, source?.properties),
    },
    ...(icon === undefined ? [] : [{ role: 'icon' as const, name: names.icon, content: icon }]),
    ...(script === undefined ? [] : [{ role: 'script' as const, name: names.script, content: script }]),
  ];
  const settings = Object.fromEntries(parts.map(({ role, name }) => [role, name]));
  return [...parts, { role: 'settings', name: names.settings, content: `${JSON.stringify(settings, undefined, 2)}\n` }];
}

/** The remaining steps, one line each. */
function nextSteps(
  { authentication }: NewConnector,
  files: readonly ConnectorFile[],
  paths: readonly string[],
  publisher: PublisherKind | undefined,
): string[] {
  const folder = paths.map((path) => ` ${pathWord(path)}`).join('');
  const bytesOf = (name: string): Uint8Array | undefined => {
    const content = files.find((file) => file.name === name)?.content;
    return typeof content === 'string' ? Buffer.from(content) : content;
  };
  const findings = checkConnector({
    definition: { name: names.apiDefinition, bytes: bytesOf(names.apiDefinition) },
    properties: { name: names.apiProperties, bytes: bytesOf(names.apiProperties) },
  });
  const errors = findings.filter(({ level }) => level === 'error');
  const parts = [
    { words: 'The API definition has', count: errors.filter(({ file }) => file === names.apiDefinition).length },
    { words: 'The API properties have', count: errors.filter(({ file }) => file === names.apiProperties).length },
  ];
  const certification = publisher === undefined ? '' : ` --certification --publisher ${publisher}`;
  const hasPlaceholder = 'clientId' in authentication && authentication.clientId === clientIdPlaceholder;
  return [
    ...parts.flatMap(({ words, count }) => (count > 0 ? `${words} ${counted(count, 'error')}.` : [])),
    ...(hasPlaceholder
      ? [`Replace ${clientIdPlaceholder} in ${names.apiProperties} with the client ID of your application.`]
      : []),
    nextStepWords([`paconn validate${folder}${certification}`, `paconn deploy${folder}`]),
  ];
}
