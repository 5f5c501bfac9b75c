import { memberText, outArray, type OutNode, outText, textsOf } from './output-tree.ts';
import { parameterOf } from './parameters2.ts';
import { keyOf2 } from './path-parameters2.ts';
import type { SourceOperation } from './source-operations.ts';
import { sourceText } from './source.ts';
import type { ConversionState } from './state.ts';

/**
 * Parameters with one body, or with form fields. Which of them comes first is used, and the others are reported.
 * @param inherited What other operations of the path may have as well.
 */
export function withOneBody2(
  own: readonly OutNode[],
  inherited: readonly OutNode[],
  { ledger, references }: ConversionState,
): readonly OutNode[] {
  let used: string | undefined;
  const isUsed = (parameter: OutNode): boolean => {
    const { name, place } = keyOf2(parameter, references);
    if (place !== 'body' && place !== 'formData') return true;
    const isFirst = used === undefined;
    used ??= place;
    if (isFirst || (place === 'formData' && used === 'formData')) return true;
    if (!parameter.origin) return false;
    if (inherited.includes(parameter)) ledger.add('body-second', parameter.origin, { name });
    else ledger.leaveOutFor('body-second', parameter.origin, { name });
    return false;
  };
  return [...own, ...inherited].filter(isUsed);
}

/** What an operation with a file consumes, if it doesn't say that it's a form. */
export function consumesFile(
  { id, node, pathItem }: SourceOperation,
  parameters: readonly OutNode[],
  own: OutNode | undefined,
  { ledger, references }: ConversionState,
): OutNode | undefined {
  const isFile = (parameter: OutNode): boolean => {
    const shared = parameter.origin && parameterOf(parameter.origin, references);
    return parameter.kind === 'object' && parameter.members.has('$ref')
      ? shared?.members.get('type')?.text === 'file'
      : parameter.kind === 'object' && memberText(parameter, 'type') === 'file';
  };
  if (!parameters.some(isFile)) return undefined;
  const ofDocument = pathItem.node.file.root.members.get('consumes');
  const stated = own ? textsOf(own) : (ofDocument?.items ?? []).flatMap((item) => sourceText(item) ?? []);
  if (stated.some(isForm)) return undefined;
  ledger.add('form-consumes', node.members.get('consumes') ?? node, { id });
  return outArray([outText('multipart/form-data')], own?.origin);
}

function isForm(type: string): boolean {
  return /^\s*(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/iu.test(type);
}
