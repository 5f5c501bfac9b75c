import { expect, test } from 'vitest';
import { accessOf } from '../../../src/io/fs/access.ts';

const [me, other, root] = [1000, 1001, 0];
const closed = { uid: me, mode: 0o700 };
const ours = { uid: me, mode: 0o600 };

test.each([
  [ours, closed, 'owner'],
  [{ ...ours, mode: 0o400 }, closed, 'owner'],
  [{ ...ours, mode: 0o640 }, closed, 'others'],
  [{ ...ours, mode: 0o604 }, closed, 'others'],
  [{ ...ours, mode: 0o602 }, closed, 'others'],
  [{ ...ours, uid: other }, closed, 'others'],
  [ours, { ...closed, mode: 0o755 }, 'owner'],
  [ours, { ...closed, mode: 0o775 }, 'others'],
  [ours, { ...closed, mode: 0o702 }, 'others'],
  [ours, { uid: root, mode: 0o1777 }, 'owner'],
  [ours, { uid: root, mode: 0o755 }, 'owner'],
  [ours, { uid: root, mode: 0o777 }, 'others'],
  [ours, { uid: other, mode: 0o1777 }, 'others'],
  [ours, { uid: other, mode: 0o755 }, 'others'],
])('a file %j in a folder %j is for %s', (file, folder, access) => {
  expect(accessOf(file, folder, me)).toBe(access);
});
