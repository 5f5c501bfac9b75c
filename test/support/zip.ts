import { deflateRawSync } from 'node:zlib';

/** An entry of a ZIP file, as right or as wrong as a test wants it. */
export interface ZipEntry {
  readonly name: string | Uint8Array;
  readonly content?: string | Uint8Array;
  /** 8 is deflate, which is what comes without it. */
  readonly method?: number;
  readonly flags?: number;
  /** Of Unix, such as 0o120777 for a symbolic link. */
  readonly mode?: number;
  /** What it says its size is. */
  readonly size?: number;
  /** What it says its checksum is. */
  readonly checksum?: number;
  /** Whether its sizes are in the extra field of ZIP64. */
  readonly isZip64?: boolean;
  /** Whether it says that its content is where that of the first entry is. */
  readonly isAtStart?: boolean;
}

/** A ZIP file, written by the format's own description (PKWARE's APPNOTE), without a library. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const content = Buffer.from(entry.content ?? '');
    const method = entry.method ?? 8;
    const data = method === 8 ? deflateRawSync(content) : content;
    const size = entry.size ?? content.length;
    const extra = entry.isZip64 ? zip64Extra(size, data.length) : Buffer.alloc(0);
    const sizes = entry.isZip64 ? { data: 0xffffffff, size: 0xffffffff } : { data: data.length, size };
    const common = Buffer.alloc(26);
    common.writeUInt16LE(entry.isZip64 ? 45 : 20, 0);
    common.writeUInt16LE(entry.flags ?? 0, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(0x21_00_00, 6);
    common.writeUInt32LE(entry.checksum ?? crc32(content), 10);
    common.writeUInt32LE(sizes.data, 14);
    common.writeUInt32LE(sizes.size, 18);
    common.writeUInt16LE(name.length, 22);
    common.writeUInt16LE(extra.length, 24);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), common, name, extra, data]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(((entry.mode ?? 0) << 16) >>> 0, 6);
    rest.writeUInt32LE(entry.isAtStart ? 0 : offset, 10);
    const madeBy = Buffer.from([0x3f, entry.mode === undefined ? 0 : 3]);
    centrals.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), madeBy, common, rest, name, extra]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, Buffer.from('PK\u0005\u0006'), end]);
}

/** The same of files by their names. */
export function zipOfFiles(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  return zipOf(Object.entries(files).map(([name, content]) => ({ name, content })));
}

function zip64Extra(size: number, compressed: number): Buffer {
  const extra = Buffer.alloc(20);
  extra.writeUInt16LE(1, 0);
  extra.writeUInt16LE(16, 2);
  extra.writeBigUInt64LE(BigInt(size), 4);
  extra.writeBigUInt64LE(BigInt(compressed), 12);
  return extra;
}

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}
