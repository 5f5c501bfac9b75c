/** An API definition without faults of about as many megabytes, in the proportions of a large published one. */
export function largeDefinition(megabytes: number): string {
  const count = Math.round(megabytes * operationsPerMegabyte);
  const indexes = [...Array(count).keys()];
  const definition = {
    swagger: '2.0',
    info: { title: 'Documents', description: 'Converts, merges and sends documents.', version: '1.0' },
    host: 'api.contoso.com',
    basePath: '/',
    schemes: ['https'],
    consumes: ['application/json'],
    produces: ['application/json'],
    paths: Object.fromEntries(indexes.map((index) => [`/documents/${index}/{id}`, { post: operation(index) }])),
    definitions: Object.fromEntries(
      indexes.flatMap((index) => [
        [`Request${index}`, schema(index, 14)],
        [`Result${index}`, schema(index, 6)],
      ]),
    ),
  };
  return JSON.stringify(definition, undefined, 2);
}

const operationsPerMegabyte = 166;

function operation(index: number): unknown {
  return {
    operationId: `ConvertDocument${index}`,
    summary: `Convert document of kind ${index}`,
    description: `Converts a document of kind ${index} to another one, and gives back what became of it.`,
    parameters: [
      { name: 'id', in: 'path', required: true, type: 'string', 'x-ms-summary': 'ID', 'x-ms-url-encoding': 'single' },
      { name: 'body', in: 'body', required: true, schema: { $ref: `#/definitions/Request${index}` } },
    ],
    responses: {
      200: { description: 'The result.', schema: { $ref: `#/definitions/Result${index}` } },
      400: { description: 'Bad request.' },
      default: { description: 'The operation failed.' },
    },
  };
}

function schema(index: number, count: number): unknown {
  const properties = [...Array(count).keys()].map((property) => [
    `property${property}`,
    property % 5 === 4
      ? { type: 'array', items: { $ref: `#/definitions/Result${index}` }, description: 'The parts of the document.' }
      : {
          type: 'string',
          title: `Property ${property}`,
          description: `What the document of kind ${index} is made with or made from.`,
          'x-ms-visibility': property % 2 === 0 ? 'important' : 'advanced',
          ...(property % 7 === 3 && { enum: ['Portable', 'Text', 'Picture', 'Sheet', 'Slides'] }),
        },
  ]);
  return { type: 'object', required: ['property0'], properties: Object.fromEntries(properties) };
}
