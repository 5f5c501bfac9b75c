import { describe, expect, test } from 'vitest';
import type { StateChoices } from '../support/states.ts';
import { told } from './told.ts';

describe('a parameter that moved', () => {
  const number = { name: 'id', in: 'path', required: true, type: 'integer' };
  const word = { ...number, type: 'string' };
  const shared = (name: string) => ({ $ref: `#/parameters/${name}` });
  interface Places {
    readonly get?: readonly unknown[];
    readonly put?: readonly unknown[];
    readonly path?: readonly unknown[];
    readonly parameters?: object;
  }
  const at = ({ get = [], put = [], path, parameters }: Places): StateChoices => ({
    apiDefinition: JSON.stringify({
      paths: {
        '/pets/{id}': {
          parameters: path,
          get: { operationId: 'GetPet', parameters: get },
          put: { operationId: 'PutPet', parameters: put },
        },
      },
      parameters,
    }),
  });
  const [inOperations, inPath] = [{ get: [number], put: [number] }, { path: [number] }];
  const one = { get: [shared('PetId')], parameters: { PetId: number } };
  const two = { get: [shared('Id')], parameters: { Id: number } };

  test.each<readonly [string, Places, Places]>([
    ['to the shared ones', { get: [number] }, one],
    ['from the shared ones', one, { get: [number] }],
    ['to another name there', one, two],
    ['to the shared ones, in a path', inPath, { ...one, get: [], path: [shared('PetId')] }],
    ['to a name with escapes', { get: [number] }, { get: [shared('Pet%20%C3%84')], parameters: { 'Pet Ä': number } }],
    ['to another spelling', one, { ...one, get: [shared('Pet%49d')] }],
    ['to its path', inOperations, inPath],
    ['from its path', inPath, inOperations],
    ['to its path and the shared ones', inOperations, { path: [shared('PetId')], parameters: { PetId: number } }],
  ])('%s is the same', (_name, before, after) => {
    const changes = told(at(before), at(after));
    expect(changes).not.toEqual([]);
    expect(changes.filter((change) => change.includes('!!'))).toEqual([]);
  });

  test('counts as used by the operations that refer to it with escapes', () => {
    const escaped = { get: [shared('Pet%20Id')], parameters: { 'Pet Id': number } };
    expect(told(at({ get: [number] }), at(escaped))).toContain('shared parameter Pet Id added (used by GetPet)');
  });

  const otherType = 'flows and apps expect the old type';
  test.each<readonly [string, Places, Places, readonly string[]]>([
    [
      'to the shared ones',
      { get: [number] },
      { ...one, parameters: { PetId: word } },
      [
        'operation GetPet: parameter id (path) {name, in, required, type} → {$ref} !! flows and apps expect the old shape: type changed',
        'shared parameter PetId added (used by GetPet)',
      ],
    ],
    [
      'to its path',
      inOperations,
      { path: [word] },
      [
        `operation GetPet: parameter id (path), type "integer" → "string" !! ${otherType}`,
        `operation PutPet: parameter id (path), type "integer" → "string" !! ${otherType}`,
        'path /pets/{id}: parameter id (path) added',
      ],
    ],
  ])('%s with another type breaks flows', (_name, before, after, changes) => {
    expect(told(at(before), at(after))).toEqual(changes);
  });

  test('to its path breaks the operations that did not have it', () => {
    expect(told(at({ get: [number] }), at(inPath))).toEqual([
      "path /pets/{id}: parameter id (path) added !! flows and apps don't set this required parameter",
    ]);
    expect(told(at(inPath), at({ get: [number] }))).toEqual([
      'path /pets/{id}: parameter id (path) removed !! flows and apps set a value for it',
    ]);
  });

  test('is not found if its reference is invalid', () => {
    expect(told(at({ get: [number] }), at({ get: [shared('PetId')] }))).toEqual([
      'operation GetPet: parameter id (path) removed !! flows and apps set a value for it',
      'operation GetPet: parameter #/parameters/PetId added',
    ]);
  });
});
