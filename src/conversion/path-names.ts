/** A path of the source, taken apart. */
export interface ParsedPath {
  /** With clean names of variables, without query and fragment. */
  readonly path: string;
  readonly variables: readonly string[];
  /** Names of variables that were cleaned, by the name in the source. */
  readonly renamed: ReadonlyMap<string, string>;
  /** Fixed members of the query. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly fragment: string | undefined;
  readonly hasSlash: boolean;
  readonly problem?: { readonly rule: 'path-variable-twice' | 'path-wildcard'; readonly name: string };
}

export function parsePath(written: string): ParsedPath {
  const [beforeFragment, fragment] = splitAt(written, '#');
  const [bare, queryText] = splitAt(beforeFragment, '?');
  const hasSlash = bare.startsWith('/');
  const renamed = new Map<string, string>();
  const variables: string[] = [];
  const path = `${hasSlash ? '' : '/'}${bare}`.replaceAll(/\{([^{}/]+)\}/gu, (_, inside: string) => {
    const name = cleanVariable(inside);
    if (name !== inside) renamed.set(inside, name);
    variables.push(name);
    return `{${name}}`;
  });
  const query = [...new URLSearchParams(queryText ?? '')];
  const twice = variables.find((name, index) => variables.indexOf(name) < index);
  const isWild = /[{}*]|:\/\//u.test(path.replaceAll(/\{[^{}/]+\}/gu, ''));
  return {
    path,
    variables,
    renamed,
    query,
    fragment,
    hasSlash,
    ...(twice !== undefined && { problem: { rule: 'path-variable-twice', name: twice } as const }),
    ...(isWild && { problem: { rule: 'path-wildcard', name: written } as const }),
  };
}

/** What is before and after a mark. That of `{id?}` belongs to the variable, and what is inside braces is left alone. */
export function splitAt(text: string, mark: string): readonly [string, string | undefined] {
  let depth = 0;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    else if (character === mark && depth <= 0) return [text.slice(0, index), text.slice(index + 1)];
  }
  return [text, undefined];
}

/** The name that a variable of a path has in the result: `id:[0-9]+`, `id?` and `id*` are `id`. */
export function cleanVariable(inside: string): string {
  if (inside === 'connectionId') return 'connection_id';
  const [name = ''] = inside.replace(/^[+#./;?&*]+/u, '').split(/[:=]/u);
  const clean = name.replace(/[?*]+$/u, '').replaceAll(/[^A-Za-z0-9_.-]+/gu, '_');
  return clean === '' ? 'value' : clean;
}

/** What the platform compares paths by: not by names of variables, and not by case. */
export function pathShape(path: string): string {
  return path.replaceAll(/\{[^{}]*\}/gu, '{}').toLowerCase();
}
