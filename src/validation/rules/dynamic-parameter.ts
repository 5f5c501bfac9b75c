import { has, isObject, type JsonObject, member as memberOf } from '../../json/value.ts';
import { nearestName } from '../../nearest-name.ts';
import {
  dynamicMembers,
  dynamicNames,
  isBuiltIn,
  ofDynamic,
  ofNamedCalls,
  passingName,
} from '../engine/dynamic-calls.ts';
import type { Location } from '../engine/location.ts';
import { hasInput, inputNames, missingInput } from '../engine/operation-inputs.ts';
import type { Report, Rule } from '../engine/rule.ts';
import { calling, example, listNames } from '../knowledge/dynamic-example.ts';

const shapes = {
  parameter: 'a constant, or { "parameter": … } for a parameter of this operation',
  parameterReference: '{ "value": … }, or { "parameterReference": … } for a parameter of this operation',
};

function mustFitExtension(extension: Location, report: Report): void {
  // What the branches of a tree are given is described nowhere.
  if (!has(dynamicMembers, extension.name)) return;
  const parameters = extension.at('parameters');
  if (!isObject(parameters.value) || isBuiltIn(extension)) return;
  const passing = passingName(extension);
  const isRight = passing === 'parameter' ? isConstantOrParameter : isValueOrReference;
  for (const name of Object.keys(parameters.value)) {
    const value = parameters.value[name];
    if (!isRight(value)) reportShape(parameters.at(name), report, passing);
  }
}

function isConstantOrParameter(value: unknown): boolean {
  return !isObject(value) || value['parameter'] !== undefined;
}

function isValueOrReference(value: unknown): boolean {
  return isObject(value) && (value['value'] === undefined) !== (value['parameterReference'] === undefined);
}

/** When it is but the other extension's word for it, that is renamed. */
function reportShape(location: Location, report: Report, passing: keyof typeof shapes): void {
  const shape = shapes[passing];
  const word = passing === 'parameter' ? 'parameterReference' : 'parameter';
  const isOtherWord = isObject(location.value) && isOnlyMember(location.value, word);
  if (isOtherWord) report(location.at(word), { shape }, { mark: 'name', fix: { rename: passing } });
  else report(location, { shape });
}

function isOnlyMember(value: JsonObject, name: string): boolean {
  return has(value, name) && Object.keys(value).length === 1;
}

export const dynamicParameterRules: readonly Rule[] = [
  {
    id: 'dynamic-parameter-unknown',
    level: 'error',
    message: "Operation '{id}' has no parameter '{name}'{suggestion}.",
    reason: 'You can pass a value only to a parameter of the operation or a property in its body.',
    sources: ['SV'],
    good: [
      { definition: calling(listNames) },
      { definition: calling('{ "operationId": "GetNmaes", "parameters": { "top": 10 } }') },
      { definition: calling('{ "operationId": "GetNames" }') },
    ],
    bad: [
      {
        definition: calling(
          '{ "operationId": "GetNames", "parameters": { "of": 1, ⟦"top"⟧: 10 }, "value-path": "id" }',
        ),
      },
    ],
    checkMember: ofNamedCalls(({ call, definition, id, operation }, report) => {
      const given = memberOf(call.value, 'parameters');
      if (!operation || !isObject(given)) return;
      for (const name of Object.keys(given)) {
        if (hasInput(definition, operation, name)) continue;
        report(call.at('parameters', name), { id, name }, () => {
          const free = inputNames(definition, operation).filter((input) => !has(given, input));
          const suggestion = nearestName(name, free);
          if (suggestion === undefined) return { mark: 'name', ...missingInput(definition, [operation], name) };
          return { mark: 'name', suggestion, meant: call.at('parameters', suggestion) };
        });
      }
    }),
  },
  {
    id: 'dynamic-parameter-shape',
    level: 'warning',
    message: 'Use {shape}.',
    reason: 'The older extensions (values, schema) and the newer ones (list, properties) write parameters differently.',
    sources: ['OX', 'JD'],
    good: [
      {
        definition: example(`"x-ms-dynamic-list": { "operationId": "GetItems",
      "parameters": { "list": { "parameterReference": "list" } } }`),
      },
      { definition: example('"x-ms-dynamic-tree": { "parameters": { "list": {} } }') },
      { definition: example('"x-ms-dynamic-list": { "operationId": "GetItems", "parameters": "list" }') },
      {
        definition: example(
          '"x-ms-dynamic-list": { "builtInOperation": "AzureADGroups", "parameters": { "list": 5 } }',
        ),
      },
      {
        definition: example(`"x-ms-dynamic-values": { "operationId": "GetItems",
      "parameters": { "top": 10, "list": { "parameter": "list" } } }`),
      },
    ],
    bad: [
      {
        definition: example(`"x-ms-dynamic-list": { "operationId": "GetItems",
      "parameters": { "list": { ⟦"parameter"⟧: "list" } } }`),
      },
      {
        definition: example(`"x-ms-dynamic-values": { "operationId": "GetItems",
      "parameters": { "top": ⟦{ "value": 10 }⟧, "list": ⟦{ "parameterReference": "list", "required": true }⟧ } }`),
      },
      {
        definition: example(`"x-ms-dynamic-list": { "operationId": "GetItems",
      "parameters": { "list": ⟦{}⟧, "top": ⟦null⟧ } }`),
      },
      {
        definition: example(`"x-ms-dynamic-values": { "operationId": "GetItems",
      "parameters": { "list": { ⟦"parameterReference"⟧: "list" } } }`),
      },
    ],
    checkMember: { names: dynamicNames, of: ofDynamic(mustFitExtension) },
  },
];
