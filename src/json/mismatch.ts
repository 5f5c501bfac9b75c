import type * as z from 'zod';

/**
 * What of a value does not fit a schema, as a sentence without its end: `'properties.scopes' must be an array, not a string`.
 *
 * @param value Undefined where it is of no interest what is there instead.
 * @param named What a value is called by its path.
 */
export function mismatch(error: z.ZodError, value: unknown, named: (path: Path) => string = memberName): string {
  const [first] = error.issues;
  if (!first) throw new TypeError('A mismatch has an issue.', { cause: error });
  const { path, issue } = innermost(first);
  const found = valueAt(value, path);
  const isMissing = value !== undefined && found === undefined;
  return `${named(path)} ${expectation(issue, found)}${isMissing ? ", but it's missing" : ''}`;
}

type Path = readonly PropertyKey[];
type Issue = z.core.$ZodIssue;

/** Of a value that may be one of several kinds, the kind that it comes nearest to says what is wrong. */
function innermost(issue: Issue, above: Path = []): { readonly path: Path; readonly issue: Issue } {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union') return { path, issue };
  const nested = issue.errors.flatMap(([first]) => (first ? innermost(first, path) : []));
  return nested.find((one) => one.path.length > path.length) ?? { path, issue };
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inside, name) => (typeof inside === 'object' && inside !== null ? Reflect.get(inside, name) : undefined),
    value,
  );
}

function expectation(issue: Issue, found: unknown): string {
  switch (issue.code) {
    case 'invalid_type': {
      const kind = kinds[issue.expected] ?? issue.expected;
      const foundKind = kindOf(found);
      return foundKind === kind || foundKind === undefined ? `must be ${kind}` : `must be ${kind}, not ${foundKind}`;
    }
    case 'invalid_value':
      return `must be ${listed(issue.values.map(String))}`;
    case 'too_small':
      return `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`;
    case 'too_big':
      return `must be ${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`;
    case 'unrecognized_keys':
      return `has the unknown property ${listed(issue.keys.map((name) => `'${name}'`))}`;
    case 'invalid_format':
    case 'custom':
      // Words of our own, but for what no schema has words for.
      return issue.message.startsWith('Invalid') ? "doesn't have the expected form" : issue.message;
    default:
      return "doesn't have an expected value";
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'an array',
  null: 'null',
};

function kindOf(value: unknown): string | undefined {
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return 'an array';
  return Number.isNaN(value) ? undefined : kinds[typeof value];
}

function listed(values: readonly string[]): string {
  const [last = '', ...others] = values.toReversed();
  const before = others.toReversed().join(', ');
  return others.length < 2 ? [before, last].filter(Boolean).join(' or ') : `${before}, or ${last}`;
}

/** As in `'properties.values[0].name'`. */
function memberName(path: Path): string {
  if (path.length === 0) return 'the content';
  const written = path.map((name) => (typeof name === 'number' ? `[${name}]` : `.${String(name)}`)).join('');
  return `'${written.replace(/^\./u, '')}'`;
}
