import type { NewConnector } from './new-connector.ts';

export const introName = 'intro.md';

/** The text about a connector that certification asks for, with the sections of its template. */
export function introText({ title, description, authentication }: NewConnector): string {
  const credentials =
    authentication.kind === 'none' ? 'The server needs no sign-in.' : 'Describe how users get their credentials.';
  return `# ${title}

${description}

## Publisher

Name the publisher of this connector.

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
