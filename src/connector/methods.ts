/** The HTTP methods that an operation can have, as an API definition writes them. */
export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch'] as const;

const known: ReadonlySet<string> = new Set(methods);

/** Whether a member of a path is an operation, in whatever case its method is written. */
export function isMethod(name: string): boolean {
  return known.has(name.toLowerCase());
}
