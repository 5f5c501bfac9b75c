import { expect, test } from 'vitest';
import {
  ApiError,
  ConflictError,
  DamagedFileError,
  FileError,
  InterruptedError,
  KeychainError,
  NetworkError,
  NotSignedInError,
  PaconnError,
  UnknownNameError,
  UsageError,
} from '../src/errors.ts';

test.each([
  [1, new PaconnError('x')],
  [1, new FileError('x')],
  [1, new DamagedFileError('x')],
  [1, new KeychainError('x')],
  [1, new NetworkError('x', { mayHaveArrived: true })],
  [1, new ApiError('x', { status: 403 })],
  [2, new UsageError('x')],
  [2, new UnknownNameError('x', { written: 'y', names: [] })],
  [3, new NotSignedInError('x')],
  [4, new ConflictError('x')],
  [130, new InterruptedError()],
])('the exit code is %i for %o', (exitCode, error) => {
  expect(error).toBeInstanceOf(PaconnError);
  expect(error.exitCode).toBe(exitCode);
});

test('an error keeps what to type next, what the other side said, and what caused it', () => {
  const cause = new Error('deep down');
  const given = { hint: 'Type this.', detail: 'They said that.', cause };
  const errors = [
    new PaconnError('x', given),
    new InterruptedError('x', given),
    new NetworkError('x', { ...given, mayHaveArrived: false }),
    new ApiError('x', { ...given, status: 500 }),
    new UnknownNameError('x', { ...given, written: 'y', names: [] }),
  ];
  for (const { message, hint, detail, cause: kept } of errors) {
    expect({ message, hint, detail, cause: kept }).toEqual({ message: 'x', ...given });
  }
});
