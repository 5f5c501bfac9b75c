import { join, sep } from 'node:path';
import { expect, test } from 'vitest';
import { homePath } from '../../../src/io/fs/home-path.ts';

const home = join(sep, 'home', 'ada');

test.each([
  [join(home, '.paconn', 'sign-ins.json'), { HOME: home }, join('~', '.paconn', 'sign-ins.json')],
  [join(home, 'x'), { USERPROFILE: home }, join('~', 'x')],
  [join(home, 'x'), { HOME: '', USERPROFILE: home }, join('~', 'x')],
  [`${home}-other${sep}x`, { HOME: home }, `${home}-other${sep}x`],
  [join(sep, 'x'), { HOME: home }, join(sep, 'x')],
  [join(sep, 'x'), {}, join(sep, 'x')],
  [join(sep, 'x'), { HOME: '' }, join(sep, 'x')],
])('%s with %j is %s', (path, variables, expected) => {
  expect(homePath(path, variables)).toBe(expected);
});
