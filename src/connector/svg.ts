import { decodeBytes } from '../json/decode.ts';

const name = String.raw`[^\s<>=/"'&!?]+`;
const reference = String.raw`&(?:#\d+|#x[\da-f]+|[\w:.-]+);`;
const comment = '<!--[^-]*(?:-(?!->)[^-]*)*-->';
const quoted = `"[^"]*"|'[^']*'`;
const value = ['"', "'"].map((mark) => `${mark}[^${mark}<&]*(?:${reference}[^${mark}<&]*)*${mark}`).join('|');

/** What XML consists of: https://www.w3.org/TR/xml/ */
const piece = new RegExp(
  [
    String.raw`(?<silent>${comment}|<\?[^?]*(?:\?(?!>)[^?]*)*\?>)`,
    String.raw`(?<doctype><!DOCTYPE\s(?:[^>"'[]|${quoted}|\[(?:${comment}|(?!<!--)[^\]"']|${quoted})*\])*>)`,
    String.raw`</(?<end>${name})\s*>`,
    String.raw`<(?<start>${name})(?:\s+${name}\s*=\s*(?:${value}))*\s*(?<empty>/?)>`,
    String.raw`(?<text>(?:[^<&\0]+|${reference})+|<!\[CDATA\[[^\]]*(?:\](?!\]>)[^\]]*)*\]\]>)`,
  ].join('|'),
  'iuy',
);

/**
 * Whether bytes are an SVG picture, all of it: well-formed XML whose root is `svg`, that is no web page and
 * no mere text. Browsers show no other.
 */
export function isSvg(bytes: Uint8Array): boolean {
  const text = (decodeBytes(bytes).text ?? '').replace(/^\ufeff/u, '');
  if (!/^\s*</u.test(text)) return false;
  const open: string[] = [];
  let [hasRoot, hasElements, hasText] = [false, false, false];
  for (piece.lastIndex = 0; piece.lastIndex < text.length;) {
    const { 0: whole, groups = {} } = piece.exec(text) ?? {};
    if (whole === undefined) return false;
    const { start, end, empty, doctype } = groups;
    if (start !== undefined) {
      if (open.length === 0 && (hasRoot || !/^(?:[^:]+:)?svg$/u.test(start))) return false;
      if (isOfPage(whole, start, open.length)) return false;
      hasElements ||= hasRoot;
      hasRoot = true;
      if (empty === '') open.push(start);
    } else if (end !== undefined) {
      if (open.pop() !== end) return false;
    } else if (doctype !== undefined) {
      if (hasRoot) return false;
    } else if (groups['text'] !== undefined && whole.trim() !== '') {
      if (open.length === 0) return false;
      hasText ||= open.length === 1;
    }
  }
  return hasRoot && open.length === 0 && (hasElements || !hasText);
}

/** Whether a root is that of a web page, by what it says that it is, or the first element below it by its name. */
function isOfPage(tag: string, element: string, depth: number): boolean {
  if (depth === 0) return /\sxmlns\s*=\s*["']http:\/\/www\.w3\.org\/1999\/xhtml["']/u.test(tag);
  return depth === 1 && /^(?:html|head|body)$/iu.test(element);
}
