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

/** Whether bytes are an SVG picture, all of it: well-formed XML whose root is `svg`. Browsers show no other. */
export function isSvg(bytes: Uint8Array): boolean {
  const text = (decodeBytes(bytes).text ?? '').replace(/^\ufeff/u, '');
  if (!/^\s*</u.test(text)) return false;
  const open: string[] = [];
  let hasRoot = false;
  for (piece.lastIndex = 0; piece.lastIndex < text.length;) {
    const { 0: whole, groups = {} } = piece.exec(text) ?? {};
    if (whole === undefined) return false;
    const { start, end, empty, doctype } = groups;
    if (start !== undefined) {
      if (open.length === 0 && (hasRoot || !/^(?:[^:]+:)?svg$/u.test(start))) return false;
      hasRoot = true;
      if (empty === '') open.push(start);
    } else if (end !== undefined) {
      if (open.pop() !== end) return false;
    } else if (doctype !== undefined) {
      if (hasRoot) return false;
    } else if (groups['text'] !== undefined && open.length === 0 && whole.trim() !== '') return false;
  }
  return hasRoot && open.length === 0;
}
