import type { Writable } from 'node:stream';
import { codeOf } from '../../errors.ts';

/** What is needed of a stream that may be a terminal. */
export type Input = NodeJS.ReadableStream &
  Pick<NodeJS.ReadStream, 'isTTY'> &
  Partial<Pick<NodeJS.ReadStream, 'setRawMode'>>;
export type Output = Writable & Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'rows' | 'hasColors'>;

export interface Streams {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly stderr: Output;
}

/** Whether an error of a stream says that nobody reads it any more: on Windows a closed pipe is at its end. */
export function isReaderGone(error: unknown): boolean {
  return ['EPIPE', 'EOF'].includes(codeOf(error) ?? '');
}
