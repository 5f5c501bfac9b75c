import type { NewConnector } from './new-connector.ts';

export const introName = 'intro.md';

/** The text about a connector that certification asks for, with the sections of its template. */
export function introText({ title, description, authentication }: NewConnector): string {
  const credentials =
    authentication.kind === 'none' ? 'The server needs no sign-in.' : 'Describe how users get what they sign in with.';
  return `# ${title}

${description}

## Publisher

Name who publishes this connector.

## Prerequisites

Describe what users need, such as a plan or an account.

## Supported operations

### ${title}

${description}

## Obtaining credentials

${credentials}

## Known issues and limitations

None.
`;
}
