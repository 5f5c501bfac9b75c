import { type Code, isCode, isDot, isIdentifier, startOfQualifiedName } from './script-code.ts';

const typeKeywords: ReadonlySet<string> = new Set(['class', 'struct', 'enum', 'interface', 'record', 'delegate']);

/** Words before a name that do not say what type it has. */
const otherKeywords: ReadonlySet<string> = new Set([
  'return',
  'await',
  'throw',
  'new',
  'in',
  'is',
  'as',
  'case',
  'else',
  'and',
  'or',
  'not',
  'when',
  'using',
  'static',
  'yield',
  'where',
]);

/**
 * Where a script names a type of the framework: alone, or after its namespace. A member of the same name (after a dot) is
 * not it, and nothing is when the script itself gives the name to something.
 */
export function usesOfType(code: Code, name: string, namespace: string): readonly number[] {
  const uses: number[] = [];
  for (const [index, { kind, text }] of code.entries()) {
    if (kind !== 'identifier' || text !== name) continue;
    if (isDeclaration(code, index)) return [];
    const isMember = isDot(code, index - 1) && !isCode(code, index - 2, namespace);
    if (!isMember) uses.push(index);
  }
  return uses;
}

/** Whether a name is given here: to a type, or to a variable, parameter or property after its type. */
function isDeclaration(code: Code, index: number): boolean {
  const before = code[index - 1];
  if (before?.kind === 'identifier') return typeKeywords.has(before.text) || isNameAfterType(code, index, before.text);
  // After `List<string>`, `string[]`, `string?`
  const isAfterType = before !== undefined && ['>', ']', '?'].includes(before.text);
  return isAfterType && endsDeclaration(code, index + 1);
}

function isNameAfterType(code: Code, index: number, before: string): boolean {
  return !otherKeywords.has(before) && endsDeclaration(code, index + 1);
}

function endsDeclaration(code: Code, index: number): boolean {
  return ['=', ';', ',', ')', '{', '=>', 'in'].some((end) => isCode(code, index, end));
}

/** Whether an object of the type is made with its name here: `new HttpClient(` or `new HttpClient {`. */
export function constructionStart(code: Code, name: number): number | undefined {
  const start = startOfQualifiedName(code, name) - 1;
  const isMade = isCode(code, name + 1, '(') || isCode(code, name + 1, '{');
  return isMade && isCode(code, start, 'new') && isIdentifier(code, name) ? start : undefined;
}
