/**
 * Whether a value stands for that of an environment variable of a solution, such as `@environmentVariables("cr_Host")`:
 * https://learn.microsoft.com/connectors/custom-connectors/environment-variables
 */
export function isEnvironmentExpression(value: unknown): boolean {
  return typeof value === 'string' && wholeExpression.test(value);
}

const expression = String.raw`@environmentVariables\((["'])[A-Za-z_][A-Za-z0-9_]*\1\)`;

const wholeExpression = new RegExp(`^${expression}$`, 'u');

/**
 * Whether a value is meant as such a reference, or as a text without blanks that has one in it, rightly written or not: nothing
 * else that is wrong with it says why.
 */
export function isMeantAsEnvironmentExpression(value: unknown): boolean {
  return typeof value === 'string' && (beginning.test(value) || inside.test(value));
}

/** Its function with a bracket or a mark before it, in any spelling that people use. */
const spelling = String.raw`(?:@\s*\{?\s*environment[_-]?variables?\b|environment[_-]?variables?\s*[([])`;

const beginning = new RegExp(String.raw`^\s*${spelling}`, 'iu');

/** In the middle of a text only what is no name of a host, or of a page about such variables. */
const inside = /^\s*\S*?(?:@\s*\{?\s*environment[_-]?variables?(?![\w.-])|environment[_-]?variables?\s*[([]\s*["'“])/iu;

const anywhere = new RegExp(spelling, 'iu');

/** Whether any value in a text may be meant as one. */
export function mayHaveEnvironmentExpression(text: string): boolean {
  return anywhere.test(text);
}

/** Whether a value has such a reference in it, rightly written. */
export function hasEnvironmentExpression(value: unknown): boolean {
  return typeof value === 'string' && withoutExpressions(value) !== value;
}

/** A text with a word in place of each expression in it: what it may look like when the variables are put in. */
export function withoutExpressions(text: string): string {
  return text.replaceAll(new RegExp(expression, 'gu'), 'variable');
}
