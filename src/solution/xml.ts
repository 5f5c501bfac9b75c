import { parseXml, XmlElement as ParsedElement, XmlError } from '@rgrove/parse-xml';
import { decodeBytes } from '../json/decode.ts';

/** An XML file of a solution. */
export interface XmlFile {
  readonly name: string;
  /** Without byte order mark. */
  readonly text: string;
  readonly size: number;
}

/** An element, with its place in the text of its file. */
export interface XmlElement {
  readonly file: XmlFile;
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its text, without space around it; none where there are elements in it. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Why a file is no XML, and where. */
export interface XmlFault {
  readonly file: XmlFile;
  readonly offset: number;
}

export interface XmlReading {
  readonly file: XmlFile;
  readonly root: XmlElement | undefined;
  readonly fault: XmlFault | undefined;
}

/** In characters. The XML files of solutions with everything in them are smaller. */
const mostXml = 50_000_000;

/** Reads XML; raises nothing: what is wrong is part of the reading. */
export function readXml(name: string, bytes: Uint8Array): XmlReading {
  const text = decodeBytes(bytes).text ?? '';
  const file = { name, text, size: bytes.length };
  if (text.length > mostXml) return { file, root: undefined, fault: { file, offset: 0 } };
  try {
    const { root } = parseXml(text, { includeOffsets: true });
    return { file, root: root ? element(root, file) : undefined, fault: undefined };
  } catch (error) {
    // A text of a million nested elements ends in a RangeError.
    if (!(error instanceof XmlError) && !(error instanceof RangeError)) throw error;
    return { file, root: undefined, fault: { file, offset: error instanceof XmlError ? error.pos : 0 } };
  }
}

function element(parsed: ParsedElement, file: XmlFile): XmlElement {
  const { name, attributes, start, end } = parsed;
  const children = parsed.children.flatMap((child) => (child instanceof ParsedElement ? [element(child, file)] : []));
  return { file, name, attributes, children, text: children.length > 0 ? '' : parsed.text.trim(), start, end };
}

/** The child with this name in any case of letters: the XML files of the unpacked form begin names with capitals. */
export function childOf(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return parent?.children.find((child) => child.name.toLowerCase() === name.toLowerCase());
}

/** The text of a child; undefined where there is none, or nothing in it. */
export function textOf(parent: XmlElement | undefined, name: string): string | undefined {
  return childOf(parent, name)?.text || undefined;
}
