import { isArray, isObject, isString, type JsonObject } from '../../json/value.ts';
import { parsePathTemplate, type PathTemplate } from './path-template.ts';
import { agenticProtocol } from '../knowledge/known-extensions.ts';
import { Location, type Step } from './location.ts';
import type { SourceFile } from './source-file.ts';

/** An object of a document, with what is meant by it. `node.value['x']` reads a member, `node.at('x')` is its location. */
export class ObjectNode<Kind extends string> extends Location<JsonObject> {
  declare readonly kind: Kind;

  constructor(kind: Kind, parent: Location | SourceFile, step: Step, value: JsonObject) {
    const isLocation = parent instanceof Location;
    super(isLocation ? parent.file : parent, isLocation ? parent : undefined, step, value);
    this.kind = kind;
  }

  /** The member, if it is a text. */
  text(name: string): string | undefined {
    const value = this.value[name];
    return isString(value) ? value : undefined;
  }

  get isInternal(): boolean {
    return this.value['x-ms-visibility'] === 'internal';
  }
}

/** The root of a document as a node. */
export class RootNode<Kind extends string> extends ObjectNode<Kind> {
  constructor(kind: Kind, file: SourceFile, value: JsonObject) {
    super(kind, file, '', value);
  }
}

export class PathItemNode extends ObjectNode<'pathItem'> {
  #parsed: PathTemplate | undefined;

  constructor(paths: Location, path: string, value: JsonObject) {
    super('pathItem', paths, path, value);
  }

  /** Such as `/items/{id}`. */
  get template(): string {
    return this.name;
  }

  /** The template taken apart. */
  get parsedTemplate(): PathTemplate {
    return (this.#parsed ??= parsePathTemplate(this.template));
  }
}

export class OperationNode extends ObjectNode<'operation'> {
  declare readonly pathItem: PathItemNode;
  declare readonly method: string;

  constructor(pathItem: PathItemNode, method: string, value: JsonObject) {
    super('operation', pathItem, method, value);
    this.pathItem = pathItem;
    this.method = method;
  }

  get id(): string | undefined {
    return this.text('operationId');
  }

  get isTrigger(): boolean {
    return Object.hasOwn(this.value, 'x-ms-trigger');
  }

  /** Whether it is an MCP server for agents: what it answers depends on what is asked of it. */
  get isAgentic(): boolean {
    return Object.hasOwn(this.value, agenticProtocol);
  }
}

const otherLocations: ReadonlySet<string> = new Set(['query', 'header', 'path', 'formData']);

export class ParameterNode extends ObjectNode<'parameter'> {
  /** Undefined for shared parameters; a path item when it is declared for all of its operations. */
  declare readonly owner: OperationNode | PathItemNode | undefined;
  /** Where an operation or path item refers to it, if it was found on the way from there. */
  declare readonly reference: Location | undefined;

  constructor(
    parent: Location,
    step: Step,
    value: JsonObject,
    owner: OperationNode | PathItemNode | undefined,
    reference?: Location,
  ) {
    super('parameter', parent, step, value);
    this.owner = owner;
    this.reference = reference;
  }

  /** Where an operation or path item has it: by reference or itself. */
  get usedAt(): Location {
    return this.reference ?? this;
  }

  get parameterName(): string | undefined {
    return this.text('name');
  }

  get in(): string | undefined {
    return this.text('in');
  }

  get isBody(): boolean {
    return this.in === 'body';
  }

  /** Whether it is known to be no body. What another location was meant as isn't known. */
  get isOutsideBody(): boolean {
    return this.in !== undefined && otherLocations.has(this.in);
  }
}

export class ResponseNode extends ObjectNode<'response'> {
  /** Undefined for shared responses; otherwise the step is the status code or `default`. */
  declare readonly operation: OperationNode | undefined;

  constructor(parent: Location, step: Step, value: JsonObject, operation: OperationNode | undefined) {
    super('response', parent, step, value);
    this.operation = operation;
  }
}

/** Where a schema is written: a shared definition can be input and output; {@link UsedSchema} tells. */
export type SchemaRole = 'input' | 'output' | 'notification' | 'definition';

export interface SchemaContext {
  readonly role: SchemaRole;
  /** What the outermost schema belongs to; undefined for definitions. */
  readonly owner: ParameterNode | ResponseNode | ObjectNode<'notificationContent'> | undefined;
  /** 0 for the schema of a body or response, and for a definition. */
  readonly depth: number;
  readonly within: 'root' | 'properties' | 'items' | 'allOf' | 'additionalProperties';
  /** The schema around it. */
  readonly outer: SchemaNode | undefined;
}

export class SchemaNode extends ObjectNode<'schema'> {
  declare readonly context: SchemaContext;

  constructor(parent: Location, step: Step, value: JsonObject, context: SchemaContext) {
    super('schema', parent, step, value);
    this.context = context;
  }
}

export type ReferenceSection = 'definitions' | 'parameters' | 'responses';

export class ReferenceNode extends ObjectNode<'reference'> {
  declare readonly section: ReferenceSection;
  /** What `$ref` says. */
  declare readonly target: string;

  constructor(parent: Location, step: Step, value: JsonObject, section: ReferenceSection, target: string) {
    super('reference', parent, step, value);
    this.section = section;
    this.target = target;
  }
}

export interface SchemaUse {
  readonly role: Exclude<SchemaRole, 'definition'>;
  /** One of the operations that use it so. */
  readonly operation: OperationNode | undefined;
  /** The schema of the body, response or notification itself. */
  readonly isTop: boolean;
  /** It and all around it must be given. */
  readonly isRequired: boolean;
  /** It or something around it is internal. */
  readonly isInternal: boolean;
}

/** A schema on the way from an operation. It comes again only when another way tells something else about it. */
export class UsedSchema extends ObjectNode<'usedSchema'> {
  declare readonly use: SchemaUse;

  constructor(location: Location, value: JsonObject, use: SchemaUse) {
    super('usedSchema', location.parent ?? location, location.step, value);
    this.use = use;
  }
}

export class ConnectionParameterNode extends ObjectNode<'connectionParameter'> {
  /** The set to which it belongs, if any. */
  declare readonly set: ObjectNode<'parameterSet'> | undefined;

  constructor(parent: Location, name: string, value: JsonObject, set: ObjectNode<'parameterSet'> | undefined) {
    super('connectionParameter', parent, name, value);
    this.set = set;
  }
}

/** The members of a map that are objects: their names and values. */
export function objectMembers(map: unknown): readonly (readonly [name: string, value: JsonObject])[] {
  const members: (readonly [string, JsonObject])[] = [];
  if (!isObject(map)) return members;
  for (const name of Object.keys(map)) {
    const value = map[name];
    if (isObject(value)) members.push([name, value]);
  }
  return members;
}

/** The items of an array that are objects: their indexes and values. */
export function objectItems(array: unknown): readonly (readonly [index: number, value: JsonObject])[] {
  const items: (readonly [number, JsonObject])[] = [];
  if (!isArray(array)) return items;
  for (const [index, value] of array.entries()) if (isObject(value)) items.push([index, value]);
  return items;
}
