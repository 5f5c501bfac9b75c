import { nearestNames } from '../../nearest-name.ts';
import { renaming } from '../engine/checks.ts';
import type { Location } from '../engine/location.ts';
import type { ParsedConnector } from '../engine/parsed-connector.ts';
import type { Rule } from '../engine/rule.ts';
import { agenticProtocol, extensionsOfConnectors, knownExtensions } from '../knowledge/known-extensions.ts';
import { content, contentName, lacksContent, url, webhook } from './webhook.ts';

const known: ReadonlySet<string> = new Set(knownExtensions);

function isUnknown(name: string): boolean {
  return name.startsWith('x-ms') && !known.has(name);
}

/** What a webhook trigger lacks that has its content elsewhere: in the same path, or, if no other lacks it, outside of all paths. */
function missingContent({ path }: Location, connector: ParsedConnector): Location | undefined {
  const lacking = (connector.definition?.operations ?? []).filter((operation) => lacksContent(operation, connector));
  const inPath = lacking.find(({ pathItem }) => path[0] === 'paths' && path[1] === pathItem.name);
  const isInNone = path[0] !== 'paths' || path[1] === contentName;
  const only = lacking.length === 1 && isInNone ? lacking[0] : undefined;
  return (inPath ?? only)?.pathItem.at(contentName);
}

/**
 * The known extensions that are most like an unknown one. Those of AutoRest are written by generators, not by hand, and are
 * objects of their own kind: `x-ms-example` is no slip of `x-ms-examples`.
 */
function likeExtensions(name: string): readonly string[] {
  return nearestNames(name, extensionsOfConnectors);
}

export const extensionRules: readonly Rule[] = [
  {
    id: 'extension-misspelled',
    level: 'warning',
    message: "Unknown extension '{name}'{suggestion}.",
    reason: 'The service ignores unknown extensions, so a misspelled one has no effect.',
    sources: ['OX', 'JD'],
    good: [
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "x-ms-summary": "ID" } } }' },
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "x-ms-remark": "ID" } } }' },
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "x-ms-example": "447" } } }' },
    ],
    bad: [
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", ⟦"x-ms-sumary"⟧: "ID" } } }' },
      { definition: '{ "paths": { "/mcp": { "post": { ⟦"x-ms-agentic-protcol"⟧: "mcp-streamable-1.0" } } } }' },
    ],
    checkMember: {
      names: (name) => isUnknown(name) && likeExtensions(name).length > 0,
      of: {
        object: (member, report) => {
          report(member, { name: member.name }, () => {
            const [suggestion, ...others] = likeExtensions(member.name);
            // When another is as near, nobody can tell which was meant.
            const fix = suggestion !== undefined && others.length === 0 ? renaming(member, suggestion) : undefined;
            const meant = suggestion === undefined ? undefined : member.parent?.at(suggestion);
            return { mark: 'name', suggestion, meant, fix };
          });
        },
      },
    },
  },
  {
    id: 'extension-unknown',
    level: 'info',
    message: "Unknown extension '{name}'.",
    reason:
      'The service ignores unknown extensions. Names of your own extensions can start with x-, but not with x-ms-.',
    sources: ['OX', 'JD'],
    good: [
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "x-contoso-note": "ID" } } }' },
      { definition: '{ "parameters": { "id": { "name": "id", "in": "query", "x-ms-sumary": "ID" } } }' },
    ],
    bad: [{ definition: '{ "parameters": { "id": { "name": "id", "in": "query", ⟦"x-ms-remark"⟧: "ID" } } }' }],
    checkMember: {
      names: (name) => isUnknown(name) && likeExtensions(name).length === 0,
      of: { object: (member, report) => report(member, { name: member.name }, { mark: 'name' }) },
    },
  },
  {
    id: 'extension-misplaced',
    level: 'warning',
    message: "'{name}' applies to {where}.",
    reason:
      'Triggers and MCP servers are operations, and the content of events is described next to the methods of a path. They have no effect elsewhere.',
    sources: ['OX'],
    good: [
      { definition: '{ "paths": { "/events": { "get": { "x-ms-trigger": "batch" } } } }' },
      { definition: '{ "paths": { "/mcp": { "post": { "x-ms-agentic-protocol": "mcp-streamable-1.0" } } } }' },
      { definition: webhook(url, content) },
    ],
    bad: [
      { definition: '{ "paths": { "/events": { ⟦"x-ms-trigger"⟧: "batch", "get": {} } } }' },
      { definition: '{ "paths": { "/mcp": { ⟦"x-ms-agentic-protocol"⟧: "mcp-streamable-1.0", "post": {} } } }' },
      ...[webhook(url, ''), webhook(url, '', ''), webhook('', ''), webhook(url, content)].map((definition) => ({
        definition: definition.replace('"operationId": "OnEvent"', '⟦"x-ms-notification-content"⟧: {}'),
      })),
      { definition: webhook(url, '').replace('"/hooks"', '⟦"x-ms-notification-content"⟧: {}, "/hooks"') },
    ],
    check: {
      connector: (connector, report) => {
        // What is next to the paths is none of their members, and no object of its own.
        const member = connector.definition?.root.at('paths', contentName);
        if (member?.value === undefined) return;
        const hint = 'Move it into the path of the webhook, next to its method.';
        const meant = missingContent(member, connector);
        report(member, { name: contentName, where: 'one path' }, { mark: 'name', hint, meant });
      },
    },
    checkMember: {
      names: ['x-ms-trigger', agenticProtocol, contentName],
      of: {
        object: (member, report, node, connector) => {
          const { name } = member;
          const isContent = name === contentName;
          if (node.kind === (isContent ? 'pathItem' : 'operation')) return;
          if (!isContent) return report(member, { name, where: 'operations' }, { mark: 'name' });
          const hint = 'Move it next to the method of the webhook, directly in its path.';
          const meant = missingContent(member, connector);
          report(member, { name, where: 'paths' }, { mark: 'name', hint, meant });
        },
      },
    },
  },
];
