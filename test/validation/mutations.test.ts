import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkConnector } from '../../src/validation/check.ts';
import { mutate, mutations, replaceAt } from './mutation.ts';
import { outside } from '../json/position-oracle.ts';

const everything = { certification: true, info: true } as const;

const definition = JSON.stringify(
  {
    swagger: '2.0',
    info: { title: 'Bücher 😀', version: '1.0', contact: { email: 'a@b.example' } },
    host: 'api.contoso.com',
    schemes: ['https'],
    paths: {
      '/items/{id}': {
        parameters: [{ $ref: '#/parameters/id' }],
        post: {
          operationId: 'PostItem',
          parameters: [{ name: 'body', in: 'body', schema: { $ref: '#/definitions/Item' } }],
          responses: { 200: { description: 'Done', schema: { type: 'array', items: { $ref: '#/definitions/Item' } } } },
        },
      },
    },
    parameters: { id: { name: 'id', in: 'path', required: true, type: 'string' } },
    definitions: {
      Item: {
        type: 'object',
        required: ['a'],
        properties: { a: { type: 'string', maxLength: 3 }, b: { $ref: '#/definitions/Item' } },
      },
    },
    securityDefinitions: { key: { type: 'apiKey', name: 'k', in: 'header' } },
    security: [{ key: [] }],
  },
  null,
  1,
);
const properties = JSON.stringify(
  {
    properties: {
      iconBrandColor: '#da3b01',
      capabilities: ['gateway'],
      connectionParameters: {
        site: { type: 'string', uiDefinition: { displayName: 'Site', constraints: { required: 'true', tabIndex: 2 } } },
        token: {
          type: 'oauthSetting',
          oAuthSettings: {
            identityProvider: 'oauth2',
            clientId: 'a1',
            customParameters: { tokenUrl: { value: 'https://contoso.com' } },
          },
        },
      },
      connectionParameterSets: { uiDefinition: {}, values: [{ name: 'key', uiDefinition: {}, parameters: {} }] },
      policyTemplateInstances: [
        {
          templateId: 'setheader',
          title: 'Site',
          parameters: {
            'x-ms-apimTemplateParameter.name': 'site',
            'x-ms-apimTemplateParameter.value': "@connectionParameters('site')",
            'x-ms-apimTemplate-operationName': ['PostItem'],
          },
        },
      ],
      scriptOperations: ['PostItem'],
    },
  },
  null,
  1,
);
const settings = '{ "icon": "icon.png", "environment": "a", "powerAppsUrl": "https://api.powerapps.com" }';
const script = `#if LOCAL
using System.Data;
#endif
using System.Net;
public class Script : ScriptBase
{
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        var text = $"{Context.OperationId:x}{{" + @"a""b" + """c""" + '\\'' /* File. */;
        if (Context.OperationId == "PostItem") return new HttpClient(); // {
        return Context.OperationId switch { "GetItem" => File.Open(text), _ => null };
    }
}`;

function expectPositionsInside(name: string, bytes: Uint8Array): void {
  // Other encodings than UTF-8 have lines of their own.
  fc.pre(!bytes.includes(0));
  const source = { definition: file('d', definition), [name]: { name, bytes } };
  expect(outside(source, checkConnector(source, everything))).toEqual([]);
}

function file(name: string, text: string) {
  return { name, bytes: new TextEncoder().encode(text) };
}

test.each([
  ['definition', definition],
  ['properties', properties],
  ['settings', settings],
  ['script', script],
])('any change of bytes of the %s ends in findings inside of it', (name, text) => {
  const bytes = new TextEncoder().encode(text);
  fc.assert(
    fc.property(mutations, (changes) => {
      expectPositionsInside(name, changes.reduce(mutate, bytes));
    }),
    { numRuns: 800 },
  );
});

test('any JSON value in any place of a definition is checked without a crash', () => {
  fc.assert(
    fc.property(fc.nat(80), fc.jsonValue(), (index, by) => {
      const text = JSON.stringify(replaceAt(JSON.parse(definition), { left: index }, by));
      expectPositionsInside('definition', new TextEncoder().encode(text));
    }),
    { numRuns: 800 },
  );
});

test('cyclic references are followed only once', () => {
  const text = definition.replace('"$ref": "#/parameters/id"', '"$ref": "#/paths/~1items~1{id}/parameters/0"');
  expect(checkConnector({ definition: file('d', text) })).toBeDefined();
});
