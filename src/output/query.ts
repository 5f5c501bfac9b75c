import { compile, getRegisteredFunctions, TreeInterpreter } from '@jmespath-community/jmespath';
import { codeOf, InterruptedError, PaconnError, UnknownNameError, UsageError } from '../errors.ts';
import { interruptible } from '../interruptible.ts';
import type { PlainJson } from './plain-json.ts';

/** Takes out of a result what was asked for. Raises {@link PaconnError} where the query does not fit it, or takes too long. */
export type Query = (value: PlainJson) => PlainJson;

/** Queries of the Azure CLI, whose JMESPath is an older one, may have texts without quotes in backquotes. */
const options = { enable_legacy_literals: true };

/** Reads a JMESPath query (https://jmespath.site). Raises {@link UsageError} for one that is none, with the place. */
export function readQuery(written: string): Query {
  if (written.length > longest) {
    throw new UsageError(`The query is longer than ${longest} characters.`, {
      hint: 'Print the result as JSON, and filter it with another program.',
    });
  }
  const fault = faultIn(written);
  if (fault) {
    throw new UsageError(`Invalid query: ${fault.reason}.`, {
      detail: `  ${written.replaceAll(/\s/gu, ' ')}\n  ${' '.repeat(fault.index)}^`,
      hint: 'Example: --query "connectors[].name". See https://jmespath.site.',
    });
  }
  const expression = compile(written, options);
  if (depthOf(expression) > deepest) throw new UsageError(`The query is nested deeper than ${deepest} levels.`);
  const known = getRegisteredFunctions();
  const unknown = functionsOf(expression).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new UnknownNameError(`The query calls ${unknown}(), which isn't a JMESPath function.`, {
      written: unknown,
      names: known,
      hint: 'https://jmespath.site lists the functions.',
    });
  }
  requireOwnNames(expression);
  readOwnMembers(expression);
  return (value) => {
    try {
      return interruptible(() => {
        const found = TreeInterpreter.search(expression, value);
        // Printed, each use of a value is one more.
        JSON.stringify(found);
        return found;
      }, longestTime);
    } catch (error) {
      if (error instanceof InterruptedError) throw error;
      throw new PaconnError(`The query doesn't fit the result: ${reasonOf(error)}`, {
        hint: 'The command itself succeeded. To see its result, use --output json without --query.',
        cause: error,
      });
    }
  };
}

function reasonOf(error: unknown): string {
  if (codeOf(error) === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return `it takes longer than ${longestTime / 1000} seconds`;
  // Of the runtime, for a text or a list that it has no room for.
  if (error instanceof RangeError) return 'it asks for a longer text or list than paconn can make';
  return error instanceof Error ? error.message : String(error);
}

/** In milliseconds. A few characters can ask for a list of millions. */
const longestTime = 5000;

/** In characters, and in steps within steps of an expression: what goes on and on would end the parser, or what asks by it. */
const longest = 4096;
const deepest = 400;

interface Fault {
  readonly reason: string;
  /** Of the first character that cannot stand where it does. */
  readonly index: number;
}

/**
 * The parser does not say where it stopped: it is where the shortest beginning ends that no ending makes right. What is wrong
 * stays wrong however it goes on.
 */
function faultIn(written: string): Fault | undefined {
  const outcome = outcomeOf(written);
  if (outcome === 'sound') return undefined;
  if (outcome === 'unfinished') return { reason: 'it ends too early', index: written.length };
  if (outcome === 'too deep') return { reason: 'it is nested too deeply', index: 0 };
  let [start, end] = [0, written.length];
  while (end - start > 1) {
    const middle = (start + end) >> 1;
    if (outcomeOf(written.slice(0, middle)) === 'wrong') end = middle;
    else start = middle;
  }
  return { reason: `character ${end} isn't valid at this position`, index: end - 1 };
}

function outcomeOf(query: string): 'sound' | 'unfinished' | 'wrong' | 'too deep' {
  try {
    compile(query, options);
    return 'sound';
  } catch (error) {
    if (error instanceof RangeError) return 'too deep';
    return /\bEOF\b|end of JSON input/u.test(String(error)) ? 'unfinished' : 'wrong';
  }
}

/** How many steps there are within each other, however many. */
function depthOf(expression: unknown): number {
  let depth = 0;
  for (let level = [expression]; level.length > 0; depth += 1) {
    level = level.flatMap((node) => (typeof node === 'object' && node !== null ? Object.values(node) : []));
  }
  return depth;
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

const inherited: ReadonlySet<string> = new Set(Object.getOwnPropertyNames(Object.prototype));

/** The library loses a member that a query itself calls `__proto__`. Raises {@link UsageError}. */
function requireOwnNames(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  const { type, name } = { type: undefined, name: undefined, ...node };
  if (type === 'KeyValuePair' && name === '__proto__') {
    throw new UsageError("A query can't call a member '__proto__'.", { hint: 'Choose another name.' });
  }
  if (type !== 'Literal') Object.values(node).forEach(requireOwnNames);
}

/**
 * Makes an expression see the members of data alone. The library looks into what all objects of JavaScript have, too: there
 * `constructor` is a function.
 */
function readOwnMembers(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  const { type, name } = { type: undefined, name: undefined, ...node };
  if (type === 'Literal') return;
  if (type === 'Field' && inherited.has(String(name))) {
    const member = `items(@)[?[0] == '${String(name)}'] | [0][1]`;
    Object.assign(node, compile(`type(@) == 'object' ? (${member}) : \`null\``));
  } else Object.values(node).forEach(readOwnMembers);
}
