import { UsageError } from '../errors.ts';
import type { Named } from '../match-name.ts';

/** More of them are counted. */
const mostListed = 20;

/** What tells those of a kind apart, and how help writes it. */
const kinds = {
  connectors: { idName: 'ID', value: '<connector>' },
  environments: { idName: 'ID', value: '<environment>' },
  solutions: { idName: 'unique name', value: '<unique-name>' },
} as const;

/**
 * The error for a name that several have; they are listed with their IDs, and what else distinguishes them.
 *
 * @param pass The option that chooses one; undefined for a connector that settings choose.
 */
export function ambiguous(
  written: string,
  found: readonly Named[],
  { what, pass }: { readonly what: keyof typeof kinds; readonly pass: string | undefined },
): UsageError {
  const { idName, value } = kinds[what];
  return new UsageError(`${found.length} ${what} have the name '${written}'.`, {
    detail: listedIds(found),
    hint:
      pass === undefined
        ? `Specify one by its ${idName} in settings.json:\n  "connectorId": "${value}"`
        : `Specify one by its ${idName}:\n  ${pass} ${value}`,
  });
}

/** Things of one name in lines of their own, with what distinguishes them. */
export function listedIds(found: readonly Named[]): string {
  const lines = found
    .slice(0, mostListed)
    .map(({ id, name, detail }) => ['', id, name, ...(detail ? [detail] : [])].join('  '));
  if (found.length > mostListed) lines.push(`  and ${found.length - mostListed} more`);
  return lines.join('\n');
}

/** The error for an unknown name, with those that may have been meant. */
export function unknown(message: string, similar: readonly Named[], otherwise: string): UsageError {
  const guesses = similar.map(({ id, name }) => `'${name}' (${id})`).join(' or ');
  return new UsageError(message, { hint: guesses === '' ? otherwise : `Did you mean ${guesses}?` });
}
