import type { Ledger } from './ledger.ts';
import type { SourceNode } from './source.ts';

/** What values are called in messages. */
export const typeNames: Readonly<Record<SourceNode['kind'], string>> = {
  object: 'an object',
  array: 'a list',
  string: 'text',
  number: 'a number',
  boolean: 'true or false',
  null: 'null',
};

/** Reports a value of the wrong type. */
export function reportType(ledger: Ledger, node: SourceNode, expected: string): void {
  ledger.add('type-wrong', node, { name: node.name, type: typeNames[node.kind], expected });
}
