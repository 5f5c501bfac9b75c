import { unknownOperation } from '../engine/unknown-operation.ts';
import { isArray } from '../../json/value.ts';
import { tokenRange } from '../csharp/script-file.ts';
import { comparedOperationIds, type IdCase } from '../csharp/script-operation-ids.ts';
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
        'Context.OperationId.ToLower() == "geta"',
        '"geta" == Context.OperationId.ToLower()',
        '"GETA" != this.Context.OperationId.ToUpperInvariant()',
        '"geta".Equals(Context.OperationId.ToLowerInvariant())',
        'Context.OperationId.ToLower().Equals("geta")',
        'Context.OperationId.ToLower() == "GetA".ToLower()',
      ].map((condition) => ({ definition, script: `if (${condition}) { }` })),
      ...[
        'var same = StringComparer.OrdinalIgnoreCase; if (same.Equals(Context.OperationId, "geta")) { }',
        'const StringComparison any = StringComparison.OrdinalIgnoreCase; bool a = Context.OperationId.Equals("geta", any);',
        'static StringComparer Same => System.StringComparer.OrdinalIgnoreCase; bool a = Same.Equals(Context.OperationId, "geta");',
        'bool Is(StringComparison how) => "geta".Equals(Context.OperationId, how);',
      ].map((script) => ({ definition, script })),
      ...[
        'id = id.ToLower();',
        'id += ":x";',
        'id ??= "x";',
        'Change(ref id);',
        'Read(out id);',
        '(id, rest) = Split();',
        '(rest, id) = Split();',
        'ids.Any(id => id == "b"); ids.Any((id, at) => id == "b");',
        'static bool Is(string id) => true;',
      ].map((change) => ({ definition, script: `var id = Context.OperationId; ${change} if (id == "geta") { }` })),
      { definition, script: 'void A() { var id = Context.OperationId; } bool B(string id) { return id == "geta"; }' },
    ],
    bad: [
      {
        definition,
        script: 'void A() { var id = Context.OperationId; return id == ⟦"geta"⟧; } void B() { var id = ""; id = "b"; }',
      },
      {
        definition,
        script: 'var id = Context.OperationId; Log(a, id); Log(id, a); a.id = ""; if (id == ⟦"geta"⟧) { }',
      },
      { definition, script: 'switch (this.Context.OperationId) { case "GetA": break; case ⟦"GetB"⟧: break; }' },
      { definition, script: 'if (Context.OperationId == ⟦"geta"⟧) { }' },
      { definition, script: 'if (Context.OperationId.Equals(⟦"geta"⟧, StringComparison.Ordinal)) { }' },
      { definition, script: 'if (Context.OperationId.Equals(⟦"getb"⟧, StringComparison.OrdinalIgnoreCase)) { }' },
      {
        definition,
        script: 'var same = StringComparer.Ordinal; if (same.Equals(Context.OperationId, ⟦"geta"⟧)) { }',
      },
      { definition, script: 'if (Context.OperationId.ToLower() == ⟦"GetA"⟧) { }' },
      { definition, script: 'if (⟦"getb"⟧ == Context.OperationId.ToLower()) { }' },
      { definition, script: 'switch (Context.OperationId.ToUpper()) { case "GETA": break; case ⟦"geta"⟧: break; }' },
      { definition, script: 'if (Is(Context.OperationId == ⟦"geta"⟧, StringComparison.OrdinalIgnoreCase)) { }' },
    ],
    check: {
      script: (file, report, { definition: api }) => {
        if (!api) return;
        const known = api.operationsById;
        const ids = [...known.keys()];
        const inCase: Readonly<Record<IdCase, ReadonlySet<string>>> = {
          lower: new Set(ids.map((id) => id.toLowerCase())),
          upper: new Set(ids.map((id) => id.toUpperCase())),
        };
        for (const { index, ignoresCase, idCase } of comparedOperationIds(file.code)) {
          const id = literalText(file.code[index]?.text ?? '');
          if (id === undefined) continue;
          if (ignoresCase && inCase.lower.has(id.toLowerCase())) continue;
          const compared = idCase ? inCase[idCase] : known;
          if (compared.has(id) || known.has(fromBase64(id))) continue;
          const meant = idCase === 'upper' ? id.toUpperCase() : id.toLowerCase();
          const isCase = idCase && inCase[idCase].has(meant);
          report(tokenRange(file, file.code[index]), { id }, () =>
            isCase ? { suggestion: meant } : unknownOperation(id, api),
          );
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
            report(item, { id }, () => unknownOperation(id, api));
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
