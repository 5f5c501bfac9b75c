/** An error as the resource providers have it in their answers. */
export interface ErrorContent {
  readonly code: string;
  readonly message: string;
}

/** Several in one: the words of the answer itself say nothing about them. */
export function multipleErrors(...errors: readonly ErrorContent[]): object {
  const codes = errors.map(({ code }) => code).join(',');
  const message = `Multiple error occurred: ${codes}. Please see details.`;
  return { error: { code: 'MultipleErrorsOccurred', message, details: errors } };
}

/** What the platform behind the service has refused: in the details, and in the language of the service as JSON in a text. */
export function platformError(error: ErrorContent): object {
  const message = `The request to the business app platform failed with the status code '400'.`;
  return {
    error: {
      code: 'BusinessAppPlatformRequestFailed',
      message,
      details: [error],
      FullNonLocalizedError: JSON.stringify({ error }),
    },
  };
}

/** The same from older services, without details. */
export function nonLocalizedError(error: ErrorContent): object {
  const message = `The request to the business app platform failed with the status code '400'.`;
  return {
    error: { code: 'BusinessAppPlatformRequestFailed', message, FullNonLocalizedError: JSON.stringify({ error }) },
  };
}
