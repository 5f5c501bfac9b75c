import type { Definition } from './definition.ts';
import type { Dispatcher } from './dispatcher.ts';
import { isArray, isObject, type JsonObject } from '../../json/value.ts';
import { objectMembers, type OperationNode, type SchemaUse, UsedSchema } from './nodes.ts';
import { readBesideReferences } from '../knowledge/known-extensions.ts';
import type { Location } from './location.ts';
import { innerSchemas } from './walk-schema.ts';

/**
 * Visits schemas on the ways from operations, references followed. A schema comes once for each different answer to the
 * questions of {@link SchemaUse}, so cyclic references end and shared schemas cost little.
 */
export function walkUsedSchemas(definition: Definition, dispatcher: Dispatcher): void {
  const walk = new UsedSchemaWalk(definition, dispatcher);
  for (const pathItem of definition.pathItems) {
    const content = pathItem.at('x-ms-notification-content', 'schema');
    walk.start(content, { role: 'notification', operation: undefined, ...top });
  }
  for (const operation of definition.operations) walk.operation(operation);
}

const top = { isTop: true, isRequired: false, isInternal: false } as const;
const none: readonly never[] = [];
const roles = ['input', 'output', 'notification'] as const;

function saysInternal(schema: JsonObject): boolean {
  return schema['x-ms-visibility'] === 'internal';
}

interface Step {
  readonly location: Location;
  readonly use: SchemaUse;
}

class UsedSchemaWalk {
  readonly #definition: Definition;
  readonly #dispatcher: Dispatcher;
  /** For each schema one bit for each use that has been visited. */
  readonly #visited = new Map<unknown, number>();

  constructor(definition: Definition, dispatcher: Dispatcher) {
    this.#definition = definition;
    this.#dispatcher = dispatcher;
  }

  operation(operation: OperationNode): void {
    for (const parameter of this.#definition.parametersOf(operation)) {
      const { isInternal } = parameter;
      const isRequired = parameter.value['required'] === true;
      this.start(parameter.at('schema'), { role: 'input', operation, isTop: true, isRequired, isInternal });
    }
    const responses = operation.at('responses');
    for (const [code] of objectMembers(responses.value)) {
      const response = this.#definition.follow(responses.at(code));
      if (response) this.start(response.at('schema'), { role: 'output', operation, ...top });
    }
  }

  /** A stack of its own: references make chains that are longer than any document is deep. */
  start(start: Location, firstUse: SchemaUse): void {
    const open: Step[] = [{ location: start, use: firstUse }];
    for (let next = open.pop(); next; next = open.pop()) {
      const target = this.#definition.follow(next.location);
      if (!target || !isObject(target.value)) continue;
      const references = target === next.location ? none : this.#markedReferences(next.location);
      // What a reference leads to can say it as well as what stands beside the reference.
      const isHidden =
        next.use.isInternal || saysInternal(target.value) || references.some(({ value }) => saysInternal(value));
      const use = isHidden === next.use.isInternal ? next.use : { ...next.use, isInternal: isHidden };
      for (const reference of references) {
        if (!this.#isNew(reference.value, use)) continue;
        this.#dispatcher.visit('usedReference', new UsedSchema(reference, reference.value, use));
      }
      if (!this.#isNew(target.value, use)) continue;
      const schema = new UsedSchema(target, target.value, use);
      this.#dispatcher.visit('usedSchema', schema);
      open.push(...this.#inner(schema));
    }
  }

  /** The references on the way to a schema that have members beside them that the platform reads. */
  #markedReferences(from: Location): readonly Location<JsonObject>[] {
    return this.#definition
      .referencesOf(from)
      .filter(({ value }) => Object.keys(value).some((name) => readBesideReferences.has(name)));
  }

  #isNew(schema: JsonObject, { role, isTop, isRequired, isInternal }: SchemaUse): boolean {
    const bit = 1 << (roles.indexOf(role) * 8 + Number(isTop) * 4 + Number(isRequired) * 2 + Number(isInternal));
    const visited = this.#visited.get(schema) ?? 0;
    this.#visited.set(schema, visited | bit);
    return (visited & bit) === 0;
  }

  #inner(schema: UsedSchema): Step[] {
    const { use } = schema;
    const { required } = schema.value;
    // Nobody asks for it when something around is not required; a set, for there can be a hundred thousand names.
    const requiredNames = new Set(use.isRequired && isArray(required) ? required : []);
    return innerSchemas(schema).map(({ location, step, value, within }) => {
      const isMember = within === 'properties';
      const isRequired = use.isRequired && (!isMember || requiredNames.has(step));
      const isHidden = use.isInternal || saysInternal(value);
      // The parts of an allOf are the schema itself.
      return {
        location: location.at(step),
        use: { ...use, isTop: use.isTop && within === 'allOf', isRequired, isInternal: isHidden },
      };
    });
  }
}
