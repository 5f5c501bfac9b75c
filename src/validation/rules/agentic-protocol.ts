import { nearestName } from '../../nearest-name.ts';
import { shownValue } from '../engine/message.ts';
import type { Rule } from '../engine/rule.ts';
import { agenticProtocol } from '../knowledge/known-extensions.ts';

/** The only value that Copilot Studio supports. */
const streamable = 'mcp-streamable-1.0';

/** Supported until August 2025. */
const events = 'mcp-sse-1.0';

function mcp(protocol: string, method = 'post'): string {
  return `{ "paths": { "/mcp": { ${method}: { "x-ms-agentic-protocol": ${protocol} } } } }`;
}

/** The protocol that was meant: there is one, and whatever is like it means it. */
function meant(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return /^mcp[-_\s]*streamable/iu.test(value) ? streamable : nearestName(value, [streamable]);
}

export const agenticProtocolRules: readonly Rule[] = [
  {
    id: 'agentic-protocol-invalid',
    level: 'warning',
    message: "'{value}' isn't a protocol for agents{suggestion}.",
    hint: `Use "${streamable}".`,
    reason: 'Copilot Studio uses an operation as an MCP server only if it knows the protocol: Streamable HTTP.',
    sources: ['MCP'],
    good: [{ definition: mcp('"mcp-streamable-1.0"', '"post"') }],
    bad: [
      { definition: mcp('⟦"mcp-stremable-1.0"⟧', '"post"') },
      { definition: mcp('⟦"MCP-Streamable"⟧', '"post"') },
      { definition: mcp('⟦"mcp-sse-1.0"⟧', '"post"') },
      { definition: mcp('⟦true⟧', '"post"') },
      { definition: mcp('⟦"a2a"⟧', '"post"') },
    ],
    checkMember: {
      names: [agenticProtocol],
      of: {
        operation: (member, report) => {
          const { value } = member;
          if (value === streamable) return;
          if (value === events) {
            const hint = `Copilot Studio no longer supports server-sent events (since August 2025). Use "${streamable}" with a server that supports it.`;
            report(member, { value: events }, { hint });
            return;
          }
          const suggestion = meant(value);
          const fix = suggestion === undefined ? undefined : { replace: suggestion };
          report(member, { value: shownValue(value) }, { suggestion, fix });
        },
      },
    },
  },
  {
    id: 'agentic-protocol-method',
    level: 'warning',
    message: 'An MCP operation must be POST.',
    reason: 'With Streamable HTTP, requests to the MCP server are sent with POST.',
    sources: ['MCP'],
    good: [{ definition: mcp('"mcp-streamable-1.0"', '"post"') }, { definition: mcp('"mcp-sse-1.0"', '"get"') }],
    bad: [{ definition: mcp('"mcp-streamable-1.0"', '⟦"get"⟧') }],
    checkMember: {
      names: [agenticProtocol],
      of: {
        operation: ({ value }, report, node) => {
          if (node.method !== 'post' && value !== events) report(node, {}, { mark: 'name' });
        },
      },
    },
  },
  {
    id: 'agentic-protocol-multiple',
    level: 'info',
    message: 'Only one operation should be the MCP server.',
    reason: 'An agent adds a connector as one MCP server.',
    sources: ['MCP'],
    good: [{ definition: mcp('"mcp-streamable-1.0"', '"post"') }],
    bad: [
      {
        definition: `{ "paths": { "/mcp": { "post": { "x-ms-agentic-protocol": "mcp-streamable-1.0" } },
  "/more": { "post": { ⟦"x-ms-agentic-protocol"⟧: "mcp-streamable-1.0" } } } }`,
      },
    ],
    check: {
      connector: ({ definition }, report) => {
        const servers = (definition?.operations ?? []).filter(({ isAgentic }) => isAgentic);
        for (const server of servers.slice(1)) report(server.at(agenticProtocol), {}, { mark: 'name' });
      },
    },
  },
];
