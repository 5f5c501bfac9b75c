import { pointerPath } from '../../json/pointer.ts';
import type { Definition } from './definition.ts';
import { isArray, isObject, isString, type JsonObject, member } from '../../json/value.ts';
import type { Location } from './location.ts';
import type { OperationNode } from './nodes.ts';

const extension = 'x-ms-notification-url';

/** Whether a parameter or schema is marked as the notification URL; that the mark is no string has a rule of its own. */
export function isNotificationUrl(value: JsonObject): boolean {
  return value[extension] === true || value[extension] === 'true';
}

/** What a schema says where it is written: whether a notification URL is in it, and to which definitions it refers. */
interface Written {
  hasUrl: boolean;
  readonly definitions: Set<string>;
}

/**
 * Which operations take a notification URL. The definitions with one in them, or in what they refer to, are found once,
 * from the URLs backwards: so many operations that share large definitions cost no more than one.
 */
class NotificationUrls {
  readonly #definition: Definition;
  readonly #isAnywhere: boolean;
  readonly #schemas = new Map<unknown, boolean>();
  #definitionsWithUrl: ReadonlySet<string> | undefined;
  #inputDefinitions: ReadonlySet<unknown> | undefined;

  constructor(definition: Definition) {
    this.#definition = definition;
    this.#isAnywhere = definition.mayHave(extension);
  }

  isInputOf(operation: OperationNode): boolean {
    if (!this.#isAnywhere) return false;
    return this.#definition
      .parametersOf(operation)
      .some(({ value }) => isNotificationUrl(value) || this.#isIn(value['schema']));
  }

  /** Whether it is in a definition that an operation has as input, too. */
  isInInput({ path: [section, name] }: Location): boolean {
    return section === 'definitions' && (this.#inputDefinitions ??= this.#findInputs()).has(name);
  }

  #findInputs(): ReadonlySet<unknown> {
    const found = new Set<string>();
    const add = (schema: unknown): void => {
      for (const name of writtenIn(schema).definitions) found.add(name);
    };
    for (const operation of this.#definition.operations) {
      for (const { value } of this.#definition.parametersOf(operation)) add(value['schema']);
    }
    // A set can grow while it is gone through.
    for (const name of found) add(member(this.#definition.root.value['definitions'], name));
    return found;
  }

  #isIn(schema: unknown): boolean {
    const known = this.#schemas.get(schema);
    if (known !== undefined) return known;
    const { hasUrl, definitions } = writtenIn(schema);
    const withUrl = (this.#definitionsWithUrl ??= this.#findDefinitions());
    const isIn = hasUrl || [...definitions].some((name) => withUrl.has(name));
    this.#schemas.set(schema, isIn);
    return isIn;
  }

  #findDefinitions(): ReadonlySet<string> {
    const found = new Set<string>();
    const referrers = new Map<string, string[]>();
    for (const name of this.#definition.sharedNames('definitions')) {
      const { hasUrl, definitions } = writtenIn(member(this.#definition.root.value['definitions'], name));
      if (hasUrl) found.add(name);
      for (const target of definitions) {
        const list = referrers.get(target);
        if (list) list.push(name);
        else referrers.set(target, [name]);
      }
    }
    // A set can grow while it is gone through.
    for (const name of found) for (const referrer of referrers.get(name) ?? []) found.add(referrer);
    return found;
  }
}

function writtenIn(schema: unknown, written: Written = { hasUrl: false, definitions: new Set() }): Written {
  if (!isObject(schema)) return written;
  const { $ref, properties, items, allOf, additionalProperties } = schema;
  // The platform reads it beside a reference, too.
  if (isNotificationUrl(schema)) written.hasUrl = true;
  if (isString($ref)) {
    const [section, name] = pointerPath($ref);
    if (section === 'definitions' && name !== undefined) written.definitions.add(name);
    return written;
  }
  if (isObject(properties)) for (const name of Object.keys(properties)) writtenIn(properties[name], written);
  if (isArray(allOf)) for (const part of allOf) writtenIn(part, written);
  writtenIn(items, written);
  return writtenIn(additionalProperties, written);
}

const known = new WeakMap<Definition, NotificationUrls>();

export function notificationUrlsOf(definition: Definition): NotificationUrls {
  const before = known.get(definition);
  if (before) return before;
  const urls = new NotificationUrls(definition);
  known.set(definition, urls);
  return urls;
}
