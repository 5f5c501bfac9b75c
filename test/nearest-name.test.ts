import { describe, expect, test } from 'vitest';
import { nearestName } from '../src/nearest-name.ts';

const names = ['download', 'create', 'update', 'validate', '--api-def', '--api-prop', 'apiDefinition', 'icon'];

describe('the name that was probably meant', () => {
  test.each([
    ['donwload', 'download'],
    ['CREATE', 'create'],
    ['validat', 'validate'],
    ['--api-deff', '--api-def'],
    ['--api_def', '--api-def'],
    ['APIDEFINITION', 'apiDefinition'],
    ['ico', 'icon'],
    ['cion', 'icon'],
    ['icon', 'icon'],
  ])('by %s is %s', (written, expected) => {
    expect(nearestName(written, names)).toBe(expected);
  });

  test.each(['x', 'id', 'publish', 'upload', '--secret', '', 'a'.repeat(10_000)])('by %s is none', (written) => {
    expect(nearestName(written, names)).toBeUndefined();
  });
});
