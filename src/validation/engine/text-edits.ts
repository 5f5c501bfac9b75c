import type { Finding, Fix } from './finding.ts';
import { afterSpace } from '../../json/scan.ts';

/** A stretch of a text and what takes its place. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A JSON text with its faults, and the same with each fault blanked out: both have the same offsets. */
export interface EditableJson {
  readonly text: string;
  readonly json: string;
}

/** The edit that fixes a finding; undefined when there is none. */
export function editFor({ fix }: Finding, file: EditableJson): TextEdit | undefined {
  if (!fix) return undefined;
  const { start, end, change } = fix;
  if ('rename' in change) return { start, end, text: JSON.stringify(change.rename) };
  if ('replace' in change) return { start, end, text: inlineJson(change.replace, isSpaced(file.json)) };
  if ('insert' in change) return insertion(file, start, end, change.insert);
  return isFaultOfText(file.text, start)
    ? removalOfFault(file.text, start, end)
    : removalOfMember(file.json, start, end);
}

/** No name and no value begins with these: it is a comma too many, or a comment. */
function isFaultOfText(text: string, start: number): boolean {
  return text[start] === ',' || text[start] === '/';
}

/** A comment goes with its line when it is alone on it, and else with the space before it when it is the last there. */
function removalOfFault(text: string, start: number, end: number): TextEdit {
  if (text[start] === ',') return { start, end, text: '' };
  const lineStart = beforeBlanks(text, start);
  const blanksEnd = afterBlanks(text, end);
  const lineEnd = afterLineEnd(text, blanksEnd);
  if (lineEnd === blanksEnd && blanksEnd < text.length) return { start, end, text: '' };
  const isAlone = lineStart === 0 || isLineEnd(text[lineStart - 1]);
  return isAlone ? { start: lineStart, end: lineEnd, text: '' } : { start: lineStart, end, text: '' };
}

/** Commas and space go as they came: what follows takes the place of what is removed. */
function removalOfMember(json: string, start: number, end: number): TextEdit | undefined {
  const next = afterSpace(json, end);
  if (json[next] === ',') return { start, end: afterSpace(json, next + 1), text: '' };
  const before = beforeSpace(json, start);
  if (json[before - 1] === ',') return { start: beforeSpace(json, before - 1), end, text: '' };
  const isOnly = ['{', '['].includes(json[before - 1] ?? '') && ['}', ']'].includes(json[next] ?? '');
  return isOnly ? { start: before, end: next, text: '' } : undefined;
}

/** A new member at the end of an object, in the style of those before it. */
function insertion(
  { json }: EditableJson,
  start: number,
  end: number,
  { name, value }: Extract<Fix, { insert: unknown }>['insert'],
): TextEdit | undefined {
  if (json[start] !== '{' || json[end - 1] !== '}') return undefined;
  const first = afterSpace(json, start + 1);
  const last = beforeSpace(json, end - 1);
  if (first >= end - 1) {
    const spaced = isSpaced(json);
    return { start: start + 1, end: end - 1, text: inSpaces(memberText(name, value, spaced), spaced) };
  }
  const gap = json.slice(start + 1, first);
  const breaks = /(?:\r\n|\n|\r)[ \t]*$/u.exec(gap)?.[0];
  const spaced = gap !== '' || isSpaced(json);
  return { start: last, end: last, text: `,${breaks ?? (spaced ? ' ' : '')}${memberText(name, value, spaced)}` };
}

function memberText(name: string, value: unknown, spaced: boolean): string {
  return `${JSON.stringify(name)}:${spaced ? ' ' : ''}${inlineJson(value, spaced)}`;
}

/** A value on one line, with space where the document has some. */
function inlineJson(value: unknown, spaced: boolean): string {
  if (Array.isArray(value)) return `[${value.map((item) => inlineJson(item, spaced)).join(spaced ? ', ' : ',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([name, item]) => memberText(name, item, spaced));
  return members.length === 0 ? '{}' : `{${inSpaces(members.join(spaced ? ', ' : ','), spaced)}}`;
}

function inSpaces(text: string, spaced: boolean): string {
  return spaced ? ` ${text} ` : text;
}

/** Whether a document is written for people to read; its beginning tells. */
function isSpaced(json: string): boolean {
  return /^[^:]*:\s/u.test(json.slice(0, 1000));
}

function isLineEnd(character: string | undefined): boolean {
  return character === '\n' || character === '\r';
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

function beforeBlanks(text: string, end: number): number {
  let offset = end;
  while (offset > 0 && isBlank(text[offset - 1])) offset -= 1;
  return offset;
}

function afterBlanks(text: string, start: number): number {
  let offset = start;
  while (isBlank(text[offset])) offset += 1;
  return offset;
}

function afterLineEnd(text: string, start: number): number {
  if (text.startsWith('\r\n', start)) return start + 2;
  return isLineEnd(text[start]) ? start + 1 : start;
}

function beforeSpace(text: string, end: number): number {
  let offset = end;
  while (offset > 0 && /\s/u.test(text[offset - 1] ?? '')) offset -= 1;
  return offset;
}
