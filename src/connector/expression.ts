/**
 * Whether a value stands for that of an environment variable of a solution, such as `@environmentVariables("cr_Host")`:
 * https://learn.microsoft.com/connectors/custom-connectors/environment-variables
 */
export function isEnvironmentExpression(value: unknown): boolean {
  return typeof value === 'string' && wholeExpression.test(value);
}

const expression = String.raw`@environmentVariables\((["'])[A-Za-z_][A-Za-z0-9_]*\1\)`;

const wholeExpression = new RegExp(`^${expression}$`, 'u');

/** A text with a word in place of each expression in it: what it may look like when the variables are put in. */
export function withoutExpressions(text: string): string {
  return text.replaceAll(new RegExp(expression, 'gu'), 'variable');
}
