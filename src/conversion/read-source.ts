import { FileError } from '../errors.ts';
import { decodeBytes } from '../json/decode.ts';
import { isTooDeep, parseStrictly } from '../json/syntax.ts';
import { parseTree } from '../json/tree.ts';
import { nodeOfJson, type ReadingLoss, type DescriptionFile, type SourceNode } from './source.ts';

/** What is read, and what it's called. */
export interface SourceText {
  readonly shown: string;
  readonly url: string;
  readonly bytes: Uint8Array;
}

/** A JSON or YAML file as a tree: what it is decides, never its name. Raises {@link FileError}. */
export async function readSource({ shown, url, bytes }: SourceText): Promise<DescriptionFile> {
  const text = decoded(bytes, shown);
  const first = text.trimStart()[0];
  if (text.trim() === '') throw new FileError(`${shown} is empty.`);
  if (first === '<') throw new FileError(`${shown} is XML or a web page, not an API description.`);
  if (first !== '{' && first !== '[') return await readYaml(text, shown, url);
  if (isTooDeep(text)) parseStrictly(text, shown);
  if (isJson(text)) return readJson(text, shown, url);
  try {
    return await readYaml(text, shown, url);
  } catch (error) {
    // What is wrong as JSON is said with its place.
    if (error instanceof FileError && first === '{') parseStrictly(text, shown);
    throw error;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The text without byte order mark, from UTF-8 or, with a mark, from UTF-16. */
function decoded(bytes: Uint8Array, shown: string): string {
  const { text, fault } = decodeBytes(bytes);
  if (fault?.encoding === undefined && fault) throw new FileError(`${shown} isn't valid UTF-8 at byte ${fault.byte}.`);
  if (text === undefined) return decodedUtf32(bytes, shown);
  const nul = text.indexOf('\0');
  if (nul >= 0) throw new FileError(`${shown} contains a NUL character, so it isn't text.`);
  return text.replace(/^\uFEFF/u, '');
}

function decodedUtf32(bytes: Uint8Array, shown: string): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isLittle = bytes[0] === 0xff;
  const parts: string[] = [];
  for (let offset = 4; offset + 4 <= bytes.length; offset += 4) {
    const point = view.getUint32(offset, isLittle);
    if (point > 0x10_ffff || point === 0) throw new FileError(`${shown} isn't valid UTF-32 at byte ${offset}.`);
    parts.push(String.fromCodePoint(point));
  }
  return parts.join('');
}

function readJson(text: string, shown: string, url: string): DescriptionFile {
  return new ReadFile({ shown, url, text }, (file, losses) =>
    nodeOfJson(parseTree(text), { file, parent: undefined, name: '' }, losses),
  );
}

async function readYaml(text: string, shown: string, url: string): Promise<DescriptionFile> {
  const { nodeOfYaml } = await import('./read-yaml.ts');
  return new ReadFile({ shown, url, text }, (file, losses) => nodeOfYaml(text, file, losses));
}

/** A file whose nodes name it, so that it's there before its root. */
class ReadFile implements DescriptionFile {
  readonly shown: string;
  readonly url: string;
  readonly text: string;
  readonly losses: ReadingLoss[] = [];
  readonly root: SourceNode;

  constructor(
    { shown, url, text }: Pick<DescriptionFile, 'shown' | 'url' | 'text'>,
    read: (file: DescriptionFile, losses: ReadingLoss[]) => SourceNode,
  ) {
    this.shown = shown;
    this.url = url;
    this.text = text;
    this.root = read(this, this.losses);
  }
}
