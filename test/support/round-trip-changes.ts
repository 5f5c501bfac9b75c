import { isArray, isObject, member } from '../../src/json/value.ts';
import type { DefinitionDifference } from './definition-differences.ts';

interface ExplainedChange {
  readonly why: string;
  readonly path: RegExp;
  readonly is: (difference: DefinitionDifference) => boolean;
}

const always = (): boolean => true;
const isAdded = ({ before }: DefinitionDifference): boolean => before === undefined;
const isGone = ({ after }: DefinitionDifference): boolean => after === undefined;
const namesOf = (value: unknown): readonly string[] => (isObject(value) ? Object.keys(value) : []);
const isEmpty = (value: unknown): boolean =>
  isArray(value) ? value.length === 0 : isObject(value) && namesOf(value).length === 0;

const operation = String.raw`paths .+ (?:get|put|post|delete|options|head|patch)`;
const header = '(?:accept|content-type|authorization)';

/** A part of an operation. */
function part(pattern: string): RegExp {
  return new RegExp(`^${operation} ${pattern}$`, 'iu');
}

/** What OpenAPI 3.0 can't hold, or the way to it loses. */
const notIn3: readonly ExplainedChange[] = [
  { why: 'A body has no name.', path: part('parameters body name'), is: always },
  {
    why: "`required: false` of a body goes, because it's the default.",
    path: part('parameters body required'),
    is: ({ before, after }) => before === false && after === undefined,
  },
  {
    why: 'An empty description of a body goes.',
    path: part('parameters body description'),
    is: ({ before, after }) => before === '' && after === undefined,
  },
  { why: 'A body of a GET operation goes.', path: /^paths .+ get parameters body$/u, is: isGone },
  {
    why: 'Parameters called Accept, Content-Type, and Authorization go.',
    path: part(`parameters header:${header}`),
    is: isGone,
  },
  {
    why: 'Dynamic values no longer pass such parameters.',
    path: new RegExp(`x-ms-.+ parameters ${header}$`, 'iu'),
    is: isGone,
  },
  {
    why: 'Headers of responses called Accept, Content-Type, and Authorization go.',
    path: part(String.raw`responses \S+ headers ${header}`),
    is: isGone,
  },
  {
    why: 'A list of headers without any others goes.',
    path: part(String.raw`responses \S+ headers`),
    is: ({ before, after }) =>
      after === undefined && namesOf(before).every((name) => new RegExp(`^${header}$`, 'iu').test(name)),
  },
  {
    why: '`consumes` and `produces` apply to each operation, and JSON by default.',
    path: new RegExp(`^(?:${operation} )?(?:consumes|produces)(?: \\d+)?$`, 'u'),
    is: always,
  },
  {
    why: 'Examples of JSON with a character set become examples of JSON.',
    path: part(String.raw`responses \S+ examples application/json; ?charset=utf-8`),
    is: ({ before, around }) => JSON.stringify(before) === JSON.stringify(member(around.after, 'application/json')),
  },
  {
    why: 'Examples that the converter to 3.0 adds are in the result.',
    path: part(String.raw`(?:responses \S+ examples(?: application/json)?|parameters .+ x-example)`),
    is: isAdded,
  },
  { why: '`x-ms-examples` become examples.', path: part('x-ms-examples'), is: isGone },
  { why: '`x-ms-parameterized-host` becomes servers.', path: /^x-ms-parameterized-host$/u, is: isGone },
  {
    why: 'Lists of values have `collectionFormat: csv`, which is the default.',
    path: part('parameters .+ collectionFormat'),
    is: ({ before, after }) => before === undefined && after === 'csv',
  },
  {
    why: "`items` of a parameter that isn't a list goes.",
    path: part('parameters .+ items'),
    is: ({ after, around }) => after === undefined && member(around.before, 'type') !== 'array',
  },
  {
    why: 'A base path ends without a slash, and is `/` if it was missing.',
    path: /^basePath$/u,
    is: ({ before, after }) => (before === undefined ? after === '/' : before === `${String(after)}/`),
  },
  {
    why: 'The host is in lowercase.',
    path: /^host$/u,
    is: ({ before, after }) => String(before).toLowerCase() === after,
  },
];

/** What the conversion changes by one of its rules. */
const byRule: readonly ExplainedChange[] = [
  { why: 'summary-made', path: part('summary'), is: isAdded },
  { why: 'parameter-summary-made', path: part('parameters .+ x-ms-summary'), is: isAdded },
  { why: 'parameter-encoding-made', path: part('parameters path:.+ x-ms-url-encoding'), is: isAdded },
  { why: 'responses-made', path: part('responses default'), is: isAdded },
  { why: 'path-empty', path: /^paths \S+$/u, is: ({ before, after }) => after === undefined && isEmpty(before) },
  {
    why: 'schema-type-made',
    path: / type$/u,
    is: ({ before, around }) => before === undefined && isArray(member(around.before, 'enum')),
  },
  {
    why: 'schema-default, kept',
    path: / default$/u,
    is: ({ before, after }) => typeof before === 'string' && before === String(after),
  },
  {
    why: 'schema-default, dropped',
    path: / default$/u,
    is: ({ before, after }) => before === null && after === undefined,
  },
  {
    why: 'schema-ref-siblings',
    path: / (?:description|title)$/u,
    is: ({ after, around }) =>
      after === undefined && member(around.before, '$ref') !== undefined && member(around.after, '$ref') !== undefined,
  },
  { why: 'schema-all-of', path: /^(?:definitions|paths) /u, is: isMerged },
  {
    why: 'response-binary, response-text',
    path: part(String.raw`responses \S+ schema`),
    is: ({ before, after }) => member(before, '$ref') !== undefined && member(after, 'type') === 'string',
  },
  {
    why: 'security-made',
    path: /^security$/u,
    is: ({ before, after }) => (before === undefined || isEmpty(before)) && isArray(after) && after.length === 1,
  },
  {
    why: 'security-none-left',
    path: /^security(?:Definitions)?$/u,
    is: ({ after, around }) => after === undefined && !hasUsableScheme(around.before),
  },
];

/** All that the parts of a schema have is in the one that they were merged into, or the only one is referred to. */
function isMerged({ before, after }: DefinitionDifference): boolean {
  const parts = member(before, 'allOf');
  if (!isArray(parts) || !isObject(after)) return false;
  const [only] = parts;
  if (after['$ref'] !== undefined) return parts.length === 1 && member(only, '$ref') === after['$ref'];
  const merged = new Set(namesOf(after['properties']));
  return parts.every((one) => namesOf(member(one, 'properties')).every((name) => merged.has(name)));
}

/** Whether a requirement of the document names a scheme that connectors can have. */
function hasUsableScheme(definition: unknown): boolean {
  const schemes = member(definition, 'securityDefinitions');
  const required = member(definition, 'security');
  const names = new Set(isArray(required) ? required.flatMap(namesOf) : []);
  return [...names].some((name) => {
    const flow = member(member(schemes, name), 'flow');
    return member(schemes, name) !== undefined && (flow === undefined || flow === 'accessCode');
  });
}

/** Whether a difference between a definition and what has become of it by way of OpenAPI 3.0 has to be. */
export function isExplained(difference: DefinitionDifference): boolean {
  return [...notIn3, ...byRule].some(({ path, is }) => path.test(difference.path) && is(difference));
}

/** Each change, as docs/convert.md lists it. */
export const changesIn3: readonly string[] = notIn3.map(({ why }) => why);

/** The rules that change something. */
export const changingRules: readonly string[] = [
  ...new Set(byRule.flatMap(({ why }) => why.match(/[a-z]+(?:-[a-z]+)+/gu) ?? [])),
];
