/** What stands between braces in a path. */
export interface PathVariable {
  readonly name: string;
  readonly hasDefault: boolean;
}

export interface PathTemplate {
  readonly variables: readonly PathVariable[];
  /** The first mistake in the braces, in words; what the variables are is then not known. */
  readonly fault: string | undefined;
  /** The path as the service tells paths apart: without the names of variables, and without regard to case. */
  readonly shape: string;
}

export function parsePathTemplate(path: string): PathTemplate {
  const variables: PathVariable[] = [];
  let shape = '';
  let position = 0;
  for (;;) {
    const open = path.indexOf('{', position);
    const literal = open < 0 ? path.slice(position) : path.slice(position, open);
    if (literal.includes('}')) return unreadable(path, "There is a '}' without a '{' before it.");
    shape += literal;
    if (open < 0) return { variables, fault: undefined, shape: shape.toLowerCase() };
    const close = path.indexOf('}', open);
    if (close < 0) return unreadable(path, "There is a '{' without a '}' after it.");
    const inside = path.slice(open + 1, close);
    const fault = variableFault(inside);
    if (fault !== undefined) return unreadable(path, fault);
    const [name = ''] = inside.split('=', 1);
    variables.push({ name, hasDefault: name.length < inside.length });
    shape += '{}';
    position = close + 1;
  }
}

function variableFault(inside: string): string | undefined {
  if (inside.trim() === '') return 'A variable needs a name between its braces.';
  if (inside.includes('{')) return 'Braces cannot stand within braces.';
  return inside.includes('/') ? 'A variable cannot reach over more than one segment of the path.' : undefined;
}

function unreadable(path: string, fault: string): PathTemplate {
  return { variables: [], fault, shape: path.toLowerCase() };
}
