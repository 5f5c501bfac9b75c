import { placeholderIcon } from '../../src/connector/placeholder-icon.ts';
import { exportedSolution, guid } from './solution.ts';
import { zipOfFiles } from './zip.ts';

/** An API definition with all that certification asks for. */
export const certifiableDefinition = `${JSON.stringify(
  {
    swagger: '2.0',
    info: {
      title: 'Orders',
      description: 'Manages the orders of shops of every size, and their items.',
      version: '1.0',
      contact: { name: 'Contoso', url: 'https://contoso.com/support', email: 'support@contoso.com' },
    },
    host: 'api.shop-orders.com',
    basePath: '/v1',
    schemes: ['https'],
    consumes: ['application/json'],
    produces: ['application/json'],
    paths: {
      '/orders/{id}': {
        get: {
          operationId: 'GetOrder',
          summary: 'Get an order',
          description: 'Gets an order by its number.',
          parameters: [
            {
              name: 'id',
              in: 'path',
              required: true,
              type: 'string',
              'x-ms-summary': 'Number',
              description: 'Number of the order.',
              'x-ms-url-encoding': 'single',
            },
          ],
          responses: {
            200: {
              description: 'OK',
              schema: {
                type: 'object',
                properties: { name: { type: 'string', 'x-ms-summary': 'Name', description: 'Name of it.' } },
              },
            },
          },
        },
      },
    },
    securityDefinitions: { api_key: { type: 'apiKey', in: 'header', name: 'api_key' } },
    security: [{ api_key: [] }],
    'x-ms-connector-metadata': [
      { propertyName: 'Website', propertyValue: 'https://contoso.com' },
      { propertyName: 'Privacy policy', propertyValue: 'https://contoso.com/privacy' },
      { propertyName: 'Categories', propertyValue: 'Commerce' },
    ],
  },
  undefined,
  2,
)}\n`;

const parameters = {
  api_key: {
    type: 'securestring',
    uiDefinition: {
      displayName: 'Key',
      description: 'Your key.',
      tooltip: 'Your key.',
      constraints: { required: 'true', tabIndex: 2, clearText: false },
    },
  },
};

export const certifiableProperties = `${JSON.stringify(
  {
    properties: {
      connectionParameters: parameters,
      iconBrandColor: '#1f6f8b',
      capabilities: [],
      publisher: 'Contoso',
      stackOwner: 'Contoso',
    },
  },
  undefined,
  2,
)}\n`;

export const certifiableConnector = {
  name: 'new_orders',
  definition: certifiableDefinition,
  parameters: JSON.stringify(parameters),
  icon: placeholderIcon,
  color: '#1f6f8b',
  id: guid(1),
};
export const certifiableFlow = zipOfFiles(exportedSolution([certifiableConnector], { flows: ['Feed'] }));

export const certifiableFiles = {
  'orders/apiDefinition.swagger.json': certifiableDefinition,
  'orders/apiProperties.json': certifiableProperties,
  'orders/icon.png': placeholderIcon,
  'orders/readme.md': '# Orders\n\n## Known issues\n\nNone.\n',
  'Flow.zip': certifiableFlow,
} as const;
