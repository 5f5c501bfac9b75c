import { UsageError } from '../errors.ts';
import type { Named } from './match-name.ts';

/** More of them are counted. */
const mostListed = 20;

/** The error for a name that several have; they are listed with their IDs. */
export function ambiguous(
  written: string,
  found: readonly Named[],
  { what, pass, idName = 'ID' }: { readonly what: string; readonly pass: string; readonly idName?: string },
): UsageError {
  const lines = found.slice(0, mostListed).map(({ id, name }) => `  ${id}  ${name}`);
  if (found.length > mostListed) lines.push(`  and ${found.length - mostListed} more`);
  return new UsageError(`${found.length} ${what} have the name '${written}'.`, {
    detail: lines.join('\n'),
    hint: `Specify one by its ${idName}: ${pass} ${idName === 'ID' ? idName : `<${idName}>`}`,
  });
}

/** The error for an unknown name, with those that may have been meant. */
export function unknown(message: string, similar: readonly Named[], otherwise: string): UsageError {
  const guesses = similar.map(({ id, name }) => `'${name}' (${id})`).join(' or ');
  return new UsageError(message, { hint: guesses === '' ? otherwise : `Did you mean ${guesses}?` });
}
