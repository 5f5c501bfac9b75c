import { bracePairs, type Code, type CodeRange, isCode, isIdentifier, startOfQualifiedName } from './script-code.ts';
import { usingDirectives } from './script-usings.ts';

export interface ScriptClass {
  /** The token that is its name. */
  readonly name: number;
  readonly body: CodeRange;
}

/** The class from which the service runs the script, in whatever case its name is written. */
export function scriptClass(code: Code): ScriptClass | undefined {
  for (const [index, { kind, text }] of code.entries()) {
    if (kind !== 'identifier' || text !== 'class' || !isNamed(code, index + 1, 'script')) continue;
    const open = bodyStart(code, index + 2);
    if (hasBase(code, index + 2, open))
      return { name: index + 1, body: { from: open, to: bracePairs(code).closing.get(open) ?? code.length } };
  }
  return undefined;
}

function isNamed(code: Code, index: number, name: string): boolean {
  return isIdentifier(code, index) && code[index]?.text.toLowerCase() === name;
}

/** Longer lists of bases nobody writes; a row of classes without bodies should not take the time of its square. */
const longestHead = 200;

function bodyStart(code: Code, start: number): number {
  const end = Math.min(code.length, start + longestHead);
  let index = start;
  while (index < end && !isCode(code, index, '{') && !isCode(code, index, ';')) index += 1;
  return index;
}

function hasBase(code: Code, from: number, to: number): boolean {
  let isBase = false;
  for (let index = from; index < to; index += 1) {
    if (isCode(code, index, ':')) isBase = true;
    else if (isBase && isNamed(code, index, 'scriptbase')) return true;
  }
  return false;
}

/** Whether the class has `public override [async] Task<HttpResponseMessage> ExecuteAsync()`. */
export function hasExecuteAsync(code: Code, { body }: ScriptClass): boolean {
  return [body, ...otherParts(code, body)].some((part) => isExecuteAsyncIn(code, part));
}

/** The bodies of the other parts of a class in several. */
function otherParts(code: Code, { from }: CodeRange): readonly CodeRange[] {
  const { closing } = bracePairs(code);
  return code.flatMap((_token, index) => {
    if (!isCode(code, index, 'partial') || !isCode(code, index + 1, 'class') || !isNamed(code, index + 2, 'script'))
      return [];
    const open = bodyStart(code, index + 3);
    return open === from ? [] : [{ from: open, to: closing.get(open) ?? code.length }];
  });
}

function isExecuteAsyncIn(code: Code, body: CodeRange): boolean {
  const responseTypes = new Set(['HttpResponseMessage']);
  for (const { alias } of usingDirectives(code)) if (alias !== undefined) responseTypes.add(code[alias]?.text ?? '');
  for (let index = body.from; index < body.to; index += 1) {
    const isMethod =
      isCode(code, index, 'ExecuteAsync') && isCode(code, index + 1, '(') && isCode(code, index + 2, ')');
    if (isMethod && isResponseMethod(code, index, responseTypes)) return true;
  }
  return false;
}

/** Reads backwards from the name of a method: its type, then its modifiers. */
function isResponseMethod(code: Code, name: number, responseTypes: ReadonlySet<string>): boolean {
  if (!isCode(code, name - 1, '>') || !responseTypes.has(code[name - 2]?.text ?? '')) return false;
  const open = startOfQualifiedName(code, name - 2) - 1;
  if (!isCode(code, open, '<') || !isCode(code, open - 1, 'Task')) return false;
  const modifiers = new Set<string>();
  for (let index = startOfQualifiedName(code, open - 1) - 1; isIdentifier(code, index); index -= 1) {
    modifiers.add(code[index]?.text ?? '');
  }
  return modifiers.has('public') && modifiers.has('override');
}
