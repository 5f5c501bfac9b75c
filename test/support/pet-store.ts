import { defaultIcon } from './fake-cloud/pictures.ts';

export interface PetStoreChoices {
  readonly title?: string;
  readonly description?: string;
}

/** The text of a small API definition that every validation passes. */
export function petStore(choices: PetStoreChoices = {}): string {
  const definition = {
    swagger: '2.0',
    info: { title: 'Pet Store', description: 'Sells pets.', version: '1.0', ...choices },
    host: 'pets.contoso.example',
    basePath: '/v1',
    schemes: ['https'],
    consumes: ['application/json'],
    produces: ['application/json'],
    paths: {
      '/pets/{id}': {
        get: {
          operationId: 'GetPet',
          summary: 'Get a pet',
          description: 'Gets a pet by its number.',
          parameters: [
            { name: 'id', in: 'path', required: true, type: 'integer', format: 'int64', 'x-ms-summary': 'Number' },
          ],
          responses: { 200: { description: 'OK', schema: { $ref: '#/definitions/Pet' } } },
        },
      },
    },
    definitions: { Pet: { type: 'object', properties: { name: { type: 'string' } } } },
    securityDefinitions: { api_key: { type: 'apiKey', in: 'header', name: 'api_key' } },
    security: [{ api_key: [] }],
  };
  return `${JSON.stringify(definition, undefined, 2)}\n`;
}

/** A script that every validation passes; the comment in it tells it from others. */
export function petScript(comment = 'code'): string {
  return `// ${comment}
public class Script : ScriptBase
{
    public override async Task<HttpResponseMessage> ExecuteAsync()
    {
        return await this.Context.SendAsync(this.Context.Request, this.CancellationToken).ConfigureAwait(false);
    }
}
`;
}

/** A picture that every validation passes; the comment behind it tells it from others. */
export function petIcon(comment = 'icon'): Uint8Array {
  return Buffer.concat([defaultIcon, Buffer.from(comment)]);
}

/** The text of API properties that fit the definition. */
export const petStoreProperties = `${JSON.stringify(
  {
    properties: {
      connectionParameters: {
        api_key: { type: 'securestring', uiDefinition: { displayName: 'API key', constraints: { required: 'true' } } },
      },
      iconBrandColor: '#2a7f62',
      capabilities: [],
      policyTemplateInstances: [],
    },
  },
  undefined,
  2,
)}\n`;
