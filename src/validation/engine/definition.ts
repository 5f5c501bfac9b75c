import { methods } from '../../connector/methods.ts';
import { pointerPath } from '../../json/pointer.ts';
import { has, isObject, isString, type JsonObject, member } from '../../json/value.ts';
import { nearestName } from '../../nearest-name.ts';
import {
  objectItems,
  objectMembers,
  OperationNode,
  ParameterNode,
  PathItemNode,
  type ReferenceSection,
  type RootNode,
} from './nodes.ts';
import { isObjectLocation, type Location } from './location.ts';

/** In another case a method is no operation of OpenAPI 2.0, and reported. */
const methodNames: ReadonlySet<string> = new Set(methods);

/** References to references, one after the other: more are a circle, or there to take time. */
const longestChain = 100;

/** An API definition, with what rules ask of it as a whole; each answer is worked out once. */
export class Definition {
  readonly root: RootNode<'definition'>;
  #pathItems: readonly PathItemNode[] | undefined;
  #operations: readonly OperationNode[] | undefined;
  #operationsById: ReadonlyMap<string, OperationNode> | undefined;
  #references: ReadonlySet<string> | undefined;
  readonly #words = new Map<string, boolean>();
  readonly #targets = new Map<string, Location>();
  readonly #sharedNames = new Map<ReferenceSection, readonly string[]>();
  readonly #parameters = new Map<OperationNode, readonly ParameterNode[]>();

  constructor(root: RootNode<'definition'>) {
    this.root = root;
  }

  get pathItems(): readonly PathItemNode[] {
    const paths = this.root.at('paths');
    return (this.#pathItems ??= objectMembers(paths.value)
      .filter(([path]) => !path.startsWith('x-'))
      .map(([path, value]) => new PathItemNode(paths, path, value)));
  }

  get operations(): readonly OperationNode[] {
    return (this.#operations ??= this.pathItems.flatMap((pathItem) =>
      objectMembers(pathItem.value)
        .filter(([name]) => methodNames.has(name))
        .map(([method, value]) => new OperationNode(pathItem, method, value)),
    ));
  }

  /** The first operation of each ID. */
  get operationsById(): ReadonlyMap<string, OperationNode> {
    return (this.#operationsById ??= new Map(
      this.operations
        .toReversed()
        .flatMap((operation) => (operation.id === undefined ? [] : [[operation.id, operation]])),
    ));
  }

  /** Whether a word can be anywhere in the document: for most words its text shows at once that it isn't. */
  mayHave(word: string): boolean {
    let known = this.#words.get(word);
    if (known === undefined) {
      const { text } = this.root.file;
      this.#words.set(word, (known = text.includes(word) || text.includes(String.raw`\u00`)));
    }
    return known;
  }

  /** The names of shared definitions, parameters or responses. */
  sharedNames(section: ReferenceSection): readonly string[] {
    const known = this.#sharedNames.get(section);
    if (known) return known;
    const shared = this.root.value[section];
    const names = isObject(shared) ? Object.keys(shared) : [];
    this.#sharedNames.set(section, names);
    return names;
  }

  /** What a local reference leads to, one step far; undefined when it leads nowhere. */
  resolve(reference: string): Location | undefined {
    if (!reference.startsWith('#/')) return undefined;
    let location = this.#targets.get(reference);
    if (!location) this.#targets.set(reference, (location = this.root.at(...pointerPath(reference))));
    return location.value === undefined ? undefined : location;
  }

  /** What a value means: itself or, when it is a reference, what that leads to in the end; undefined for a circle. */
  follow(location: Location): Location | undefined {
    let current: Location | undefined = location;
    for (let steps = 0; current && steps <= longestChain; steps += 1) {
      const reference: unknown = member(current.value, '$ref');
      if (!isString(reference)) return current;
      current = this.resolve(reference);
    }
    return undefined;
  }

  /** The references on the way to what a value means: itself, where it is one, and those that it leads to. */
  referencesOf(location: Location): readonly Location<JsonObject>[] {
    const references: Location<JsonObject>[] = [];
    let current: Location | undefined = location;
    while (
      current &&
      isObjectLocation(current) &&
      isString(current.value['$ref']) &&
      references.length <= longestChain
    ) {
      references.push(current);
      current = this.resolve(current.value['$ref']);
    }
    return references;
  }

  /** The parameters that an operation has: references followed, those of its path item included unless it has its own. */
  parametersOf(operation: OperationNode): readonly ParameterNode[] {
    // Most operations without any are told by a look.
    if (!has(operation.value, 'parameters') && !has(operation.pathItem.value, 'parameters')) return [];
    const known = this.#parameters.get(operation);
    if (known) return known;
    const byIdentity = new Map<string, ParameterNode>();
    for (const owner of [operation.pathItem, operation]) {
      for (const parameter of this.#declaredBy(owner)) {
        byIdentity.set(`${parameter.in ?? ''} ${parameter.parameterName ?? ''}`, parameter);
      }
    }
    const parameters = [...byIdentity.values()];
    this.#parameters.set(operation, parameters);
    return parameters;
  }

  #declaredBy(owner: OperationNode | PathItemNode): readonly ParameterNode[] {
    const list = owner.at('parameters');
    return objectItems(list.value).flatMap(([index]) => {
      const declared = list.at(index);
      const location = this.follow(declared);
      if (!location?.parent || !isObject(location.value)) return [];
      const isShared = location !== declared && location.path[0] === 'parameters';
      const reference = location === declared ? undefined : declared;
      return [
        new ParameterNode(location.parent, location.step, location.value, isShared ? undefined : owner, reference),
      ];
    });
  }

  /** All texts under a `$ref`, wherever they are, and local references under a name that is meant so. */
  get references(): ReadonlySet<string> {
    if (this.#references) return this.#references;
    const references = new Set<string>();
    collectReferences(this.root.value, references);
    return (this.#references = references);
  }
}

function collectReferences(value: object, references: Set<string>): void {
  for (const [name, below] of Object.entries(value)) {
    if (isString(below)) {
      if (name === '$ref' || (below.startsWith('#/') && nearestName(name, ['$ref']))) references.add(below);
    } else if (typeof below === 'object' && below !== null) collectReferences(below, references);
  }
}
