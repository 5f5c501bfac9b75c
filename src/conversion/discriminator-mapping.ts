import { schemaProperties } from './combine.ts';
import type { Ledger } from './ledger.ts';
import { clone, memberText, outArray, outObject, type OutObject, outText, setMembers } from './output-tree.ts';
import type { SourceNode } from './source.ts';

/** The kinds that a discriminator tells apart are the values of its property. */
export function convertMapping(node: SourceNode, result: OutObject, ledger: Ledger): void {
  const mapping = node.members.get('discriminator')?.members.get('mapping');
  if (!mapping) return;
  const property = memberText(result, 'discriminator') ?? '';
  const properties = schemaProperties(result);
  const schema = properties.get(property);
  const keys = [...mapping.members.keys()];
  const isChoice = keys.length > 0 && (node.members.has('oneOf') || node.members.has('anyOf'));
  const isText = schema?.kind === 'object' && memberText(schema, 'type') === 'string' && !schema.members.has('enum');
  if (!isChoice || !isText) return ledger.add('schema-discriminator-mapping', mapping, { property }, 'dropped');
  const described = clone(schema);
  const values = keys.map((key) => outText(key));
  described.members.set('enum', outArray(values, mapping));
  const all = outObject();
  for (const [name, one] of properties) all.members.set(name, name === property ? described : one);
  setMembers(result, { properties: all });
  ledger.add('schema-discriminator-mapping', mapping, { property, n: keys.length }, 'kept');
}
