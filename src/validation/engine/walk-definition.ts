import type { Definition } from './definition.ts';
import type { Dispatcher } from './dispatcher.ts';
import { isObject, type JsonObject } from '../../json/value.ts';
import {
  objectItems,
  objectMembers,
  ObjectNode,
  type OperationNode,
  ParameterNode,
  type PathItemNode,
  ResponseNode,
} from './nodes.ts';
import { objectAt } from './properties.ts';
import type { Location, Step } from './location.ts';
import { walkSchema, visitReference } from './walk-schema.ts';

/** Visits each object of an API definition once, where it is written. */
export function walkDefinition(definition: Definition, dispatcher: Dispatcher): void {
  new DefinitionWalk(dispatcher).definition(definition);
}

class DefinitionWalk {
  readonly #dispatcher: Dispatcher;

  constructor(dispatcher: Dispatcher) {
    this.#dispatcher = dispatcher;
  }

  definition(definition: Definition): void {
    const { root } = definition;
    this.#dispatcher.visitObject('definition', root);
    this.#info(root);
    this.#externalDocs(root);
    const tags = root.at('tags');
    for (const [index, value] of objectItems(tags.value)) {
      const tag = new ObjectNode('tag', tags, index, value);
      this.#dispatcher.visitObject('tag', tag);
      this.#externalDocs(tag);
    }
    const securityDefinitions = root.at('securityDefinitions');
    for (const [name, value] of objectMembers(securityDefinitions.value)) {
      this.#dispatcher.visitObject(
        'securityDefinition',
        new ObjectNode('securityDefinition', securityDefinitions, name, value),
      );
    }
    this.#securityRequirements(root.at('security'));
    for (const pathItem of definition.pathItems) this.#pathItem(pathItem);
    for (const operation of definition.operations) this.#operation(operation);
    this.#shared(root);
  }

  #info(root: ObjectNode<'definition'>): void {
    const info = objectAt('info', root, 'info');
    if (!info) return;
    this.#dispatcher.visitObject('info', info);
    const contact = objectAt('contact', info, 'contact');
    if (contact) this.#dispatcher.visitObject('contact', contact);
    const license = objectAt('license', info, 'license');
    if (license) this.#dispatcher.visitObject('license', license);
  }

  #shared(root: Location): void {
    const parameters = root.at('parameters');
    for (const [name, value] of objectMembers(parameters.value)) this.#parameter(parameters, name, value, undefined);
    const responses = root.at('responses');
    for (const [name, value] of objectMembers(responses.value)) this.#response(responses, name, value, undefined);
    const definitions = root.at('definitions');
    for (const [name, value] of objectMembers(definitions.value)) {
      const context = { role: 'definition', owner: undefined, depth: 0, within: 'root', outer: undefined } as const;
      walkSchema(this.#dispatcher, definitions, name, value, context);
    }
  }

  #pathItem(pathItem: PathItemNode): void {
    this.#dispatcher.visitObject('pathItem', pathItem);
    this.#parameters(pathItem);
    const owner = objectAt('notificationContent', pathItem, 'x-ms-notification-content');
    if (!owner) return;
    this.#dispatcher.visitObject('notificationContent', owner);
    const { schema } = owner.value;
    if (!isObject(schema)) return;
    const context = { role: 'notification', owner, depth: 0, within: 'root', outer: undefined } as const;
    walkSchema(this.#dispatcher, owner, 'schema', schema, context);
  }

  #operation(operation: OperationNode): void {
    this.#dispatcher.visitObject('operation', operation);
    this.#externalDocs(operation);
    this.#securityRequirements(operation.at('security'));
    this.#parameters(operation);
    const responses = operation.at('responses');
    for (const [code, value] of objectMembers(responses.value)) {
      if (!code.startsWith('x-')) this.#response(responses, code, value, operation);
    }
  }

  #parameters(owner: OperationNode | PathItemNode): void {
    const parameters = owner.at('parameters');
    for (const [index, value] of objectItems(parameters.value)) this.#parameter(parameters, index, value, owner);
  }

  #parameter(parent: Location, step: Step, value: JsonObject, owner: OperationNode | PathItemNode | undefined): void {
    if (visitReference(this.#dispatcher, parent, step, value, 'parameters')) return;
    const parameter = new ParameterNode(parent, step, value, owner);
    this.#dispatcher.visitObject('parameter', parameter);
    this.#items(parameter);
    if (!isObject(value['schema'])) return;
    const context = { role: 'input', owner: parameter, depth: 0, within: 'root', outer: undefined } as const;
    walkSchema(this.#dispatcher, parameter, 'schema', value['schema'], context);
  }

  #response(parent: Location, step: Step, value: JsonObject, operation: OperationNode | undefined): void {
    if (visitReference(this.#dispatcher, parent, step, value, 'responses')) return;
    const response = new ResponseNode(parent, step, value, operation);
    this.#dispatcher.visitObject('response', response);
    const headers = response.at('headers');
    for (const [name, header] of objectMembers(headers.value)) {
      const node = new ObjectNode('header', headers, name, header);
      this.#dispatcher.visitObject('header', node);
      this.#items(node);
    }
    if (!isObject(value['schema'])) return;
    const context = { role: 'output', owner: response, depth: 0, within: 'root', outer: undefined } as const;
    walkSchema(this.#dispatcher, response, 'schema', value['schema'], context);
  }

  #items(owner: Location<JsonObject>): void {
    let items = objectAt('items', owner, 'items');
    while (items) {
      this.#dispatcher.visitObject('items', items);
      items = objectAt('items', items, 'items');
    }
  }

  #securityRequirements(list: Location): void {
    for (const [index, value] of objectItems(list.value)) {
      this.#dispatcher.visitObject('securityRequirement', new ObjectNode('securityRequirement', list, index, value));
    }
  }

  #externalDocs(owner: Location<JsonObject>): void {
    const externalDocs = objectAt('externalDocs', owner, 'externalDocs');
    if (externalDocs) this.#dispatcher.visitObject('externalDocs', externalDocs);
  }
}
