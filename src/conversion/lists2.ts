import { copiedTexts } from './documentation.ts';
import type { Ledger } from './ledger.ts';
import { isMediaTypeName } from './media-types.ts';
import { outArray, type OutNode, stringOfOut } from './output-tree.ts';
import { isMapOfNames } from './reach.ts';
import type { ReferenceResolver } from './references.ts';
import { isTrue, referenceOf, type SourceNode, sourceText } from './source.ts';
import { isInValue } from './texts2.ts';
import { writeOutput } from './write-output.ts';

export interface ListContext {
  readonly ledger: Ledger;
  readonly references: ReferenceResolver;
  readonly copy: (node: SourceNode) => OutNode;
  /** Whether a value isn't left out for itself. */
  readonly isKept: (node: SourceNode) => boolean;
}

const listsOfTexts = new Set(['tags', 'consumes', 'produces', 'schemes']);

/** A list of OpenAPI 2.0 without items that make the document invalid. */
export function copiedList2(list: SourceNode, context: ListContext): OutNode {
  const { ledger, copy, isKept } = context;
  const items = list.items.filter(isKept);
  const isKeyword = list.parent?.kind === 'object' && !isMapOfNames(list.parent) && !isInValue(list.parent);
  if (isKeyword && listsOfTexts.has(list.name) && list.items.every(({ kind }) => kind !== 'object'))
    return list.name === 'tags' || list.name === 'schemes' ? copiedTexts(list, ledger) : mediaTypes(list, ledger);
  if (isScopes(list)) return copiedTexts(list, ledger);
  if (isKeyword && list.name === 'parameters') return outArray(usableParameters(list, context).map(copy), list);
  if (!isKeyword || (list.name !== 'enum' && list.name !== 'required')) return outArray(items.map(copy), list);
  const known = new Set<string>();
  const unique = items.flatMap((item) => {
    const copied = copy(item);
    const key = writeOutput(copied, { compact: true });
    if (known.has(key)) {
      if (list.name === 'required') ledger.leaveOutFor('schema-required-twice', item, { name: item.text });
      else
        ledger.leaveOutFor('schema-enum', item, { name: list.parent?.name ?? '', problem: 'contains a value twice' });
      return [];
    }
    known.add(key);
    return [copied];
  });
  return outArray(unique, list);
}

function mediaTypes(list: SourceNode, ledger: Ledger): OutNode {
  const texts = copiedTexts(list, ledger);
  if (texts.kind !== 'array') return texts;
  const isValid = (item: OutNode): boolean => {
    const name = stringOfOut(item) ?? '';
    if (isMediaTypeName(name)) return true;
    ledger.leaveOutFor('media-type-invalid', item.origin ?? list, { name });
    return false;
  };
  return outArray(texts.items.filter(isValid), list);
}

/** Whether a list is the scopes of a security requirement. */
function isScopes({ parent }: SourceNode): boolean {
  const requirements = parent?.parent;
  return requirements?.kind === 'array' && requirements.name === 'security' && !isInValue(requirements);
}

const places = new Set(['query', 'header', 'path', 'formData', 'body']);

/** Whether a connector can have a parameter. One that it can't have is reported. */
export function isUsableParameter(item: SourceNode, target: SourceNode, ledger: Ledger): boolean {
  const [name, place] = [sourceText(target.members.get('name')), sourceText(target.members.get('in'))];
  const isRequired = isTrue(target.members.get('required'));
  if (place === 'cookie' && name !== undefined) {
    const consequence = isRequired ? '. The API may reject calls without it' : '';
    ledger.leaveOutFor('parameter-cookie', item, { name, consequence });
  } else if (place === undefined || !places.has(place) || name === undefined) {
    ledger.leaveOutFor('parameter-unusable', item);
  } else if (name === 'connectionId' && place !== 'path') {
    ledger.leaveOutFor('parameter-connection-id', item, {}, 'dropped');
  } else return true;
  return false;
}

function usableParameters(list: SourceNode, { ledger, references }: ListContext): readonly SourceNode[] {
  const known = new Set<string>();
  return list.items.filter((item) => {
    const target = parameterOf(item, references);
    if (!target) return true;
    if (!isUsableParameter(item, target, ledger)) return false;
    const { name, place } = nameAndPlace(target);
    const key = `${place} ${place === 'header' ? name.toLowerCase() : name}`;
    const isNew = !known.has(key);
    known.add(key);
    if (!isNew) ledger.leaveOutFor('parameter-twice', item, { name, place });
    return isNew;
  });
}

/** The parameter that an item of a list is or refers to. */
export function parameterOf(item: SourceNode, references: ReferenceResolver): SourceNode | undefined {
  const reference = referenceOf(item);
  if (reference === undefined) return item.kind === 'object' ? item : undefined;
  const target = references.resolve(item, reference);
  return 'node' in target && target.node.kind === 'object' ? target.node : undefined;
}

export function nameAndPlace({ members }: SourceNode): { readonly name: string; readonly place: string } {
  return { name: sourceText(members.get('name')) ?? '', place: sourceText(members.get('in')) ?? '' };
}
