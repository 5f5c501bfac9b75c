import { afterQualifiedName, bracePairs, type Code, type CodeRange, isCode } from './script-code.ts';

/**
 * Whether code is what C# has outside of types, all of it: usings, namespaces, and types.
 * https://learn.microsoft.com/dotnet/csharp/language-reference/language-specification/namespaces
 */
export function isWholeDeclarations(code: Code): boolean {
  const { closing, unclosed, unopened } = bracePairs(code);
  const areDeclarations = ({ from, to }: CodeRange): boolean => {
    let at: number | undefined = from;
    while (at !== undefined && at < to) at = afterDeclaration(at);
    return at !== undefined;
  };
  /** What follows a whole declaration; undefined where none begins, or where it doesn't end. */
  const afterDeclaration = (start: number): number | undefined => {
    const keyword = afterModifiers(code, afterAttributes(code, start));
    const kind = code[keyword]?.text ?? '';
    if (!isCode(code, keyword, kind)) return undefined;
    const head = kind === 'namespace' ? afterQualifiedName(code, keyword + 1) : afterHead(code, keyword + 1);
    if (isCode(code, head, ';')) return statements.has(kind) || bodies.has(kind) ? head + 1 : undefined;
    const end = isCode(code, head, '{') && bodies.has(kind) ? closing.get(head) : undefined;
    if (end === undefined || (kind === 'namespace' && !areDeclarations({ from: head + 1, to: end }))) return undefined;
    return isCode(code, end + 1, ';') ? end + 2 : end + 1;
  };
  return unclosed.length === 0 && unopened.length === 0 && areDeclarations({ from: 0, to: code.length });
}

const statements: ReadonlySet<string> = new Set(['delegate', 'extern', 'using']);

/** Of these some have no body, such as `namespace A;` and `record A(int B);`. */
const bodies: ReadonlySet<string> = new Set(['class', 'enum', 'interface', 'namespace', 'record', 'struct']);

/** https://learn.microsoft.com/dotnet/csharp/language-reference/keywords/class */
const modifiers: ReadonlySet<string> = new Set([
  'abstract',
  'file',
  'global',
  'internal',
  'new',
  'partial',
  'private',
  'protected',
  'public',
  'readonly',
  'ref',
  'sealed',
  'static',
  'unsafe',
]);

function afterModifiers(code: Code, start: number): number {
  let at = start;
  while (modifiers.has(code[at]?.text ?? '')) at += 1;
  return at;
}

function afterAttributes(code: Code, start: number): number {
  let at = start;
  while (isCode(code, at, '[')) at = afterGroup(code, at);
  return at;
}

/** The end of a head such as `A<T>(int b = 1) : C where T : D`: its brace or semicolon. */
function afterHead(code: Code, start: number): number {
  let at = start;
  while (at < code.length && !isCode(code, at, '{') && !isCode(code, at, ';'))
    at = isCode(code, at, '(') || isCode(code, at, '[') ? afterGroup(code, at) : at + 1;
  return at;
}

/** What follows the bracket that closes the one here; the end without one. */
function afterGroup(code: Code, open: number): number {
  let depth = 0;
  for (let at = open; at < code.length; at += 1) {
    if (['(', '[', '{'].some((bracket) => isCode(code, at, bracket))) depth += 1;
    else if ([')', ']', '}'].some((bracket) => isCode(code, at, bracket))) depth -= 1;
    if (depth === 0) return at + 1;
  }
  return code.length;
}
