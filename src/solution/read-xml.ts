import { parseXml, XmlElement as ParsedElement, XmlError } from '@rgrove/parse-xml';
import { decodeBytes } from '../json/decode.ts';
import type { XmlElement, XmlFile, XmlReading } from './xml.ts';

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
