/**
 * Whether a value stands for that of an environment variable of a solution, such as `@environmentVariables("cr_Host")`:
 * https://learn.microsoft.com/connectors/custom-connectors/environment-variables
 */
export function isEnvironmentExpression(value: unknown): boolean {
  return typeof value === 'string' && /^@environmentVariables\(.+\)$/su.test(value.trim());
}
