import { checkConnector } from '../../src/validation/check.ts';
import type { SchemaCase } from './schema-cases.ts';

export interface Verdict {
  readonly hasErrors: boolean;
  /** Whether something is reported unless advice alone is asked for. */
  readonly isReported: boolean;
  /** The rules that say the most. */
  readonly words: string;
}

/** What the check says of a document. */
export function verdictOf({ properties }: SchemaCase): Verdict {
  const bytes = new TextEncoder().encode(properties);
  const findings = checkConnector({ properties: { name: 'apiProperties.json', bytes } }, { info: true });
  const level = (['error', 'warning', 'info'] as const).find((one) =>
    findings.some((finding) => finding.level === one),
  );
  const rules = new Set(findings.filter((finding) => finding.level === level).map(({ rule }) => `\`${rule}\``));
  const levelWords = level === 'info' ? 'note with `--info`' : (level ?? 'nothing');
  return {
    hasErrors: level === 'error',
    isReported: level === 'error' || level === 'warning',
    words: [levelWords, [...rules].join(', ')].filter(Boolean).join(': '),
  };
}

/** Documents that the schema and the check judge differently, and why. */
export interface Disagreement {
  readonly title: string;
  readonly reason: string;
  readonly covers: (one: SchemaCase) => boolean;
}

export const disagreements: readonly Disagreement[] = [
  {
    title: 'A sign-in without URLs',
    reason:
      "The schema doesn't require `customParameters` for `oauth2` and `oauth2generic`. The service can't sign anyone in without the authorization, token, and refresh URLs, which the documentation of connection parameters requires. `create`, `update`, and `deploy` only warn: the service decides.",
    covers: ({ isValid, properties }) =>
      isValid &&
      /"identityProvider":"oauth2(?:generic)?"/u.test(properties) &&
      !properties.includes('authorizationUrl'),
  },
  {
    title: 'Identity providers',
    reason:
      'The schema lists five identity providers, but published connectors use many more, and the list of the platform grows. A name that looks misspelled is a warning. `github` is one of the providers that published connectors use.',
    covers: ({ isValid, properties }) => !isValid && /"identityProvider":"(?:github|fabrikam)"/u.test(properties),
  },
  {
    title: 'First-party certificates',
    reason:
      "`aadcertificate` is for Microsoft's own applications. The schema requires `IsFirstParty` to be `True`; whether the service does isn't documented, and other publishers can't use it.",
    covers: ({ isValid, properties }) => !isValid && properties.includes('"aadcertificate"'),
  },
];
