import { describe, expect, test } from 'vitest';
import { nearestName, nearestNames } from '../src/nearest-name.ts';

const names = [
  'download',
  'create',
  'update',
  'validate',
  '--api-def',
  '--api-prop',
  'apiDefinition',
  'icon',
  '--env',
  '--secret',
];

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
    ['icno', 'icon'],
    ['--evn', '--env'],
    ['apiDefinitoin', 'apiDefinition'],
    ['--sceret', '--secret'],
  ])('by %s is %s', (written, expected) => {
    expect(nearestName(written, names)).toBe(expected);
  });

  test.each(['x', 'id', 'publish', 'upload', '--foo', '-i', 'idea', '', 'a'.repeat(10_000)])(
    'by %s is none',
    (written) => {
      expect(nearestName(written, names)).toBeUndefined();
    },
  );
});

describe('all nearest names', () => {
  test('are all names with the fewest wrong letters', () => {
    expect(nearestNames('taxt', ['test', 'text', 'tax', 'task', 'textt'])).toEqual(['text', 'tax']);
  });

  test('are those with a letter at another place before those with two letters wrong', () => {
    expect(nearestNames('fomrat', ['former', 'format'])).toEqual(['format']);
  });

  test('are empty for very long lists, and for text that is not a name', () => {
    expect(
      nearestNames(
        'icno',
        Array.from({ length: 2001 }, () => 'icon'),
      ),
    ).toEqual([]);
    expect(nearestNames(`${'a'.repeat(100)}b`, ['a'.repeat(101)])).toEqual([]);
  });
});
