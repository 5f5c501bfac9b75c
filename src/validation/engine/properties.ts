import { isObject, type JsonObject } from '../../json/value.ts';
import { ConnectionParameterNode, objectItems, objectMembers, ObjectNode, type RootNode } from './nodes.ts';
import type { Location } from './location.ts';

/** API properties, with what rules ask of them as a whole. */
export class Properties {
  readonly root: RootNode<'propertiesFile'>;
  /** The object under `properties`; undefined when there is none. */
  readonly node: ObjectNode<'properties'> | undefined;
  #parameterSets: readonly ObjectNode<'parameterSet'>[] | undefined;
  #connectionParameters: readonly ConnectionParameterNode[] | undefined;
  #lowerCaseNames: ReadonlySet<string> | undefined;
  #policies: readonly ObjectNode<'policy'>[] | undefined;

  constructor(root: RootNode<'propertiesFile'>) {
    this.root = root;
    this.node = objectAt('properties', root, 'properties');
  }

  get parameterSets(): readonly ObjectNode<'parameterSet'>[] {
    const values = this.root.at('properties', 'connectionParameterSets', 'values');
    return (this.#parameterSets ??= objectItems(values.value).map(
      ([index, value]) => new ObjectNode('parameterSet', values, index, value),
    ));
  }

  /** Those of the connector, then those of each set. */
  get connectionParameters(): readonly ConnectionParameterNode[] {
    return (this.#connectionParameters ??= [
      ...parametersIn(this.root.at('properties', 'connectionParameters')),
      ...this.parameterSets.flatMap((set) => parametersIn(set.at('parameters'), set)),
    ]);
  }

  /** The names of connection parameters, which policies can write in any case. */
  get lowerCaseNames(): ReadonlySet<string> {
    return (this.#lowerCaseNames ??= new Set(this.connectionParameters.map(({ name }) => name.toLowerCase())));
  }

  get policies(): readonly ObjectNode<'policy'>[] {
    const policies = this.root.at('properties', 'policyTemplateInstances');
    return (this.#policies ??= objectItems(policies.value).map(
      ([index, value]) => new ObjectNode('policy', policies, index, value),
    ));
  }
}

function parametersIn(map: Location, set?: ObjectNode<'parameterSet'>): readonly ConnectionParameterNode[] {
  return objectMembers(map.value).map(([name, value]) => new ConnectionParameterNode(map, name, value, set));
}

/** The object under a name as a node; undefined when there is none. */
export function objectAt<Kind extends string>(
  kind: Kind,
  parent: Location<JsonObject>,
  name: string,
): ObjectNode<Kind> | undefined {
  const value = parent.value[name];
  return isObject(value) ? new ObjectNode(kind, parent, name, value) : undefined;
}
