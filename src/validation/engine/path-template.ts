export interface PathTemplate {
  /** The names between the braces. */
  readonly variables: ReadonlySet<string>;
  /** The first name that is there twice. */
  readonly duplicate: string | undefined;
  /** Whether a variable has a default, as in `{version=v1}`. */
  readonly hasDefault: boolean;
  /** The first mistake in the braces, in words; what the variables are is then not known. */
  readonly fault: string | undefined;
  /** The path as the service tells paths apart: without the names of variables, and without regard to case. */
  readonly shape: string;
}

export function parsePathTemplate(path: string): PathTemplate {
  const variables = new Set<string>();
  let duplicate: string | undefined;
  let hasDefault = false;
  let shape = '';
  let position = 0;
  for (;;) {
    const open = path.indexOf('{', position);
    const literal = open < 0 ? path.slice(position) : path.slice(position, open);
    if (literal.includes('}')) return unreadable(path, "A '}' has no '{' before it.");
    shape += literal;
    if (open < 0) return { variables, duplicate, hasDefault, fault: undefined, shape: shape.toLowerCase() };
    const close = path.indexOf('}', open);
    if (close < 0) return unreadable(path, "A '{' has no '}' after it.");
    const inside = path.slice(open + 1, close);
    const fault = variableFault(inside);
    if (fault !== undefined) return unreadable(path, fault);
    const [name = ''] = inside.split('=', 1);
    if (variables.has(name)) duplicate ??= name;
    variables.add(name);
    hasDefault ||= name.length < inside.length;
    shape += '{}';
    position = close + 1;
  }
}

function variableFault(inside: string): string | undefined {
  if (inside.trim() === '') return 'A variable needs a name in its braces.';
  if (inside.includes('{')) return "Braces can't contain braces.";
  return inside.includes('/') ? "A variable can't span more than one path segment." : undefined;
}

function unreadable(path: string, fault: string): PathTemplate {
  return { variables: new Set(), duplicate: undefined, hasDefault: false, fault, shape: path.toLowerCase() };
}
