import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { argv } from 'node:process';

// The least that a command can take: the requests that paconn makes, in its order and side by side where it makes them so,
// and the files that it reads and writes, but nothing that makes a tool of it: `node floor.mjs COMMAND TOKEN-FILE`, in the folder.
// No base content, no backup, no lock, no check. What it asks is compared with what paconn asks by `floor.ts`.

const [, , command, tokenFile] = argv;
const { token, objectId } = JSON.parse(readFileSync(tokenFile, 'utf8'));
const settings = JSON.parse(readFileSync('settings.json'));
const { connectorId, environment, powerAppsUrl, powerAppsApiVersion } = settings;
const inEnvironment = `%24filter=environment%20eq%20%27${environment}%27`;
const connectorPath = `apis/${connectorId}`;

await { download, update, validate }[command]();

async function download() {
  const { properties } = await ask('GET', connectorPath, inEnvironment);
  const [definition, icon, script] = await Promise.all([
    send('GET', properties.apiDefinitions.originalSwaggerUrl),
    send('GET', properties.iconUri),
    send('GET', properties.scriptDefinitionUrl),
  ]);
  const { connectionParameters, iconBrandColor, capabilities, policyTemplateInstances } = properties;
  const kept = { connectionParameters, iconBrandColor, capabilities, policyTemplateInstances };
  write(settings.apiDefinition, text(JSON.parse(definition)));
  write(settings.apiProperties, text({ properties: kept }));
  write(settings.icon, icon);
  write(settings.script, script);
  write('settings.json', text(settings));
  writeBase(properties);
}

async function update() {
  const definition = readFileSync(settings.apiDefinition);
  const { properties } = JSON.parse(readFileSync(settings.apiProperties));
  const icon = readFileSync(settings.icon);
  const script = readFileSync(settings.script);
  const [, storage] = await Promise.all([
    validateDefinition(definition),
    ask(
      'POST',
      `objectIds/${objectId}/generateResourceStorage`,
      '',
      JSON.stringify({ environment: { name: environment } }),
    ),
    ask('GET', connectorPath, inEnvironment),
  ]);
  const [iconUri, scriptDefinitionUrl] = await Promise.all([
    upload(storage, settings.icon, icon, 'image/png'),
    upload(storage, settings.script, script),
  ]);
  const openApiDefinition = JSON.parse(definition);
  const { host, basePath, schemes, info } = openApiDefinition;
  const payload = {
    ...properties,
    openApiDefinition,
    backendService: { serviceUrl: `${schemes[0]}://${host}${basePath}` },
    environment: { name: environment },
    description: info.description,
    iconUri,
    scriptDefinitionUrl,
  };
  // Indented, as paconn sends it.
  const body = text({ properties: payload });
  await sendToProvider('PATCH', connectorPath, inEnvironment, body);
  const { properties: updated } = await ask('GET', connectorPath, inEnvironment);
  await Promise.all([
    send('GET', updated.apiDefinitions.originalSwaggerUrl),
    send('GET', updated.iconUri),
    send('GET', updated.scriptDefinitionUrl),
  ]);
  writeBase(updated);
}

async function validate() {
  for (const part of ['apiProperties', 'icon', 'script']) readFileSync(settings[part]);
  await validateDefinition(readFileSync(settings.apiDefinition), 'enableConnectorCertificationRules=true');
}

async function validateDefinition(definition, query) {
  return await sendToProvider('POST', `objectIds/${objectId}/validateApiSwagger`, query, definition);
}

async function ask(method, path, query, body) {
  return JSON.parse(await sendToProvider(method, path, query, body));
}

async function sendToProvider(method, path, query, body) {
  const version = `api-version=${powerAppsApiVersion}`;
  const url = `${powerAppsUrl}/providers/Microsoft.PowerApps/${path}?${version}${query ? `&${query}` : ''}`;
  const authorization = { Authorization: `Bearer ${token}` };
  const type = body && { 'Content-Type': 'application/json' };
  return await send(method, url, body, { 'x-ms-origin': 'paconn-cli', ...authorization, ...type });
}

async function upload({ sharedAccessSignature }, name, content, type) {
  const url = new URL(sharedAccessSignature);
  url.pathname += `/${name}`;
  await send('PUT', url, content, {
    'x-ms-blob-type': 'BlockBlob',
    'x-ms-version': '2019-12-12',
    'Content-Type': 'application/octet-stream',
    ...(type && { 'x-ms-blob-content-type': type }),
  });
  return url.href;
}

/** Over connections that are kept alive, as Node does by itself. */
async function send(method, url, body, headers) {
  const common = {
    Accept: 'application/json, */*',
    'User-Agent': 'paconn/0.1.0',
    'Accept-Encoding': 'gzip, compress, deflate, br',
  };
  return await new Promise((resolve, reject) => {
    const sending = request(url, { method, headers: { ...common, ...headers } }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk)).once('error', reject);
      response.once('end', () => {
        const answer = Buffer.concat(chunks);
        if (response.statusCode < 300) resolve(answer);
        else reject(new Error(`${method} ${url}: ${response.statusCode} ${answer.toString()}`));
      });
    });
    sending.once('error', reject).end(body);
  });
}

/** Whole or not at all. */
function write(name, content) {
  writeFileSync(`${name}.new`, content);
  renameSync(`${name}.new`, name);
}

function writeBase({ displayName, changedTime }) {
  const base = JSON.parse(readFileSync('paconn.base.json'));
  const entry = { ...base.environments[environment][connectorId], title: displayName, changedTime };
  write('paconn.base.json', text({ ...base, environments: { [environment]: { [connectorId]: entry } } }));
}

function text(value) {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
