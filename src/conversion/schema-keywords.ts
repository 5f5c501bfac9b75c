import { convertDocumentation } from './documentation.ts';
import { Fields } from './fields.ts';
import { finishObject } from './finish-object.ts';
import { copied, copiedText, inOrderOf, outArray, outBoolean, outLiteral, outObject, outText } from './output-tree.ts';
import { isFalse, type SourceNode, sourceText } from './source.ts';
import { copyBoolean, copyText, type KeywordContext, type KeywordHandler, valueKeywords } from './value-keywords.ts';
import { reportType } from './wrong-type.ts';

const readProperties: KeywordHandler = (value, { out, ledger, convert }) => {
  if (value.kind !== 'object') return reportType(ledger, value, 'an object');
  const properties = outObject({}, value);
  for (const property of value.members.values()) {
    if (isFalse(property)) ledger.add('schema-boolean', property, { name: property.name }, 'dropped');
    else properties.members.set(property.name, convert(property));
  }
  out.members.set('properties', properties);
};

const readAdditional: KeywordHandler = (value, { out, convert, schema }) => {
  if (schema.members.has('patternProperties') && value.kind === 'boolean') return;
  if (value.kind === 'boolean') out.members.set(value.name, copied(value));
  else out.members.set(value.name, convert(value));
};

const readPatternProperties: KeywordHandler = (value, { out, ledger, convert, schema }) => {
  if (value.kind !== 'object') return reportType(ledger, value, 'an object');
  const patterns = [...value.members.values()];
  const [pattern] = patterns;
  ledger.add('schema-pattern-properties', value, { pattern: patterns.map(({ name }) => name).join("', '") });
  const additional = schema.members.get('additionalProperties');
  if (additional && additional.kind !== 'boolean') return;
  const isOnly = patterns.length === 1 && pattern !== undefined && !additional;
  if (additional) ledger.add('schema-pattern-properties', additional, { pattern: pattern?.name ?? '' });
  out.members.set('additionalProperties', isOnly ? convert(pattern) : outBoolean(true, value));
};

const readItems: KeywordHandler = (value, { out, ledger, convert, schema }) => {
  if (schema.members.has('prefixItems')) return;
  if (isFalse(value)) {
    ledger.add('schema-boolean', value, { name: 'items' }, 'dropped');
    out.members.set('maxItems', outLiteral('0', value));
  } else if (value.kind !== 'array') out.members.set('items', convert(value));
};

const readRequired: KeywordHandler = (value, { out, ledger }) => {
  if (value.kind !== 'array') return reportType(ledger, value, 'a list');
  if (value.items.length === 0) return ledger.add('schema-required-empty', value);
  const known = new Set<string>();
  const items = value.items.flatMap((item) => {
    const name = sourceText(item);
    if (name === undefined) return (reportType(ledger, item, 'text'), []);
    if (known.has(name)) return (ledger.add('schema-required-twice', item, { name }), []);
    known.add(name);
    return [copiedText(item)];
  });
  out.members.set('required', outArray(items, value));
};
const drop: KeywordHandler = (value, { ledger }) => ledger.add('schema-keyword', value, { keyword: value.name });

/** What becomes of each keyword. Those that combine schemas are not here. */
export const keywordHandlers: ReadonlyMap<string, KeywordHandler> = new Map(
  Object.entries<KeywordHandler>({
    ...valueKeywords,
    title: copyText,
    description: copyText,
    required: readRequired,
    properties: readProperties,
    additionalProperties: readAdditional,
    patternProperties: readPatternProperties,
    items: readItems,
    readOnly: copyBoolean,
    writeOnly: (value, { ledger, name }) => ledger.add('schema-write-only', value, { name }),
    deprecated: (value, { out, ledger, name }) => {
      out.members.set('x-deprecated', copied(value));
      ledger.add('schema-deprecated', value, { name });
    },
    xml: readXml,
    externalDocs: (value, context) => {
      if (value.kind !== 'object') return reportType(context.ledger, value, 'an object');
      const documentation = convertDocumentation(value, context);
      if (documentation) context.out.members.set(value.name, documentation);
    },
    not: (value, { ledger, name }) => ledger.add('schema-not', value, { name }),
    discriminator: (value, { out, ledger }) => {
      const property = value.kind === 'string' ? value : value.members.get('propertyName');
      if (sourceText(property) === undefined) return reportType(ledger, value, 'an object with propertyName');
      out.members.set('discriminator', outText(sourceText(property) ?? '', value));
      const rest = [...value.members.values()].filter(({ name }) => name !== 'propertyName' && name !== 'mapping');
      for (const member of rest) ledger.add('schema-keyword', member, { keyword: member.name });
    },
    $id: readAnchor,
    $anchor: readAnchor,
    $dynamicAnchor: readAnchor,
    $defs: readDefinitions,
    definitions: readDefinitions,
  }),
);

/** How a value is written as XML. */
function readXml(value: SourceNode, { out, ledger, version, extension }: KeywordContext): void {
  if (value.kind !== 'object') return reportType(ledger, value, 'an object');
  const fields = new Fields(value, ledger);
  const [name, namespace, prefix] = [fields.text('name'), fields.text('namespace'), fields.text('prefix')];
  const [attribute, wrapped] = [fields.flag('attribute'), fields.flag('wrapped')];
  const xml = outObject({}, value);
  for (const text of [name, namespace, prefix]) if (text) xml.members.set(text.name, copiedText(text));
  for (const flag of [attribute, wrapped]) if (flag) xml.members.set(flag.name, copied(flag));
  finishObject(fields, xml, { ledger, version, extension });
  out.members.set('xml', inOrderOf(value, xml));
}

/** What is referred to becomes a separate definition. */
function readDefinitions(value: SourceNode, { ledger }: KeywordContext): void {
  ledger.add('schema-defs-list', value, { keyword: value.name });
}

/** References lead to the schema by its place in the result. */
function readAnchor(value: SourceNode, { ledger }: KeywordContext): void {
  ledger.add('schema-anchor', value, { name: value.text });
}

/** Applies the handler of a keyword. Extensions are copied. */
export function readKeyword(value: SourceNode, context: KeywordContext): void {
  const { out, extension } = context;
  const handler = keywordHandlers.get(value.name);
  if (handler) handler(value, context);
  else if (value.name.startsWith('x-')) out.members.set(value.name, extension(value));
  else drop(value, context);
}
