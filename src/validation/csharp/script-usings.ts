import { afterQualifiedName, type Code, type CodeRange, isCode, isDot, isIdentifier } from './script-code.ts';

export interface UsingDirective {
  readonly kind: 'namespace' | 'static' | 'alias';
  /** The namespace or, of the other kinds, the type. */
  readonly name: CodeRange;
  /** The token that is the new name. */
  readonly alias?: number;
}

/** The using directives of a script. Statements that begin with the same word are something else. */
export function usingDirectives(code: Code): readonly UsingDirective[] {
  const directives: UsingDirective[] = [];
  for (const [index, { kind, text }] of code.entries()) {
    if (kind !== 'identifier' || text !== 'using' || isDot(code, index - 1)) continue;
    const directive = directiveAt(code, index + 1);
    if (directive) directives.push(directive);
  }
  return directives;
}

function directiveAt(code: Code, start: number): UsingDirective | undefined {
  if (isCode(code, start, 'static')) {
    const end = afterQualifiedName(code, start + 1);
    return isCode(code, end, ';') ? { kind: 'static', name: { from: start + 1, to: end } } : undefined;
  }
  if (isIdentifier(code, start) && isCode(code, start + 1, '=')) {
    const end = afterQualifiedName(code, start + 2);
    const isType = isCode(code, end, ';') || isCode(code, end, '<');
    return isType ? { kind: 'alias', name: { from: start + 2, to: end }, alias: start } : undefined;
  }
  const end = afterQualifiedName(code, start);
  return end > start && isCode(code, end, ';') ? { kind: 'namespace', name: { from: start, to: end } } : undefined;
}
