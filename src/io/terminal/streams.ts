import type { Writable } from 'node:stream';

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
