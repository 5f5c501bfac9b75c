import { bracePairs, type Code, isCode, isDot, isIdentifier, startOfQualifiedName } from './script-code.ts';

/** A text literal to which a script compares the ID of the operation it runs for. */
export interface ComparedId {
  readonly index: number;
  /** Whether the comparison says that upper and lower case are the same to it. */
  readonly ignoresCase: boolean;
  /** `Context.OperationId.ToLower()`: the case to which the script brings the ID before. */
  readonly idCase?: IdCase | undefined;
}

export type IdCase = 'lower' | 'upper';

export function comparedOperationIds(code: Code): readonly ComparedId[] {
  const { closing } = bracePairs(code);
  const variables = operationIdVariables(code, closing);
  const comparers = caseInsensitiveVariables(code);
  const compared: ComparedId[] = [];
  for (const [index, token] of code.entries()) {
    if (token.kind !== 'identifier') continue;
    const isId = token.text === 'OperationId' && isDot(code, index - 1) && isCode(code, index - 2, 'Context');
    if (!isId && !variables.has(index)) continue;
    const idCase = caseCalled(code, index + 1);
    const end = index + 1 + (idCase === undefined ? 0 : caseCall);
    for (const literal of comparedWith(code, isId ? idStart(code, index) : index, end, closing)) {
      if (code[literal]?.kind !== 'string') continue;
      const isBrought = caseCalled(code, literal + 1) !== undefined;
      compared.push({ index: literal, ignoresCase: isBrought || ignoresCase(code, literal, comparers), idCase });
    }
  }
  return compared;
}

/** `.ToLower()`, in tokens. */
const caseCall = 4;

/** The case to which a call of ToLower, ToUpperInvariant and the like here brings what is before it. */
function caseCalled(code: Code, dot: number): IdCase | undefined {
  if (!isDot(code, dot) || !isCode(code, dot + 2, '(') || !isCode(code, dot + 3, ')')) return undefined;
  const name = code[dot + 1]?.text;
  if (name === 'ToLower' || name === 'ToLowerInvariant') return 'lower';
  return name === 'ToUpper' || name === 'ToUpperInvariant' ? 'upper' : undefined;
}

const caseInsensitive: ReadonlySet<string> = new Set([
  'OrdinalIgnoreCase',
  'InvariantCultureIgnoreCase',
  'CurrentCultureIgnoreCase',
]);

/** Whether the call of Equals in which a literal stands says so: by its last argument, or by the comparer that it is of. */
function ignoresCase(code: Code, literal: number, comparers: ReadonlySet<string>): boolean {
  const call = equalsCall(code, literal);
  if (call === undefined) return false;
  const isCaseInsensitive = (index: number): boolean => {
    const text = code[index]?.text ?? '';
    return isIdentifier(code, index) && (caseInsensitive.has(text) || comparers.has(text));
  };
  if (isDot(code, call - 1) && isCaseInsensitive(call - 2)) return true;
  let depth = 0;
  for (let index = call + 1; index < code.length; index += 1) {
    if (isCode(code, index, '(')) depth += 1;
    else if (isCode(code, index, ')')) depth -= 1;
    if (depth === 0) return false;
    if (isCaseInsensitive(index)) return true;
  }
  return false;
}

/** Variables that are given such a comparer, and parameters that can be one: `var comparer = StringComparer.OrdinalIgnoreCase;` */
function caseInsensitiveVariables(code: Code): ReadonlySet<string> {
  const variables = new Set<string>();
  for (const [index, { kind, text }] of code.entries()) {
    if (kind !== 'identifier') continue;
    const equals = caseInsensitive.has(text) ? startOfQualifiedName(code, index) - 1 : index;
    const isGiven = isCode(code, equals, '=') || isCode(code, equals, '=>');
    if (isGiven && isIdentifier(code, equals - 1)) variables.add(code[equals - 1]?.text ?? '');
    const isType = ['StringComparer', 'StringComparison'].some((type) => isCode(code, index - 1, type));
    if (isType && (isCode(code, index + 1, ',') || isCode(code, index + 1, ')'))) variables.add(text);
  }
  return variables;
}

/** `"Get".Equals(…`, `id.Equals("Get"…`, `Equals(this.Context.OperationId, "Get"…`: where the word is. */
function equalsCall(code: Code, literal: number): number | undefined {
  if (isDot(code, literal + 1) && isCode(code, literal + 2, 'Equals')) return literal + 2;
  const farthest = literal - 8;
  for (let index = literal - 2; index >= farthest; index -= 1) {
    if (isCode(code, index, 'Equals') && isCode(code, index + 1, '(')) return index;
    if (!isIdentifier(code, index) && !isDot(code, index) && !isCode(code, index, '(')) return undefined;
  }
  return undefined;
}

/** Where `this.Context.OperationId` begins, of which the last word is here. */
function idStart(code: Code, last: number): number {
  const start = last - 2;
  return isDot(code, start - 1) && isCode(code, start - 2, 'this') ? start - 2 : start;
}

/** Variables that have the ID all the time, wherever they're read: `var id = Context.OperationId;` */
function operationIdVariables(code: Code, closing: ReadonlyMap<number, number>): ReadonlySet<number> {
  const variables: Variable[] = [];
  const byName = new Map<string, Variable>();
  const blockEnds: number[] = [];
  for (const [index, { kind, text }] of code.entries()) {
    if (isCode(code, index, '{')) blockEnds.push(closing.get(index) ?? code.length);
    else if (isCode(code, index, '}')) blockEnds.pop();
    if (kind !== 'identifier' || isDot(code, index - 1)) continue;
    if (isGivenId(code, index)) {
      const variable = { end: blockEnds.at(-1) ?? code.length, uses: [], isChanged: false };
      variables.push(variable);
      byName.set(text, variable);
      continue;
    }
    const variable = byName.get(text);
    if (!variable || index > variable.end) continue;
    variable.uses.push(index);
    variable.isChanged ||= isGivenOther(code, index);
  }
  return new Set(variables.flatMap(({ uses, isChanged }) => (isChanged ? [] : uses)));
}

interface Variable {
  /** Where the block ends in which it is declared. */
  readonly end: number;
  readonly uses: number[];
  /** Whether it gets another value anywhere, or something else has its name. */
  isChanged: boolean;
}

/** Whether the name here is declared with the ID as its value. */
function isGivenId(code: Code, name: number): boolean {
  if (!['var', 'string'].some((type) => isCode(code, name - 1, type)) || !isCode(code, name + 1, '=')) return false;
  const start = isCode(code, name + 2, 'this') && isDot(code, name + 3) ? name + 4 : name + 2;
  return (
    isCode(code, start, 'Context') &&
    isDot(code, start + 1) &&
    isCode(code, start + 2, 'OperationId') &&
    isCode(code, start + 3, ';')
  );
}

/** Keywords before a value; any other word there is a type, `ref`, or `out`. */
const beforeValues: ReadonlySet<string> = new Set([
  'and',
  'await',
  'case',
  'do',
  'else',
  'in',
  'is',
  'not',
  'or',
  'return',
  'select',
  'throw',
  'when',
  'where',
]);

/** `id = x`, `id += x`, `id ??= x`, `ref id`, `string id`, `id => x`, and `(id, x) = y`. */
function isGivenOther(code: Code, name: number): boolean {
  if (isIdentifier(code, name - 1) && !beforeValues.has(code[name - 1]?.text ?? '')) return true;
  const operator = ['+', '??'].some((text) => isCode(code, name + 1, text)) ? name + 2 : name + 1;
  if (isCode(code, operator, '=') || isCode(code, name + 1, '=>')) return true;
  if (!isCode(code, name - 1, '(') && !isCode(code, name - 1, ',')) return false;
  const end = afterNames(code, name);
  return isCode(code, end, ')') && (isCode(code, end + 1, '=') || isCode(code, end + 1, '=>'));
}

/** More of them in one pair of brackets aren't looked at. */
const mostNames = 16;

function afterNames(code: Code, start: number): number {
  let end = start;
  while (end < start + mostNames && (isIdentifier(code, end) || isCode(code, end, ','))) end += 1;
  return end;
}

/** What stands in the places of a literal around an expression from one token up to another. */
function comparedWith(code: Code, start: number, end: number, closing: ReadonlyMap<number, number>): readonly number[] {
  if (isEquality(code, end)) return [end + 1];
  if (isEquality(code, start - 1)) return [start - 2];
  if (isDot(code, end) && isCode(code, end + 1, 'Equals') && isCode(code, end + 2, '(')) return [end + 3];
  if (isCode(code, start - 1, '(') && isCode(code, start - 2, 'Equals')) return equalsArguments(code, start, end);
  if (isCode(code, start - 1, ',') && isCode(code, start - 3, '(') && isCode(code, start - 4, 'Equals')) {
    return [start - 2];
  }
  if (isCode(code, end, 'is')) return patterns(code, end + 1);
  if (isCode(code, start - 1, '(') && isCode(code, start - 2, 'switch') && isCode(code, end, ')')) {
    return labels(code, end + 1, { before: 'case', after: ':' }, closing);
  }
  return isCode(code, end, 'switch') ? labels(code, end + 1, { after: '=>' }, closing) : [];
}

function isEquality(code: Code, index: number): boolean {
  return isCode(code, index, '==') || isCode(code, index, '!=');
}

/** `"Get".Equals(id)` and `string.Equals(id, "Get")`. */
function equalsArguments(code: Code, start: number, end: number): readonly number[] {
  return isDot(code, start - 3) && code[start - 4]?.kind === 'string'
    ? [start - 4]
    : isCode(code, end, ',')
      ? [end + 1]
      : [];
}

/** `is "Get" or "List"`. */
function patterns(code: Code, start: number): readonly number[] {
  const found: number[] = [];
  for (let index = start; ; index += 1) {
    if (code[index]?.kind === 'string') found.push(index);
    else if (!isCode(code, index, 'or') && !isCode(code, index, 'not')) return found;
  }
}

interface Arms {
  /** The token before the literal of an arm, if there must be one, and that after it. */
  readonly before?: string;
  readonly after: string;
}

/** The literals with which the arms of a switch begin, whose brace is here; blocks in it are stepped over. */
function labels(
  code: Code,
  open: number,
  { before, after }: Arms,
  closing: ReadonlyMap<number, number>,
): readonly number[] {
  const found: number[] = [];
  const end = closing.get(open) ?? open;
  for (let index = open + 1; index < end; index = (closing.get(index) ?? index) + 1) {
    if (code[index]?.kind !== 'string') continue;
    const isFirst = before === undefined || isCode(code, index - 1, before) || isCode(code, index - 1, 'or');
    const isLast = [after, 'when', 'or'].some((text) => isCode(code, index + 1, text));
    if (isFirst && isLast) found.push(index);
  }
  return found;
}
