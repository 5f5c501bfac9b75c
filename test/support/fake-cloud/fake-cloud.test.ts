import axios, { type AxiosInstance, type AxiosResponse, create as createClient } from 'axios';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { petStore } from '../pet-store.ts';
import { FakeCloud } from './fake-cloud.ts';
import type { ValidationForm } from './validation-forms.ts';
import { adele, diego } from './users.ts';

const nameSchema = z.object({ name: z.string() });
const listSchema = z.object({
  value: z.array(nameSchema),
  nextLink: z.string().optional(),
  '@odata.nextLink': z.string().optional(),
});
const storageSchema = z.object({ sharedAccessSignature: z.url() });
const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });

const blobHeaders = { 'x-ms-blob-type': 'BlockBlob', 'x-ms-version': '2018-03-28' };

/** A client that sends everything the service asks for; tests leave something out. */
function clientOf(cloud: FakeCloud, headers: Record<string, string> = {}): AxiosInstance {
  return createClient({
    baseURL: `${cloud.url}/providers/Microsoft.PowerApps`,
    headers: { Authorization: `Bearer ${cloud.accessToken().text}`, 'x-ms-origin': 'test', ...headers },
    validateStatus: null,
    responseType: 'text',
    transformResponse: (text: string) => text,
  });
}

function inEnvironment(path: string, environment: string): string {
  return `${path}?api-version=2016-11-01&%24filter=environment%20eq%20%27${environment}%27`;
}

function customIn(path: string, environment: string): string {
  return `${inEnvironment(path, environment)}%20and%20IsCustomApi%20eq%20%27True%27`;
}

function outcome({ status, data }: AxiosResponse<string>): string {
  return `${status} ${/"code":"(\w+)"/.exec(data)?.[1] ?? /<Code>(\w+)</.exec(data)?.[1] ?? ''}`.trim();
}

/** A request body that the service takes, its API properties as the given text. */
function bodyFor(environment: string, apiProperties = '', members = ''): string {
  return `{"properties":{${apiProperties}"openApiDefinition":${petStore()},"backendService":{"serviceUrl":"https://x"},
    "environment":{"name":"${environment}"},"displayName":"Pet Store","description":"Sells pets."${members}}}`;
}

async function put(url: string, headers: Record<string, string>): Promise<string> {
  return outcome(await axios.put(url, 'bytes', { headers, validateStatus: null }));
}

async function get(url: string): Promise<string> {
  return outcome(await axios.get(url, { validateStatus: null }));
}

async function uploadTo(cloud: FakeCloud, bytes: string): Promise<string> {
  const path = `/objectIds/${adele.objectId}/generateResourceStorage?api-version=2016-11-01`;
  const { data } = await clientOf(cloud).post<string>(path, { environment: { name: cloud.environment.id } });
  const address = new URL(storageSchema.parse(JSON.parse(data)).sharedAccessSignature);
  address.pathname += '/icon.png';
  await axios.put(address.href, bytes, { headers: { ...blobHeaders, 'x-ms-blob-content-type': 'image/png' } });
  return address.href;
}

describe('requests that lack something are refused', () => {
  test.each([
    ['a token', { Authorization: '' }, (id: string) => inEnvironment('/apis', id), '401 AuthenticationFailed'],
    ['a version', {}, () => '/apis', '400 MissingApiVersionParameter'],
    ['a version that exists', {}, () => '/apis?api-version=2016', '400 InvalidApiVersion'],
    ['an origin', { 'x-ms-origin': '' }, (id: string) => inEnvironment('/apis', id), '400 MissingOrigin'],
    [
      'encoding',
      {},
      (id: string) => `/apis?api-version=2016-11-01&$filter=environment eq '${id}'`,
      '400 MissingEnvironmentFilter',
    ],
    ['an environment', {}, () => inEnvironment('/apis', 'nowhere'), '404 ServiceToServiceEnvironmentNotFound'],
    ['a connector', {}, (id: string) => inEnvironment('/apis/shared_none', id), '404 ApiResourceNotFound'],
  ])('%s', async (_what, headers, path, expected) => {
    await using cloud = await FakeCloud.start();
    expect(outcome(await clientOf(cloud, headers).get(path(cloud.environment.id)))).toBe(expected);
  });

  test('a token for another user or resource, or an expired one', async () => {
    await using cloud = await FakeCloud.start();
    const path = inEnvironment('/apis', cloud.environment.id);
    const foreign = cloud.accessToken({ audience: 'https://graph.microsoft.com' }).text;
    const client = clientOf(cloud, { Authorization: `Bearer ${foreign}` });
    expect(outcome(await client.get(path))).toBe('401 InvalidAuthenticationTokenAudience');
    const validate = `/objectIds/${diego.objectId}/validateApiSwagger?api-version=2016-11-01`;
    expect(outcome(await clientOf(cloud).post(validate, {}))).toBe('403 Forbidden');
    const expiring = clientOf(cloud);
    cloud.signIn.expireAccessTokens();
    expect(outcome(await expiring.get(path))).toBe('401 ExpiredAuthenticationToken');
  });
});

describe('connectors', () => {
  test('sent values come back unchanged if nothing is rewritten, without the client secret', async () => {
    await using cloud = await FakeCloud.start();
    cloud.habits.rewrites = false;
    const client = clientOf(cloud, { 'content-type': 'application/json' });
    const environment = cloud.environment.id;
    const odd = '"capabilities":[9007199254740993,1.0,1e3],"policies":{"10":1,"9":2},';
    const secret = '"connectionParameters":{"token":{"oAuthSettings":{"clientId":"c","clientSecret":"s"}}},';
    const path = inEnvironment('/apis', environment);
    const { status, data } = await client.post<string>(path, bodyFor(environment, odd + secret));

    expect(status).toBe(201);
    const { name } = nameSchema.parse(JSON.parse(data));
    expect(name).toMatch(/^shared_pet-20store-5f[\da-f]{16}$/);
    expect(cloud.connector(name)).toMatchObject({
      displayName: 'Pet Store',
      apiDefinition: petStore().trim(),
      createdBy: adele,
      clientSecrets: { 'connectionParameters/token': 's' },
    });
    const answer = await client.get<string>(inEnvironment(`/apis/${name}`, environment));
    expect(answer.data).toContain(odd);
    expect(answer.data).toContain('"connectionParameters":{"token":{"oAuthSettings":{"clientId":"c"}}}');
  });

  describe('values that the service writes', () => {
    const oAuth = (settings: object) => ({ token: { type: 'oauthSetting', oAuthSettings: settings } });

    /** What the service holds of a new connector with these properties. */
    async function written(cloud: FakeCloud, properties: object, environment = cloud.environment.id) {
      const client = clientOf(cloud, { 'content-type': 'application/json' });
      const sent = JSON.stringify(properties).slice(1, -1);
      const path = inEnvironment('/apis', environment);
      const { data } = await client.post<string>(path, bodyFor(environment, sent === '' ? '' : `${sent},`));
      const { name } = nameSchema.parse(JSON.parse(data));
      const answer = await client.get<string>(inEnvironment(`/apis/${name}`, environment));
      const { properties: held } = JSON.parse(answer.data);
      return { ...held, id: name.replace('shared_', '') };
    }

    test('is the redirection of each OAuth sign-in, in parameters and in sets', async () => {
      await using cloud = await FakeCloud.start();
      const parameters = oAuth({
        identityProvider: 'oauth2',
        redirectMode: 'Global',
        redirectUrl: 'https://elsewhere',
      });
      const sent = {
        connectionParameters: parameters,
        connectionParameterSets: { values: [{ name: 'a', parameters }] },
      };
      const first = await written(cloud, sent);
      const second = await written(cloud, sent, cloud.addEnvironment().id);
      for (const { id, connectionParameters, connectionParameterSets } of [first, second]) {
        const redirectUrl = `https://global.consent.azure-apim.net/redirect/${id}`;
        const held = oAuth({ identityProvider: 'oauth2', redirectMode: 'GlobalPerConnector', redirectUrl });
        expect(connectionParameters).toEqual(held);
        expect(connectionParameterSets.values[0].parameters).toEqual(held);
      }
      expect(first.id).not.toBe(second.id);
    });

    test('is what Entra ID needs, unless it was sent', async () => {
      await using cloud = await FakeCloud.start();
      const entra = (properties?: object) => oAuth({ identityProvider: 'aad', ...(properties && { properties }) });
      const propertiesOf = async (sent: object) =>
        (await written(cloud, { connectionParameters: sent })).connectionParameters.token.oAuthSettings.properties;
      expect(await propertiesOf(entra())).toEqual({ IsFirstParty: 'False', IsOnbehalfofLoginSupported: true });
      const own = { IsFirstParty: 'True', IsOnbehalfofLoginSupported: false, Other: 1 };
      expect(await propertiesOf(entra(own))).toEqual(own);
      expect(await propertiesOf(oAuth({ identityProvider: 'oauth2' }))).toBeUndefined();
    });

    test('is the publisher, and no capability that it does not keep', async () => {
      await using cloud = await FakeCloud.start();
      const sent = { capabilities: ['actions', 'gateway'], stackOwner: 'Fabrikam' };
      expect(await written(cloud, sent)).toMatchObject({
        ...{ capabilities: ['gateway'], stackOwner: 'Fabrikam' },
        publisher: 'Adele Vance',
      });
      expect(await written(cloud, { publisher: 'Contoso' })).toMatchObject({ publisher: 'Contoso' });
      cloud.habits.emptiesPublishers = true;
      expect(await written(cloud, { ...sent, publisher: 'Contoso' })).toMatchObject({ publisher: '', stackOwner: '' });
    });

    test('is the definition with other members first and other characters escaped, the same by value', async () => {
      await using cloud = await FakeCloud.start();
      const { apiDefinitions } = await written(cloud, {});
      const { data } = await axios.get<string>(apiDefinitions.originalSwaggerUrl, {
        transformResponse: (text: string) => text,
      });
      expect(JSON.parse(data)).toEqual(JSON.parse(petStore()));
      expect(data).toMatch(/^\{"basePath":/u);
    });

    test('is a picture for a connector without an icon, told by its address', async () => {
      await using cloud = await FakeCloud.start();
      expect((await written(cloud, {})).iconUri).toBe(`${cloud.url}/defaulticons/api-dedicated.png`);
    });
  });

  test.each([true, false])('what is not known of an update can be either: %s', async (isKept) => {
    await using cloud = await FakeCloud.start();
    const apiProperties = '{"properties":{"connectionParameters":{"token":{"oAuthSettings":{"clientSecret":"s"}}}}}';
    const { id } = cloud.addConnector({ displayName: 'Old', apiProperties });
    cloud.habits.keepsSecrets = isKept;
    cloud.habits.renames = !isKept;
    const environment = cloud.environment.id;
    const client = clientOf(cloud, { 'content-type': 'application/json' });
    await client.patch(inEnvironment(`/apis/${id}`, environment), bodyFor(environment));
    expect(cloud.connector(id).clientSecrets).toEqual(isKept ? { 'connectionParameters/token': 's' } : {});
    expect(cloud.connector(id).displayName).toBe(isKept ? 'Old' : 'Pet Store');
  });

  test('a second one of the same name is refused where names are to be unique', async () => {
    await using cloud = await FakeCloud.start();
    cloud.addConnector();
    const client = clientOf(cloud, { 'content-type': 'application/json' });
    const environment = cloud.environment.id;
    const create = async () => outcome(await client.post(inEnvironment('/apis', environment), bodyFor(environment)));
    expect(await create()).toBe('201');
    cloud.habits.wantsUniqueNames = true;
    expect(await create()).toBe('409 DisplayNameIsInUse');
  });

  test('an update keeps what it does not speak of, and a new icon has to be in our storage', async () => {
    await using cloud = await FakeCloud.start();
    const { id } = cloud.addConnector({ displayName: 'Old', icon: Buffer.from('old'), script: '// old' });
    const environment = cloud.environment.id;
    const client = clientOf(cloud, { 'content-type': 'application/json' });
    const update = (members: string) =>
      client.patch<string>(inEnvironment(`/apis/${id}`, environment), bodyFor(environment, '', members));

    const unnamed = bodyFor(environment).replace('"displayName":"Pet Store",', '');
    expect(outcome(await client.patch<string>(inEnvironment(`/apis/${id}`, environment), unnamed))).toBe('204');
    expect(cloud.connector(id).displayName).toBe('Old');
    expect(outcome(await update(''))).toBe('204');
    expect(cloud.connector(id)).toMatchObject({
      displayName: 'Pet Store',
      description: 'Sells pets.',
      script: '// old',
    });
    expect(cloud.connector(id).icon).toEqual(Buffer.from('old'));

    const address = await uploadTo(cloud, 'new');
    const unsigned = address.slice(0, address.indexOf('?'));
    expect(outcome(await update(`,"iconUri":"${unsigned}"`))).toBe('400 InvalidResourceUri');
    expect(outcome(await update(`,"iconUri":"${address}","scriptDefinitionUrl":""`))).toBe('204');
    expect(cloud.connector(id).icon).toEqual(Buffer.from('new'));
    expect(cloud.connector(id).script).toBeUndefined();
  });

  test('a body that lacks several things is refused for all of them', async () => {
    await using cloud = await FakeCloud.start();
    const client = clientOf(cloud, { 'content-type': 'application/json' });
    const path = inEnvironment('/apis', cloud.environment.id);
    const one = bodyFor(cloud.environment.id).replace('"serviceUrl"', '"url"');
    expect(outcome(await client.post(path, one))).toBe('400 InvalidRequestContent');
    const { data } = await client.post<string>(path, one.replace('"description":"Sells pets."}}', '"x":1}}'));
    expect(JSON.parse(data)).toMatchObject({
      error: {
        code: 'MultipleErrorsOccurred',
        details: [
          { message: expect.stringContaining('serviceUrl') },
          { message: expect.stringContaining('description') },
        ],
      },
    });
  });

  test('members the service does not know are named one at a time', async () => {
    await using cloud = await FakeCloud.start();
    cloud.refusedMembers.add('stackOwner').add('publisher');
    const client = clientOf(cloud, { 'content-type': 'application/json' });
    const environment = cloud.environment.id;
    const body = bodyFor(environment, '"publisher":"p","stackOwner":"s",');
    const answer = await client.post<string>(inEnvironment('/apis', environment), body);
    expect(errorSchema.parse(JSON.parse(answer.data)).error).toEqual({
      code: 'InvalidRequestContent',
      message: `The request content was invalid and could not be deserialized: 'Could not find member 'publisher' on object of type 'ApiPropertiesDefinition'. Path 'properties.publisher', line 1, position 27.'.`,
    });
    expect(cloud.connectors()).toEqual([]);
  });

  test('a connector can be unusual', async () => {
    await using cloud = await FakeCloud.start();
    const bare = cloud.addConnector({
      apiDefinition: null,
      createdBy: null,
      isCustomApi: false,
      overrides: { scriptDefinitionUrl: '""', iconUri: undefined },
    });
    const client = clientOf(cloud);
    const read = async (id: string): Promise<string> =>
      (await client.get<string>(inEnvironment(`/apis/${id}`, cloud.environment.id))).data;
    const answer = await read(bare.id);
    expect(answer).toContain('"scriptDefinitionUrl":""');
    expect(answer).not.toMatch(/"apiDefinitions"|"createdBy"|"iconUri"/);

    const marked = cloud.addConnector({ apiDefinition: `\uFEFF${petStore({ title: 'Märkt' })}` });
    expect(marked.displayName).toBe('Märkt');
    const url = /"originalSwaggerUrl":"([^"]+)"/.exec(await read(marked.id))?.[1] ?? '';
    const { data } = await axios.get<Buffer>(url, { responseType: 'arraybuffer' });
    expect(data.toString()).toBe(marked.apiDefinition);
    expect(data.subarray(0, 3)).toEqual(Buffer.of(0xef, 0xbb, 0xbf));
  });

  test('a change by someone else has a new time', async () => {
    await using cloud = await FakeCloud.start();
    const { id, changedTime } = cloud.addConnector();
    cloud.edit(id, { description: 'Sells cats.', script: '// new' });
    expect(cloud.connector(id)).toMatchObject({
      description: 'Sells cats.',
      script: '// new',
      displayName: 'Pet Store',
    });
    expect(cloud.connector(id).changedTime > changedTime).toBe(true);
  });

  test.each(['nextLink', '@odata.nextLink'] as const)('a list comes in pages, the next one at %s', async (linkName) => {
    await using cloud = await FakeCloud.start();
    cloud.pageSize = 2;
    cloud.habits.nextLinkName = linkName;
    const ids = ['one', 'two', 'three'].map((displayName) => cloud.addConnector({ displayName }).id);
    const client = clientOf(cloud);
    const list = async (url: string) => listSchema.parse(JSON.parse((await client.get<string>(url)).data));
    const first = await list(customIn('/apis', cloud.environment.id));
    const second = await list(first[linkName] ?? '');
    expect([...first.value, ...second.value].map(({ name }) => name)).toEqual(ids);
    expect(second).toEqual({ value: second.value });
  });

  test('a list has those of Microsoft, too, unless custom ones are asked for; each custom one has the ID of pac', async () => {
    await using cloud = await FakeCloud.start();
    const { id, xrmConnectorId } = cloud.addConnector();
    const client = clientOf(cloud);
    const list = async (path: string): Promise<string> => (await client.get<string>(path)).data;
    const all = await list(inEnvironment('/apis', cloud.environment.id));
    expect(listSchema.parse(JSON.parse(all)).value.map(({ name }) => name)).toEqual([
      id,
      'shared_office365',
      'shared_sharepointonline',
    ]);
    const custom = await list(customIn('/apis', cloud.environment.id));
    expect(JSON.parse(custom)).toMatchObject({ value: [{ name: id, properties: { metadata: { xrmConnectorId } } }] });
    expect(await list(inEnvironment(`/apis`, '~Default'))).toBe(all);
  });

  test('environments are also listed, the default one with a fixed name', async () => {
    await using cloud = await FakeCloud.start();
    const client = clientOf(cloud);
    const properties = { displayName: 'Contoso (default)', environmentSku: 'Default', isDefault: true };
    const { data } = await client.get<string>('/environments?api-version=2017-08-01');
    expect(JSON.parse(data)).toMatchObject({ value: [{ name: cloud.environment.id, properties }] });
    const answer = await client.get<string>('/environments/~Default?api-version=2017-08-01');
    expect(JSON.parse(answer.data)).toMatchObject({ name: cloud.environment.id, properties });
    expect(outcome(await client.get('/environments?api-version=2016-11-01'))).toBe('400 InvalidApiVersion');
  });
});

describe('validation', () => {
  const path = `/objectIds/${adele.objectId}/validateApiSwagger?api-version=2016-11-01`;
  const certify = `${path}&enableConnectorCertificationRules=true`;
  const poor = '{"swagger":"2.0","info":{"title":"x"},"paths":{"/a":{"get":{"operationId":"Get"}}}}';
  const bad = poor.replace('"operationId":"Get"', '');

  test('has a verdict under certification rules alone', async () => {
    await using cloud = await FakeCloud.start();
    const client = clientOf(cloud, { 'content-type': 'application/json' });
    for (const definition of [petStore(), poor, bad]) {
      expect(await client.post(path, definition)).toMatchObject({ status: 200, data: '' });
    }
    expect(await client.post(certify, petStore())).toMatchObject({ data: '"Swagger certification succeeded."' });
  });

  test('refuses what is no Swagger', async () => {
    await using cloud = await FakeCloud.start();
    const refused = await clientOf(cloud, { 'content-type': 'application/json' }).post<string>(
      path,
      '{"openapi":"3.0.0"}',
    );
    expect(refused.status).toBe(400);
    const message = expect.stringContaining("Definition is not valid. Error: 'Error : swagger : ");
    expect(errorSchema.parse(JSON.parse(refused.data)).error).toEqual({ code: 'ApiResourceSwaggerInvalid', message });
  });

  const noDescription = 'The description should not be empty.';
  const noSummary = 'The operation has no summary.';
  test.each<[form: ValidationForm, ofPoor: string, ofBad: string]>([
    [
      'sections',
      `"Swagger certification succeeded with warnings.

Warnings:
  ${noDescription} ValuePath: /info/description
  ${noSummary} ValuePath: /paths/~1a/get/summary"`,
      `"Swagger certification failed with errors.

Errors:
  The operation has no ID. ValuePath: /paths/~1a/get/operationId

Warnings:
  ${noDescription} ValuePath: /info/description
  ${noSummary} ValuePath: /paths/~1a/get/summary"`,
    ],
    [
      'log',
      `"Swagger certification succeeded with warnings.
##[warning]${noDescription} ValuePath: /info/description
##[warning]${noSummary} ValuePath: /paths/~1a/get/summary"`,
      `"Swagger certification failed with errors.
##[warning]${noDescription} ValuePath: /info/description
##[error]The operation has no ID. ValuePath: /paths/~1a/get/operationId
##[warning]${noSummary} ValuePath: /paths/~1a/get/summary"`,
    ],
    [
      'lines',
      `"Warning : info/description : ${noDescription}
Warning : paths/~1a/get/summary : ${noSummary}"`,
      `"Warning : info/description : ${noDescription}
Error : paths/~1a/get/operationId : The operation has no ID.
Warning : paths/~1a/get/summary : ${noSummary}"`,
    ],
    [
      'refusal',
      `"Warning : info/description : ${noDescription}
Warning : paths/~1a/get/summary : ${noSummary}"`,
      `{"error":{"code":"SwaggerCertificationFailedWithErrors","message":"Swagger certification failed with errors. Please validate again after fixing following errors: Warning : info/description : ${noDescription}
Error : paths/~1a/get/operationId : The operation has no ID.
Warning : paths/~1a/get/summary : ${noSummary}"}}`,
    ],
  ])('has findings in the form %s', async (form, ofPoor, ofBad) => {
    await using cloud = await FakeCloud.start();
    cloud.habits.validationForm = form;
    const client = clientOf(cloud, { 'content-type': 'application/json' });
    const answerTo = async (definition: string): Promise<string> =>
      (await client.post<string>(certify, definition)).data.replaceAll(String.raw`\r\n`, '\n');
    expect(await answerTo(poor)).toBe(ofPoor);
    expect(await answerTo(bad)).toBe(ofBad);
  });
});

test('blobs are strict about headers, signatures and tokens', async () => {
  await using cloud = await FakeCloud.start();
  const address = await uploadTo(cloud, 'bytes');
  expect(await put(address, {})).toBe('400 MissingRequiredHeader');
  expect(await put(address, { ...blobHeaders, 'x-ms-blob-type': 'PageBlob' })).toBe('400 InvalidHeaderValue');
  expect(await put(address.replace(/sig=[^&]+/, 'sig=x'), blobHeaders)).toBe('403 AuthenticationFailed');
  expect(cloud.violations).toEqual([]);
  expect(await put(address, { ...blobHeaders, Authorization: 'Bearer x' })).toBe('400 InvalidAuthenticationInfo');
  expect(cloud.takeViolations()).toEqual([expect.stringContaining('carries an Authorization header')]);

  expect(await get(address)).toBe('200');
  expect(await get(address.replace(/\?.*/, ''))).toBe('403 AuthenticationFailed');
  expect(await get(address.replace('icon', 'none'))).toBe('404 BlobNotFound');
});

describe('faults', () => {
  test('respond instead of the service, a number of times', async () => {
    await using cloud = await FakeCloud.start();
    const fault = cloud.fault({ path: /apis$/, skip: 1, times: 2, status: 429, headers: { 'retry-after': '1' } });
    const client = clientOf(cloud);
    const statuses: number[] = [];
    for (let request = 0; request < 4; request += 1) {
      statuses.push((await client.get(inEnvironment('/apis', cloud.environment.id))).status);
    }
    expect(statuses).toEqual([200, 429, 429, 200]);
    expect(fault.hits).toBe(2);
  });

  test.each([
    ['reset', 0],
    ['resetAfter', 1],
    ['truncate', 1],
  ] as const)('%s breaks the connection of a request that made %i connectors', async (action, made) => {
    await using cloud = await FakeCloud.start();
    cloud.fault({ method: 'POST', path: '/apis', action });
    const client = clientOf(cloud, { 'content-type': 'application/json' });
    const path = inEnvironment('/apis', cloud.environment.id);
    await expect(client.post(path, bodyFor(cloud.environment.id))).rejects.toMatchObject({
      code: expect.stringMatching(/^(?:ECONNRESET|ERR_BAD_RESPONSE)$/u),
    });
    expect(cloud.connectors()).toHaveLength(made);
  });

  test('a request without a response does not prevent closing', async () => {
    const cloud = await FakeCloud.start();
    cloud.fault({ path: '/apis', action: 'hang' });
    const answer = clientOf(cloud).get('/apis');
    // Held here, so that its failure is not taken for one that nobody expects.
    const failure = answer.catch((error: unknown) => error);
    await expect.poll(() => cloud.requests).toHaveLength(1);
    await cloud.close();
    expect(await failure).toMatchObject({ code: 'ECONNRESET' });
  });
});
