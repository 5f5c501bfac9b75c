import type { Ledger } from './ledger.ts';
import { UsageError } from '../errors.ts';
import { nearestName } from '../nearest-name.ts';
import type { JsonObject } from '../json/value.ts';
import { Fields } from './fields.ts';
import { hostPolicy, type PolicyInstance } from './policies.ts';
import { memberOf, type SourceNode, sourceText } from './source.ts';
import { finishHomeless } from './finish-object.ts';
import type { ConversionState } from './state.ts';
import { wordsOf } from './words.ts';
import { reportType } from './wrong-type.ts';

/** No document says where the API is, and there is no prompt here. */
export class HostMissing extends UsageError {
  /** @param servers URLs of the document that can't be used. */
  constructor(servers: readonly string[] = []) {
    const stated = servers.filter((server) => server !== '');
    const listed = stated
      .slice(0, 5)
      .map((server) => `'${publicUrl(server).replace(/(?<=^.{99}).{2,}$/su, '…')}'`)
      .join(', ');
    const reason =
      stated.length === 0
        ? 'the document has no URL of the API.'
        : `none of the document's servers has a URL that can be used: ${listed}${stated.length > 5 ? ', …' : ''}.`;
    super(`Missing host: ${reason}`, { hint: 'Pass --host with the host or URL of the API.' });
  }
}

export interface ServerOptions {
  readonly host: string | undefined;
  readonly server: string | undefined;
  readonly serverVariables: 'defaults' | 'connection';
  /** Where the document comes from, if that is https. */
  readonly sourceUrl: string | undefined;
}

/** Where requests go. */
export interface ConvertedServer {
  /** Scheme, host, and base path. */
  readonly url: URL;
  /** Where the source says so. */
  readonly node?: SourceNode | undefined;
  readonly connectionParameters: JsonObject;
  readonly policies: readonly PolicyInstance[];
}

interface Server {
  /** From 1. */
  readonly number: number;
  readonly node: SourceNode;
  /** With variables. */
  readonly template: string;
  readonly description: string;
  readonly url: URL | undefined;
}

/** A host or URL that the user passed. */
export function hostUrl(host: string): URL | undefined {
  const written = /^https?:\/\//iu.test(host) ? host : `https://${host}`;
  return parsedUrl(written);
}

/** A URL whose host OpenAPI 2.0 and DNS can have: it has no addresses of IPv6, and no empty names or wildcards. */
function parsedUrl(written: string, base?: string): URL | undefined {
  const url = URL.canParse(written, base) ? new URL(written, base) : undefined;
  if (!url || !/^[^{}/ :\\*]+(?::\d+)?$/u.test(url.host)) return undefined;
  return /(?:^|\.)[.-]|-\.|-$/u.test(url.hostname) ? undefined : url;
}

/** The server of the document. Raises {@link HostMissing}, and `UsageError` for one that isn't there. */
export function convertServers(
  list: SourceNode | undefined,
  options: ServerOptions,
  state: ConversionState,
): ConvertedServer {
  const base = (options.host === undefined ? undefined : hostUrl(options.host))?.href ?? options.sourceUrl;
  const servers = (list?.items ?? []).map((node, index) => readServer(node, index + 1, base));
  for (const { node } of servers) if (node.kind !== 'object') reportType(state.ledger, node, 'an object');
  const nothing = { connectionParameters: {}, policies: [] };
  const given = options.host === undefined ? undefined : hostUrl(options.host);
  const relative = servers.find(({ template }) => isRelative(template));
  if (given && !(relative?.url && given.pathname === '/')) {
    for (const { node, number, template } of servers)
      state.ledger.add('server-replaced', node, { n: number, url: publicUrl(template) });
    return { url: given, ...nothing };
  }
  const chosen = given && relative ? relative : chooseServer(servers, options.server);
  for (const server of servers) if (server !== chosen) reportOther(server, state);
  if (!chosen) {
    if (base === undefined) throw new HostMissing(servers.map(({ template }) => template));
    const url = new URL('/', base);
    if (list) state.ledger.add('server-relative', list, { host: url.host });
    return { url, ...nothing };
  }
  if (!chosen.url && options.server !== undefined && chosen.template === '')
    throw new UsageError(`--server ${options.server}: server ${chosen.number} has no URL.`);
  if (!chosen.url) throw new HostMissing([chosen.template]);
  if (isRelative(chosen.template)) state.ledger.add('server-relative', chosen.node, { host: chosen.url.host });
  return usedServer(chosen, chosen.url, options, state);
}

function isRelative(template: string): boolean {
  return !/^(?:[a-z][a-z\d+.-]*:|\/\/|\{)/iu.test(template);
}

function readServer(node: SourceNode, number: number, base: string | undefined): Server {
  const template = sourceText(node.members.get('url')) ?? '';
  const description = sourceText(node.members.get('description')) ?? '';
  return { number, node, template, description, url: serverUrl(node, template, base) };
}

/** The URL with the defaults of its variables. */
export function serverUrl(node: SourceNode, template: string, base: string | undefined): URL | undefined {
  const filled = template.replaceAll(/\{([^{}]*)\}/gu, (whole, name: string) => defaultOf(node, name) ?? whole);
  const written = filled.startsWith('//') ? `https:${filled}` : filled;
  if (/[{}]/u.test(written)) return undefined;
  const url = parsedUrl(written, base);
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url : undefined;
}

function defaultOf(node: SourceNode, name: string): string | undefined {
  const variable = memberOf(node, 'variables', name);
  return sourceText(variable?.members.get('default')) ?? sourceText(variable?.members.get('enum')?.items[0]);
}

/** Reports what is special about the URL of a server that is used. */
export function reportAddress(url: URL, node: SourceNode, ledger: Ledger): void {
  if (url.username !== '' || url.password !== '') ledger.add('server-user', node);
  if (isPrivate(url)) ledger.add('server-private', node, { host: url.host });
}

/** A URL as it's shown and used: without its user and query, which may be secrets. One that is wrong is shown, too. */
export function publicUrl(template: string): string {
  const written = template.replaceAll(/[\t\r\n]/gu, '').trimStart();
  const start = /^(?:(https?:)[/\\]*|([a-z][a-z\d+.-]*:)?[/\\]{2,})/iu.exec(written);
  const rest = written.slice(start?.[0].length);
  const shown = rest.slice(userLength(rest, start !== null)).replace(/[?#][^]*$/u, '');
  return start ? `${start[1] ?? start[2] ?? ''}//${shown}` : shown;
}

/** The characters of a URL after its slashes that sign in. Those of a password that should be encoded end the host early. */
function userLength(rest: string, hasSlashes: boolean): number {
  const [host = ''] = /^[^/\\?#]*/u.exec(rest) ?? [];
  const user = host.slice(0, host.lastIndexOf('@') + 1);
  if (user !== '') return hasSlashes || user.includes(':') ? user.length : 0;
  return /^[^:[]*:(?!\d*$|\{)/u.test(host) ? rest.lastIndexOf('@') + 1 : 0;
}

/** Whether a host is an address in a private network. */
function isPrivate({ hostname }: URL): boolean {
  return /^(?:10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.)[\d.]+$|^\[f[cd]/u.test(hostname);
}

/** Whether the cloud can reach a host at all. */
export function isReachable({ hostname }: URL): boolean {
  const name = hostname.toLowerCase();
  if (name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || name === '[::]') return false;
  return !/^(?:127\.|169\.254\.|0\.)[\d.]*$|^\[fe[89ab]/u.test(name);
}

function chooseServer(servers: readonly Server[], choice: string | undefined): Server | undefined {
  if (choice !== undefined) return namedServer(servers, choice);
  const usable = servers.filter(({ url }) => url && isReachable(url));
  return (
    usable.find(({ url }) => url?.protocol === 'https:') ??
    usable[0] ??
    servers.find(({ template }) => isRelative(template))
  );
}

function namedServer(servers: readonly Server[], choice: string): Server {
  const wanted = choice.toLowerCase();
  const exact = servers.find(({ number, template }) =>
    [String(number), template, publicUrl(template)].includes(choice),
  );
  const parts = servers.filter(({ template, description }) =>
    `${template}\n${description}`.toLowerCase().includes(wanted),
  );
  const [only] = parts;
  if (exact) return exact;
  if (only && parts.length === 1) return only;
  const near = nearestName(
    choice,
    servers.flatMap(({ template, description }) => [publicUrl(template), description]),
  );
  const words = parts.length > 1 ? `${parts.length} servers match` : 'no server matches';
  const list = servers.map(({ number, template }) => `${number} ${publicUrl(template)}`).join(', ');
  throw new UsageError(`--server ${choice}: ${words}${near === undefined ? '' : `. Did you mean ${near}?`}`, {
    hint: servers.length === 0 ? undefined : `The servers are: ${list}`,
  });
}

function reportOther({ node, number, template, url }: Server, { ledger }: ConversionState): void {
  const shown = publicUrl(template);
  if (template === '' && !url) ledger.add('server-no-url', node, { n: number });
  else if (!url && !isRelative(template)) ledger.add('server-unusable', node, { url: shown });
  else if (url && !isReachable(url)) ledger.add('server-unusable', node, { url: shown });
  else ledger.add('server-other', node, { n: number, url: shown });
}

function usedServer(server: Server, url: URL, options: ServerOptions, state: ConversionState): ConvertedServer {
  const { ledger } = state;
  const { node } = server;
  const template = publicUrl(server.template);
  const fields = new Fields(node, ledger);
  const address = fields.text('url') ?? node;
  if (url.search || url.hash) ledger.add('server-query', address);
  reportAddress(url, address, ledger);
  if (url.protocol === 'http:') ledger.add('server-http', address, { host: url.host });
  const description = fields.text('description');
  if (description) ledger.add('server-description', description);
  const name = fields.text('name');
  if (name) ledger.add('server-description', name);
  const variables = [...(fields.object('variables')?.members.values() ?? [])];
  finishHomeless(fields, 'servers', state);
  const used = variables.filter((variable) => template.includes(`{${variable.name}}`));
  for (const variable of variables)
    if (!used.includes(variable)) ledger.add('server-variable-unused', variable, { name: variable.name });
  if (options.serverVariables === 'defaults' || used.length === 0) {
    for (const variable of used)
      ledger.add('server-variable', variable, { name: variable.name, value: defaultOf(node, variable.name) ?? '' });
    return { url, node: address, connectionParameters: {}, policies: [] };
  }
  for (const variable of used) ledger.add('server-variable-connection', variable, { name: variable.name });
  const urlTemplate = template.replaceAll(
    /\{([^{}]*)\}/gu,
    (_, variable: string) => `@connectionParameters('${variable}','${defaultOf(node, variable) ?? ''}')`,
  );
  const connectionParameters = Object.fromEntries(
    used.map((variable) => [variable.name, variableParameter(variable, node)]),
  );
  return {
    url,
    node: address,
    connectionParameters,
    policies: [hostPolicy(urlTemplate.replace(/^\/\//u, 'https://'))],
  };
}

function variableParameter(variable: SourceNode, server: SourceNode): JsonObject {
  const displayName = wordsOf(variable.name);
  const description = sourceText(variable.members.get('description')) ?? `${displayName} of the API.`;
  const values = (variable.members.get('enum')?.items ?? []).flatMap((item) => sourceText(item) ?? []);
  const value = defaultOf(server, variable.name);
  return {
    type: 'string',
    ...(values.length > 0 && { allowedValues: values.map((one) => ({ value: one })) }),
    ...(value !== undefined && { defaultValue: value }),
    uiDefinition: {
      displayName,
      description,
      tooltip: description,
      constraints: {
        required: 'true',
        ...(values.length > 0 && { allowedValues: values.map((one) => ({ text: one, value: one })) }),
      },
    },
  };
}
