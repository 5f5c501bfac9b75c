import { commonType } from './combine.ts';
import { convertDocumentation } from './documentation.ts';
import { Fields } from './fields.ts';
import { finishObject } from './finish-object.ts';
import type { Ledger } from './ledger.ts';
import {
  copied,
  copiedText,
  inOrderOf,
  outArray,
  outBoolean,
  outLiteral,
  outObject,
  type OutNode,
  type OutObject,
  outText,
} from './output-tree.ts';
import { isFalse, isTrue, type SourceNode, sourceText } from './source.ts';
import { reportType, typeNames } from './wrong-type.ts';

/** A keyword in the schema that it belongs to. */
export interface KeywordContext {
  readonly schema: SourceNode;
  /** What users call the schema. */
  readonly name: string;
  readonly out: OutObject;
  readonly ledger: Ledger;
  /** Of the document. */
  readonly version: string;
  readonly convert: (node: SourceNode) => OutObject;
  /** A value of an extension, with its references. */
  readonly extension: (node: SourceNode) => OutNode;
  readonly example: (node: SourceNode) => OutNode;
}

type Handler = (value: SourceNode, context: KeywordContext) => void;

export const types: ReadonlySet<string> = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean']);

function copyWhere(isFitting: (value: SourceNode) => boolean, expected: string): Handler {
  return (value, { out, ledger }) => {
    if (isFitting(value)) out.members.set(value.name, copied(value));
    else reportType(ledger, value, expected);
  };
}

const copyText: Handler = (value, { out, ledger }) => {
  if (sourceText(value) === undefined || value.kind === 'null') reportType(ledger, value, 'text');
  else out.members.set(value.name, copiedText(value));
};

const copyBoolean = copyWhere(({ kind }) => kind === 'boolean', 'true or false');

const copyCount: Handler = (value, { out, ledger, name }) => {
  if (value.kind !== 'number') reportType(ledger, value, 'a number');
  else if (!(Number(value.text) >= 0) || !Number.isInteger(Number(value.text)))
    ledger.add('schema-limit', value, { keyword: value.name, value: value.text, name });
  else out.members.set(value.name, copied(value));
};

const copyNumber: Handler = (value, { out, ledger }) => {
  if (value.kind !== 'number') reportType(ledger, value, 'a number');
  else out.members.set(value.name, copied(value));
};

const copyPositive: Handler = (value, context) => {
  if (value.kind === 'number' && !(Number(value.text) > 0))
    context.ledger.add('schema-limit', value, { keyword: value.name, value: value.text, name: context.name });
  else copyNumber(value, context);
};

function setNullable({ out, ledger, name }: KeywordContext, node: SourceNode): void {
  // What the source says in the words of the platform stays.
  if (!out.members.has('x-nullable')) out.members.set('x-nullable', outBoolean(true, node));
  ledger.add('schema-nullable', node, { name });
}

const readType: Handler = (value, context) => {
  const { out, ledger, name } = context;
  const written =
    value.kind === 'array' ? value.items.flatMap((item) => sourceText(item) ?? []) : [sourceText(value) ?? ''];
  if (written.length === 1 && written[0] === 'file') return readFile(value, context);
  const known = written.filter((type) => types.has(type));
  if (known.length + written.filter((type) => type === 'null').length < written.length || written.length === 0) {
    ledger.add('type-wrong', value, { name: 'type', type: `'${written.join(', ')}'`, expected: 'a type' });
  }
  if (written.includes('null')) {
    if (known.length > 0) setNullable(context, value);
    else {
      out.members.set('x-nullable', outBoolean(true, value));
      ledger.add('schema-null', value, { name });
    }
  }
  if (known.length > 1) {
    const type = commonType(known);
    ledger.add('schema-types', value, { name, result: type ?? 'of any type', types: known.join(', ') });
    if (type !== undefined) out.members.set('type', outText(type, value));
  } else if (known[0] !== undefined) out.members.set('type', outText(known[0], value));
};

/** Only a whole response of OpenAPI 2.0 is a file. */
function readFile(value: SourceNode, { schema, version, out, ledger, name }: KeywordContext): void {
  const { name: keyword, parent } = schema;
  const isResponse = keyword === 'schema' && parent !== undefined && !parent.members.has('in');
  if (version === '2.0' && isResponse) return void out.members.set('type', outText('file', value));
  out.members.set('type', outText('string', value));
  if (!schema.members.has('format')) out.members.set('format', outText('binary'));
  ledger.add('schema-file', value, { name });
}

/** A value where the schema wants text: what YAML takes for something else is text as written. */
function valueFor(
  value: SourceNode,
  { schema, version, example }: Pick<KeywordContext, 'schema' | 'version' | 'example'>,
): OutNode {
  // What a definition of OpenAPI 2.0 says about values of another type stays, or is reported where the schema is finished.
  if (version === '2.0') return example(value);
  const type = sourceText(schema.members.get('type'));
  const isText = type === 'string' && (value.kind === 'number' || value.kind === 'boolean');
  return isText ? copiedText(value) : example(value);
}

const readEnum: Handler = (value, context) => {
  const { out, ledger, name } = context;
  if (value.kind !== 'array') return reportType(ledger, value, 'a list');
  const seen = new Set<string>();
  const items = value.items.flatMap((item) => {
    if (item.kind === 'null') {
      setNullable(context, item);
      return [];
    }
    const converted = valueFor(item, context);
    const key = converted.kind === 'scalar' ? converted.json : undefined;
    if (key !== undefined && seen.has(key)) {
      ledger.add('schema-enum', item, { name, problem: 'contains a value twice' });
      return [];
    }
    if (key !== undefined) seen.add(key);
    return [converted];
  });
  if (items.length > 0) out.members.set('enum', outArray(items, value));
  else if (value.items.length === 0) ledger.add('schema-enum', value, { name, problem: 'is empty' });
};

const jsonTypes: Readonly<Record<string, string>> = {
  string: 'string',
  boolean: 'boolean',
  object: 'object',
  array: 'array',
};

/** The type that a value of the source has in a schema; undefined for null. */
export function typeOfValue(value: SourceNode): string | undefined {
  if (value.kind !== 'number') return jsonTypes[value.kind];
  return /[.eE]/u.test(value.json ?? value.text) ? 'number' : 'integer';
}

const readConst: Handler = (value, { out, ledger, name, schema }) => {
  const shown = sourceText(value) ?? typeNames[value.kind];
  ledger.add('schema-const', value, { name, value: shown });
  if (value.kind === 'null') return void out.members.set('x-nullable', outBoolean(true, value));
  out.members.set('enum', outArray([copied(value)], value));
  const type = typeOfValue(value);
  if (!schema.members.has('type') && type !== undefined) out.members.set('type', outText(type));
};

function readExclusive(limit: 'minimum' | 'maximum'): Handler {
  return (value, { out, ledger, name, schema }) => {
    const keyword = value.name;
    if (value.kind === 'boolean') {
      if (isTrue(value) && schema.members.get(limit)?.kind !== 'number')
        ledger.add('schema-exclusive-alone', value, { keyword, name });
      else out.members.set(keyword, copied(value));
      return;
    }
    if (value.kind !== 'number') return reportType(ledger, value, 'a number');
    const other = schema.members.get(limit);
    ledger.add('schema-exclusive', value, { keyword, name });
    const difference = other?.kind === 'number' ? Number(value.text) - Number(other.text) : 0;
    // The stricter of both counts: an inclusive limit beyond the exclusive one stays alone.
    const isStricter = other?.kind !== 'number' || (limit === 'minimum' ? difference >= 0 : difference <= 0);
    if (!isStricter) return;
    if (other) ledger.add('schema-exclusive', other, { keyword: limit, name });
    out.members.set(limit, outLiteral(value.json ?? value.text, value));
    out.members.set(keyword, outBoolean(true));
  };
}

const readPattern: Handler = (value, { out, ledger, name }) => {
  const pattern = sourceText(value);
  if (pattern === undefined) reportType(ledger, value, 'text');
  else if (isExpression(pattern)) out.members.set('pattern', copiedText(value));
  else ledger.add('schema-pattern', value, { name });
};

function isExpression(pattern: string): boolean {
  return ['u', ''].some((flags) => {
    try {
      return Boolean(new RegExp(pattern, flags));
    } catch {
      return false;
    }
  });
}

const readProperties: Handler = (value, { out, ledger, convert }) => {
  if (value.kind !== 'object') return reportType(ledger, value, 'an object');
  const properties = outObject({}, value);
  for (const property of value.members.values()) {
    if (isFalse(property)) ledger.add('schema-boolean', property, { name: property.name }, 'dropped');
    else properties.members.set(property.name, convert(property));
  }
  out.members.set('properties', properties);
};

const readAdditional: Handler = (value, { out, convert, schema }) => {
  if (schema.members.has('patternProperties') && value.kind === 'boolean') return;
  if (value.kind === 'boolean') out.members.set(value.name, copied(value));
  else out.members.set(value.name, convert(value));
};

const readPatternProperties: Handler = (value, { out, ledger, convert, schema }) => {
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

const readItems: Handler = (value, { out, ledger, convert, schema }) => {
  if (schema.members.has('prefixItems')) return;
  if (isFalse(value)) {
    ledger.add('schema-boolean', value, { name: 'items' }, 'dropped');
    out.members.set('maxItems', outLiteral('0', value));
  } else if (value.kind !== 'array') out.members.set('items', convert(value));
};

const readRequired: Handler = (value, { out, ledger }) => {
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

const readExamples: Handler = (value, context) => {
  const { out, ledger, name, schema } = context;
  if (value.kind !== 'array') return reportType(ledger, value, 'a list');
  const [first] = value.items;
  if (schema.members.has('example') || !first) {
    return ledger.add('schema-examples', value, { name, n: value.items.length }, 'dropped');
  }
  out.members.set('example', valueFor(first, context));
  if (value.items.length > 1) ledger.add('schema-examples', value, { name, n: value.items.length - 1 }, 'dropped');
  else ledger.add('schema-examples', value, { name }, 'kept');
};

const readValue: Handler = (value, context) => void context.out.members.set(value.name, valueFor(value, context));

const readFormat: Handler = (value, context) => copyText(value, context);

const readEncoding: Handler = (value, { out, ledger, name, schema }) => {
  const encoding = sourceText(schema.members.get('contentEncoding'))?.toLowerCase();
  const isMedia = value.name === 'contentMediaType';
  const format = encoding === 'base64' || encoding === 'base64url' ? 'byte' : 'binary';
  if ((isMedia && encoding !== undefined) || (!isMedia && format !== 'byte') || schema.members.has('format'))
    return ledger.add('schema-keyword', value, { keyword: value.name });
  out.members.set('format', outText(format, value));
  ledger.add('schema-content', value, { name, what: format === 'byte' ? 'base64 text' : 'a file' });
};

const drop: Handler = (value, { ledger }) => ledger.add('schema-keyword', value, { keyword: value.name });

/** What becomes of each keyword. Those that combine schemas are not here. */
export const keywordHandlers: ReadonlyMap<string, Handler> = new Map(
  Object.entries<Handler>({
    type: readType,
    nullable: (value, context) => {
      if (value.kind !== 'boolean') reportType(context.ledger, value, 'true or false');
      else if (isTrue(value)) setNullable(context, value);
      else context.out.members.set('x-nullable', outBoolean(false, value));
    },
    title: copyText,
    description: copyText,
    format: readFormat,
    default: readValue,
    example: readValue,
    examples: readExamples,
    enum: readEnum,
    const: readConst,
    multipleOf: copyPositive,
    minimum: (value, context) => {
      if (!context.out.members.has('minimum') || context.schema.members.get('exclusiveMinimum')?.kind !== 'number')
        copyNumber(value, context);
    },
    maximum: (value, context) => {
      if (!context.out.members.has('maximum') || context.schema.members.get('exclusiveMaximum')?.kind !== 'number')
        copyNumber(value, context);
    },
    exclusiveMinimum: readExclusive('minimum'),
    exclusiveMaximum: readExclusive('maximum'),
    minLength: copyCount,
    maxLength: copyCount,
    minItems: copyCount,
    maxItems: copyCount,
    minProperties: copyCount,
    maxProperties: copyCount,
    uniqueItems: copyBoolean,
    pattern: readPattern,
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
    contentEncoding: readEncoding,
    contentMediaType: readEncoding,
    not: (value, { ledger, name }) => ledger.add('schema-not', value, { name }),
    discriminator: (value, { out, ledger }) => {
      const property = value.kind === 'string' ? value : value.members.get('propertyName');
      if (sourceText(property) === undefined) return reportType(ledger, value, 'an object with propertyName');
      out.members.set('discriminator', outText(sourceText(property) ?? '', value));
      const rest = [...value.members.values()].filter(({ name }) => name !== 'propertyName' && name !== 'mapping');
      for (const member of rest) ledger.add('schema-keyword', member, { keyword: member.name });
    },
    $id: (value, { ledger }) => ledger.add('schema-defs', value, { name: value.text }),
    $anchor: (value, { ledger }) => ledger.add('schema-defs', value, { name: value.text }),
    $dynamicAnchor: (value, { ledger }) => ledger.add('schema-defs', value, { name: value.text }),
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

/** What is referred to becomes a definition of its own; the rest is lost. */
function readDefinitions(value: SourceNode, { ledger, name }: KeywordContext): void {
  ledger.add('schema-defs', value, { name: `${name} ${value.name}` });
}

/** Applies the handler of a keyword. Extensions are copied. */
export function readKeyword(value: SourceNode, context: KeywordContext): void {
  const { out, extension } = context;
  const handler = keywordHandlers.get(value.name);
  if (handler) handler(value, context);
  else if (value.name.startsWith('x-')) out.members.set(value.name, extension(value));
  else drop(value, context);
}
