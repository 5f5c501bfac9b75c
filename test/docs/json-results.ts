import { format } from 'prettier';
import * as z from 'zod';
import { commandGroups } from '../../src/commands/catalogue.ts';
import { failureSchema, type ResultForm, resultForms } from '../../src/results/results.ts';

const introduction = `# JSON

The output of each command with \`--output json\`. \`--output yaml\` and \`--query\` have the same members. See [Output](output.md) for the
formats and for version 1.

The first member of each result is \`version\`, which is 2. It changes only if a member is removed or gets another meaning; new members
can be added at any time. One thing has one name in all commands, and \`id\` is only in pairs of an ID and a name. Paths are relative to the
current folder unless stated otherwise, with \`/\` on every system. Times are as the service writes them.`;

const several = (name: string): string =>
  `\`{ connectors: […] }\`, where each entry has the members of **paconn ${name}** for one connector, and \`folder\`, or \`solution\` and \`solutionConnector\`. An entry that failed has the \`result\` \`failed\`, \`conflict\`, \`breaking\`, \`interrupted\`, or \`notTried\`, the other members if they're known, and \`error\`, a [Failure](#failure).`;

const failure = `## Errors

A command that fails prints this on stderr, in one line, which is the last one. Notes and warnings are still text. In a run over several
connectors, an entry that failed has the same member. With \`--json-version 1\`, the error of a command is text.`;

/** The page about the results of all commands, made from their schemas. */
export async function jsonDocument(): Promise<string> {
  const shared = new Map<string, Node>();
  const commands = commandGroups.flatMap(({ commands: members }) =>
    members.map(({ name }) =>
      [`## paconn ${name}`, ...(resultForms[name] ?? []).map((form) => formText(name, form, shared))].join('\n\n'),
    ),
  );
  const error = block(nodeOf(failureSchema, shared));
  const definitions = [...shared]
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([name, { description = '', ...node }]) => [`### ${name}`, description, block(node)].join('\n\n'));
  const parts = [introduction, ...commands, failure, error, '## Shared members', ...definitions];
  return await format(parts.join('\n\n'), { parser: 'markdown', printWidth: 120 });
}

function formText(name: string, { when, schema, isSeveral }: ResultForm, shared: Map<string, Node>): string {
  const heading = when === '' ? '' : `${when.slice(0, 1).toUpperCase()}${when.slice(1)}:`;
  const own = isSeveral ? schema.omit({ connectors: true }) : schema;
  const text = isSeveral ? several(name) : block(nodeOf(own, shared));
  return [heading, text].filter(Boolean).join('\n\n');
}

type Node = z.infer<typeof nodeSchema>;

/** What of JSON Schema the schemas of results need. */
const nodeSchema = z.object({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  description: z.string().optional(),
  required: z.array(z.string()).default([]),
  get properties() {
    return z.record(z.string(), nodeSchema).optional();
  },
  get items() {
    return nodeSchema.optional();
  },
  get anyOf() {
    return z.array(nodeSchema).optional();
  },
  get $defs() {
    return z.record(z.string(), nodeSchema).optional();
  },
});

function nodeOf(schema: z.ZodType, shared: Map<string, Node>): Node {
  const { $defs = {}, ...node } = nodeSchema.parse(z.toJSONSchema(schema));
  for (const [name, definition] of Object.entries($defs)) shared.set(name, definition);
  return node;
}

function block(node: Node): string {
  return `\`\`\`text\n${typeText(node, '')}\n\`\`\``;
}

/** As TypeScript writes it, what a member means behind it. */
function typeText(node: Node, indent: string): string {
  const { $ref, type, items, anyOf, properties, required } = node;
  if ($ref !== undefined) return $ref.replace(/^.*\//u, '');
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum) return node.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (anyOf) return anyOf.map((one) => typeText(one, indent)).join(' | ');
  if (items) {
    const item = typeText(items, indent);
    return item.includes(' | ') && !item.startsWith('{') ? `(${item})[]` : `${item}[]`;
  }
  if (!properties)
    return [type]
      .flat()
      .map((word) => (word === 'integer' ? 'number' : word))
      .join(' | ');
  const inner = `${indent}  `;
  const lines = Object.entries(properties).map(([name, member]) => {
    const text = `${inner}${name}${required.includes(name) ? '' : '?'}: ${typeText(member, inner)}`;
    if (member.description === undefined) return text;
    const [first = '', ...rest] = text.split('\n');
    return [`${first} // ${member.description}`, ...rest].join('\n');
  });
  return `{\n${lines.join('\n')}\n${indent}}`;
}
