import {
  clone,
  memberText,
  type OutNode,
  outArray,
  outObject,
  type OutObject,
  outText,
  outValue,
} from './output-tree.ts';
import { followed } from './followed.ts';
import type { Obstacle } from './obstacle.ts';
import type { ParsedPath } from './path-names.ts';
import type { ConvertedParameter } from './parameters.ts';
import type { SharedParts } from './shared-parts.ts';
import type { SourceNode } from './source.ts';
import type { ConversionState } from './state.ts';
import { wordsOf } from './words.ts';
import { reportType } from './wrong-type.ts';

/** The parameters of an operation besides its body. */
export interface OperationParameters {
  /** Those that the operation has itself. */
  readonly own: readonly OutNode[];
  /** Those that all operations of the path have; without any, the operation has them itself. */
  readonly ofPath: readonly OutNode[];
  /** The path with what styles add to it. */
  readonly path: string;
  readonly obstacle: Obstacle | undefined;
}

interface Listed {
  readonly key: string;
  /** Whether it can stay with the path. */
  readonly isPlain: boolean;
  readonly isOfPath: boolean;
  /** Where it's listed; undefined for what the source doesn't list. */
  readonly item: SourceNode | undefined;
  readonly name: string;
  readonly place: string;
  readonly value: OutNode;
}

export interface ParameterSources {
  readonly parsed: ParsedPath;
  /** The path in the source. */
  readonly written: string;
  readonly pathNode: SourceNode;
  readonly ofPath: SourceNode | undefined;
  /** They win over those of the path. */
  readonly ofOperation: SourceNode | undefined;
}

/** All parameters of an operation, with those that only its path tells of. */
export function operationParameters(
  { parsed, written, pathNode, ofPath, ofOperation }: ParameterSources,
  shared: SharedParts,
  state: ConversionState,
): OperationParameters {
  const { ledger } = state;
  const byKey = new Map<string, Listed>();
  const inherited: Listed[] = [];
  let { path } = parsed;
  let obstacle: Obstacle | undefined;
  for (const list of [ofPath, ofOperation]) {
    const seen = new Set<string>();
    for (const item of list?.items ?? []) {
      const target = followed(item, state);
      if (!target) continue;
      if (target.kind !== 'object') {
        reportType(ledger, target, 'an object');
        continue;
      }
      const converted = shared.converted(target, state);
      obstacle ??= converted.obstacle;
      path = withPrefix(path, converted, parsed);
      for (const found of listed(item, target, converted, parsed, shared)) {
        const one = { ...found, item, isOfPath: list === ofPath };
        if (one.place === 'path' && !parsed.variables.includes(one.name)) {
          ledger.leaveOutFor('path-parameter-stray', item, { name: one.name, path: written });
          continue;
        }
        if (seen.has(one.key)) ledger.leaveOutFor('parameter-twice', item, { name: one.name, place: one.place });
        else {
          const replaced = byKey.get(one.key)?.item;
          if (replaced) ledger.add('parameter-own', replaced, { name: one.name });
          byKey.set(one.key, one);
          if (one.isOfPath) inherited.push(one);
        }
        seen.add(one.key);
      }
    }
  }
  const own = [...byKey.values()];
  const staysWithPath = inherited.length > 0 && inherited.every(({ isPlain }) => isPlain);
  const made = { isPlain: false, isOfPath: false, item: undefined };
  for (const name of parsed.variables) {
    if (own.some((one) => one.place === 'path' && one.name === name)) continue;
    ledger.add('path-parameter-made', pathNode, { name });
    own.push({ ...made, key: `path ${name}`, name, place: 'path', value: madeParameter(name) });
  }
  for (const [name, value] of parsed.query)
    if (!byKey.has(`query ${name}`))
      own.push({ ...made, key: `query ${name}`, name, place: 'query', value: fixedQuery(name, value, pathNode) });
  return {
    own: own.filter(({ isOfPath }) => !(staysWithPath && isOfPath)).map(({ value }) => value),
    ofPath: staysWithPath ? inherited.map(({ value }) => value) : [],
    path,
    obstacle,
  };
}

function listed(
  item: SourceNode,
  target: SourceNode,
  converted: ConvertedParameter,
  parsed: ParsedPath,
  shared: SharedParts,
): readonly Omit<Listed, 'isOfPath' | 'item'>[] {
  const [only] = converted.parameters;
  const isAlone = converted.parameters.length === 1 && !converted.prefix && only !== undefined;
  return converted.parameters.map((parameter) => {
    const written = memberText(parameter, 'name') ?? '';
    const place = memberText(parameter, 'in') ?? '';
    const name = (place === 'path' ? parsed.renamed.get(written) : undefined) ?? written;
    const isPlain = isAlone && name === written;
    const reference = isPlain ? shared.parameterReference(item, target) : undefined;
    const value = reference ?? (name === written ? parameter : renamed(parameter, name));
    const key = `${place} ${place === 'header' ? name.toLowerCase() : name}`;
    return { key, name, place, value, isPlain };
  });
}

/** A parameter by another name. */
export function renamed(parameter: OutObject, name: string): OutObject {
  const result = clone(parameter);
  const before = parameter.members.get('name');
  result.members.set('name', outText(name, before?.origin));
  return result;
}

function withPrefix(path: string, { prefix }: ConvertedParameter, { renamed: names }: ParsedPath): string {
  if (!prefix) return path;
  const variable = names.get(prefix.variable) ?? prefix.variable;
  const whole = `{${variable}}`;
  return path.includes(`${prefix.text}${whole}`) ? path : path.replace(whole, `${prefix.text}${whole}`);
}

/** A parameter of which only its path tells. */
export function madeParameter(name: string): OutObject {
  return outObject({
    name: outText(name),
    in: outText('path'),
    required: outValue(true),
    'x-ms-summary': outText(wordsOf(name) || name),
    type: outText('string'),
    'x-ms-url-encoding': outText('single'),
  });
}

/** The parameter that a query in a path becomes. */
export function fixedQuery(name: string, value: string, origin: SourceNode): OutObject {
  return outObject(
    {
      name: outText(name),
      in: outText('query'),
      required: outValue(true),
      type: outText('string'),
      enum: outArray([outText(value)]),
      default: outText(value),
      'x-ms-visibility': outText('internal'),
    },
    origin,
  );
}
