import { bracePairs, type Code, type CodeRange, isCode, isIdentifier, startOfQualifiedName } from './script-code.ts';
import { usingDirectives } from './script-usings.ts';

export interface ScriptClass {
  /** The token that is its name. */
  readonly name: number;
  /** Its body, and those of its other parts and of the classes that it derives from. */
  readonly bodies: readonly CodeRange[];
}

/** A class, or a part of one. */
interface ClassPart {
  readonly name: number;
  /** What it derives from. */
  readonly bases: CodeRange;
  readonly body: CodeRange;
}

type Classes = ReadonlyMap<string, readonly ClassPart[]>;

/** The class from which the service runs the script, in whatever case its name is written. */
export function scriptClass(code: Code): ScriptClass | undefined {
  const classes = classesIn(code);
  for (const [name, parts] of classes) {
    if (name.toLowerCase() !== 'script') continue;
    const names = [...withAncestors(name, classes, code)];
    const derived = parts.find(({ bases }) => bases.from < bases.to);
    if (derived && names.some((ancestor) => ancestor.toLowerCase() === 'scriptbase'))
      return { name: derived.name, bodies: names.flatMap((one) => classes.get(one) ?? []).map(({ body }) => body) };
  }
  return undefined;
}

function classesIn(code: Code): Classes {
  const { closing } = bracePairs(code);
  const classes = new Map<string, ClassPart[]>();
  for (const [index, { kind, text }] of code.entries()) {
    if (kind !== 'identifier' || text !== 'class' || !isIdentifier(code, index + 1)) continue;
    const name = index + 1;
    const open = bodyStart(code, name + 1);
    const bases = { from: basesStart(code, name, open), to: open };
    const body = { from: open, to: isCode(code, open, '{') ? (closing.get(open) ?? code.length) : open };
    const key = code[name]?.text ?? '';
    const parts = classes.get(key);
    if (parts) parts.push({ name, bases, body });
    else classes.set(key, [{ name, bases, body }]);
  }
  return classes;
}

/** The name of a class, and those of all that it derives from, in this script or not. */
function withAncestors(name: string, classes: Classes, code: Code): ReadonlySet<string> {
  const names = new Set([name]);
  for (const derived of names) {
    for (const { bases } of classes.get(derived) ?? []) {
      for (let index = bases.from; index < bases.to; index += 1)
        if (isIdentifier(code, index)) names.add(code[index]?.text ?? '');
    }
  }
  return names;
}

/** Longer lists of bases nobody writes; a row of classes without bodies should not take the time of its square. */
const longestHead = 200;

function bodyStart(code: Code, start: number): number {
  const end = Math.min(code.length, start + longestHead);
  let index = start;
  while (index < end && !isCode(code, index, '{') && !isCode(code, index, ';')) index += 1;
  return index;
}

function basesStart(code: Code, name: number, open: number): number {
  let index = name;
  while (index < open && !isCode(code, index, ':')) index += 1;
  return Math.min(index + 1, open);
}

/** Whether the class has or inherits `public override [async] Task<HttpResponseMessage> ExecuteAsync()`. */
export function hasExecuteAsync(code: Code, { bodies }: ScriptClass): boolean {
  const responseTypes = new Set(['HttpResponseMessage']);
  for (const { alias } of usingDirectives(code)) if (alias !== undefined) responseTypes.add(code[alias]?.text ?? '');
  return code.some(
    (_token, index) =>
      isCode(code, index, 'ExecuteAsync') &&
      isCode(code, index + 1, '(') &&
      isCode(code, index + 2, ')') &&
      bodies.some(({ from, to }) => index >= from && index < to) &&
      isResponseMethod(code, index, responseTypes),
  );
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
  return modifiers.has('public') && modifiers.has('override') && !modifiers.has('abstract');
}
