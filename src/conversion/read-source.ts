import { FileError } from '../errors.ts';
import { interruptible } from '../interruptible.ts';
import { decodeBytes } from '../json/decode.ts';
import { maximumDepth, measure } from '../json/scan.ts';
import { parseStrictly } from '../json/syntax.ts';
import { parseTree } from '../json/tree.ts';
import { nodeOfJson, type DescriptionFile, type ReadingLoss, type ReadTree, type SourceNode } from './source.ts';
import { ValueLimit } from './value-limit.ts';

/** What is read, and what it's called. */
export interface SourceText {
  readonly shown: string;
  readonly url: string;
  readonly bytes: Uint8Array;
  /** How many values the files have that were read before. */
  readonly valuesBefore?: number;
}

/** A JSON or YAML file as a tree: what it is decides, never its name. Raises {@link FileError}. */
export async function readSource({ shown, url, bytes, valuesBefore = 0 }: SourceText): Promise<DescriptionFile> {
  const text = decoded(bytes, shown);
  const first = text.trimStart()[0];
  if (text.trim() === '') throw new FileError(`${shown} is empty.`);
  if (first === '<') throw new FileError(`${shown} is XML or a web page, not an API description.`);
  const other = otherFormats.find(([pattern]) => pattern.test(text));
  if (other) throw new FileError(`${shown} is ${other[1]}. It can't be converted.`);
  const read: FileToRead = { shown, url, text, limit: new ValueLimit(shown, valuesBefore) };
  if (first !== '{' && first !== '[') return await readYaml(read);
  const { depth, values } = measure(text);
  if (depth > maximumDepth) parseStrictly(text, shown);
  // JSON.parse takes memory for each of them, too.
  read.limit.requireFewer(values, 'JSON');
  if (isJson(text)) return readJson(read, values);
  try {
    return await readYaml(read);
  } catch (error) {
    // What is wrong as JSON is said with its place.
    if (error instanceof FileError && first === '{') parseStrictly(text, shown);
    throw error;
  }
}

/** Formats that say nothing of themselves that an API description says. */
const otherFormats: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/^\s*#%RAML /u, 'a RAML document'],
  [
    /^[^\S\n]*(?:schema\s*\{|(?:type|interface|input|enum|union|scalar)\s+\w+\s*[@{=]|directive\s+@)/mu,
    'a GraphQL schema',
  ],
];

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

interface FileToRead extends Pick<DescriptionFile, 'shown' | 'url' | 'text'> {
  readonly limit: ValueLimit;
}

function readJson(read: FileToRead, values: number): DescriptionFile {
  return new ReadFile(read, 'JSON', (file, losses) => ({
    root: nodeOfJson(parseTree(read.text), { file, parent: undefined, name: '' }, losses),
    values,
  }));
}

async function readYaml(read: FileToRead): Promise<DescriptionFile> {
  const { nodeOfYaml } = await import('./read-yaml.ts');
  return interruptible(
    () => new ReadFile(read, 'YAML', (file, losses) => nodeOfYaml(read.text, file, losses, read.limit)),
  );
}

/** A file whose nodes name it, so that it's there before its root. */
class ReadFile implements DescriptionFile {
  readonly shown: string;
  readonly url: string;
  readonly text: string;
  readonly format: DescriptionFile['format'];
  readonly losses: ReadingLoss[] = [];
  readonly root: SourceNode;
  readonly values: number;

  constructor(
    { shown, url, text }: FileToRead,
    format: DescriptionFile['format'],
    read: (file: DescriptionFile, losses: ReadingLoss[]) => ReadTree,
  ) {
    this.shown = shown;
    this.url = url;
    this.text = text;
    this.format = format;
    const { root, values } = read(this, this.losses);
    this.root = root;
    this.values = values;
  }
}
