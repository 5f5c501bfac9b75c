import type { Nodes, PropertiesKind, PropertiesObject } from './node-kinds.ts';
import type { Dispatcher } from './dispatcher.ts';
import type { JsonObject } from '../../json/value.ts';
import type { Location } from './location.ts';
import { objectAt, type Properties } from './properties.ts';

/** Visits each object of API properties once. */
export function walkProperties(properties: Properties, dispatcher: Dispatcher): void {
  const visit = <Kind extends PropertiesKind>(kind: Kind, node: Nodes[Kind] & PropertiesObject): void => {
    dispatcher.visit(kind, node);
    dispatcher.visit('propertiesObject', node);
  };
  const visitUiDefinition = (owner: Location<JsonObject>): void => {
    const uiDefinition = objectAt('uiDefinition', owner, 'uiDefinition');
    if (!uiDefinition) return;
    visit('uiDefinition', uiDefinition);
    const constraints = objectAt('constraints', uiDefinition, 'constraints');
    if (constraints) visit('constraints', constraints);
  };

  visit('propertiesFile', properties.root);
  if (!properties.node) return;
  visit('properties', properties.node);
  for (const parameter of properties.connectionParameters) {
    visit('connectionParameter', parameter);
    visitUiDefinition(parameter);
    const oAuthSettings = objectAt('oAuthSettings', parameter, 'oAuthSettings');
    if (oAuthSettings) visit('oAuthSettings', oAuthSettings);
  }
  const parameterSets = objectAt('parameterSets', properties.node, 'connectionParameterSets');
  if (parameterSets) {
    visit('parameterSets', parameterSets);
    visitUiDefinition(parameterSets);
  }
  for (const set of properties.parameterSets) {
    visit('parameterSet', set);
    visitUiDefinition(set);
  }
  for (const policy of properties.policies) visit('policy', policy);
}
