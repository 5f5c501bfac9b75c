import type { OutNode } from './output-tree.ts';
import { keyOf2 } from './path-parameters2.ts';
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
