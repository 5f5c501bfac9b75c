import { nearestOperation } from '../engine/definition.ts';
import { isArray } from '../../json/value.ts';
import { tokenRange } from '../csharp/script-file.ts';
import { comparedOperationIds } from '../csharp/script-operation-ids.ts';
import type { Rule } from '../engine/rule.ts';

const definition = '{ "paths": { "/a": { "get": { "operationId": "GetA" } } } }';

/** The text of a literal that holds nothing escaped. */
function literalText(literal: string): string | undefined {
  const text = /^@?"(?<text>[^"\\]*)"$/u.exec(literal)?.groups?.['text'];
  return text === '' ? undefined : text;
}

/** Some regions give a script the ID in base64, and scripts compare with that. */
function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('utf8');
}

export const scriptOperationRules: readonly Rule[] = [
  {
    id: 'script-operation-id-unknown',
    level: 'warning',
    message: "Operation '{id}' doesn't exist{suggestion}.",
    reason: 'The comparison is always false, so the code never runs.',
    sources: ['WC'],
    good: [
      { definition, script: 'if (Context.OperationId == "GetA") { }' },
      { script: 'if (Context.OperationId == "GetB") { }' },
      { definition, script: 'if (Context.OperationId == "") { }' },
      { definition, script: 'if (Context.OperationId == "Get\\u0042") { }' },
      { definition, script: 'if (Context.OperationId == "R2V0QQ==") { }' },
      ...[
        '"geta".Equals(this.Context.OperationId, StringComparison.OrdinalIgnoreCase)',
        'Context.OperationId.Equals("geta", StringComparison.InvariantCultureIgnoreCase)',
        'string.Equals(this.Context.OperationId, "geta", StringComparison.CurrentCultureIgnoreCase)',
        'string.Equals("geta", Context.OperationId, StringComparison.OrdinalIgnoreCase)',
        'StringComparer.OrdinalIgnoreCase.Equals(Context.OperationId, "geta")',
      ].map((condition) => ({ definition, script: `if (${condition}) { }` })),
    ],
    bad: [
      { definition, script: 'switch (this.Context.OperationId) { case "GetA": break; case ⟦"GetB"⟧: break; }' },
      { definition, script: 'if (Context.OperationId == ⟦"geta"⟧) { }' },
      { definition, script: 'if (Context.OperationId.Equals(⟦"geta"⟧, StringComparison.Ordinal)) { }' },
      { definition, script: 'if (Context.OperationId.Equals(⟦"getb"⟧, StringComparison.OrdinalIgnoreCase)) { }' },
      { definition, script: 'if (Is(Context.OperationId == ⟦"geta"⟧, StringComparison.OrdinalIgnoreCase)) { }' },
    ],
    check: {
      script: (file, report, { definition: api }) => {
        if (!api) return;
        const known = api.operationsById;
        const lowerCaseIds = new Set([...known.keys()].map((id) => id.toLowerCase()));
        for (const { index, ignoresCase } of comparedOperationIds(file.code)) {
          const id = literalText(file.code[index]?.text ?? '');
          if (id === undefined || known.has(id) || known.has(fromBase64(id))) continue;
          if (ignoresCase && lowerCaseIds.has(id.toLowerCase())) continue;
          report(tokenRange(file, file.code[index]), { id }, () => ({ suggestion: nearestOperation(id, api) }));
        }
      },
    },
  },
  {
    id: 'script-operation-unknown',
    level: 'warning',
    message: "Operation '{id}' doesn't exist{suggestion}.",
    reason: "The script never runs for an operation that doesn't exist.",
    sources: ['PC'],
    good: [
      { definition, properties: '{ "properties": { "scriptOperations": ["GetA"] } }' },
      { properties: '{ "properties": { "scriptOperations": ["GetB"] } }' },
      { definition, properties: '{ "properties": { "scriptOperations": [5] } }' },
    ],
    bad: [{ definition, properties: '{ "properties": { "scriptOperations": [⟦"GetB"⟧] } }' }],
    checkMember: {
      names: ['scriptOperations'],
      of: {
        properties: (member, report, _node, { definition: api }) => {
          if (!api) return;
          const known = api.operationsById;
          for (const item of member.members()) {
            const id = item.value;
            if (typeof id !== 'string' || known.has(id)) continue;
            report(item, { id }, () => ({ suggestion: nearestOperation(id, api) }));
          }
        },
      },
    },
  },
  {
    id: 'script-operations-missing',
    level: 'info',
    message: 'The script runs for every operation.',
    hint: 'List the operations that need it in scriptOperations.',
    reason: 'A script that runs without need slows down each call.',
    sources: ['PC'],
    good: [
      { script: '', properties: '{ "properties": { "scriptOperations": ["GetA"] } }' },
      { properties: '{ "properties": { "iconBrandColor": "#da3b01" } }' },
      { script: '', properties: '{ "properties": { "scriptOperations": "" } }' },
    ],
    bad: [
      { script: '', properties: '{ "properties": ⟦{⟧ "iconBrandColor": "#da3b01" } }' },
      { script: '', properties: '{ "properties": { "scriptOperations": ⟦[]⟧ } }' },
    ],
    check: {
      properties: (node, report, { scriptFile }) => {
        const operations = node.at('scriptOperations');
        const isNone = operations.value === undefined || (isArray(operations.value) && operations.value.length === 0);
        if (scriptFile && isNone) report(operations);
      },
    },
  },
];
