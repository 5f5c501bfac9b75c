import { commonType } from './combine.ts';
import { typeOfOut } from './finish-schema.ts';
import type { Ledger } from './ledger.ts';
import {
  copied,
  copiedText,
  distinctValues,
  outArray,
  outBoolean,
  outLiteral,
  type OutNode,
  type OutObject,
  outText,
  setMembers,
} from './output-tree.ts';
import { isTrue, type SourceNode, sourceText } from './source.ts';
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
  /** A copy; undefined for one that isn't possible, which is reported. */
  readonly example: (node: SourceNode) => OutNode | undefined;
}

/** What becomes of a keyword. */
export type KeywordHandler = (value: SourceNode, context: KeywordContext) => void;

const types: ReadonlySet<string> = new Set(['object', 'array', 'string', 'number', 'integer', 'boolean']);

function copyWhere(isFitting: (value: SourceNode) => boolean, expected: string): KeywordHandler {
  return (value, { out, ledger }) => {
    if (isFitting(value)) out.members.set(value.name, copied(value));
    else reportType(ledger, value, expected);
  };
}

/** A keyword whose value is text. */
export const copyText: KeywordHandler = (value, { out, ledger }) => {
  if (sourceText(value) === undefined || value.kind === 'null') reportType(ledger, value, 'text');
  else out.members.set(value.name, copiedText(value));
};

/** A keyword whose value is true or false. */
export const copyBoolean = copyWhere(({ kind }) => kind === 'boolean', 'true or false');

const copyCount: KeywordHandler = (value, { out, ledger, name }) => {
  if (value.kind !== 'number') reportType(ledger, value, 'a number');
  else if (!(Number(value.text) >= 0) || !Number.isInteger(Number(value.text)))
    ledger.add('schema-limit', value, { keyword: value.name, value: value.text, name });
  else out.members.set(value.name, copied(value));
};

const copyNumber: KeywordHandler = (value, { out, ledger }) => {
  if (value.kind !== 'number') reportType(ledger, value, 'a number');
  else out.members.set(value.name, copied(value));
};

const copyPositive: KeywordHandler = (value, context) => {
  if (value.kind === 'number' && !(Number(value.text) > 0))
    context.ledger.add('schema-limit', value, { keyword: value.name, value: value.text, name: context.name });
  else copyNumber(value, context);
};

function setNullable({ out, ledger, name }: KeywordContext, node: SourceNode): void {
  // What the source says in the words of the platform stays.
  if (!out.members.has('x-nullable')) out.members.set('x-nullable', outBoolean(true, node));
  ledger.add('schema-nullable', node, { name });
}

const readType: KeywordHandler = (value, context) => {
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
  ledger.add('schema-file', value, { name }, 'kept');
}

/** A value where the schema wants text: what YAML takes for something else is text as written. */
function valueFor(
  value: SourceNode,
  { schema, version, example }: Pick<KeywordContext, 'schema' | 'version' | 'example'>,
): OutNode | undefined {
  // What a definition of OpenAPI 2.0 says about values of another type stays, or is reported where the schema is finished.
  if (version === '2.0') return example(value);
  const type = sourceText(schema.members.get('type'));
  const isText = type === 'string' && (value.kind === 'number' || value.kind === 'boolean');
  return isText ? copiedText(value) : example(value);
}

const readEnum: KeywordHandler = (value, context) => {
  const { out, ledger, name } = context;
  if (value.kind !== 'array') return reportType(ledger, value, 'a list');
  const values = value.items.flatMap((item) => {
    if (item.kind !== 'null') return valueFor(item, context) ?? [];
    setNullable(context, item);
    return [];
  });
  const items = distinctValues(values, ({ origin }) =>
    ledger.add('schema-enum', origin ?? value, { name, problem: 'contains a value twice' }),
  );
  if (items.length > 0) out.members.set('enum', outArray(items, value));
  else if (value.items.length === 0) ledger.add('schema-enum', value, { name, problem: 'is empty' });
};

const readConst: KeywordHandler = (value, { out, ledger, name, schema, example }) => {
  const shown = sourceText(value) ?? typeNames[value.kind];
  ledger.add('schema-const', value, { name, value: shown });
  if (value.kind === 'null') return void out.members.set('x-nullable', outBoolean(true, value));
  const only = example(value);
  if (!only) return;
  out.members.set('enum', outArray([only], value));
  const type = typeOfOut(only);
  if (!schema.members.has('type')) out.members.set('type', outText(type));
};

function readExclusive(limit: 'minimum' | 'maximum'): KeywordHandler {
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

const readPattern: KeywordHandler = (value, { out, ledger, name }) => {
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

const readExamples: KeywordHandler = (value, context) => {
  const { out, ledger, name, schema } = context;
  if (value.kind !== 'array') return reportType(ledger, value, 'a list');
  const [first] = value.items;
  if (schema.members.has('example') || !first) {
    return ledger.add('schema-examples', value, { name, n: value.items.length }, 'dropped');
  }
  setMembers(out, { example: valueFor(first, context) });
  if (value.items.length > 1) ledger.add('schema-examples', value, { name, n: value.items.length - 1 }, 'dropped');
  else ledger.add('schema-examples', value, { name }, 'kept');
};

const readValue: KeywordHandler = (value, context) =>
  setMembers(context.out, { [value.name]: valueFor(value, context) });

const readFormat: KeywordHandler = (value, context) => copyText(value, context);

const readEncoding: KeywordHandler = (value, { out, ledger, name, schema }) => {
  const encoding = sourceText(schema.members.get('contentEncoding'))?.toLowerCase();
  const isMedia = value.name === 'contentMediaType';
  const format = encoding === 'base64' || encoding === 'base64url' ? 'byte' : 'binary';
  if ((isMedia && encoding !== undefined) || (!isMedia && format !== 'byte') || schema.members.has('format'))
    return ledger.add('schema-keyword', value, { keyword: value.name });
  out.members.set('format', outText(format, value));
  ledger.add('schema-content', value, { name, what: format === 'byte' ? 'base64 text' : 'a file' });
};

/** Keywords that say which values there are: of schemas, and of parameters, headers, and their items. */
export const valueKeywords = {
  type: readType,
  nullable: (value, context) => {
    if (value.kind !== 'boolean') reportType(context.ledger, value, 'true or false');
    else if (isTrue(value)) setNullable(context, value);
    else context.out.members.set('x-nullable', outBoolean(false, value));
  },
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
  contentEncoding: readEncoding,
  contentMediaType: readEncoding,
} as const satisfies Readonly<Record<string, KeywordHandler>>;
