/** A schema with most of the keywords that both versions have. */
const schema = `
      type: object
      required: [id]
      discriminator: { propertyName: id }
      properties:
        id: { type: string, minLength: 1, xml: { name: i }, externalDocs: { url: 'https://docs.contoso.com' } }
        tags: { type: array, items: { type: string, enum: [a, b] } }
        owner: { $ref: '#/components/schemas/Owner' }
        choice: { oneOf: [{ type: string }, { type: integer }] }
        all: { allOf: [{ type: object, properties: { a: { type: string } } }, { $ref: '#/components/schemas/Owner' }] }
        map: { type: object, additionalProperties: { type: number } }`;

function openApi3(version: string): string {
  return `openapi: ${version}
info:
  title: Pets
  version: '1'
  description: Pets.
  contact: { name: Pets, url: 'https://contoso.com', email: pets@contoso.com }
  license: { name: MIT, url: 'https://contoso.com/mit' }
servers:
  - url: https://{region}.contoso.com/v1
    description: Main
    variables: { region: { default: eu, enum: [eu, us], description: Region } }
tags: [{ name: pets, description: Pets, externalDocs: { url: 'https://docs.contoso.com' } }]
externalDocs: { url: 'https://docs.contoso.com' }
security: [{ key: [] }, { oauth: [read] }]
paths:
  /pets/{id}:
    description: A pet.
    parameters:
      - { name: id, in: path, required: true, schema: { type: string } }
    get:
      operationId: GetPet
      summary: Get pet
      tags: [pets]
      externalDocs: { url: 'https://docs.contoso.com' }
      parameters:
        - { name: list, in: query, explode: false, schema: { type: array, items: { type: string } }, example: [a] }
        - { name: page, in: query, style: deepObject, schema: { type: object, properties: { size: { type: integer } } } }
        - { name: other, in: query, content: { application/json: { schema: { type: object } } } }
        - $ref: '#/components/parameters/Limit'
      responses:
        '200':
          description: Fine
          headers: { X-Rate: { description: Rate, schema: { type: integer } } }
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Pet' }
              examples: { one: { summary: One, value: { id: '1' } }, two: { value: { id: '2' } } }
          links: { owner: { operationId: GetPet, parameters: { id: $response.body#/id } } }
        default: { $ref: '#/components/responses/Problem' }
      callbacks: { done: { '{$request.query.url}': { post: { responses: { '200': { description: OK } } } } } }
    post:
      operationId: SendPet
      summary: Send pet
      security: [{}]
      servers: [{ url: https://eu.contoso.com/v1/up }]
      requestBody:
        description: A pet
        required: true
        content:
          multipart/form-data:
            schema: { type: object, properties: { file: { type: string, format: binary }, note: { type: string } } }
            encoding: { note: { contentType: text/plain } }
      responses: { '204': { description: Done } }
    put:
      operationId: PutPet
      summary: Put pet
      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/Pet' }, example: { id: '1' } } } }
      responses: { '204': { description: Done } }
components:
  schemas:
    Pet:${schema}
    Owner: { type: object, properties: { name: { type: string } } }
  parameters:
    Limit: { name: limit, in: query, schema: { type: integer, minimum: 1 } }
  responses:
    Problem: { description: Problem, content: { text/plain: { schema: { type: string } } } }
  securitySchemes:
    key: { type: apiKey, in: header, name: X-Key }
    oauth:
      type: oauth2
      flows:
        authorizationCode:
          authorizationUrl: https://login.contoso.com/a
          tokenUrl: https://login.contoso.com/t
          scopes: { read: Read }
`;
}

const openApi2 = `swagger: '2.0'
info:
  title: Pets
  version: '1'
  description: Pets.
  contact: { name: Pets, url: 'https://contoso.com', email: pets@contoso.com }
  license: { name: MIT, url: 'https://contoso.com/mit' }
host: api.contoso.com
basePath: /v1
schemes: [https]
consumes: [application/json]
produces: [application/json]
tags: [{ name: pets, description: Pets, externalDocs: { url: 'https://docs.contoso.com' } }]
externalDocs: { url: 'https://docs.contoso.com' }
security: [{ key: [] }, { oauth: [read] }]
paths:
  /pets/{id}:
    parameters:
      - { name: id, in: path, required: true, type: string }
    get:
      operationId: GetPet
      summary: Get pet
      tags: [pets]
      externalDocs: { url: 'https://docs.contoso.com' }
      parameters:
        - { name: list, in: query, type: array, items: { type: string }, collectionFormat: csv }
        - $ref: '#/parameters/Limit'
      responses:
        '200':
          description: Fine
          headers: { X-Rate: { description: Rate, type: array, items: { type: integer } } }
          schema: { $ref: '#/definitions/Pet' }
          examples: { application/json: { id: '1' } }
        default: { $ref: '#/responses/Problem' }
    post:
      operationId: SendPet
      summary: Send pet
      security: []
      consumes: [multipart/form-data]
      parameters:
        - { name: file, in: formData, type: file }
        - { name: note, in: formData, type: string }
      responses: { '204': { description: Done } }
    put:
      operationId: PutPet
      summary: Put pet
      parameters: [{ name: pet, in: body, schema: { $ref: '#/definitions/Pet' } }]
      responses: { '200': { description: Done, schema: { type: file } } }
definitions:
  Pet:${schema
    .replaceAll('components/schemas', 'definitions')
    .replace('{ propertyName: id }', 'id')
    .replace(/ *choice: .*\n/u, '')}
  Owner: { type: object, properties: { name: { type: string } } }
parameters:
  Limit: { name: limit, in: query, type: integer, minimum: 1 }
responses:
  Problem: { description: Problem, schema: { type: string } }
securityDefinitions:
  key: { type: apiKey, in: header, name: X-Key }
  oauth:
    type: oauth2
    flow: accessCode
    authorizationUrl: https://login.contoso.com/a
    tokenUrl: https://login.contoso.com/t
    scopes: { read: Read }
`;

function postman(version: '2.0' | '2.1'): string {
  const auth = version === '2.1' ? '[{ key: key, value: X-Key }]' : '{ key: X-Key, value: s }';
  return `info:
  _postman_id: 0d2c
  name: Pets
  description: { content: Pets., type: text/markdown }
  version: { major: 1, minor: 2, patch: 3 }
  schema: https://schema.getpostman.com/json/collection/v${version}.0/collection.json
auth: { type: apikey, apikey: ${auth} }
event: [{ listen: test, script: { exec: [a] } }]
variable: [{ key: baseUrl, value: 'https://api.contoso.com/v1' }, { key: other, value: 1 }]
item:
  - name: Pets
    description: All pets
    id: f1
    auth: { type: noauth }
    item:
      - name: Inner
        description: Inner pets
        item:
          - name: Get pet
            id: r1
            event: [{ listen: test, script: { exec: [a] } }]
            request:
              method: GET
              description: Gets a pet
              header: [{ key: X-Trace, value: t, description: Trace }, { key: Accept, value: '*/*' }]
              url:
                raw: '{{baseUrl}}/pets/:id?full=true'
                host: ['{{baseUrl}}']
                path: [pets, ':id']
                query: [{ key: full, value: 'true', description: Full }]
                variable: [{ key: id, value: '1', description: ID }]
            response:
              - name: Found
                code: 200
                status: OK
                header: [{ key: ETag, value: e }]
                body: '{"id":1}'
  - name: Send pet
    description: Sends
    request:
      method: POST
      description: Sends a pet
      url: '{{baseUrl}}/pets'
      body: { mode: raw, raw: '{"id":1}', options: { raw: { language: json } } }
  - name: Upload
    request:
      method: PUT
      url: { raw: '{{baseUrl}}/pets/file', host: ['{{baseUrl}}'], path: [pets, file] }
      body: { mode: formdata, formdata: [{ key: file, type: file }, { key: note, value: n, type: text }] }
  - name: No method
    request: { method: LINK, url: '{{baseUrl}}/pets', description: Links }
  - name: No host
    request: { method: GET, url: { raw: '{{elsewhere}}/pets' }, description: Elsewhere }
`;
}

/** A document of each format in which each kind of object appears, as YAML. */
export const richDescriptions: Readonly<Record<string, string>> = {
  'OpenAPI 2.0': openApi2,
  'OpenAPI 3.0': openApi3('3.0.3'),
  'OpenAPI 3.1': openApi3('3.1.0'),
  'Postman 2.0': postman('2.0'),
  'Postman 2.1': postman('2.1'),
};
