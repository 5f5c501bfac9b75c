import { has, isObject, member as memberOf } from '../../json/value.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import type { OperationNode } from '../engine/nodes.ts';
import { notificationUrlsOf } from '../engine/notification-urls.ts';
import type { Location } from '../engine/location.ts';
import type { Rule } from '../engine/rule.ts';

export const contentName = 'x-ms-notification-content';

const urlName = 'x-ms-notification-url';

export function takesUrl(operation: OperationNode, { definition }: ParsedConnector): boolean {
  return definition !== undefined && notificationUrlsOf(definition).isInputOf(operation);
}

export function hasContent({ pathItem }: OperationNode): boolean {
  return has(pathItem.value, contentName);
}

/** Whether it is a webhook trigger whose path doesn't describe what the API sends. */
export function lacksContent(operation: OperationNode, connector: ParsedConnector): boolean {
  return operation.isTrigger && !hasContent(operation) && takesUrl(operation, connector);
}

/** Where a notification URL can be marked, and what leads there. */
function urlPlaces(operation: OperationNode, { definition }: ParsedConnector): readonly Location[] {
  if (!definition) return [];
  const places = [operation.at('parameters')];
  for (const parameter of definition.parametersOf(operation)) {
    const schema = parameter.at('schema');
    const meant = definition.follow(schema);
    const properties = (meant ?? schema).at('properties');
    const marks = [parameter, ...properties.members()].map((one) => one.at(urlName));
    places.push(schema, properties, ...marks);
    if (!meant) places.push(schema.at('$ref'), definition.root.at('definitions'));
  }
  return places;
}

/** Whether it's the place of the mark in an input that is internal. */
function isInternalInput({ name, parent }: Location): boolean {
  return name === urlName && memberOf(parent?.value, 'x-ms-visibility') === 'internal';
}

export const webhook = (url: string, content: string, trigger = '"x-ms-trigger": "single",'): string =>
  `{ "paths": { "/hooks": {${content}
  "post": { "operationId": "OnEvent", ${trigger} "parameters": [{ "name": "body", "in": "body", "schema": {
    "properties": { "url": { "type": "string"${url} } } } }] },
  "delete": { "operationId": "DeleteHook" } } } }`;

export const url = ', "x-ms-notification-url": true';

export const content = ' "x-ms-notification-content": { "schema": { "type": "object" } },';

function withoutDelete(definition: string): string {
  return definition.replace('"delete": { "operationId": "DeleteHook" }', '"put": {}');
}

export const webhookRules: readonly Rule[] = [
  {
    id: 'webhook-content-missing',
    level: 'error',
    message: "The webhook trigger needs 'x-ms-notification-content' on its path.",
    reason: 'The path describes the content that the API sends to the notification URL.',
    sources: ['SV', 'WT'],
    good: [{ definition: webhook(url, content) }, { definition: webhook('', '') }],
    bad: [
      {
        definition: webhook(url, '').replace('"/hooks": {', '"/hooks": ⟦{⟧'),
      },
    ],
    checkMember: {
      names: ['x-ms-trigger'],
      of: {
        operation: (_member, report, node, connector) => {
          if (lacksContent(node, connector)) report(node.pathItem.at(contentName));
        },
      },
    },
  },
  {
    id: 'webhook-url-missing',
    level: 'error',
    message: "The webhook trigger needs a property with 'x-ms-notification-url'.",
    hint: 'Add "x-ms-notification-url": true to the property that contains the notification URL.',
    reason: 'The platform sends its URL to the API in this property when a flow is turned on.',
    sources: ['SV'],
    good: [
      { definition: webhook(url, content) },
      { definition: webhook('', '') },
      { definition: webhook(url, content).replace('"type": "string"', '"$ref": "#/definitions/Url"') },
      { definition: webhook('', content).replace('"post"', '"get"') },
    ],
    bad: [{ definition: webhook('', content).replace('"post"', '⟦"post"⟧') }],
    checkMember: {
      names: ['x-ms-trigger'],
      of: {
        operation: (_member, report, node, connector) => {
          if (node.method === 'get' || !hasContent(node) || takesUrl(node, connector)) return;
          const because = urlPlaces(node, connector);
          // The one that nobody is asked for is meant, so it lacks nothing else.
          const [meant, another] = because.filter(isInternalInput);
          report(node, {}, { mark: 'name', because, meant: another ? undefined : meant });
        },
      },
    },
  },
  {
    id: 'webhook-delete-missing',
    level: 'info',
    common: true,
    message: 'Define an operation that deletes the webhook.',
    reason: 'The platform deletes the webhook when a flow is turned off. Otherwise, the API continues to send events.',
    sources: ['WT'],
    good: [
      { definition: webhook(url, content) },
      { properties: '{}' },
      { definition: withoutDelete(webhook('', '')) },
      { definition: withoutDelete(webhook(url, content, '')) },
    ],
    bad: [
      {
        definition: withoutDelete(webhook(url, content)).replace('"paths"', '⟦"paths"⟧'),
      },
      ...[webhook('', content), webhook(url, '')].map((definition) => ({
        definition: withoutDelete(definition).replace('"paths"', '⟦"paths"⟧'),
      })),
    ],
    check: {
      connector: (connector, report) => {
        const { definition } = connector;
        if (!definition || definition.operations.some(({ method }) => method === 'delete')) return;
        const isWebhook = (operation: OperationNode): boolean =>
          operation.isTrigger && (hasContent(operation) || takesUrl(operation, connector));
        const paths = definition.root.at('paths');
        if (isObject(paths.value) && definition.operations.some(isWebhook)) report(paths, {}, { mark: 'name' });
      },
    },
  },
];
