/** API properties, and whether Microsoft's schema of them (2026) says that they are valid. */
export interface SchemaCase {
  /** What is special about it. */
  readonly name: string;
  readonly isValid: boolean;
  readonly properties: string;
}

type Json = unknown;
type Parameters = Readonly<Record<string, Json>>;

function file(members: Readonly<Record<string, Json>>): Json {
  return { properties: { iconBrandColor: '#123456', ...members } };
}

function setsWith(parameters: Parameters): Json {
  return { values: [{ name: 'one-way', parameters }] };
}

function flat(parameters: Parameters): Json {
  return file({ connectionParameters: parameters });
}

function inSets(parameters: Parameters): Json {
  return file({ connectionParameterSets: setsWith(parameters) });
}

function signIn(oAuthSettings: Json): Parameters {
  return { token: { type: 'oauthSetting', oAuthSettings } };
}

const types = ['string', 'securestring', 'int', 'bool'];
const providers = ['oauth2', 'oauth2generic', 'aad', 'aadcertificate', 'facebook'];
const firstParty = { IsFirstParty: 'True' };

/** Each is valid as connection parameters, and in a set of them. */
const validParameters: Readonly<Record<string, Parameters>> = {
  'no parameters': {},
  'a key': { api_key: { type: 'securestring' } },
  'a gateway': { gateway: { type: 'gatewaySetting' } },
  'a sign-in without settings': { token: { type: 'oauthSetting' } },
  'a claim of a sign-in, empty': { 'token:clientId': {} },
  'a claim of a sign-in with an empty uiDefinition': { 'token:clientId': { uiDefinition: {} } },
  'a default number': { pageSize: { type: 'int', defaultValue: '50' } },
  'a default of yes or no': { isSandbox: { type: 'bool', defaultValue: 'true' } },
  'a choice with all members of a uiDefinition': {
    region: {
      type: 'string',
      allowedValues: [{ value: 'eu', uiDefinition: { displayName: 'Europe', description: 'Data stays in Europe' } }],
      uiDefinition: {
        displayName: 'Region',
        description: 'Where the data is',
        tooltip: 'Choose a region',
        tabIndex: 3,
        constraints: {
          clearText: true,
          required: 'yes',
          hidden: 'false',
          tabIndex: 4,
          capability: ['gateway'],
          allowedValues: [{ value: 'eu', text: 'Europe' }],
          dependencies: { account: { values: ['paid'] } },
        },
      },
    },
  },
  'the tenant of a sign-in': {
    'token:TenantId': {
      type: 'string',
      metadata: { sourceType: 'AzureActiveDirectoryTenant' },
      uiDefinition: {
        displayName: 'Tenant',
        description: 'The tenant of the application',
        constraints: { required: 'false', hidden: 'true' },
      },
    },
  },
  'a generic sign-in with additional members': signIn({
    identityProvider: 'oauth2generic',
    ClientID: null,
    ClientSecret: 'SECRET',
    customParameters: { region: { anything: 1 } },
    properties: { IsFirstParty: 'False', note: 1 },
  }),
};

const validFiles: Readonly<Record<string, Json>> = {
  'sets of a key and of a user name': file({
    connectionParameterSets: {
      uiDefinition: { displayName: 'Sign-in', description: 'How you sign in' },
      values: [
        {
          name: 'key',
          uiDefinition: { displayName: 'Key', description: 'With a key' },
          parameters: {
            api_key: { type: 'securestring', uiDefinition: { displayName: 'Key', description: 'The key' } },
          },
        },
        {
          name: 'user',
          uiDefinition: { displayName: 'User', description: 'With a user name' },
          parameters: {
            username: { type: 'securestring', uiDefinition: { displayName: 'Name', description: 'The user name' } },
            password: { type: 'securestring', uiDefinition: { displayName: 'Password', description: 'The password' } },
          },
        },
      ],
    },
  }),
  'sets of two sign-ins': file({
    connectionParameterSets: {
      uiDefinition: { displayName: 'Sign-in', description: 'How you sign in' },
      values: ['eu', 'us'].map((name) => ({
        name,
        uiDefinition: { displayName: name, description: `Sign in (${name})` },
        parameters: signIn({
          identityProvider: 'oauth2',
          clientId: 'a1b2',
          scopes: [],
          redirectMode: 'Global',
          redirectUrl: 'https://global.consent.azure-apim.net/redirect',
          properties: { IsFirstParty: 'False' },
          customParameters: {
            authorizationUrl: { value: `https://${name}.fabrikam.net/authorize` },
            tokenUrl: { value: `https://${name}.fabrikam.net/token` },
            refreshUrl: { value: `https://${name}.fabrikam.net/token` },
          },
        }),
      })),
    },
  }),
  'script operations: none': file({ scriptOperations: [] }),
  'script operations: some': file({ scriptOperations: ['ListPets', 'GetPet'] }),
  'script operations: null': file({ scriptOperations: null }),
  'parameters beside sets': file({
    connectionParameters: { api_key: { type: 'securestring' } },
    connectionParameterSets: setsWith({ username: { type: 'string' } }),
  }),
};

function validCases(): Readonly<Record<string, Json>> {
  const found: Record<string, Json> = { ...validFiles };
  for (const [name, parameters] of Object.entries(validParameters)) {
    found[name] = flat(parameters);
    found[`${name}, in a set`] = inSets(parameters);
  }
  for (const redirectMode of ['Global', 'Direct', 'GlobalPerConnector']) {
    const parameters = signIn({ identityProvider: 'oauth2', redirectMode });
    found[`redirect mode ${redirectMode}`] = flat(parameters);
    found[`redirect mode ${redirectMode}, in a set`] = inSets(parameters);
  }
  for (const type of types) {
    const schema = { type, description: 'What it is' };
    const constraints = { required: 'true', hidden: 'false' };
    found[`schema of a ${type}`] = flat({
      input: { type, uiDefinition: { schema, description: 'What it was', constraints } },
    });
  }
  for (const name of ['displayName', 'displayname']) {
    const uiDefinition = { [name]: 'Sign-in', description: 'How you sign in' };
    const values = [{ name: 'user', uiDefinition, parameters: { username: { type: 'string' } } }];
    found[`${name} of a set`] = file({ connectionParameterSets: { uiDefinition, values } });
  }
  for (const identityProvider of providers) {
    const nothing = { clientId: null, clientSecret: null };
    found[`${identityProvider} without an application`] = flat(
      signIn({ identityProvider, ...nothing, properties: firstParty }),
    );
    found[`${identityProvider} with a redirect mode`] = flat(
      signIn({ identityProvider, properties: firstParty, redirectMode: 'GlobalPerConnector' }),
    );
  }
  for (const type of [...types, 'gatewaySetting', 'oauthSetting']) {
    found[`${type} with a name`] = flat({ input: { type, uiDefinition: { displayName: 'Input' } } });
    const schema = { type: 'securestring', description: 'What it is' };
    found[`${type} with a schema`] = flat({ input: { type, uiDefinition: { schema } } });
  }
  return found;
}

const invalidSets: Readonly<Record<string, Json>> = {
  null: null,
  'a list': [],
  'an empty object': {},
  'values that are no list': { values: {} },
  'a set that is null': { values: [null] },
  'a set that is empty': { values: [{}] },
  'a set without parameters': { values: [{ name: 'key' }] },
  'a set without a name': { values: [{ parameters: {} }] },
  'a set with an empty name': { values: [{ name: '', parameters: {} }] },
  'a set with a number for a name': { values: [{ name: 7, parameters: {} }] },
  'a set with a list of parameters': { values: [{ name: 'key', parameters: [] }] },
  'a set with an unknown member': { values: [{ name: 'key', parameters: {}, note: 1 }] },
  'an unknown member': { values: [], note: 1 },
  'a uiDefinition that is null': { values: [], uiDefinition: null },
  'a number for a name': { values: [], uiDefinition: { displayName: 7 } },
  'no text for a description': { values: [], uiDefinition: { description: true } },
  'an unknown member of the uiDefinition': { values: [], uiDefinition: { note: 'x' } },
  'a set with a list for a uiDefinition': { values: [{ name: 'key', parameters: {}, uiDefinition: [] }] },
  'a parameter with a dash in its name': setsWith({ 'api-key': { type: 'string' } }),
  'a parameter of an unknown type': setsWith({ input: { type: 'date' } }),
  'a parameter with an unknown member': setsWith({ input: { type: 'string', note: 1 } }),
  'required as true': setsWith({ input: { type: 'string', uiDefinition: { constraints: { required: true } } } }),
  'an unknown identity provider': setsWith(signIn({ identityProvider: 'fabrikam' })),
};

const invalidParameters: Readonly<Record<string, Parameters>> = {
  'a parameter with an unknown member': { input: { type: 'string', note: 1 } },
  'an unknown member of a uiDefinition': { input: { type: 'string', uiDefinition: { note: 1 } } },
  'the identity provider github': signIn({ identityProvider: 'github' }),
  'an unknown redirect mode': signIn({ identityProvider: 'oauth2', redirectMode: 'Local' }),
  'a parameter without a type': { input: {} },
  'sign-in settings of a string': { input: { type: 'string', oAuthSettings: { identityProvider: 'oauth2' } } },
  'a default of a gateway': { gateway: { type: 'gatewaySetting', defaultValue: 'one' } },
  'allowed values of a sign-in': { token: { type: 'oauthSetting', allowedValues: [] } },
  'empty sign-in settings': signIn({}),
  'an unknown custom parameter of oauth2': signIn({ identityProvider: 'oauth2', customParameters: { note: {} } }),
  'aad without a resource': signIn({ identityProvider: 'aad', customParameters: {} }),
  'aadcertificate of another publisher': signIn({
    identityProvider: 'aadcertificate',
    properties: { IsFirstParty: 'False' },
  }),
};

function invalidCases(): Readonly<Record<string, Json>> {
  const found: Record<string, Json> = {
    'an empty file': {},
    'empty properties': { properties: {} },
    'a number for the brand color': { properties: { iconBrandColor: 1 } },
    'a member beside properties': { properties: { iconBrandColor: '#123456' }, note: 1 },
    'an unknown member of properties': file({ note: 1 }),
  };
  const operations = { 'a text': 'GetPet', 'an object': {}, 'a number': [1], 'null in the list': [null], true: true };
  for (const [name, value] of Object.entries(operations)) {
    found[`script operations: ${name}`] = file({ scriptOperations: value });
  }
  const schemas = {
    null: null,
    'a list': [],
    'a text': 'string',
    'a number for the type': { type: 1 },
    'no text for the description': { description: true },
    'an unknown member': { note: 1 },
  };
  for (const [name, schema] of Object.entries(schemas)) {
    found[`schema of a uiDefinition: ${name}`] = flat({ input: { type: 'string', uiDefinition: { schema } } });
  }
  for (const [name, sets] of Object.entries(invalidSets))
    found[`sets: ${name}`] = file({ connectionParameterSets: sets });
  for (const [name, parameters] of Object.entries(invalidParameters)) found[name] = flat(parameters);
  return found;
}

function cases(found: Readonly<Record<string, Json>>, isValid: boolean): readonly SchemaCase[] {
  return Object.entries(found).map(([name, json]) => ({ name, isValid, properties: JSON.stringify(json) }));
}

/** The kinds of documents that the tests of the schema have, in our own words: 62 valid ones, 51 invalid ones. */
export const schemaCases: readonly SchemaCase[] = [...cases(validCases(), true), ...cases(invalidCases(), false)];
