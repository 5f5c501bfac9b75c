import { Writable } from 'node:stream';

/** A stream that keeps what is written to it, and is no terminal. */
export class MemoryOutput extends Writable {
  readonly isTTY = false;
  readonly columns = 0;
  readonly rows = 0;
  readonly #chunks: Buffer[] = [];

  readonly hasColors = (): boolean => false;

  get text(): string {
    return Buffer.concat(this.#chunks).toString();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }
}
