import { compile, getRegisteredFunctions, TreeInterpreter } from '@jmespath-community/jmespath';
import { PaconnError, UnknownNameError, UsageError } from '../errors.ts';
import type { PlainJson } from './plain-json.ts';

/** Takes out of a result what was asked for. Raises {@link PaconnError} where the query does not fit it. */
export type Query = (value: PlainJson) => PlainJson;

/** Queries of the Azure CLI, whose JMESPath is an older one, may have texts without quotes in backquotes. */
const options = { enable_legacy_literals: true };

/** Reads a JMESPath query (https://jmespath.site). Raises {@link UsageError} for one that is none, with the place. */
export function readQuery(written: string): Query {
  const fault = faultIn(written);
  if (fault) {
    throw new UsageError(`The query is not JMESPath: ${fault.reason}.`, {
      detail: `  ${written.replaceAll(/\s/gu, ' ')}\n  ${' '.repeat(fault.index)}^`,
      hint: 'An example: --query "connectors[].name"; https://jmespath.site explains more.',
    });
  }
  const expression = compile(written, options);
  const known = getRegisteredFunctions();
  const unknown = functionsOf(expression).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UnknownNameError(`The query calls ${unknown}(), which JMESPath does not have.`, {
      written: unknown,
      names: known,
      hint: 'https://jmespath.site lists the functions.',
    });
  }
  return (value) => {
    try {
      return TreeInterpreter.search(expression, value);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new PaconnError(`The query does not fit the result: ${why}`, {
        hint: 'The command itself was carried out; --output json without --query shows its result.',
        cause: error,
      });
    }
  };
}

interface Fault {
  readonly reason: string;
  /** Of the first character that cannot stand where it does. */
  readonly index: number;
}

/** The parser does not say where it stopped: it is where the shortest beginning ends that no ending makes right. */
function faultIn(written: string): Fault | undefined {
  const outcome = outcomeOf(written);
  if (outcome === 'sound') return undefined;
  if (outcome === 'unfinished') return { reason: 'it ends too early', index: written.length };
  let end = written.length;
  while (end > 1 && outcomeOf(written.slice(0, end - 1)) === 'wrong') end -= 1;
  return { reason: `character ${end} cannot stand where it does`, index: end - 1 };
}

function outcomeOf(query: string): 'sound' | 'unfinished' | 'wrong' {
  try {
    compile(query, options);
    return 'sound';
  } catch (error) {
    return /\bEOF\b|end of JSON input/u.test(String(error)) ? 'unfinished' : 'wrong';
  }
}

/** The names of the functions that an expression calls. */
function functionsOf(node: unknown): readonly string[] {
  if (typeof node !== 'object' || node === null) return [];
  const { type, name } = { type: undefined, name: undefined, ...node };
  // Its value is the user's, and may look like anything.
  if (type === 'Literal') return [];
  const own = type === 'Function' && typeof name === 'string' ? [name] : [];
  return [...own, ...Object.values(node).flatMap(functionsOf)];
}
